"""What was written after a report was sent: how many entries, and which figures would change."""

import json
from dataclasses import dataclass

from cncd.results.reports import queries
from cncd.results.reports.forms import counts_shown
from cncd.results.reports.models import Report
from cncd.team.programme.rules import show
from cncd.work.activities.queries import touched_since
from cncd.work.directives import queries as directives_room
from cncd.work.registers import queries as registers_room
from cncd.work.training import queries as training_room


@dataclass(frozen=True)
class Later:
    """What a supplement of the report would bring."""

    report: Report
    entries: int  # of the log or of a register, written, changed or withdrawn since
    rows: list[tuple[str, str, str]]  # figure, as sent, as counted now
    seen: str  # the counts shown, to be sent back

    @property
    def is_locked(self) -> bool:
        return self.report.state == Report.State.LOCKED

    @property
    def about(self) -> str:
        """Which report, for the phone's envelope."""
        return json.dumps({"team": self.report.team_id, "period": self.report.period.code})


def later_of(report: Report) -> Later | None:
    """What came after the last sending and changes a figure; None while nothing did.

    None too while figures are returned: they are counted anew when they are sent again.
    """
    sent = report.sent
    if sent is None or sent.sent_at is None or report.state == Report.State.RETURNED:
        return None
    period = report.period
    days = (period.first_day, period.last_day)
    entries = touched_since(report.team_id, *days, sent.sent_at)
    entries += directives_room.touched_since(report.team_id, *days, sent.sent_at)
    entries += registers_room.touched_since(report.team_id, sent.sent_at)
    entries += training_room.touched_since(report.team_id, sent.sent_at)
    if not entries:
        return None
    lines = queries.team_lines([report.team], period)[report.team_id]
    drift = queries.drift(report, lines)
    rows = [
        (line.short_name, show(was, line.factor), show(now, line.factor, line.unit))
        for line in lines
        if line.code in drift
        for was, now in [drift[line.code]]
    ]
    return Later(report, entries, rows, counts_shown(lines)) if rows else None
