"""Every change of the programme and its targets."""

from .catalogues import (
    CATALOGUES,
    add_catalogue_row,
    change_catalogue_row,
    end_catalogue_row,
)
from .errors import NotSetUp, PeriodHasBegun, Refused
from .indicators import (
    ContentDraft,
    IndicatorDraft,
    add_indicator,
    change_indicator,
    end_indicator,
)
from .periods import change_due_rule, ensure_period, move_due, open_period, use_scheme
from .seeding import seed_programme
from .sheets import add_check, change_check, change_sheet
from .sources import counter_like, switch_source, switch_to_packaged
from .targets import TargetLine, TargetOverlap, assign_targets, end_target

__all__ = [
    "CATALOGUES",
    "ContentDraft",
    "IndicatorDraft",
    "NotSetUp",
    "PeriodHasBegun",
    "Refused",
    "TargetLine",
    "TargetOverlap",
    "add_catalogue_row",
    "add_check",
    "add_indicator",
    "assign_targets",
    "change_catalogue_row",
    "change_check",
    "change_due_rule",
    "change_indicator",
    "change_sheet",
    "counter_like",
    "end_catalogue_row",
    "end_indicator",
    "end_target",
    "ensure_period",
    "move_due",
    "open_period",
    "seed_programme",
    "switch_source",
    "switch_to_packaged",
    "use_scheme",
]
