"""How the journal tells what became of a report."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "report.drafted": _("{actor} began to write {subject}"),
    "report.sent": _("{actor} sent {subject}"),
    "report.resent": _("{actor} corrected the returned figures of {subject} and sent it again"),
    "report.supplemented": _("{actor} supplemented {subject}"),
    "report.returned": _("{actor} returned figures of {subject}"),
    "report.accepted": _("{actor} accepted {subject}"),
    "report.reopened": _("{actor} took back the acceptance of {subject}"),
    "report.unlocked": _("{actor} opened the locked {subject}"),
    "report.extended": _("{actor} moved the due moment of {subject}"),
    "report.confirmed": _("{actor} confirmed {subject} and sent it up"),
    "report.reconfirmed": _("{actor} confirmed {subject} again"),
    "report.answered": _("{actor} answered {subject}"),
    "reports.sent": _("{actor} sent {count} reports of {subject} at once"),
    "reports.returned": _("{actor} passed a returned figure on to {count} reports of {subject}"),
    "reports.accepted": _("{actor} accepted {count} reports of {subject} at once"),
    "reports.reopened": _("{actor} took back the acceptance of {count} reports of {subject}"),
    "reports.locked": _("{actor} locked {count} accepted reports of {subject}"),
    "reports.imported": _("{actor} took over {count} old reports of {subject}"),
    "reports.kept": _("{actor} installed sample reports of {subject}"),
}

FIELDS = {
    "due_at": _("due moment"),
    "answer": _("answer"),
    "count": _("number of reports"),
}
