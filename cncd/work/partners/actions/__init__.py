"""What changes in this room."""

from cncd.work.partners.actions.connectivity import (
    answer_gap,
    ask_enterprise,
    check_gap,
    note_hamlet,
    report_gap,
    restore_gap,
    restore_noting,
    withdraw_gap,
    withdraw_noting,
)
from cncd.work.partners.actions.errors import (
    AlreadyPledged,
    ChangedMeanwhile,
    EndsBeforeItBegins,
    GapRefused,
    NotAPartner,
    NothingPromised,
    StatementRefused,
)
from cncd.work.partners.actions.pledges import (
    CHANGE,
    change_pledge,
    make_pledge,
    restore_pledge,
    withdraw_pledge,
)
from cncd.work.partners.actions.statements import (
    answer_statement,
    restate,
    state_delivery,
    withdraw_statement,
)

__all__ = [
    "CHANGE",
    "AlreadyPledged",
    "ChangedMeanwhile",
    "EndsBeforeItBegins",
    "GapRefused",
    "NotAPartner",
    "NothingPromised",
    "StatementRefused",
    "answer_gap",
    "answer_statement",
    "ask_enterprise",
    "change_pledge",
    "check_gap",
    "make_pledge",
    "note_hamlet",
    "report_gap",
    "restate",
    "restore_gap",
    "restore_noting",
    "restore_pledge",
    "state_delivery",
    "withdraw_gap",
    "withdraw_noting",
    "withdraw_pledge",
    "withdraw_statement",
]
