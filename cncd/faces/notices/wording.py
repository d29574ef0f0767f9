"""What a notice says: short, kind, and what to do. Lock screens show it, so it names no person."""

import datetime as dt
from typing import NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.faces.notices.rules import days_left


class Words(NamedTuple):
    title: str
    text: str


def clock(at: dt.datetime) -> str:
    """23:59 on 30/11."""
    local = localtime(at)
    return _("%(time)s on %(day)s") % {"time": f"{local:%H:%M}", "day": f"{local:%d/%m}"}


def _month(period) -> str:
    """As it stands inside a sentence."""
    return str(period)[:1].lower() + str(period)[1:]


def due(owing, now: dt.datetime) -> Words:
    days, month = days_left(owing.due_at, now), _month(owing.period)
    if days == 0:
        title = _("The report of %(month)s is due today")
    elif days == 1:
        title = _("The report of %(month)s is due tomorrow")
    else:
        title = ngettext(
            "%(n)d day left for the report of %(month)s",
            "%(n)d days left for the report of %(month)s",
            days,
        )
    text = _("%(team)s: send it before %(when)s. If something is in the way, call the commune.")
    words = {"team": owing.team.name, "when": clock(owing.due_at)}
    return Words(title % {"n": days, "month": month}, text % words)


def late(owing) -> Words:
    title = _("The report of %(month)s can still be sent") % {"month": _month(owing.period)}
    text = _("%(team)s: it was due at %(when)s. A late report counts too; the commune helps.")
    return Words(title, text % {"team": owing.team.name, "when": clock(owing.due_at)})


def missing(unit: str, many: int, owing) -> Words:
    title = ngettext(
        "%(n)d team has not sent the report of %(month)s",
        "%(n)d teams have not sent the report of %(month)s",
        many,
    )
    text = _("%(unit)s: due at %(when)s. Whom to call, and a text to send, stand on this page.")
    words = {"unit": unit, "when": clock(owing.due_at)}
    return Words(title % {"n": many, "month": _month(owing.period)}, text % words)


def returned(report, owner: str, figures: int) -> Words:
    title = ngettext(
        "%(n)d figure of %(month)s to look at again",
        "%(n)d figures of %(month)s to look at again",
        figures,
    )
    text = _("%(owner)s: only these open; correct them and send again. The other figures stay.")
    words = {"n": figures, "month": _month(report.period)}
    return Words(title % words, text % {"owner": owner})


def received(report, owner: str, at: dt.datetime) -> Words:
    title = _("The commune has received the report of %(month)s") % {"month": _month(report.period)}
    text = _("%(owner)s: received at %(when)s. Thank you.")
    return Words(title, text % {"owner": owner, "when": clock(at)})


def accepted(report, owner: str, at: dt.datetime) -> Words:
    title = _("The report of %(month)s was accepted") % {"month": _month(report.period)}
    text = _("%(owner)s: accepted at %(when)s. Nothing is left to do.")
    return Words(title, text % {"owner": owner, "when": clock(at)})
