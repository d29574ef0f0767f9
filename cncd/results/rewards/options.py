"""Choices of this room: how places are made comparable, from where on a month is asked about."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option
from cncd.results.rewards.rules.comparing import Steps
from cncd.results.rewards.rules.signs import Thresholds

_LIMITS, _STEPS = Thresholds(), Steps()

SIGNS = [
    # name of the threshold, label, least, most
    ("same_figures", _("Signs: compare at least so many figures"), 2, 20),
    ("same_least", _("Signs: figures from this size on"), 1, 100),
    ("same_share", _("Signs: percent of figures that are the same"), 50, 100),
    ("evening_logs", _("Signs: logs written in one go, at least"), 3, 100),
    ("evening_share", _("Signs: written in one go, percent of the month"), 30, 100),
    ("households_over", _("Signs: households reached, percent of those there are"), 100, 300),
    ("minutes_a_person", _("Signs: minutes for one person, at least"), 1, 60),
    ("hours_a_day", _("Signs: hours of a day, at most"), 4, 16),
    ("round_share", _("Signs: percent of round numbers"), 50, 100),
    ("repeated_share", _("Signs: percent of logs with the same number"), 50, 100),
]
COMPARED = [
    ("elderly", _("Harder place: elderly people among those helped, percent"), 5, 100),
    ("language", _("Harder place: helped in Khmer or Chinese, percent"), 5, 100),
    ("far", _("Harder place: km to the nearest ward or township, from"), 1, 100),
    ("adds", _("Harder place: each reason adds, percent"), 0, 30),
    ("most", _("Harder place: all reasons add at most, percent"), 0, 100),
]

OPTIONS = [
    *(
        Option(f"signs.{name}", label, default=getattr(_LIMITS, name), least=least, most=most)
        for name, label, least, most in SIGNS
    ),
    *(
        Option(f"rewards.{name}", label, default=getattr(_STEPS, name), least=least, most=most)
        for name, label, least, most in COMPARED
    ),
    Option(
        "rewards.suggested_from",
        _("Commendation: suggested from so many points"),
        default=80,
        help=_("A suggestion only: whoever proposes chooses and says why."),
        least=0,
        most=100,
    ),
    Option(
        "rewards.answer_days",
        _("Signs: days a team has to answer before it may be inspected"),
        default=3,
        least=1,
        most=30,
    ),
]
