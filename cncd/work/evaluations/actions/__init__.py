"""Verbs of the evaluations room: criteria, rounds, marks, decisions."""

from cncd.work.evaluations.actions.errors import (
    AlreadyOpened,
    BadDates,
    BadDay,
    ChangedMeanwhile,
    InForce,
    MarksRefused,
    NoLowestGrade,
    NoTeams,
    NotYourTurn,
    SomeDecided,
    WeightsOff,
)
from cncd.work.evaluations.actions.opening import (
    change_dues,
    open_round,
    restore_round,
    withdraw_round,
)
from cncd.work.evaluations.actions.ruling import (
    draft_rules,
    drop_criterion,
    drop_draft,
    enforce_rules,
    set_criterion,
    set_grades,
)
from cncd.work.evaluations.actions.scoring import reopen_evaluation, return_scores, score

__all__ = [
    "AlreadyOpened",
    "BadDates",
    "BadDay",
    "ChangedMeanwhile",
    "InForce",
    "MarksRefused",
    "NoLowestGrade",
    "NoTeams",
    "NotYourTurn",
    "SomeDecided",
    "WeightsOff",
    "change_dues",
    "draft_rules",
    "drop_criterion",
    "drop_draft",
    "enforce_rules",
    "open_round",
    "reopen_evaluation",
    "restore_round",
    "return_scores",
    "score",
    "set_criterion",
    "set_grades",
    "withdraw_round",
]
