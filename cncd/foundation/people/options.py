"""What an installation may choose about people, by date and place."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option

OPTIONS = [
    Option(
        "people.second_factor",
        _("Officers must add a passkey or an authenticator app"),
        default="no",
        help=_("From that day on, officers without one are asked for it before they work."),
        choices=(("no", _("no")), ("yes", _("yes"))),
    ),
    Option(
        "help.contact",
        _("Whom to call for help with signing in"),
        default="",
        help=_("Name, office and phone number; it stands on the sign-in page. Empty: no line."),
        is_text=True,
        everywhere=True,
    ),
]
