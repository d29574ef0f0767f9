"""The yearly counts: what stands, typing them in, and what was stated before."""

import datetime as dt

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import Place
from cncd.work.households import queries
from cncd.work.households.actions import state_counts
from cncd.work.households.forms import CountRow, CountsForm, YearForm, years
from cncd.work.households.lists import CountList, HistoryList, Stated
from cncd.work.households.models import HouseholdCount
from cncd.work.households.reaching import (
    CHANGE,
    MOST_OFFERED,
    hamlets_in_reach,
    hamlets_in_sight,
)


@allow("households.view")
def counts(request):
    """What counts for each hamlet in sight in a year: stated for it, or last before."""
    year, form = asked_year(request)
    hamlets = list(hamlets_in_sight(request))
    ids = [place.pk for place in hamlets]
    known, listed = _known(ids, year)
    communes = places_room.names({place.parent_id for place in hamlets} - {None}, _end(year))
    rows = [
        Stated(
            place,
            communes[place.parent_id].full_name if place.parent_id in communes else "",
            known.get(place.pk, {}),
            listed.get(place.pk, {}).get("households", 0),
        )
        for place in hamlets
    ]
    context = {"year": year, "years": form, "may_change": request.user.can(CHANGE)}
    return CountList(request, rows, context=context).response()


@allow("households.change")
def enter(request):
    """All hamlets of a commune on one page, a row for each."""
    hamlets = list(hamlets_in_sight(request, CHANGE)[: MOST_OFFERED + 1])
    if not hamlets or len(hamlets) > MOST_OFFERED:
        return _choose_unit(request)
    year, years_form = asked_year(request)
    rows = _rows(hamlets, year, from_list="list" in request.GET)
    about = {"place__in": [place.pk for place in hamlets], "year": year}
    newest = HouseholdCount.objects.filter(**about).order_by("-pk").first()
    initial = {"seen": newest.pk if newest else 0, "source": newest.source if newest else ""}
    form = CountsForm(request.POST or None, rows=rows, initial=initial)
    stated = done(request, lambda: _state(request, form, year), form)
    if stated is not None:
        text = ngettext("%(n)d hamlet stated.", "%(n)d hamlets stated.", len(stated))
        say_done(request, text % {"n": len(stated)})
        return redirect(f"{reverse('households:counts')}?year={year}")
    context = {"form": form, "year": year, "years": years_form}
    return render(request, "households/enter_counts.html", context)


def _state(request, form: CountsForm, year: int):
    said = {"source": form.cleaned_data["source"], "seen": form.cleaned_data["seen"] or 0}
    under = request.scope.place
    return state_counts(year=year, lines=form.lines(), by=request.user, under=under, **said)


def _rows(hamlets: list[Place], year: int, *, from_list: bool) -> list[CountRow]:
    known, listed = _known([place.pk for place in hamlets], year)
    return [
        CountRow(
            place,
            known.get(place.pk, {}),
            listed.get(place.pk, {}),
            from_list=from_list,
            year=year,
        )
        for place in hamlets
    ]


def _known(ids: list[int], year: int) -> tuple[dict, dict]:
    return queries.latest_counts(ids, year), queries.listed_in_numbers(ids, _end(year))


def _end(year: int) -> dt.date:
    return dt.date(year, 12, 31)


def _choose_unit(request):
    """Which commune, when the hamlets in sight are too many for one page."""
    found = hamlets_in_sight(request, CHANGE).values_list("parent_id", flat=True)
    communes = Place.objects.filter(pk__in=set(found)).named(request.scope.today)
    if not communes:
        raise Http404
    return render(request, "households/choose_unit.html", {"places": communes.order_by("sort_key")})


@allow("households.view")
def history(request, place_id):
    """Every count that was ever stated for a hamlet."""
    place = get_object_or_404(hamlets_in_reach(request.user), pk=place_id)
    name = places_room.names([place.pk], request.scope.day)[place.pk].full_name
    rows = HouseholdCount.objects.visible_to(request.user).of_places([place.pk])
    rows = rows.select_related("recorded_by__person")
    title = _("Households in numbers: %(hamlet)s") % {"hamlet": name}
    return HistoryList(request, rows, title=title).response()


def asked_year(request) -> tuple[int, YearForm]:
    """The year in the address if there is such a choice, else that of the period in sight."""
    form = YearForm(request.GET if "year" in request.GET else None)
    year = request.scope.day.year
    if form.is_bound and form.is_valid():
        year = form.cleaned_data["year"]
    year = year if year in years() else years()[0]
    return year, YearForm(initial={"year": year})
