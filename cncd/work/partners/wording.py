"""The states of a promise, and the lines of its page, in words."""

from django.utils.translation import gettext_lazy as _

from cncd.work.partners import rules

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
