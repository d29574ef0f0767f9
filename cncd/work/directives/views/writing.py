"""Writing a directive: text and source, whom it goes to, what it asks."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.directives import actions
from cncd.work.directives.forms.asks import AskForm
from cncd.work.directives.forms.asks import first_values as values_of_ask
from cncd.work.directives.forms.writing import DirectiveForm, first_values
from cncd.work.directives.models import Directive
from cncd.work.directives.queries.givers import giver_of
from cncd.work.directives.views.doing import SourcePaper, directed


@allow("directives.give")
def new(request):
    """Begins a directive of the unit in sight; `?document=` begins it from a document's page."""
    scope = request.scope
    giver = giver_of(request.user, scope.place, scope.today)
    if giver is None:
        raise PermissionDenied("directives.give")
    paper = SourcePaper(request, giver[0])
    form = DirectiveForm(request.POST or None, user=request.user, giver=giver, day=scope.today,
                         paper_given=paper.given, initial=_from_document(request))  # fmt: skip

    def run() -> dict:
        made = actions.draft_directive(
            place=giver[0], agency=giver[1], title=form.cleaned_data["title"],
            text=form.cleaned_data["text"], to=form.to, source=form.source(paper.kept()),
            by=request.user,
        )  # fmt: skip
        return {"url": reverse("directives:ask_add", args=[made.pk])}

    envelope = lambda: form.envelope_of(kind="directive.draft", sender=request.user)  # noqa: E731
    if answer := done(request, lambda: once(**envelope(), run=run), form, paper):
        return redirect(answer["url"])
    return _page(request, form, paper, _("Write a directive"), reverse("directives:list"))


@allow("directives.give")
def change(request, pk):
    """Rewrites a draft."""
    found, scope = directed(request, pk), request.scope
    paper = SourcePaper(request, found.place)
    form = DirectiveForm(request.POST or None, user=request.user, day=scope.today,
                         giver=(found.place, found.agency), paper_given=paper.given,
                         directive=found, initial=first_values(found))  # fmt: skip

    def act():
        return actions.change_directive(
            directive=found, edition=form.cleaned_data["edition"], title=form.cleaned_data["title"],
            text=form.cleaned_data["text"], to=form.to, source=form.source(paper.kept()),
            by=request.user,
        )  # fmt: skip

    if done(request, act, form, paper):
        say_done(request, _("The directive is changed."))
        return redirect(found)
    return _page(request, form, paper, _("Change the directive"), found.get_absolute_url())


def _page(request, form, paper, title, back):
    context = {"title": title, "back": back, "submit": _("Save and go on")}
    return paper.page(form, "directives/form.html", **context)


def _from_document(request) -> dict:
    asked = request.GET.get("document", "")
    return {"document": int(asked)} if asked.isdecimal() and len(asked) < 19 else {}


@allow("directives.give")
def ask_add(request, pk):
    """One more thing to be done."""
    found = directed(request, pk)
    form = AskForm(request.POST or None, day=request.scope.today, audience=found.audience)
    add = lambda: actions.add_ask(directive=found, wanted=form.wanted, by=request.user)  # noqa: E731
    return _ask_page(request, found, form, add, _("What is to be done"))


@allow("directives.give")
def ask_change(request, pk, ask):
    """Rewrites one thing to be done, of a draft."""
    found = directed(request, pk)
    ask = get_object_or_404(found.asks, pk=ask)
    form = AskForm(request.POST or None, day=request.scope.today, audience=found.audience,
                   initial=values_of_ask(ask) | {"edition": found.edition})  # fmt: skip

    def act():
        edition = form.cleaned_data["edition"]
        return actions.change_ask(ask=ask, edition=edition, wanted=form.wanted, by=request.user)

    return _ask_page(request, found, form, act, _("Change what is to be done"))


def _ask_page(request, found: Directive, form, act, title):
    if done(request, act, form):
        say_done(request, _("Saved. Nobody is asked until you issue the directive."))
        return redirect(found)
    context = {"form": form, "title": title, "intro": found.title}
    return render(request, "kit/form_page.html", context | {"back": found.get_absolute_url()})


@allow("directives.give")
@require_POST
def ask_remove(request, pk, ask):
    """Takes one thing out of a draft."""
    found = directed(request, pk)
    actions.remove_ask(ask=get_object_or_404(found.asks, pk=ask), by=request.user)
    say_done(request, _("Taken out."))
    return redirect(found)
