"""What a group should be called, and what is wrong with its name: no database, no clock."""

from cncd.work.channels.rules.comparing import Context, Former, findings, is_named_right
from cncd.work.channels.rules.kinds import (
    ACROSS,
    BY_CODE,
    CODES,
    FAULT,
    MEMBERS,
    NOTE,
    RIGHT,
    Finding,
    standing_of,
)
from cncd.work.channels.rules.links import link_fault, tidy_link
from cncd.work.channels.rules.naming import Form, Naming, Piece, Unit
from cncd.work.channels.rules.patterns import BadPattern, Pattern, read_pattern

__all__ = [
    "ACROSS",
    "BY_CODE",
    "CODES",
    "FAULT",
    "MEMBERS",
    "NOTE",
    "RIGHT",
    "BadPattern",
    "Context",
    "Finding",
    "Form",
    "Former",
    "Naming",
    "Pattern",
    "Piece",
    "Unit",
    "findings",
    "is_named_right",
    "link_fault",
    "read_pattern",
    "standing_of",
    "tidy_link",
]
