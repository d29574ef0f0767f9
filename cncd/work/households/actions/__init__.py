"""Verbs of the household lists: add, change, end, bring back, take over in bulk, state counts."""

from cncd.work.households.actions.batches import (
    HouseholdLine,
    import_households,
    number_households,
    remove_households,
)
from cncd.work.households.actions.counts import CountLine, state_counts
from cncd.work.households.actions.errors import HouseholdRefused
from cncd.work.households.actions.lists import (
    add_household,
    change_household,
    end_household,
    restore_household,
)

__all__ = [
    "CountLine",
    "HouseholdLine",
    "HouseholdRefused",
    "add_household",
    "change_household",
    "end_household",
    "import_households",
    "number_households",
    "remove_households",
    "restore_household",
    "state_counts",
]
