"""When people are reminded, by date."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option

OPTIONS = [
    Option(
        "notices.days_before",
        _("First reminder of a report: days before the due day"),
        default=3,
        help=_("Sent to those who may send the team's report and have not yet."),
        least=1,
        most=15,
        everywhere=True,
    ),
    Option(
        "notices.days_before_again",
        _("Second reminder of a report: days before the due day"),
        default=1,
        help=_("A third one comes on the day itself."),
        least=1,
        most=15,
        everywhere=True,
    ),
    Option(
        "notices.morning",
        _("Hour at which the day's reminders begin"),
        default=8,
        least=5,
        most=20,
        everywhere=True,
    ),
    Option(
        "notices.quiet_from",
        _("Hour from which nobody is woken in the evening"),
        default=21,
        help=_("Each person may choose other hours; what comes meanwhile is sent in the morning."),
        least=17,
        most=23,
        everywhere=True,
    ),
    Option(
        "notices.quiet_until",
        _("Hour at which the quiet of the night ends"),
        default=6,
        least=4,
        most=9,
        everywhere=True,
    ),
    Option(
        "notices.evening",
        _("Hour of the due day at which officers hear how many teams are missing"),
        default=19,
        least=12,
        most=22,
        everywhere=True,
    ),
]
