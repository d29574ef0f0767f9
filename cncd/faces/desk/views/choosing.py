"""Choosing the unit and the period: pages of their own, sheets over the page with JavaScript."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.shortcuts import render
from django.utils import timezone

from cncd.faces.desk.forms import is_ours
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import children, matching
from cncd.team.programme.models import Period


def _target(request) -> tuple[str, list[tuple[str, str]]]:
    """The path to go back to and what stays of its query."""
    address = request.GET.get("next", "")
    parts = urlsplit(address if is_ours(address) else "/")
    query = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("u", "k", "page")]
    return parts.path, query


def _address(request, **changes) -> str:
    path, query = _target(request)
    scope = request.scope.query | changes
    return f"{path}?{urlencode([*query, *scope.items()])}"


FOUND = 60  # units shown for a search


@allow("desk.open")
def choose_unit(request):
    """Units of my reach: those found, else the ones above, below and beside the present one."""
    text = request.GET.get("q", "").strip()[:100]
    groups = [("found", _found(request, text))] if text else _near(request.scope)
    for _name, places in groups:
        for place in places:
            place.address = _address(request, u=place.pk)
    context = {"groups": groups, "text": text, "next": request.GET.get("next", "")}
    return render(request, "desk/choose_unit.html", context)


def _found(request, text: str) -> list[Place]:
    scope = request.scope
    reach = authority.reach(request.user, scope.today, "desk.open")
    reach = Place.objects.filter(pk__in=reach.values("pk")).alive(scope.day).named(scope.day)
    found = matching(reach, text, scope.day).select_related("level")
    return list(found.order_by("fit", "level__rank", "sort_key")[:FOUND])


def _near(scope) -> list[tuple[str, list[Place]]]:
    if not scope.place:
        return []
    up = [place for place in scope.trail if place.open and place.pk != scope.place.pk]
    # Who may open what is above may open what lies beside.
    beside = children(up[-1], scope.day).exclude(pk=scope.place.pk) if up else []
    below = children(scope.place, scope.day)
    return [("above", up), ("below", list(below)), ("beside", list(beside))]


@allow("desk.open")
def choose_period(request):
    """The months there are, by year, newest first."""
    current = request.scope.period
    periods = Period.objects.filter(first_day__lte=timezone.localdate())
    periods = periods.filter(scheme=current.scheme_id) if current else periods
    years: dict[int, list] = {}
    for period in periods.order_by("-first_day")[:120]:
        period.address = _address(request, k=period.code)
        years.setdefault(period.last_day.year, []).append(period)
    context = {"years": years.items(), "current": current}
    return render(request, "desk/choose_period.html", context)
