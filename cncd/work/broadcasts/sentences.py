"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "broadcast.recorded": _("{actor} recorded a broadcast: {subject}"),
    "broadcast.changed": _("{actor} put right the broadcast {subject}"),
    "broadcast.withdrawn": _("{actor} took out the broadcast {subject}"),
    "broadcast.restored": _("{actor} brought back the broadcast {subject}"),
    "broadcasts.imported": _("{actor} took over {count} broadcasts from the file {file}"),
}

FIELDS = {
    "medium": _("broadcast where"),
    "title": _("title of the broadcast"),
    "since_on": _("first day"),
    "last_on": _("last day"),
    "on": _("counts from"),
    "weekdays": _("weekdays"),
    "times": _("times a day"),
    "total": _("times in all"),
    "link": _("link to it"),
    "content": _("content"),
    "item": _("text of the library"),
    "origin": _("repeated from"),
    "note": _("note"),
}
