"""Days of a broadcast, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit import figures

WEEKDAYS = [
    ("1", gettext_lazy("Monday")),
    ("2", gettext_lazy("Tuesday")),
    ("3", gettext_lazy("Wednesday")),
    ("4", gettext_lazy("Thursday")),
    ("5", gettext_lazy("Friday")),
    ("6", gettext_lazy("Saturday")),
    ("7", gettext_lazy("Sunday")),
]


def weekdays_in_words(days: str) -> str:
    """Weekdays as people say them: "13" is Monday, Wednesday."""
    names = dict(WEEKDAYS)
    return ", ".join(str(names[day]) for day in days)


def days_in_words(broadcast) -> str:
    """On which days, and how often a day when it was more than once."""
    said = figures.day(broadcast.since_on)
    if broadcast.last_on > broadcast.since_on:
        said = f"{said} – {figures.day(broadcast.last_on)}"
    if broadcast.weekdays:
        chosen = weekdays_in_words(broadcast.weekdays)
        said = _("%(days)s (%(weekdays)s)") % {"days": said, "weekdays": chosen}
    if broadcast.times == 1:
        return said
    often = ngettext("%(n)s time a day", "%(n)s times a day", broadcast.times)
    return f"{said}, {often % {'n': broadcast.times}}"
