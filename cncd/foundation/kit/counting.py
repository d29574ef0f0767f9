"""What a room answers when asked to count: a value, and the records it counted."""

from typing import Literal, NamedTuple

NONE: Literal["none"] = "none"  # "không phát sinh": stated, and adds as 0

Value = int | Literal["none"]


class Counted(NamedTuple):
    """`records` are (room, record id, version number); the value opens exactly these.

    `kept` is False where a register holds nothing yet: its 0 states nothing before the report.
    """

    value: Value
    records: tuple[tuple[str, str, int], ...] = ()
    kept: bool = True
