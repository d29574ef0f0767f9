"""Choices about the pages themselves."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option

OPTIONS = [
    Option(
        "demo.banner",
        _("Line shown on every page"),
        default="",
        help=_("Says that the figures are invented; empty: no line."),
        is_text=True,
        everywhere=True,
    ),
]
