"""Entering what stands on paper: a sheet line by line, or many teams' lines at once."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.team.teams.models import Team
from cncd.work.activities.actions import BatchRefused, Line, RefusedLine, log_batch
from cncd.work.activities.models import Activity, ActivityVersion
from cncd.work.activities.rules import Done
from cncd.work.logsheets.sheets import LogSheet

SAID = "happened_on kind people elderly households contents languages note".split()
TAKEN = gettext_lazy(
    "This line was entered already, with other content. Open the entry to correct it."
)


class MonthLocked(ValidationError):
    """The month's report of a team is locked: nothing is added to it until it is opened."""

    def __init__(self, team: Team, period):
        words = {"month": str(period).lower(), "team": team}
        super().__init__(
            _(
                "The report of %(month)s of %(team)s is locked. Open it again on the report's page"
                " (“Unlock”), then enter the sheet."
            )
            % words
        )


@transaction.atomic
def enter_sheet(
    *, sheet: LogSheet, lines: Mapping[int, Done], by, confirmed: bool = False, now=None
) -> list[Activity]:
    """Writes down the lines of a sheet that were not entered yet (II.2.8), all or none.

    A line entered before with the same content is passed over, so that a sheet sent twice, or gone
    on with later, adds only what is new. Raises PermissionDenied, MonthLocked, and BatchRefused
    (its `index` is the line on the sheet) for lines that are wrong, or entered with other content.
    """
    now = now or timezone.now()
    Team.objects.select_for_update().get(pk=sheet.team.pk)  # of two at once one waits
    sheet = LogSheet(sheet.team, sheet.period)
    before = _said_before(sheet)
    new = {n: done for n, done in lines.items() if n not in before}
    again = sorted(lines.keys() & before.keys())
    taken = [RefusedLine(n, "", str(TAKEN)) for n in again if _essence(lines[n]) not in before[n]]
    if taken:
        raise BatchRefused(taken)
    if not new:
        return []
    refuse_locked([sheet.team], sheet.period)
    entries = [Line(sheet.team, done, sheet=(sheet.code, n)) for n, done in new.items()]
    try:
        return log_batch(lines=entries, by=by, subject=sheet.team, confirmed=confirmed, now=now)
    except BatchRefused as error:
        numbers = list(new)
        raise BatchRefused([e._replace(index=numbers[e.index]) for e in error.lines]) from error


@transaction.atomic
def enter_lines(
    *, lines: Sequence[tuple[Team, Done]], period, place, by, now=None
) -> list[Activity]:
    """Writes down many teams' lines of a month at once (II.2.8), all or none, as looked at before.

    Unusual lines pass: whoever confirms has seen what is said about them. Raises PermissionDenied,
    MonthLocked and BatchRefused.
    """
    refuse_locked({team.pk: team for team, _done in lines}.values(), period)
    entries = [Line(team, done) for team, done in lines]
    return log_batch(lines=entries, by=by, subject=place, confirmed=True, now=now)


def refuse_locked(teams, period) -> None:
    """Raises MonthLocked when a team's report of the month is locked."""
    teams = list(teams)
    locked = locked_teams(teams, period)
    for team in teams:
        if team.pk in locked:
            raise MonthLocked(team, period)


def locked_teams(teams, period) -> set[int]:
    """Ids of teams whose report of the month is locked; the room of reports stands above us."""
    return import_string(settings.LOCKED_MONTHS)(teams, period) if period.pk else set()


def _said_before(sheet: LogSheet) -> dict[int, list[tuple]]:
    """Line → what it said when it was entered, and after each correction."""
    lines = {row.pk: line for line, row in sheet.entered.items()}
    found: dict[int, list[tuple]] = {line: [] for line in lines.values()}
    versions = ActivityVersion.objects.filter(activity__in=lines)
    for activity, content in versions.values_list("activity", "content"):
        found[lines[activity]].append(_essence(Done.from_content(content)))
    return found


def _essence(done: Done) -> tuple:
    return tuple(getattr(done, name) for name in SAID)
