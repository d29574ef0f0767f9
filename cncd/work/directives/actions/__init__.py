"""What may be done with directives and what they ask."""

from cncd.work.directives.actions.checking import accept_answer, return_answer
from cncd.work.directives.actions.deriving import derive_noted, rebuild
from cncd.work.directives.actions.doing import acknowledge, send_answer, withdraw_answer
from cncd.work.directives.actions.drafting import (
    Source,
    To,
    Wanted,
    add_ask,
    change_ask,
    change_directive,
    discard_draft,
    draft_directive,
    remove_ask,
)
from cncd.work.directives.actions.easing import exempt, extend, lift_exemption
from cncd.work.directives.actions.ending import (
    close_directive,
    reopen_directive,
    withdraw_directive,
)
from cncd.work.directives.actions.errors import (
    AlreadyChecked,
    AnswerWaits,
    ChangedMeanwhile,
    DuePassed,
    FileMissing,
    Incomplete,
    NobodyAsked,
    NotADraft,
    NotAnswered,
    NothingAsked,
    NothingSaid,
    NotLater,
    NotOpen,
    OutOfReach,
    ReasonMissing,
    Refused,
)
from cncd.work.directives.actions.following import follow_bearers
from cncd.work.directives.actions.issuing import issue_directive

__all__ = [
    "AlreadyChecked",
    "AnswerWaits",
    "ChangedMeanwhile",
    "DuePassed",
    "FileMissing",
    "Incomplete",
    "NobodyAsked",
    "NotADraft",
    "NotAnswered",
    "NotLater",
    "NotOpen",
    "NothingAsked",
    "NothingSaid",
    "OutOfReach",
    "ReasonMissing",
    "Refused",
    "Source",
    "To",
    "Wanted",
    "accept_answer",
    "acknowledge",
    "add_ask",
    "change_ask",
    "change_directive",
    "close_directive",
    "derive_noted",
    "discard_draft",
    "draft_directive",
    "exempt",
    "extend",
    "follow_bearers",
    "issue_directive",
    "lift_exemption",
    "rebuild",
    "remove_ask",
    "reopen_directive",
    "return_answer",
    "send_answer",
    "withdraw_answer",
    "withdraw_directive",
]
