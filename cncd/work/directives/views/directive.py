"""One directive: what it asks, how far it has come, unit by unit and down to each team."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cncd.foundation.people.access import allow
from cncd.foundation.people.models import Agency
from cncd.foundation.places.models import Place
from cncd.work.directives.lists import TALLY, CoverageList, ObligationList
from cncd.work.directives.models import Directive, Obligation
from cncd.work.directives.queries.coverage import bases_of, coverage, tally
from cncd.work.directives.queries.lines import lines
from cncd.work.directives.queries.rights import may_give_at
from cncd.work.directives.wording import (
    DIRECTIVE_TONES,
    audience_in_words,
    evidence_in_words,
)


def found_or_404(request, pk) -> Directive:
    rows = Directive.objects.select_related("document__file", "agency", "level", "branch", "place")
    return get_object_or_404(rows.visible_to(request.user), pk=pk)


def facts(request, directive: Directive) -> dict:
    """What every page of a directive shows above."""
    day = request.scope.today
    asks = list(directive.asks.select_related("content", "kind", "period"))
    for ask in asks:
        ask.shown_by = evidence_in_words(ask)
    agency = directive.agency_id and Agency.objects.named(day).get(pk=directive.agency_id).name
    return {
        "directive": directive,
        "asks": asks,
        "giver": agency or Place.objects.named(day).get(pk=directive.place_id).full_name,
        "audience": audience_in_words(directive, day),
        "tone": DIRECTIVE_TONES[directive.state],
        "may_direct": may_give_at(request.user, directive.place, directive.agency),
    }


@allow("directives.view")
def directive(request, pk):
    """What it asks and how far it has come; a draft: what is still to be written."""
    found = found_or_404(request, pk)
    context = facts(request, found)
    if found.state == Directive.State.DRAFT:
        return render(request, "directives/draft.html", context)
    day, at = request.scope.today, _at(request)
    seen = Obligation.objects.visible_to(request.user)
    own = seen.filter(directive=found).answerable_by(request.user).listed()
    context |= {"at": at, "mine": lines(own, day)[:20], "total": _total(found, seen, day)}
    rows = coverage(found, seen, at, day)
    return CoverageList(request, rows, directive=found, context=context).response()


def _total(found: Directive, seen, day) -> list[tuple]:
    """(state, words, tone, how many) of all that one sees of it, only what occurs."""
    counts = tally(seen.filter(directive=found).select_related("directive"), day)
    return [(state, words, tone, counts[state]) for state, words, tone in TALLY if counts[state]]


@allow("directives.view")
def obligations(request, pk):
    """Everybody who is asked, one by one; `?at=` narrows it to a unit and what is below it."""
    found = found_or_404(request, pk)
    context = facts(request, found)
    at, day = _at(request), request.scope.today
    rows = Obligation.objects.visible_to(request.user).filter(directive=found).listed()
    if at:
        within = Place.objects.reached_from([at.pk], day)
        bases = bases_of(list(rows), day)
        here = set(within.filter(pk__in=set(bases.values())).values_list("pk", flat=True))
        rows = rows.filter(Q(pk__in=[pk for pk, base in bases.items() if base in here | {at.pk}]))
    may_ease = context["may_direct"] and found.is_in_force
    return ObligationList(
        request,
        lines(rows, day),
        asks=context["asks"],
        select=may_ease,
        context=context | {"at": at, "may_ease": may_ease},
    ).response()


def _at(request) -> Place | None:
    asked = request.GET.get("at", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return get_object_or_404(Place.objects.named(request.scope.today), pk=asked)
