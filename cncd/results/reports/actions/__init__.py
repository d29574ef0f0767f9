"""Verbs of the monthly report, from draft to lock."""

from cncd.results.reports.actions.batches import PastReport, keep_past_reports
from cncd.results.reports.actions.consolidating import (
    answer_report,
    confirm_report,
    keep_snapshots,
    pass_return,
)
from cncd.results.reports.actions.drafting import Content, save_draft
from cncd.results.reports.actions.errors import (
    Closed,
    FiguresChanged,
    Incomplete,
    NotOpen,
    OtherPeriod,
    ReportError,
    Stale,
)
from cncd.results.reports.actions.importing import import_reports
from cncd.results.reports.actions.locking import (
    extend_due,
    follow_due,
    lock_reports,
    unlock_report,
)
from cncd.results.reports.actions.reviewing import accept_reports, return_figures, undo_acceptance
from cncd.results.reports.actions.sending import submit_report, submit_reports

__all__ = [
    "Closed",
    "Content",
    "FiguresChanged",
    "Incomplete",
    "NotOpen",
    "OtherPeriod",
    "PastReport",
    "ReportError",
    "Stale",
    "accept_reports",
    "answer_report",
    "confirm_report",
    "extend_due",
    "follow_due",
    "import_reports",
    "keep_past_reports",
    "keep_snapshots",
    "lock_reports",
    "pass_return",
    "return_figures",
    "save_draft",
    "submit_report",
    "submit_reports",
    "undo_acceptance",
    "unlock_report",
]
