"""How the journal tells of what people chose to be told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "notices.chosen": _("{actor} chose which notices to get"),
    "device.allowed": _("{actor} let a device be woken by notices"),
    "device.silenced": _("{actor} ended the notices on a device"),
}

FIELDS = {"notices": _("notices")}
