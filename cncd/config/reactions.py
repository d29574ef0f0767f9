"""Which event causes what, upstairs: `now` runs in the same transaction, `later` as a job.

An event is the `event` of a journal entry; a reaction is `function(entry, subject)` for `now`, and
`task(entry_id)` (a django-tasks task) for `later`.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction
from django.utils.module_loading import import_string

from cncd.foundation.people.news import of_events

FOLLOW_ACTIVITY = (
    "cncd.results.totals.actions.follow_activity",
    "cncd.work.directives.evidence.follow_activity",
)
FOLLOW_REGISTER = ("cncd.results.totals.actions.follow_register",)
FOLLOW_REPORT = (
    "cncd.results.totals.actions.follow_report",
    "cncd.work.directives.evidence.follow_report",
)
FOLLOW_REPORTS = (
    "cncd.results.totals.actions.follow_reports",
    "cncd.work.directives.evidence.follow_reports",
)
FOLLOW_TEAM = (
    "cncd.results.totals.actions.follow_team",
    "cncd.work.directives.evidence.follow_team",
)
FOLLOW_PLACES = (
    "cncd.team.teams.actions.follow_places",
    "cncd.results.totals.actions.follow_places",
    "cncd.work.directives.evidence.follow_places",
)
FOLLOW_AGENCY = ("cncd.work.directives.evidence.follow_agencies",)
FOLLOW_NEW_PLACES = (
    "cncd.results.totals.actions.follow_new_places",
    "cncd.work.directives.evidence.follow_places",
)
TELL = "cncd.faces.notices.jobs.tell_of"  # after every event of which a room has news
FOLLOW_PROGRAMME = ("cncd.results.totals.actions.follow_programme",)

# What changes a figure that is counted from a register.
REGISTER_EVENTS = (
    *("owner.added", "owner.changed", "owner.merged"),
    *("product.added", "product.changed", "product.recognised", "product.ended", "product.merged"),
    *("shop.opened", "shop.changed", "shop.closed", "shop.merged"),
    *("listing.planned", "listing.listed", "listing.verified", "listing.broken"),
    "listing.taken_off",
    *("payment.recorded", "payment.ended", "commitment.signed", "commitment.ended"),
    *("record.withdrawn", "record.restored", "registers.imported", "registers.taken_over"),
    "records.split_again",
    *("household.added", "household.ended", "household.restored"),
    *("households.imported", "households.numbered", "households.removed"),
    *("household_count.stated", "household_count.imported"),
    *("channel.registered", "channel.changed", "channel.closed", "channel.reopened"),
    *("channel.withdrawn", "channel.restored", "channels.imported"),
    *("broadcast.recorded", "broadcast.changed", "broadcast.withdrawn"),
    *("broadcast.restored", "broadcasts.imported"),
    *("spending.recorded", "spending.changed", "spending.withdrawn"),
    *("spending.restored", "spendings.imported"),
    *("presence.ticked", "presence.cleared", "name_rule.changed", "required_member.changed"),
    *("attendance.recorded", "attendance.withdrawn", "session.cancelled", "course.changed"),
    *("class.logged", "class.changed", "class.withdrawn", "class.restored"),
    "quiz.passed",
    *("difficulty.raised", "difficulty.withdrawn", "difficulty.restored", "difficulty.answered"),
    *("difficulty.reopened", "difficulty.passed", "difficulty.climbed", "difficulty.moved"),
    *("difficulty.joined", "difficulty.parted", "difficulty.kept"),
    *("commendations.given", "commendations.recorded"),
    *("commendation.withdrawn", "commendation.restored"),
)

# What changes how much was asked of teams by a day; what is done of it comes by a hook.
FOLLOW_DUE = ("cncd.results.totals.due.follow_due_obligations",)
DUE_EVENTS = (
    *("directive.given", "directive.followed", "directive.withdrawn", "directive.reopened"),
    *("obligation.extended", "obligation.exempted", "obligation.asked_again"),
)

NOW: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(DUE_EVENTS, FOLLOW_DUE),
    "place.created": FOLLOW_NEW_PLACES,
    "hamlets.imported": FOLLOW_NEW_PLACES,
    "place.changed": FOLLOW_PLACES,
    "place.ended": FOLLOW_PLACES,
    "place.succeeded": FOLLOW_PLACES,
    "place.restored": FOLLOW_PLACES,
    "places.reorganised": FOLLOW_PLACES,
    "places.loaded": FOLLOW_PLACES,
    "agency.succeeded": FOLLOW_AGENCY,
    "team.formed": FOLLOW_TEAM,
    "teams.formed": FOLLOW_TEAM,
    "team.consolidated": FOLLOW_TEAM,
    "roster.imported": FOLLOW_TEAM,
    "team.dissolved": FOLLOW_TEAM,
    "membership.corrected": FOLLOW_TEAM,
    "membership.removed": FOLLOW_TEAM,
    "indicator.added": FOLLOW_PROGRAMME,
    "sheet.changed": FOLLOW_PROGRAMME,
    "source.switched": FOLLOW_PROGRAMME,
    "sources.switched": FOLLOW_PROGRAMME,
    "period.opened": ("cncd.results.totals.actions.follow_period",),
    "period.due_moved": (
        "cncd.results.reports.actions.follow_due",
        "cncd.results.totals.actions.follow_period",
    ),
    "activity.logged": FOLLOW_ACTIVITY,
    "activity.edited": FOLLOW_ACTIVITY,
    "activity.withdrawn": FOLLOW_ACTIVITY,
    "activity.restored": FOLLOW_ACTIVITY,
    "activities.logged": (
        "cncd.results.totals.actions.follow_activities",
        "cncd.work.directives.evidence.follow_activities",
    ),
    **dict.fromkeys(REGISTER_EVENTS, FOLLOW_REGISTER),
    "posting.ended": ("cncd.results.totals.actions.follow_posting",),
    "posting.handed_over": ("cncd.results.totals.actions.follow_posting",),
    "paper.numbered": ("cncd.results.paperwork.kinds.certificates.follow_number",),
    "report.sent": FOLLOW_REPORT,
    "report.resent": FOLLOW_REPORT,
    "report.supplemented": FOLLOW_REPORT,
    "report.returned": FOLLOW_REPORT,
    "report.accepted": FOLLOW_REPORT,
    "report.reopened": FOLLOW_REPORT,
    "report.unlocked": FOLLOW_REPORT,
    "report.extended": FOLLOW_REPORT,
    "report.confirmed": FOLLOW_REPORT,
    "report.reconfirmed": FOLLOW_REPORT,
    "reports.sent": FOLLOW_REPORTS,
    "reports.returned": FOLLOW_REPORTS,
    "reports.accepted": FOLLOW_REPORTS,
    "reports.reopened": FOLLOW_REPORTS,
    "reports.imported": FOLLOW_REPORTS,
    "reports.locked": FOLLOW_REPORTS,
    "reports.kept": FOLLOW_REPORTS,
    "person.forgotten": ("cncd.faces.notices.actions.forget_notices_of",),
}

# While entries are gathered: what each of them only notes, and what is then done once for all.
NOTING = {
    FOLLOW_ACTIVITY: (
        "cncd.results.totals.actions.note_activity",
        "cncd.work.directives.evidence.note_activity",
    ),
    FOLLOW_REGISTER: ("cncd.results.totals.actions.note_register",),
}
AFTER = (
    "cncd.results.totals.actions.recount_noted",
    "cncd.work.directives.actions.derive_noted",
)

_silent = ContextVar("reactions are paused", default=False)
_gathering = ContextVar("reactions are gathered", default=False)
logger = logging.getLogger("cncd.reactions")


@contextmanager
def paused():
    """Nothing reacts meanwhile; whoever pauses makes the derived rows over at the end."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


@contextmanager
def gathered():
    """Many entries come together: what may wait is noted in each one's transaction, and done once.

    What is noted and not done, because the process ended, a job does a minute later.
    """
    token = _gathering.set(True)
    try:
        yield
    finally:
        _gathering.reset(token)
    try:
        for path in AFTER:
            import_string(path)()
    except Exception:
        # The entries stand, and say so; the job tries again.
        logger.exception("What was noted is left to the job")


def obligations_derived(due: set[tuple], at) -> None:
    """What teams owe was done, or is open again: (due day, team id) of each (TC18)."""
    if not _silent.get():
        import_string("cncd.results.totals.due.recount_due")(due, at)


def later(event: str) -> tuple[str, ...]:
    """The jobs that follow an event: telling whom it concerns, if a room has news of it."""
    return (TELL,) if event in of_events() else ()


def react(entry, subject) -> None:
    """Calls what waits for this event; `journal.record` calls it for every entry."""
    if _silent.get():
        return
    now = NOW.get(entry.event, ())
    for path in NOTING.get(now, now) if _gathering.get() else now:
        import_string(path)(entry, subject)
    for path in later(entry.event):
        transaction.on_commit(partial(import_string(path).enqueue, entry.pk))
