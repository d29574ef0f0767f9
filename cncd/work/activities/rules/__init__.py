"""What may be written down as done: no database, no clock."""

from cncd.work.activities.rules.households import households_of, with_households
from cncd.work.activities.rules.judging import (
    MOST_COUNTED,
    MOST_PHOTOS,
    TEXTS,
    faults,
    needs_reason,
)
from cncd.work.activities.rules.saying import (
    Days,
    Done,
    Fault,
    Ground,
    only_hamlet,
    shown,
    tidied,
)

__all__ = [
    "MOST_COUNTED",
    "MOST_PHOTOS",
    "TEXTS",
    "Days",
    "Done",
    "Fault",
    "Ground",
    "faults",
    "households_of",
    "needs_reason",
    "only_hamlet",
    "shown",
    "tidied",
    "with_households",
]
