"""Keeping true what teams did in time of all that was asked of them (TC18); derived data."""

import datetime as dt

from cncd.results.reports import queries as reports
from cncd.results.totals.adding import refresh_places
from cncd.results.totals.team_rows import recount
from cncd.team.programme.models import Period
from cncd.work.directives import queries as directives_room

ROOM = "directives"


def follow_due_obligations(entry, subject) -> None:
    """What teams were to do by some day changed: asked, extended, exempt, taken back (reaction)."""
    ids = [row["obligation"] for row in entry.rows if "obligation" in row]
    recount_due(directives_room.due_days(subject, ids), entry.at)


def recount_due(due: set[tuple[dt.date, int]], at: dt.datetime) -> None:
    """Counts what teams did in time anew, for the periods of these (due day, team id)."""
    days = {day for day, _team in due}
    if not days:
        return
    held = Period.objects.filter(first_day__lte=max(days), last_day__gte=min(days))
    for period in held:
        if ROOM in reports.rooms_counted(period, reports.team_level(period).code):
            teams = {team for day, team in due if period.first_day <= day <= period.last_day}
            if teams:
                refresh_places(period, recount(period, teams, {ROOM}), now=at)
