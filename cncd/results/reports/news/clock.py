"""By the clock: teams whose report is due, and officers whose teams are silent."""

import datetime as dt
from collections import defaultdict
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone, translation

from cncd.foundation.people.coordination import answerable_at
from cncd.foundation.people.news import (
    AFTER,
    SHORT,
    News,
    due_moment,
    due_step,
    is_evening,
    told,
)
from cncd.foundation.places.queries import names, setting
from cncd.results.reports import queries as reports
from cncd.results.reports.news import kinds, wording
from cncd.results.reports.news.about import about_team
from cncd.results.reports.news.units import unit_news
from cncd.results.reports.news.unsent import unsent
from cncd.team.teams import queries as teams
from cncd.team.teams.models import Membership


def by_clock(now: dt.datetime) -> list[News]:
    """Tells teams and units that a report is due, officers on the evening how many teams are
    missing, and the level above on the morning after which units are.
    """
    days = {setting("notices.days_before"), setting("notices.days_before_again")}
    morning = setting("notices.morning")
    found, silent = unit_news(now, days, morning), unsent(now, max(days))
    if not silent:
        return found
    evening = [row for row in silent if is_evening(row.due_at, now, setting("notices.evening"))]
    return found + due_news(silent, days, morning, now) + missing_news(evening, now)


def due_news(silent: list, days: set[int], hour: int, now: dt.datetime) -> list[News]:
    """For whoever may send the team's report; after the due day for the leader alone.

    What the same person was told already is left out, so that asking again costs little.
    """
    turns = [(row, due_step(row.due_at, now, days, hour)) for row in silent]
    turns = [(row, step, due_moment(row.due_at, step)) for row, step in turns if step is not None]
    leads = teams.leads_of({row.team.pk for row, *_rest in turns}, timezone.localdate(now))
    before = told(kinds.TIMELY, {moment for *_rest, moment in turns})
    return [
        _due(member.person.user, row, step, moment, now)
        for row, step, moment in turns
        for member in _addressed(leads.get(row.team.pk, []), step)
        if (member.person.user.pk, about_team(row.team.pk, row.period), moment) not in before
    ]


def _addressed(members: list[Membership], step: int) -> list[Membership]:
    leaders = [m for m in members if m.position == Membership.Position.LEADER]
    return (leaders or members) if step == AFTER else members


def _due(user, owing, step: int, moment: str, now: dt.datetime) -> News:
    with translation.override(user.language):
        said = wording.late(owing) if step == AFTER else wording.due(owing, now)
    return News(
        user=user,
        kind=kinds.LATE if step == AFTER else kinds.DUE,
        what=about_team(owing.team.pk, owing.period),
        moment=moment,
        address=reverse("reports:write", args=[owing.team.pk, owing.period.code]),
        until_at=now + SHORT if step == AFTER else owing.due_at,
        **said._asdict(),
    )


def missing_news(silent: list, now: dt.datetime) -> list[News]:
    """One for each officer and leader of a commune a month, however many of its teams are missing;
    the head answers for them in person (IV.3).
    """
    if not silent:
        return []
    today = timezone.localdate(now)
    placed = teams.unit_of([row.team.pk for row in silent], reports.unit_level().code, today)
    units = defaultdict(list)
    for row in silent:
        if row.team.pk in placed:
            units[placed[row.team.pk], row.period].append(row)
    places = set(placed.values())
    called, officers = names(places, today), answerable_at(places, "reports.accept", today)
    return [
        _missing(user, place, called[place].full_name, mine, now)
        for (place, _period), mine in units.items()
        for user in officers.get(place, ())
    ]


def _missing(user, place: int, unit: str, silent: list, now: dt.datetime) -> News:
    with translation.override(user.language):
        said = wording.missing(unit, len(silent), silent[0])
    period = silent[0].period
    query = urlencode({"u": place, "k": period.code})
    return News(
        user=user,
        kind=kinds.MISSING,
        what=f"place {place}, {period.code}",
        moment=f"T {timezone.localdate(now)}",
        address=f"{reverse('reports:silent')}?{query}",
        until_at=now + dt.timedelta(hours=12),
        **said._asdict(),
    )
