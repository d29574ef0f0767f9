"""What people are told of, whom it concerns, and by which channels unless they choose otherwise.

A new kind is one row here and a function in `telling.py` that writes it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGE, PUSH = "page", "push"
CHANNELS = {PAGE: _("At the bell"), PUSH: _("On the devices I allowed")}


@dataclass(frozen=True)
class Kind:
    """One kind of notice, for those who lead a team, or who hold a permission, or both."""

    code: str
    label: str | Promise
    hint: str | Promise
    icon: str
    for_leads: bool = True
    permission: str = ""
    channels: frozenset[str] = frozenset({PAGE, PUSH})
    urgency: str = "normal"  # of a push: whether it may wake a phone that saves its battery

    def concerns(self, user) -> bool:
        leads = self.for_leads and user.can("phone.open") and user.can("reports.send")
        return leads or bool(self.permission and user.can(self.permission))


DUE, LATE, RETURNED = "report.due", "report.late", "report.returned"
RECEIVED, ACCEPTED, MISSING = "report.received", "report.accepted", "teams.missing"
TIMELY = (DUE, LATE)
KINDS = {
    each.code: each
    for each in (
        Kind(
            DUE,
            _("The monthly report is due soon"),
            _("A few days before, the day before, and on the day; not when it was sent already."),
            "calendar-event",
        ),
        Kind(
            LATE,
            _("The monthly report has not been sent yet"),
            _("Once, to the team leader, on the morning after the due day."),
            "clock-history",
        ),
        Kind(
            RETURNED,
            _("Figures were returned to be corrected"),
            _("With how many; only those figures open again."),
            "arrow-counterclockwise",
            permission="reports.confirm",
            urgency="high",
        ),
        Kind(
            RECEIVED,
            _("The commune has received the report"),
            _("Also when the phone sent it later by itself."),
            "inbox",
        ),
        Kind(
            ACCEPTED,
            _("The report was accepted"),
            _("Nothing is left to do then."),
            "check-circle",
            permission="reports.confirm",
            channels=frozenset({PAGE}),
        ),
        Kind(
            MISSING,
            _("Teams that have not sent their report"),
            _("One notice on the evening of the due day, with how many."),
            "people",
            for_leads=False,
            permission="reports.accept",
        ),
    )
}
