"""What was done, as text for the Zalo group: at most 20 lines, one link (II.2.7, II.2.8)."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_LINES = 20
MOST_CONTENTS = 10


class Sums(NamedTuple):
    """What a team's or unit's entries of some days add up to."""

    activities: int = 0
    people: int = 0
    elderly: int = 0
    households: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    contents: tuple[tuple[str, int, str], ...] = ()  # name, count, unit; most first
    languages: tuple[tuple[str, int], ...] = ()
    is_estimate: bool = False  # a summary log is among them


class Teams(NamedTuple):
    """How many of a unit's teams wrote something down."""

    active: int
    all: int


def group_text(
    name: str,
    first: dt.date,
    last: dt.date,
    sums: Sums,
    *,
    teams: Teams | None = None,
    more: Sequence[str] = (),
    link: str = "",
) -> str:
    """The days' work in plain lines, ready to paste; every number as people write it.

    `more` are lines of other rooms; contents give way to them when the text grows too long.
    """
    head = [heading(first, last), name]
    if not sums.activities:
        body = [_("No activity was written down in these days."), *more]
    else:
        who = _who(sums, teams)
        room = MOST_LINES - len(head) - len(who) - len(more) - 1
        body = [*who, *_what(sums, max(room, 1)), *more]
    return "\n".join([*head, *body[: MOST_LINES - 3], link]).strip()


def heading(first: dt.date, last: dt.date) -> str:
    """The days in capitals, as a group expects its heading."""
    if first == last:
        return _("RESULTS OF %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    days = {"first": f"{first:%d/%m}", "last": f"{last:%d/%m/%Y}"}
    return _("RESULTS FROM %(first)s TO %(last)s") % days


def _who(sums: Sums, teams: Teams | None) -> list[str]:
    lines = []
    if teams:
        active = {"active": n(teams.active), "all": n(teams.all)}
        lines.append(_("- %(active)s of %(all)s teams were active") % active)
    many = {"activities": n(sums.activities), "people": n(sums.people)}
    lines.append(_("- %(activities)s activities, %(people)s times somebody was helped") % many)
    if sums.elderly:
        lines.append(_("- People aged 60 and over: %(number)s") % {"number": n(sums.elderly)})
    lines += [
        _("- Helped in %(language)s: %(number)s") % {"language": name, "number": n(number)}
        for name, number in sums.languages
    ]
    if sums.households:
        lines.append(_("- Households reached: %(number)s") % {"number": n(sums.households)})
    if sums.is_estimate:
        lines.append(_("- Some of these numbers are estimates"))
    return lines


def _what(sums: Sums, room: int) -> list[str]:
    """Kinds of work and contents, in at most so many lines."""
    lines = []
    if sums.kinds:
        kinds = ", ".join(f"{name} {n(number)}" for name, number in sums.kinds)
        lines.append(_("- Kinds of work: %(kinds)s") % {"kinds": kinds})
    room -= len(lines)
    is_long = len(sums.contents) > min(MOST_CONTENTS, room)
    most = min(MOST_CONTENTS, room - 1) if is_long else MOST_CONTENTS  # one line tells of the rest
    lines += [f"- {name}: {n(number)} {unit}" for name, number, unit in sums.contents[:most]]
    rest = len(sums.contents) - most
    if rest > 0:
        text = ngettext("- and %(n)s other content", "- and %(n)s other contents", rest)
        lines.append(text % {"n": n(rest)})
    return lines


def n(number: int) -> str:
    """1.234"""
    return number_format(number, force_grouping=True)
