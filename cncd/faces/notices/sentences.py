"""How the journal tells of what people chose to be told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "notices.chosen": _("{actor} chose which notices to get"),
    "device.allowed": _("{actor} let a device be woken by notices"),
    "hours.chosen": _("{actor} chose the hours of notices"),
    "address.entered": _("{actor} entered an address for notices; a code was sent there"),
    "address.confirmed": _("{actor} confirmed an address for notices"),
    "address.ended": _("{actor} ended notices to an address"),
    "calendar.made": _("{actor} made a calendar of what is due"),
    "calendar.renewed": _("{actor} gave the calendar of what is due another address"),
    "calendar.ended": _("{actor} ended the calendar of what is due"),
    "device.silenced": _("{actor} ended the notices on a device"),
}

FIELDS = {
    "notices": _("notices"),
    "channel": _("where to"),
    "address": _("address"),
    "has_quiet": _("hours of quiet"),
    "quiet_from": _("quiet from"),
    "quiet_until": _("quiet until"),
    "urgent_passes": _("urgent ones at once"),
    "digest": _("many in one message"),
    "digest_channel": _("where to"),
    "digest_at": _("hour of the message"),
    "digest_weekday": _("day of the message"),
}
