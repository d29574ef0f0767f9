"""Verbs of the activities room: write down, put right, withdraw, bring back, take over in bulk."""

from cncd.work.activities.actions.batch import (
    BatchRefused,
    Line,
    RefusedLine,
    log_batch,
    wrong_lines,
)
from cncd.work.activities.actions.edit import edit_activity, may_change
from cncd.work.activities.actions.errors import (
    ActivityDoubtful,
    ActivityRefused,
    AlreadyWithdrawn,
    ChangedMeanwhile,
)
from cncd.work.activities.actions.log import log_activity, log_summary
from cncd.work.activities.actions.photos import attach_photo
from cncd.work.activities.actions.withdraw import restore_activity, withdraw_activity

__all__ = [
    "ActivityDoubtful",
    "ActivityRefused",
    "AlreadyWithdrawn",
    "BatchRefused",
    "ChangedMeanwhile",
    "Line",
    "RefusedLine",
    "attach_photo",
    "edit_activity",
    "log_activity",
    "log_batch",
    "log_summary",
    "may_change",
    "restore_activity",
    "withdraw_activity",
    "wrong_lines",
]
