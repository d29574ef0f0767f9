"""What people are told of reports, whom it concerns, and by which channels unless they choose."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.news import PAGE, Kind

DUE, LATE, RETURNED = "report.due", "report.late", "report.returned"
RECEIVED, ACCEPTED, MISSING = "report.received", "report.accepted", "teams.missing"
UNIT_DUE, UNIT_LATE, UNITS_MISSING = "unit_report.due", "unit_report.late", "units.missing"
TIMELY = (DUE, LATE, UNIT_DUE, UNIT_LATE)
KINDS = (
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
    Kind(
        UNIT_DUE,
        _("The report of the unit is due soon"),
        _("A few days before, the day before, and on the day; not when it was confirmed already."),
        "calendar-event",
        for_leads=False,
        permission="reports.confirm",
    ),
    Kind(
        UNIT_LATE,
        _("The report of the unit has not been confirmed yet"),
        _("Once, on the morning after the due day."),
        "clock-history",
        for_leads=False,
        permission="reports.confirm",
    ),
    Kind(
        UNITS_MISSING,
        _("Units that have not confirmed their report"),
        _("To the unit above, once, on the morning after the due day."),
        "people",
        for_leads=False,
        permission="reports.accept",
    ),
)
