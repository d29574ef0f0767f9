"""Verbs of the inspections room: plan, look, conclude, put right; keep the checklists."""

from cncd.work.inspections.actions.errors import (
    BadItem,
    BadLink,
    ChangedMeanwhile,
    NobodyChosen,
    NotBelow,
    NotFinished,
    NothingToLookAt,
    OwnAnswer,
    WrongState,
)
from cncd.work.inspections.actions.finding import (
    Line,
    add_finding,
    change_finding,
    close_inspection,
    note_findings,
    reopen_inspection,
)
from cncd.work.inspections.actions.items import end_item, seed_items, set_item, take_packaged
from cncd.work.inspections.actions.planning import (
    change_inspection,
    open_inspection,
    plan_inspections,
    restore_inspection,
    withdraw_inspection,
)
from cncd.work.inspections.actions.settling import answer_finding, judge_answer

__all__ = [
    "BadItem",
    "BadLink",
    "ChangedMeanwhile",
    "Line",
    "NobodyChosen",
    "NotBelow",
    "NotFinished",
    "NothingToLookAt",
    "OwnAnswer",
    "WrongState",
    "add_finding",
    "answer_finding",
    "change_finding",
    "change_inspection",
    "close_inspection",
    "end_item",
    "judge_answer",
    "note_findings",
    "open_inspection",
    "plan_inspections",
    "reopen_inspection",
    "restore_inspection",
    "seed_items",
    "set_item",
    "take_packaged",
    "withdraw_inspection",
]
