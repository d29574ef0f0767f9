"""Ready texts for the groups on Zalo: who owes what, in at most 20 lines with one link."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.figures import daytime
from cncd.work.directives.queries.reminding import Line
from cncd.work.directives.rules.reminding import fitting


@dataclass(frozen=True)
class Text:
    """What to paste into one group."""

    unit: str
    text: str
    key: str  # of the field on the page


def text_for_all(lines: Iterable[Line], sender: str, link: str, now: dt.datetime) -> str:
    """One text for the whole list, a line for each unit with how many and the first due."""
    of_unit = by_unit(lines)
    rows = [_unit_line(unit, mine) for unit, mine in of_unit.items()]
    return _text(
        sender, "", rows, _("and # more units"), link, now, sum(map(len, of_unit.values()))
    )


def texts_of_units(lines: Iterable[Line], sender: str, link: str, now: dt.datetime) -> list[Text]:
    """One text for each unit: a team in its own commune, else the commune with its teams."""
    return [
        Text(unit, _text(sender, unit, [_line(each, unit) for each in mine],
                         _("and # more"), link, now, len(mine)), f"text-{number}")
        for number, (unit, mine) in enumerate(by_unit(lines).items(), 1)
    ]  # fmt: skip


def by_unit(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Whom a text goes to → what they owe, the most pressing first."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line.due_on, line.bearer)):
        found[line.bearer if line.is_own else line.unit].append(line)
    return dict(sorted(found.items(), key=lambda each: each[1][0].due_on))


def _text(sender: str, unit: str, rows: list[str], rest: str, link: str, now, many: int) -> str:
    head = _("%(sender)s reminds you") % {"sender": sender}
    head = f"{head}: {unit}" if unit else head
    told = ngettext(
        "%(n)d thing to be done, as of %(at)s:", "%(n)d things to be done, as of %(at)s:", many
    )
    numbered = [f"{number}. {row}" for number, row in enumerate(rows, 1)]
    said = fitting(numbered, rest)
    see = _("See and answer here: %(link)s") % {"link": link}
    return "\n".join([head, told % {"n": many, "at": daytime(now)}, *said, see])


def _line(line: Line, unit: str) -> str:
    who = "" if line.bearer == unit else f"{line.bearer}: "
    return f"{who}{line.what} – {_by(line.due_on)} ({line.words})"


def _unit_line(unit: str, mine: list[Line]) -> str:
    many = ngettext("%(n)d thing", "%(n)d things", len(mine)) % {"n": len(mine)}
    return f"{unit}: {many}, {_by(mine[0].due_on)} ({mine[0].words})"


def _by(day: dt.date) -> str:
    return _("due %(day)s") % {"day": f"{day:%d/%m}"}
