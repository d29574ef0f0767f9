"""How the standing of a report is shown: a shape, a word and a tone, never by colour alone."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from cncd.results.reports.models import Report
from cncd.results.reports.rules import Status


class Mark(NamedTuple):
    """`tone` is a kind of tag: good, soon, late, info, quiet."""

    shape: str
    word: str | Promise
    tone: str


MARKS = {
    Status.ON_TIME: Mark("■", pgettext_lazy("report", "on time"), "info"),
    Status.LATE: Mark("◪", pgettext_lazy("report", "late"), "soon"),
    Status.MISSING: Mark("□", pgettext_lazy("report", "overdue, not sent"), "late"),
    Status.RETURNED: Mark("↺", pgettext_lazy("report", "returned"), "soon"),
    Status.ACCEPTED: Mark("✔", pgettext_lazy("report", "accepted"), "good"),
    Status.NOT_YET: Mark("○", pgettext_lazy("report", "not due yet"), "quiet"),
    Status.NOT_DUE: Mark("–", pgettext_lazy("report", "need not report"), "quiet"),
    Status.IMPORTED: Mark("▣", pgettext_lazy("report", "imported"), "quiet"),
}

STATES = {
    "": Mark("□", pgettext_lazy("report", "not sent"), "quiet"),
    Report.State.DRAFT: Mark("□", pgettext_lazy("report", "not sent"), "quiet"),
    Report.State.SENT: Mark("●", pgettext_lazy("report", "waiting to be accepted"), "info"),
    Report.State.RETURNED: MARKS[Status.RETURNED],
    Report.State.ACCEPTED: MARKS[Status.ACCEPTED],
    Report.State.LOCKED: Mark("▪", pgettext_lazy("report", "locked"), "quiet"),
}
