"""What a report would say now, when it is due, what it said, and what has changed since."""

from cncd.results.reports.queries.dues import (
    cutoff_days,
    due_moment,
    due_moments,
    due_rule,
    lowest_levels,
    owes,
    team_level,
    unit_level,
)
from cncd.results.reports.queries.lines import (
    COUNTING,
    MADE_HERE,
    counted_values,
    place_lines,
    team_lines,
)
from cncd.results.reports.queries.past import (
    before,
    by_short_name,
    drift,
    histories,
    history,
    neighbours_median,
    open_returns,
)
from cncd.results.reports.queries.standings import (
    Standing,
    locked_teams,
    standings,
    teams_under,
    waiting_after,
)
from cncd.results.reports.queries.units import (
    place_above,
    reports_below,
    reviewing_unit,
    speaks_for,
    status_of,
    unit_id,
    unit_ids,
)

__all__ = [
    "COUNTING",
    "MADE_HERE",
    "Standing",
    "before",
    "by_short_name",
    "counted_values",
    "cutoff_days",
    "drift",
    "due_moment",
    "due_moments",
    "due_rule",
    "histories",
    "history",
    "locked_teams",
    "lowest_levels",
    "neighbours_median",
    "open_returns",
    "owes",
    "place_above",
    "place_lines",
    "reports_below",
    "reviewing_unit",
    "speaks_for",
    "standings",
    "status_of",
    "team_level",
    "team_lines",
    "teams_under",
    "unit_id",
    "unit_ids",
    "unit_level",
    "waiting_after",
]
