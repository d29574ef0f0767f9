"""By the clock: what is due in three days, tomorrow, today; and what was not done, to the level
above.
"""

import datetime as dt
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone, translation

from cncd.foundation.kit.dated import end_of
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.news import (
    AFTER,
    LATEST,
    SHORT,
    News,
    days_left,
    due_moment,
    due_step,
    told,
)
from cncd.foundation.places.models import PlaceVersion
from cncd.foundation.places.queries import setting
from cncd.team.teams.queries import unit_of
from cncd.work.directives.models import Obligation
from cncd.work.directives.news import kinds, wording
from cncd.work.directives.news.about import about, owners
from cncd.work.directives.queries.answering import answerers
from cncd.work.directives.queries.mine import address_of


def by_clock(now: dt.datetime) -> list[News]:
    """Reminds those who answer at T-3, T-1 and T; on the morning after, the level above (IV.1).

    What waits to be checked is in the hands of the level above: nobody below is reminded of it.
    """
    days = {setting("notices.days_before"), setting("notices.days_before_again")}
    hour = setting("notices.morning")
    today = timezone.localdate(now)
    span = (today - LATEST, today + dt.timedelta(days=max(days)))
    rows = Obligation.objects.open().exclude(status=Obligation.Status.WAITING)
    rows = rows.filter(due_on__range=span).select_related("ask", "directive", "team", "agency")
    turns: dict[int | None, list[Obligation]] = defaultdict(list)
    steps: dict[dt.date, int | None] = {}
    for row in rows.order_by("due_on", "pk"):
        if row.due_on not in steps:
            steps[row.due_on] = due_step(end_of(row.due_on), now, days, hour)
        turns[steps[row.due_on]].append(row)
    late = turns.pop(AFTER, [])
    turns.pop(None, None)
    coming = [(row, step) for step, some in turns.items() for row in some]
    return due_news(coming, now) + late_news(late, today, now)


def due_news(coming: list[tuple[Obligation, int]], now: dt.datetime) -> list[News]:
    """For whoever answers; what the same person was told already is left out."""
    rows, today = [row for row, _step in coming], timezone.localdate(now)
    if not rows:
        return []
    whom, called = answerers(rows, today), owners(rows, today)
    moments = {row.pk: due_moment(end_of(row.due_on), step) for row, step in coming}
    before = told((kinds.DUE,), set(moments.values()))
    return [
        _due(user, row, called[row.pk], moments[row.pk], now)
        for row in rows
        for user in whom[row.pk]
        if (user.pk, about(row), moments[row.pk]) not in before
    ]


def _due(user, row: Obligation, owner: str, moment: str, now: dt.datetime) -> News:
    due_at = end_of(row.due_on)
    with translation.override(user.language):
        said = wording.due(row, owner, days_left(due_at, now))
    address = address_of(row)
    return News(user=user, kind=kinds.DUE, what=about(row), moment=moment, address=address,
                until_at=due_at, **said._asdict())  # fmt: skip


def late_news(late: list[Obligation], today: dt.date, now: dt.datetime) -> list[News]:
    """One for each officer of a unit and due day, however many things below it are late."""
    if not late:
        return []
    above = places_above(late, today)
    many: dict[tuple[int, dt.date], int] = defaultdict(int)
    for row in late:
        many[above[row.pk], row.due_on] += 1
    whom = guides_at({place for place, _day in many}, kinds.GIVE, today)
    return [
        _late(user, place, day, count, now)
        for (place, day), count in many.items()
        for user in whom.get(place, ())
    ]


def _late(user, place: int, day: dt.date, count: int, now: dt.datetime) -> News:
    with translation.override(user.language):
        said = wording.late_below(count, day)
    return News(
        user=user,
        kind=kinds.LATE_BELOW,
        what=f"late below place {place}, {day}",
        moment=due_moment(end_of(day), AFTER),
        address=f"{reverse('directives:reminding')}?u={place}&state=overdue",
        until_at=now + SHORT,
        **said._asdict(),
    )


def places_above(rows: list[Obligation], day: dt.date) -> dict[int, int]:
    """Obligation id → the unit above whoever bears it; of an agency, the giver's."""
    communes = unit_of({row.team_id for row in rows if row.team_id}, "commune", day)
    units = {row.place_id for row in rows if row.place_id and not row.agency_id}
    versions = PlaceVersion.objects.on(day).filter(place__in=units).exclude(parent=None)
    parents = dict(versions.values_list("place", "parent"))
    found = {}
    for row in rows:
        unit = communes.get(row.team_id) if row.team_id else parents.get(row.place_id)
        found[row.pk] = row.directive.place_id if row.agency_id or unit is None else unit
    return found
