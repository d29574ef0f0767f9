"""A paper log sheet: of one team and one month, under one code however many pages it has."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from cncd.foundation.people.models import User
from cncd.foundation.places.models import Place
from cncd.team.programme.models import Period
from cncd.team.programme.queries import period_coded, scheme_in_use
from cncd.team.programme.rules import month_span
from cncd.team.teams.models import Team, TeamIndex
from cncd.work.activities.models import Activity
from cncd.work.logsheets.rules import LINES, read_code, sheet_code

MONTHS_BACK = 6  # offered to print and to enter


@dataclass
class LogSheet:
    team: Team
    period: Period

    @property
    def code(self) -> str:
        return sheet_code(self.team.pk, self.period.code)

    @cached_property
    def entered(self) -> dict[int, Activity]:
        """Line → the activity it was entered as, withdrawn ones included."""
        rows = Activity.objects.filter(sheet_code=self.code).listed()
        return {row.sheet_line: row for row in rows.prefetch_related("languages__language")}

    @property
    def has_begun(self) -> bool:
        return self.period.first_day <= timezone.localdate()


@dataclass
class Page:
    """One side of A4: its number, how many there are, and the lines on it."""

    number: int
    of: int

    @property
    def lines(self) -> range:
        first = (self.number - 1) * LINES + 1
        return range(first, first + LINES)


def pages(number: int) -> list[Page]:
    return [Page(n, number) for n in range(1, number + 1)]


def sheet_of_code(text: str, user: User) -> LogSheet | None:
    """The sheet of that code, if the person may enter for its team; raises WrongCode."""
    team, month = read_code(text)
    found = Team.objects.visible_to(user, "activities.log").filter(pk=team).first()
    period = month_coded(month)
    return LogSheet(found, period) if found and period else None


def month_coded(code: str) -> Period | None:
    """The month of that code; the next one even before it is opened, unsaved, to print for."""
    return next((month for month in months() if month.code == code), None) or period_coded(code)


def months() -> list[Period]:
    """The months one may print or enter a sheet for: the next, this one, those before."""
    scheme = scheme_in_use()
    if scheme is None:
        return []
    today = timezone.localdate()
    rows = Period.objects.filter(scheme=scheme).order_by("-first_day")
    found = list(rows.filter(first_day__lte=today)[: MONTHS_BACK + 1])
    if not found:
        return []
    span = month_span(scheme.first_day, found[0].last_day + dt.timedelta(days=1))
    coming = rows.filter(code=span.code).first()
    days = {"first_day": span.first_day, "last_day": span.last_day}
    return [coming or Period(scheme=scheme, code=span.code, **days), *found]


def this_month() -> Period | None:
    today = timezone.localdate()
    return next((month for month in months() if month.first_day <= today), None)


def communes(teams, period: Period) -> dict[int, str]:
    """Team id → the full name of its commune at the end of the month."""
    rows = TeamIndex.objects.on(period.last_day).filter(team__in=teams, level__code="commune")
    pairs = dict(rows.values_list("team", "place"))
    named = Place.objects.filter(pk__in=set(pairs.values())).named(period.last_day)
    name = {place.pk: place.full_name for place in named}
    return {team: name.get(place, "") for team, place in pairs.items()}
