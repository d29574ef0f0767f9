"""Many entries at once (imports, paper, demo data): the same rules, one journal entry."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.team.teams.models import Team
from cncd.work.activities.actions import writing
from cncd.work.activities.ground import Catalogue, grounds, with_lists
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done, Ground, faults


class Line(NamedTuple):
    """One entry of a batch; `author` (a member of the team that day) is whose entry it is."""

    team: Team
    done: Done
    author: object | None = None
    made_at: dt.datetime | None = None
    sheet: tuple[str, int] | None = None  # code and line of the paper it was read from


class RefusedLine(NamedTuple):
    index: int  # of the line, from 0
    field: str
    message: str
    asks: bool = False  # passes once confirmed


class BatchRefused(ValidationError):
    """Nothing was written; `lines` says which line is wrong, where and why."""

    def __init__(self, lines: list[RefusedLine]):
        self.lines = lines
        super().__init__([f"{line.index + 1}: {line.message}" for line in lines])


@transaction.atomic
def log_batch(
    *, lines: Sequence[Line], by, subject, confirmed: bool = False, now=None
) -> list[Activity]:
    """Writes all lines down or none; `subject` (a team or a place) is what the batch was for.

    Raises PermissionDenied when a team is outside `by`'s reach, BatchRefused listing every line
    that breaks a rule (or is unusual and not `confirmed`).
    """
    now = now or timezone.now()
    _require_reach(by, {line.team.pk for line in lines})
    catalogue = Catalogue()
    lines, ground = _on_their_ground(lines, catalogue)
    if wrong := _wrong(lines, ground, timezone.localdate(now), confirmed):
        raise BatchRefused(wrong)
    activities = [_activity(line, ground[line.team.pk], catalogue, by, now) for line in lines]
    _lay_down(activities, lines, catalogue, ground)
    record(
        event="activities.logged",
        subject=subject,
        by=by,
        place=None if isinstance(subject, Team) else subject,
        team=subject if isinstance(subject, Team) else None,
        after={"count": len(activities), "people": sum(a.people for a in activities)},
        rows=[_journal_row(activity) for activity in activities],
        now=now,
    )
    return activities


def wrong_lines(lines: Sequence[Line], today: dt.date) -> list[RefusedLine]:
    """What `log_batch` would refuse or ask about, line by line; reads, never writes."""
    return _wrong(*_on_their_ground(lines, Catalogue()), today, confirmed=False)


def _require_reach(by, teams: set[int]) -> None:
    reached = Team.objects.visible_to(by, "activities.log")
    if reached.filter(pk__in=teams).count() != len(teams):
        raise PermissionDenied("activities.log")


def _on_their_ground(lines, catalogue: Catalogue) -> tuple[list[Line], dict[int, Ground]]:
    """The lines settled, and what holds for each team; a fixed number of queries."""
    teams = list({line.team.pk: line.team for line in lines}.values())
    joined = {team for line in lines for team in line.done.joint_teams}
    ground = with_lists(grounds(teams, catalogue, joined), [line.done for line in lines])
    for team, sums in _summed_up(lines).items():
        ground[team] = ground[team].also_written(summaries=tuple(sums), logged_on=())
    return [
        line._replace(done=writing.settled(line.done, ground[line.team.pk])) for line in lines
    ], ground


def _summed_up(lines) -> dict[int, list]:
    """Team id → the ranges it has summed up already, within the days of the lines."""
    if not lines:
        return {}
    first = min(line.done.happened_on for line in lines)
    last = max(line.done.last_day for line in lines)
    rows = Activity.objects.standing().filter(
        team__in={line.team.pk for line in lines},
        is_summary=True,
        happened_on__lte=last,
        ended_on__gte=first,
    )
    found = defaultdict(list)
    for team, *days in rows.values_list("team", "happened_on", "ended_on"):
        found[team].append(tuple(days))
    return found


def _wrong(lines, ground, today: dt.date, confirmed: bool) -> list[RefusedLine]:
    return [
        RefusedLine(index, fault.field, str(fault.message), fault.asks)
        for index, line in enumerate(lines)
        for fault in faults(line.done, ground[line.team.pk], today)
        if not (fault.asks and confirmed)
    ]


def _activity(line: Line, ground, catalogue: Catalogue, by, now) -> Activity:
    author = line.author or by
    spans = ground.members.get(author.person_id, ())
    own = any(days.touch(line.done.happened_on, line.done.last_day) for days in spans)
    at = min(line.made_at or now, now)
    code, number = line.sheet or ("", None)
    return Activity(
        team=line.team,
        made_at=at,
        recorded_at=at if line.author else now,
        recorded_by=author if own else by,
        on_behalf=not own,
        sheet_code=code,
        sheet_line=number,
        **writing.fields_of(line.done, catalogue),
    )


def _journal_row(activity: Activity) -> dict:
    row = {
        "id": str(activity.pk),
        "team": activity.team_id,
        "happened_on": activity.happened_on.isoformat(),
    }
    paper = {"paper": f"{activity.sheet_code}/{activity.sheet_line}"}
    return row | paper if activity.sheet_code else row


def _lay_down(
    activities: list[Activity], lines: Sequence[Line], catalogue: Catalogue, ground: dict
) -> None:
    Activity.objects.bulk_create(activities, batch_size=500)
    tables: list[list] = [[] for _table in range(7)]
    for activity, line in zip(activities, lines, strict=True):
        version = writing.version_of(
            activity, line.done, by=activity.recorded_by, at=activity.recorded_at
        )
        rows_of = writing.rows_of(activity, line.done, catalogue, ground[line.team.pk])
        for table, rows in zip(tables, [*rows_of, [version]], strict=True):
            table.extend(rows)
    writing.lay_down(tables)
