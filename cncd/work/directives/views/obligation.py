"""One obligation: what is asked, how far it has come and by what evidence; answering, checking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.directives import actions
from cncd.work.directives.forms.easing import NoteForm, ReasonForm
from cncd.work.directives.models import Answer
from cncd.work.directives.phone.forms import AnswerForm
from cncd.work.directives.queries.rights import may_answer, may_check
from cncd.work.directives.queries.sheet import sheet
from cncd.work.directives.views.doing import owed


@allow("directives.view")
def obligation(request, pk):
    """What is asked, of whom, until when, what shows it, and what may be done next."""
    found = owed(request, pk)
    context = {"page": sheet(found, request.user, request.scope.today)}
    return render(request, "directives/obligation.html", context)


@allow("directives.answer")
@require_POST
def acknowledge(request, pk):
    """Đã nhận việc."""
    actions.acknowledge(obligations=[owed(request, pk)], by=request.user)
    say_done(request, _("Noted: you have taken this on."))
    return redirect("directives:obligation", pk)


@allow("directives.answer")
def answer(request, pk):
    """A text with files, which the giver's side then checks."""
    found = owed(request, pk)
    if not may_answer(request.user, found):
        raise PermissionDenied("directives.answer")
    form = AnswerForm(request.POST or None, request.FILES or None)

    def run() -> dict:
        made = actions.send_answer(obligation=found, text=form.cleaned_data["text"],
                                   files=form.files_sent, by=request.user)  # fmt: skip
        return {"answer": str(made.pk)}

    envelope = lambda: form.envelope_of(kind="obligation.answer", sender=request.user)  # noqa: E731
    if done(request, lambda: once(**envelope(), run=run), form):
        say_done(request, _("Sent. It is done once it has been checked."))
        return redirect(found)
    if found.ask.needs_file:
        form.fields["file"].help_text = _("A photo or a file is required.")
    context = {"form": form, "title": _("Answer"), "intro": found.ask.text, "submit": _("Send")}
    return render(request, "kit/form_page.html", context | {"back": found.get_absolute_url()})


def _answer_of(request, pk, key) -> Answer:
    found = owed(request, pk)
    return get_object_or_404(found.answers.select_related("obligation"), pk=key)


@allow("directives.answer")
def take_back(request, pk, key):
    """Takes an answer back: what it showed is open again."""
    found = _answer_of(request, pk, key)
    form = ReasonForm(request.POST or None)
    act = lambda: actions.withdraw_answer(answer=found, by=request.user, **form.cleaned_data)  # noqa: E731
    if done(request, act, form):
        say_done(request, _("The answer is taken back."))
        return redirect("directives:obligation", pk)
    words = {"title": _("Take the answer back"), "submit": _("Take the answer back")}
    return _confirm(request, pk, form, words)


@allow("directives.give")
@require_POST
def accept(request, pk, key):
    """Finds the answer right."""
    try:
        actions.accept_answer(answer=_answer_of(request, pk, key), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("Accepted: it is done."))
    return redirect("directives:obligation", pk)


@allow("directives.give")
def give_back(request, pk, key):
    """Returns an answer with a note on what is missing."""
    found = _answer_of(request, pk, key)
    if not may_check(request.user, owed(request, pk)):
        raise PermissionDenied("directives.give")
    form = NoteForm(request.POST or None)
    act = lambda: actions.return_answer(answer=found, by=request.user, **form.cleaned_data)  # noqa: E731
    if done(request, act, form):
        say_done(request, _("Returned, with your note."))
        return redirect("directives:obligation", pk)
    words = {"title": _("Return the answer"), "submit": _("Return")}
    return _confirm(request, pk, form, words)


def _confirm(request, pk, form, words):
    back = reverse("directives:obligation", args=[pk])
    return render(request, "kit/confirm.html", {"form": form, "back": back} | words)
