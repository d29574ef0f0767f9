"""Drawing a document up, anew, editing its words, another one in its place."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.results.paperwork import actions
from cncd.results.paperwork.forms import DrawForm, RevisionForm, WordsForm
from cncd.results.paperwork.models import Paper
from cncd.results.paperwork.views.entering import kind_or_404, seen


@allow("papers.draw")
def draw(request, kind, subject):
    """Asks for the day of the figures, shows what was drawn up already, draws up."""
    found = kind_or_404(kind)
    about = found.about(subject, request.user)
    if about is None:
        raise Http404(subject)
    form = DrawForm(request.POST or None, initial={"day": about.day or timezone.localdate()})

    def act():
        return actions.draw_paper(
            kind=kind, subject_id=subject, by=request.user, **form.cleaned_data
        )

    if paper := done(request, act, form):
        say_done(request, _("The document is drawn up. Read it, then print or number it."))
        return redirect(paper)
    known = Paper.objects.visible_to(request.user).about(found.subject, subject).standing()
    context = {
        "form": form, "title": found.label, "subject": about, "back": about.address,
        "known": known.filter(kind=kind)[:5], "submit": _("Draw up"),
    }  # fmt: skip
    return render(request, "paperwork/draw.html", context)


@allow("papers.draw")
def edit(request, pk):
    """The words of a draft; figures stay bound."""
    paper = seen(request, pk)
    form = WordsForm(request.POST or None, paper=paper)

    def act():
        return actions.edit_words(paper=paper, by=request.user, **form.sent)

    if done(request, act, form):
        say_done(request, _("The words are saved."))
        return redirect(paper)
    context = {"form": form, "paper": paper, "title": _("Edit the words"), "back": paper}
    return render(request, "paperwork/edit.html", context)


@allow("papers.draw")
def redraw(request, pk):
    """Everything anew from the data of today; asks first when words were edited."""
    paper = seen(request, pk)
    form = RevisionForm(request.POST or None, initial={"revision": paper.revision})

    def act():
        return actions.redraw_paper(paper=paper, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The document is drawn up anew."))
        return redirect(paper)
    lost = [_("Words changed by hand are lost.")] if paper.edited else []
    context = {
        "form": form, "title": _("Draw up anew"), "back": paper.get_absolute_url(),
        "question": _("Make the words and figures anew from the data of today?"),
        "consequences": lost, "submit": _("Draw up anew"), "danger": paper.edited,
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("papers.draw")
def refresh(request, pk):
    """Sets the changed figures, keeps the words."""
    paper = seen(request, pk)
    form = RevisionForm(request.POST)

    def act():
        return {"count": actions.refresh_figures(paper=paper, by=request.user, **form.cleaned_data)}

    if found := done(request, act, form):
        say_done(request, _("%(count)s figures are set to what the data give now.") % found)
    else:
        for errors in form.errors.values():
            messages.error(request, errors[0])
    return redirect(paper)


@allow("papers.draw")
def replace(request, pk):
    """Another document of the kind, which takes this one's place once it is numbered."""
    paper = seen(request, pk)
    form = DrawForm(request.POST or None, initial={"day": timezone.localdate()})

    def act():
        return actions.draw_paper(
            kind=paper.kind, subject_id=paper.subject_id, by=request.user, replaces=paper,
            **form.cleaned_data,
        )  # fmt: skip

    if new := done(request, act, form):
        say_done(request, _("The new document is a draft; once numbered it replaces the old one."))
        return redirect(new)
    context = {
        "form": form, "title": _("Draw up one that replaces it"), "back": paper.get_absolute_url(),
        "submit": _("Draw up"),
    }  # fmt: skip
    return render(request, "kit/form_page.html", context)
