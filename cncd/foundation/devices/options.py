"""What an installation may choose about devices."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option

LOCK_HOURS, PIN = "device.lock_hours", "device.pin"
OPTIONS = [
    Option(
        LOCK_HOURS,
        _("Hours without use after which a device asks for its PIN"),
        default=12,
        help=_("Holds from the next time the PIN is typed. Only devices that have a PIN ask."),
        least=1,
        most=168,
        everywhere=True,
    ),
    Option(
        PIN,
        _("Team members must set a PIN on each phone they sign in on"),
        default="no",
        help=_("If not, each member decides after the first sign-in."),
        choices=(("no", _("no")), ("yes", _("yes"))),
        everywhere=True,
    ),
]
