"""How the journal tells what happened to devices."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "device.pin_set": _("{actor} set a PIN on a device: {device}"),
    "device.pin_removed": _("{actor} removed the PIN of a device: {device}"),
    "device.locked_out": _("{actor} was signed out after five wrong PINs: {device}"),
    "device.ended": _("{actor} signed {subject} out on a device: {device}"),
    "devices.ended": _("{actor} signed {subject} out on {count} devices"),
}
FIELDS = {"device": _("device"), "count": _("number")}
