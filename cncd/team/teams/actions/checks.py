"""What every change of a team looks at before it writes: the places, the dates, the maximum."""

import datetime as dt
from collections import Counter

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.people.models import Person
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place, PlaceIndex, Setting
from cncd.team.teams.actions.errors import BadDate, BadMembers, BadPlaces, Dissolved, TooManyMembers
from cncd.team.teams.lines import NewPerson
from cncd.team.teams.models import Team, TeamIndex
from cncd.team.teams.rules import first_excess
from cncd.team.teams.spans import Span, borders

MAXIMUM = "team.max_members"
AHEAD = dt.timedelta(days=366)


def communes_of(covered: list[Place], day: dt.date) -> dict[int, int]:
    """Place id → id of the commune it stands in (or is) on that day."""
    rows = PlaceIndex.objects.on(day).filter(
        place__in={place.pk for place in covered}, inherited=False, ancestor__level__code="commune"
    )
    return dict(rows.values_list("place", "ancestor"))


def check_places(covered: list[Place], day: dt.date) -> Place:
    """The one commune of the places; raises BadPlaces when they cannot be one team's places."""
    if not covered:
        raise BadPlaces(_("Choose at least one hamlet."))
    if len({place.level_id for place in covered}) > 1:
        raise BadPlaces(_("A team covers hamlets, or a commune, not both."))
    found = communes_of(covered, day)
    gone = [place.pk for place in covered if place.pk not in found]
    if gone:
        names = place_queries.names(gone, day)
        raise BadPlaces(
            _("Not in force on {day}: {names}. Choose other hamlets or another day.").format(
                day=f"{day:%d/%m/%Y}",
                names=", ".join(names[pk].full_name if pk in names else f"#{pk}" for pk in gone),
            )
        )
    communes = sorted(set(found.values()))
    if len(communes) > 1:
        names = place_queries.names(communes, day)
        raise BadPlaces(
            _("All hamlets of a team belong to one commune; these are of {names}.").format(
                names=", ".join(names[pk].full_name for pk in communes)
            )
        )
    return Place.objects.get(pk=communes[0])


def commune_on(team: Team, day: dt.date) -> Place | None:
    """The commune the team falls under that day, or on its last day once it is dissolved."""
    row = (
        TeamIndex.objects.filter(team=team, level__code="commune", since_on__lte=day)
        .select_related("place")
        .order_by("-since_on")
        .first()
    ) or TeamIndex.objects.filter(team=team, level__code="commune").select_related("place").first()
    return row.place if row else None


def check_day(day: dt.date, field: str) -> None:
    """Raises BadDate when the day lies more than a year ahead."""
    if day > timezone.localdate() + AHEAD:
        raise BadDate(_("The day is more than a year ahead. Check the year."), field)


def locked(team: Team, day: dt.date) -> Team:
    """The team's row, locked for this change; raises Dissolved or BadDate when out of force."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    check_day(day, "on")
    if day < team.since_on:
        raise BadDate(
            _("The team is in force from {day}; choose that day or a later one.").format(
                day=f"{team.since_on:%d/%m/%Y}"
            )
        )
    if team.until_on and day >= team.until_on:
        raise Dissolved(
            _("The team was dissolved on {day}, so nothing of it can change any more.").format(
                day=f"{team.until_on:%d/%m/%Y}"
            )
        )
    return team


def check_people(lines, by) -> None:
    """Raises BadMembers when a roster names somebody twice, PermissionDenied out of reach.

    A member is in reach of the team's officers, so only people in reach already may become one.
    """
    check_reach(lines, by)
    check_twice(lines)


def check_reach(lines, by) -> None:
    """Raises PermissionDenied when somebody named is out of reach; many rosters at once."""
    named = {line.person.pk for line in lines if not isinstance(line.person, NewPerson)}
    if by is not None and named:
        seen = Person.objects.visible_to(by).filter(pk__in=named).values("pk").distinct()
        if seen.count() < len(named):
            raise PermissionDenied("people.view")


def check_twice(lines) -> None:
    """Raises BadMembers when one roster names somebody twice."""
    named = Counter(line.person.pk for line in lines if not isinstance(line.person, NewPerson))
    twice = {pk for pk, count in named.items() if count > 1}
    if twice:
        names = {str(line.person) for line in lines if getattr(line.person, "pk", None) in twice}
        raise BadMembers(_("Listed twice: {names}.").format(names=", ".join(sorted(names))))


def check_maximum(before: list[Span], after: list[Span], commune: Place, since: dt.date) -> None:
    """Raises TooManyMembers when on any day from `since` on the change passes the maximum (II.1.1).

    A team that is over the maximum already (it was lowered since) may still change, not grow.
    """
    check_spans(before, after, since, maxima_from(commune, since))


def check_spans(before: list[Span], after: list[Span], since: dt.date, maxima) -> None:
    """The same against maxima found before, for the teams of one decision."""
    excess = first_excess(before, after, since, maxima)
    if excess:
        raise TooManyMembers(excess.count, excess.maximum, excess.day)


def maximum_on(commune: Place | None, day: dt.date) -> int:
    """How many members a team of the commune may have that day: the nearest setting."""
    return int(place_queries.setting(MAXIMUM, place=commune, on=day))


def maxima_from(commune: Place | None, since: dt.date) -> list[tuple[Span, int]]:
    """What the commune's teams may number from `since` on, each with the days it holds."""
    settings = Setting.objects.filter(key=MAXIMUM).values_list("since_on", "until_on")
    later = borders(Span(*row) for row in settings)
    days = [since, *(day for day in later if day > since)]
    return [(Span(day, None), maximum_on(commune, day)) for day in days]
