"""Everything that changes the library."""

from cncd.work.library.actions.checks import may_change, may_write
from cncd.work.library.actions.deciding import approve_item, refuse_item
from cncd.work.library.actions.errors import (
    ChangedMeanwhile,
    ForNobody,
    NoteMissing,
    NothingToRead,
    NotWaiting,
    Waiting,
    WhatChanged,
)
from cncd.work.library.actions.lines import About, Text
from cncd.work.library.actions.opening import count_opening
from cncd.work.library.actions.withdrawing import restore_item, withdraw_item
from cncd.work.library.actions.writing import add_item, change_item, take_back

__all__ = [
    "About",
    "ChangedMeanwhile",
    "ForNobody",
    "NotWaiting",
    "NoteMissing",
    "NothingToRead",
    "Text",
    "Waiting",
    "WhatChanged",
    "add_item",
    "approve_item",
    "change_item",
    "count_opening",
    "may_change",
    "may_write",
    "refuse_item",
    "restore_item",
    "take_back",
    "withdraw_item",
]
