"""By the clock: units whose consolidated report is due, and the level above when it is late."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone, translation

from cncd.foundation.people.coordination import answerable_at, guides_at
from cncd.foundation.people.news import AFTER, SHORT, News, due_moment, due_step
from cncd.foundation.places.models import Level, PlaceVersion
from cncd.foundation.places.queries import names
from cncd.results.reports.models import Extension, Report
from cncd.results.reports.news import kinds, wording
from cncd.results.reports.news.about import about_place
from cncd.results.reports.news.unsent import PAST
from cncd.team.programme.models import Period, PeriodDue


@dataclass(frozen=True)
class OwingUnit:
    """A unit that has not confirmed its report."""

    place: int
    above: int | None
    period: Period
    due_at: dt.datetime  # an extension included


def unit_news(now: dt.datetime, days: set[int], hour: int) -> list[News]:
    """For whoever answers for the unit, before the due day and after it; on the morning after also
    for the unit above, once for all that are late.
    """
    turns = [(row, due_step(row.due_at, now, days, hour)) for row in unconfirmed(now, max(days))]
    turns = [(row, step) for row, step in turns if step is not None]
    if not turns:
        return []
    today = timezone.localdate(now)
    called = names({row.place for row, _step in turns} | _above(turns), today)
    asked = guides_at({row.place for row, _step in turns}, "reports.confirm", today)
    found = [
        _due(user, row, step, called[row.place].full_name, now)
        for row, step in turns
        for user in asked.get(row.place, ())
    ]
    return found + _to_those_above(turns, called, today, now)


def unconfirmed(now: dt.datetime, days: int) -> list[OwingUnit]:
    """Units due within so many days, or in the last three, that have sent nothing; a few queries
    a month.
    """
    near = (now - PAST, now + dt.timedelta(days=days + 1))
    later = Extension.objects.filter(team=None, due_at__range=near).values("period")
    lowest = Level.objects.order_by("-rank").values("pk")[:1]  # teams report there
    dues = PeriodDue.objects.filter(period__scheme__in_use=True).exclude(level__in=lowest)
    dues = dues.filter(due_at__range=near) | dues.filter(period__in=later)
    found = []
    for due in dues.select_related("period__scheme", "level"):
        units = PlaceVersion.objects.on(due.period.last_day).filter(place__level=due.level)
        moved = Extension.objects.filter(period=due.period, team=None)
        extended = dict(moved.values_list("place", "due_at"))
        sent = Report.objects.counting().filter(period=due.period).exclude(place=None)
        done = set(sent.values_list("place", flat=True))
        for place, above in units.values_list("place", "parent"):
            due_at = extended.get(place, due.due_at)
            if place not in done and near[0] <= due_at <= near[1]:
                found.append(OwingUnit(place, above, due.period, due_at))
    return found


def _above(turns) -> set[int]:
    return {row.above for row, step in turns if step == AFTER and row.above}


def _due(user, row: OwingUnit, step: int, unit: str, now: dt.datetime) -> News:
    with translation.override(user.language):
        said = wording.unit_late(unit, row) if step == AFTER else wording.unit_due(unit, row, now)
    query = urlencode({"u": row.place, "k": row.period.code})
    return News(
        user=user,
        kind=kinds.UNIT_LATE if step == AFTER else kinds.UNIT_DUE,
        what=about_place(row.place, row.period),
        moment=due_moment(row.due_at, step),
        address=f"{reverse('totals:unit')}?{query}",
        until_at=now + SHORT if step == AFTER else row.due_at,
        **said._asdict(),
    )


def _to_those_above(turns, called, today: dt.date, now: dt.datetime) -> list[News]:
    late = defaultdict(list)
    for row, step in turns:
        if step == AFTER and row.above:
            late[row.above, row.period].append(row)
    officers = answerable_at({above for above, _period in late}, "reports.accept", today)
    return [
        _late(user, above, rows, [called[row.place].full_name for row in rows], now)
        for (above, _period), rows in late.items()
        for user in officers.get(above, ())
    ]


def _late(user, above: int, rows: list[OwingUnit], units: list[str], now: dt.datetime) -> News:
    period = rows[0].period
    with translation.override(user.language):
        said = wording.units_missing(sorted(units), period)
    query = urlencode({"u": above, "k": period.code})
    return News(
        user=user,
        kind=kinds.UNITS_MISSING,
        what=f"units of place {above}, {period.code}",
        moment=due_moment(min(row.due_at for row in rows), AFTER),
        address=f"{reverse('totals:unit')}?{query}",
        until_at=now + SHORT,
        **said._asdict(),
    )
