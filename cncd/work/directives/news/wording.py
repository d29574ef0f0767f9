"""What a notice says: short, kind, and what to do. Lock screens show it, so it names no person."""

import datetime as dt
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHORT = 60  # characters of what is asked, in a title


class Words(NamedTuple):
    title: str
    text: str


def _what(row) -> str:
    return Truncator(row.ask.text).chars(SHORT)


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def given(rows: list, owner: str) -> Words:
    """Of the asks of one directive for one bearer."""
    if len(rows) == 1:
        title = _("New: %(what)s") % {"what": _what(rows[0])}
    else:
        title = ngettext("%(n)d new thing is asked", "%(n)d new things are asked", len(rows))
        title %= {"n": len(rows)}
    first = min(row.due_on for row in rows)
    text = _("%(owner)s: to be done by %(day)s. Open it and say that you take it on.")
    return Words(title, text % {"owner": owner, "day": _day(first)})


def due(row, owner: str, days: int) -> Words:
    if days == 0:
        title = _("Due today: %(what)s")
    elif days == 1:
        title = _("Due tomorrow: %(what)s")
    else:
        title = ngettext("%(n)d day left: %(what)s", "%(n)d days left: %(what)s", days)
    text = _("%(owner)s: to be done by %(day)s. If something is in the way, tell the level above.")
    return Words(title % {"n": days, "what": _what(row)}, text % _about(row, owner))


def reminded(row, owner: str) -> Words:
    text = _("%(owner)s: to be done by %(day)s. Please say how far it is.")
    title = _("You are reminded: %(what)s") % {"what": _what(row)}
    return Words(title, text % _about(row, owner))


def returned(row, owner: str, note: str) -> Words:
    title = _("Given back: %(what)s") % {"what": _what(row)}
    return Words(title, f"{owner}: {note}" if note else owner)


def accepted(row, owner: str) -> Words:
    title = _("Accepted: %(what)s") % {"what": _what(row)}
    return Words(title, _("%(owner)s: nothing is left to do.") % {"owner": owner})


def extended(row, owner: str, reason: str) -> Words:
    title = _("Now due on %(day)s: %(what)s") % {"day": _day(row.due_on), "what": _what(row)}
    return Words(title, f"{owner}: {reason}" if reason else owner)


def answered(row, owner: str) -> Words:
    title = _("Answered: %(what)s") % {"what": _what(row)}
    text = _("%(owner)s has answered. Accept it, or give it back with a note.")
    return Words(title, text % {"owner": owner})


def late_below(many: int, day: dt.date) -> Words:
    title = ngettext("%(n)d thing asked below is late", "%(n)d things asked below are late", many)
    text = _(
        "It was to be done by %(day)s. Whom to remind, and a text to send, stand on this page."
    )
    return Words(title % {"n": many}, text % {"day": _day(day)})


def _about(row, owner: str) -> dict:
    return {"owner": owner, "day": _day(row.due_on)}
