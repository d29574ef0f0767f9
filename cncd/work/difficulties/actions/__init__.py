"""The verbs of this room."""

from .answering import ANSWER, answer_case, assign_case, correct_answer, say_helped
from .batch import PastDifficulty, keep_past_difficulties
from .errors import (
    ChangedMeanwhile,
    NotAnswered,
    NothingSaid,
    NotInOffice,
    NotJoined,
    NotOpen,
    NowhereToPass,
)
from .joining import join_cases, part_cases
from .moving import climb_overdue, keep_owned, pass_case
from .raising import (
    RAISE,
    Said,
    may_take_back,
    raise_difficulty,
    raise_reported,
    restore_raising,
    withdraw_raising,
)
from .sorting import sort_case

__all__ = [
    "ANSWER",
    "RAISE",
    "ChangedMeanwhile",
    "NotAnswered",
    "NotInOffice",
    "NotJoined",
    "NotOpen",
    "NothingSaid",
    "NowhereToPass",
    "PastDifficulty",
    "Said",
    "answer_case",
    "assign_case",
    "climb_overdue",
    "correct_answer",
    "join_cases",
    "keep_owned",
    "keep_past_difficulties",
    "may_take_back",
    "part_cases",
    "pass_case",
    "raise_difficulty",
    "raise_reported",
    "restore_raising",
    "say_helped",
    "sort_case",
    "withdraw_raising",
]
