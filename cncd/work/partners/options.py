"""What may be chosen from a day on, for a place and all below it."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option

ANSWER_DAYS = "connectivity.answer_days"

OPTIONS = [
    Option(
        ANSWER_DAYS,
        _("Days an enterprise has to answer about a dead spot"),
        default=10,
        help=_("Counted from the day it is asked (IV.5)."),
        least=1,
        most=90,
    ),
]
