"""The states of a promise, and the lines of its page, in words."""

from django.utils.translation import gettext_lazy as _

from cncd.work.partners import rules
from cncd.work.partners.models import Gap, Pledge, Statement

WITHDRAWN = "withdrawn"
MISSING, BROKEN, OPENED, LISTED = "missing", "broken", "opened", "listed"
STATES = {
    rules.RUNNING: _("Under way"),
    rules.SOON: _("Due soon"),
    rules.OVERDUE: _("Past due"),
    rules.DONE: _("Kept"),
    rules.COMING: _("Not begun yet"),
    WITHDRAWN: _("Withdrawn"),
}
TONES = {
    rules.RUNNING: "info",
    rules.SOON: "soon",
    rules.OVERDUE: "late",
    rules.DONE: "good",
    rules.COMING: "quiet",
    WITHDRAWN: "quiet",
}
WHATS = {
    MISSING: _("OCOP product on no floor"),
    BROKEN: _("Listing that does not open"),
    OPENED: _("Storefront opened with our help"),
    LISTED: _("Product listed with our help"),
}
WHAT_TONES = {MISSING: "soon", BROKEN: "late", OPENED: "good", LISTED: "good"}
GAP_TONES = {
    Gap.State.SEEKING: "soon",
    Gap.State.ASKED: "info",
    Gap.State.PROMISED: "info",
    Gap.State.CANNOT: "late",
    Gap.State.COVERED: "good",
}
LATE_STATES = {
    Gap.State.ASKED: _("Answer past due"),
    Gap.State.PROMISED: _("Promised day has passed"),
}
STATEMENT_TONES = {
    Statement.State.STATED: "soon",
    Statement.State.CONFIRMED: "good",
    Statement.State.DISPUTED: "late",
}
# Where a delivery is known that no register of goods holds.
ELSEWHERE = {
    Pledge.Kind.TRAINING: _("Counted from the training book: sessions held with its trainers."),
    Pledge.Kind.GUIDES: _("Counted from the library: guides of the enterprise approved by the Sở."),
    Pledge.Kind.CONNECTIVITY: _("Counted from the dead spots it was asked to close."),
    Pledge.Kind.PEOPLE: _(
        "Of a union: its members in the unit's teams. Of an enterprise: what the unit confirms."
    ),
}
