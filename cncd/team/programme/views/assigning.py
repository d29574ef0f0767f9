"""Assigning and handing down targets: many units for one indicator, or many indicators of one."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from cncd.foundation.kit.forms import DayField
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.team.programme import actions, queries, tables
from cncd.team.programme.forms.fields import take_refusal
from cncd.team.programme.forms.targets import BasisForm, GridForm, PickForm, this_year
from cncd.team.programme.models import Indicator, Target
from cncd.team.programme.standing import givers_of
from cncd.team.teams.models import Team


def _span(request) -> tuple[dt.date, dt.date]:
    """The first and last day asked for in the address, else the running year."""
    first, last = (_day(request.GET.get(name, "")) for name in ("first", "last"))
    return (first, last) if first and last and first <= last else this_year()


def _day(text: str) -> dt.date | None:
    try:
        return DayField(required=False).clean(text)
    except ValidationError:
        return None


def _giver(request) -> Place:
    """The unit in sight, when the person may hand down its targets; else 404."""
    place = request.scope.place
    if place is None or not request.user.can("targets.assign", place=place):
        raise Http404
    return place


@allow("targets.assign")
def choose(request):
    """One indicator for all units below, or one unit's indicators."""
    place = _giver(request)
    form = PickForm(request.GET if "indicator" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["indicator"].code
        return HttpResponseRedirect(reverse("programme:assign", args=[code]))
    units = [
        (tables.name_of(unit), reverse(_url_of(unit), args=[unit.pk]))
        for unit in [place, *tables.units_below(place, request.scope.today)]
        if unit is not place or not place.parent_id
    ]
    context = {"form": form, "units": units}
    return render(request, "programme/choose_target.html", context)


def _url_of(unit) -> str:
    return "programme:assign_team" if isinstance(unit, Team) else "programme:assign_place"


@allow("targets.assign")
def by_indicator(request, code: str):
    """The table of all units below the one in sight for one indicator."""
    place = _giver(request)
    indicator = get_object_or_404(
        Indicator.objects.on(timezone.localdate()).select_related("measure"), code=code
    )
    first, last = _span(request)
    until = last + dt.timedelta(days=1)
    lines = tables.lines_below(indicator, place, first, until, request.scope.today)
    given = Target.objects.on(first).filter(indicator=indicator, place=place)
    given = given.select_related("indicator__measure").first()
    share = queries.distributions([given], request.scope.today)[given.pk] if given else None
    context = {
        "title": gettext("Assign targets of %(code)s") % {"code": code},
        "lead": f"{indicator.code} {indicator.name}",
        "heading": gettext("Unit or team"),
        "given": given,
        "share": share,
        "total": not indicator.is_ratio,
    }
    make = lambda line, value: _target_line(indicator, line.subject, value)  # noqa: E731
    return _grid(request, lines, (first, last), make, context)


@allow("targets.assign")
def of_place(request, pk: int):
    """The table of all indicators for one unit."""
    places = Place.objects.named(timezone.localdate()).select_related("level")
    return _of_unit(request, get_object_or_404(places, pk=pk))


@allow("targets.assign")
def of_team(request, pk: int):
    """The table of all indicators for one team."""
    return _of_unit(request, get_object_or_404(Team.objects.visible_to(request.user), pk=pk))


def _of_unit(request, unit):
    giver = Place.objects.get(pk=givers_of([unit], timezone.localdate())[unit])
    if not request.user.can("targets.assign", place=giver):
        raise Http404
    first, last = _span(request)
    lines = tables.lines_of(unit, first, last + dt.timedelta(days=1))
    context = {
        "title": gettext("Targets of %(unit)s") % {"unit": tables.name_of(unit)},
        "heading": gettext("Indicator"),
    }
    make = lambda line, value: _target_line(line.subject, unit, value)  # noqa: E731
    return _grid(request, lines, (first, last), make, context)


def _target_line(indicator: Indicator, unit, value: int) -> actions.TargetLine:
    of = {"team": unit} if isinstance(unit, Team) else {"place": unit}
    return actions.TargetLine(indicator, value, **of)


def _grid(request, lines, span, make, context):
    """The filled-in table is assigned as a whole, with its legal basis, or not at all."""
    initial = {"since_on": span[0], "last_day": span[1], "per_month": context.get("per_month")}
    form = GridForm(request.POST or None, initial=initial, lines=lines)
    place = request.scope.place
    basis = BasisForm(request.POST or None, request.FILES or None, place=place)
    if request.method == "POST" and form.is_valid() and basis.is_valid():
        chosen = [make(line, value) for line, value in form.given()]
        if _assigned(request, form, basis, chosen):
            return HttpResponseRedirect(reverse("programme:targets"))
    year = timezone.localdate().year
    context |= {"form": form, "basis": basis, "years": [str(year), str(year + 1)]}
    return render(request, "programme/assign.html", context)


def _assigned(request, form: GridForm, basis: BasisForm, chosen) -> bool:
    try:
        with transaction.atomic():
            document = basis.add(by=request.user) if basis.has_changed() else None
            actions.assign_targets(lines=chosen, document=document, by=request.user, **form.span)
    except actions.Refused as refusal:
        take_refusal(form, refusal)
        return False
    except ValidationError as refusal:
        basis.add_error(None, refusal)
        return False
    said = ngettext("One target assigned.", "%(count)s targets assigned.", len(chosen))
    say_done(request, said % {"count": len(chosen)})
    return True
