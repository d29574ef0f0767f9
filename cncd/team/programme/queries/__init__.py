"""What is in force, what a report asks, when it is due, and what is to be reached."""

from .asked import (
    SheetRow,
    checks_for,
    checks_on,
    current_period,
    due_at,
    indicators_on,
    measures_on,
    period_coded,
    scheme_in_use,
    series,
    sheet_for,
    sheet_on,
    sheet_rows,
    sources_on,
    year_so_far,
)
from .countable import Countable, countable
from .memory import remembered
from .targets import (
    Distribution,
    distributions,
    history_of,
    targets_of_places,
    targets_of_teams,
    uses_of_document,
)

__all__ = [
    "Countable",
    "Distribution",
    "SheetRow",
    "checks_for",
    "checks_on",
    "countable",
    "current_period",
    "distributions",
    "due_at",
    "history_of",
    "indicators_on",
    "measures_on",
    "period_coded",
    "remembered",
    "scheme_in_use",
    "series",
    "sheet_for",
    "sheet_on",
    "sheet_rows",
    "sources_on",
    "targets_of_places",
    "targets_of_teams",
    "uses_of_document",
    "year_so_far",
]
