"""What a notice says: short, kind, and what to do. Lock screens show it, so it names no person."""

import datetime as dt
from typing import NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.people.news import days_left

NAMED = 4  # units in one notice


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
    text = _("%(team)s: send it before %(when)s. If something is in the way, call the commune.")
    words = {"team": owing.team.name, "when": clock(owing.due_at)}
    return Words(_title(owing, now), text % words)


def _title(owing, now: dt.datetime) -> str:
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
    return title % {"n": days, "month": month}


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


def unit_due(unit: str, owing, now: dt.datetime) -> Words:
    text = _("%(unit)s: look through the figures and confirm before %(when)s.")
    return Words(_title(owing, now), text % {"unit": unit, "when": clock(owing.due_at)})


def unit_late(unit: str, owing) -> Words:
    title = _("The report of %(month)s is past its due moment") % {"month": _month(owing.period)}
    text = _("%(unit)s: it was due at %(when)s. Confirm it today; the level above was told.")
    return Words(title, text % {"unit": unit, "when": clock(owing.due_at)})


def units_missing(units: list[str], period) -> Words:
    title = ngettext(
        "%(n)d unit has not confirmed the report of %(month)s",
        "%(n)d units have not confirmed the report of %(month)s",
        len(units),
    )
    shown = ", ".join(units[:NAMED]) + ("…" if len(units) > NAMED else "")
    text = _("%(units)s. Call them, or open the page to see how far each has come.")
    words = {"n": len(units), "month": _month(period)}
    return Words(title % words, text % {"units": shown})
