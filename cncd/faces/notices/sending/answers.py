"""What whoever should carry a message said."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Answer:
    """`status` None: nothing was said, because nobody could be reached."""

    status: int | None
    told: str = ""
    is_sent: bool = False
    is_gone: bool = False  # the device or address is no more, for good
    retry_after: timedelta | None = None
