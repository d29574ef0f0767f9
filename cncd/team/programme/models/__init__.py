"""What is asked: measures, indicators, periods, sheets, checks, targets, and the catalogues."""

from .catalogues import (
    ActivityKind,
    CatalogueQuerySet,
    Content,
    DifficultyCategory,
    Language,
    Platform,
)
from .indicators import (
    Check,
    Counter,
    Indicator,
    Measure,
    Sheet,
    SheetLine,
    Source,
)
from .periods import (
    DueRule,
    Period,
    PeriodDue,
    PeriodQuerySet,
    PeriodScheme,
)
from .targets import (
    Target,
    TargetQuerySet,
)

__all__ = [
    "ActivityKind",
    "CatalogueQuerySet",
    "Check",
    "Content",
    "Counter",
    "DifficultyCategory",
    "DueRule",
    "Indicator",
    "Language",
    "Measure",
    "Period",
    "PeriodDue",
    "PeriodQuerySet",
    "PeriodScheme",
    "Platform",
    "Sheet",
    "SheetLine",
    "Source",
    "Target",
    "TargetQuerySet",
]
