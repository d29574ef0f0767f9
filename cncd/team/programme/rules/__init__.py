"""What is true without a database or a clock: adding up, showing, checking, and the calendar."""

from cncd.foundation.kit.counting import NONE, Counted

from .adding import (
    LAST_MISSING,
    NOT_ADDITIVE,
    OverTime,
    Value,
    add_over_space,
    add_over_time,
    as_number,
    completeness,
    is_stated,
    ratio,
    ratio_over_time,
)
from .calendar import MixedSchemes, Span, due_moment, month_span, one_scheme
from .checking import CheckRow, Finding, check_figures, placeholders
from .reading import LARGEST, NotAFigure, most_of, read_value
from .showing import (
    show,
    show_number,
    show_over_time,
    show_percent,
    show_ratio,
    show_target,
    value_text,
)
from .striving import (
    RATIO,
    Progress,
    month_target,
    months_between,
    progress,
    undistributed,
    whole_target,
)

__all__ = [
    "LARGEST",
    "LAST_MISSING",
    "NONE",
    "NOT_ADDITIVE",
    "RATIO",
    "CheckRow",
    "Counted",
    "Finding",
    "MixedSchemes",
    "NotAFigure",
    "OverTime",
    "Progress",
    "Span",
    "Value",
    "add_over_space",
    "add_over_time",
    "as_number",
    "check_figures",
    "completeness",
    "due_moment",
    "is_stated",
    "month_span",
    "month_target",
    "months_between",
    "most_of",
    "one_scheme",
    "placeholders",
    "progress",
    "ratio",
    "ratio_over_time",
    "read_value",
    "show",
    "show_number",
    "show_over_time",
    "show_percent",
    "show_ratio",
    "show_target",
    "undistributed",
    "value_text",
    "whole_target",
]
