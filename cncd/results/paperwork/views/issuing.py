"""Number, signed copy, signature, PDF; withdrawing and bringing back."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.results.paperwork import actions
from cncd.results.paperwork.forms import AttachForm, NumberForm, ReasonForm, SignForm
from cncd.results.paperwork.views.entering import seen

UNSET = _("The server has no public address yet (CNCD_ORIGINS), so the square on the paper opens on"
          " this machine only. Ask the administrator before you issue it.")  # fmt: skip


@allow("papers.number")
def number(request, pk):
    """The number and day from the book of outgoing documents."""
    paper = seen(request, pk)
    form = NumberForm(request.POST or None, paper=paper)

    def act():
        return actions.number_paper(paper=paper, by=request.user, **form.cleaned_data)

    said = _("The number is entered. Print and sign, then attach the signed copy.")
    intro = _("The words cannot be changed afterwards. A later correction is a document of its own"
              " that replaces this one.")  # fmt: skip
    if not settings.ORIGINS:
        intro = f"{intro} {UNSET}"
    context = {"title": _("Enter number and date"), "intro": intro, "submit": _("Keep this number")}
    return _page(request, paper, form, act, said, context)


@allow("papers.number")
def attach(request, pk):
    """The scan of the signed paper, or the digitally signed PDF."""
    paper = seen(request, pk)
    form = AttachForm(request.POST or None, request.FILES or None)

    def act():
        return actions.attach_signed(paper=paper, by=request.user, **form.cleaned_data)

    said = _("The signed copy is attached.")
    return _page(request, paper, form, act, said, {"title": _("Attach the signed copy")})


@allow("papers.number")
@never_cache
@sensitive_post_parameters("passphrase")
def sign(request, pk):
    """Signs the PDF with an organisation's certificate, used once."""
    paper = seen(request, pk)
    form = SignForm(request.POST or None, request.FILES or None)

    def act():
        sent = dict(form.cleaned_data)
        return actions.sign_paper(paper=paper, pkcs12=sent.pop("key"), by=request.user, **sent)

    said = _("The PDF is signed.")
    intro = _("The newest PDF with the number is signed; what was signed before stays as it is.")
    context = {"title": _("Sign electronically"), "intro": intro, "submit": _("Sign")}
    return _page(request, paper, form, act, said, context)


@allow("papers.draw")
def withdraw(request, pk):
    """Takes the document back, with a reason; undone by one press."""
    paper = seen(request, pk)
    form = ReasonForm(request.POST or None)

    def act():
        return actions.withdraw_paper(paper=paper, by=request.user, **form.cleaned_data)

    context = {"title": _("Withdraw the document"), "submit": _("Withdraw the document")}
    undo = reverse("paperwork:restore", args=[pk])
    said = _("The document is withdrawn.")
    return _page(request, paper, form, act, said, context, undo=undo)


@require_POST
@allow("papers.draw")
def restore(request, pk):
    """Brings a withdrawn document back."""
    paper = seen(request, pk)
    try:
        actions.restore_paper(paper=paper, by=request.user)
    except actions.WrongState as refusal:
        messages.error(request, refusal.message)
    else:
        say_done(request, _("The document is there again."))
    return redirect(paper)


@require_POST
@allow("papers.view")
def pdf(request, pk):
    """Asks for the PDF; the page of the document shows how far it is."""
    paper = seen(request, pk)
    actions.ask_pdf(paper=paper, by=request.user)
    return redirect(f"{paper.get_absolute_url()}#files")


def _page(request, paper, form, act, said: str, context: dict, *, undo: str = ""):
    """The form; after it the document again."""
    if done(request, act, form):
        say_done(request, said, undo=undo)
        return redirect(paper)
    context |= {"form": form, "back": paper.get_absolute_url()}
    return render(request, "kit/form_page.html", context)
