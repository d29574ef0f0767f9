"""What an installation may choose about the registers, by date and place."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option

OPTIONS = [
    Option(
        "ocop.valid_months",
        _("Months an OCOP recognition holds"),
        default=36,
        help=_("From the day of the decision; decisions already recorded keep their last day."),
        least=1,
        most=120,
    ),
]
