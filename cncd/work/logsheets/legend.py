"""What a line may name: contents by number, kinds of work by letter, or either by its name."""

import datetime as dt
from collections import defaultdict
from difflib import get_close_matches
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from cncd.foundation.kit.text import fold
from cncd.team.programme.models import ActivityKind, Content, Period
from cncd.work.activities.models import Activity, ActivityContent
from cncd.work.logsheets.rules import parts_written

LETTERS = "ABCDEGHKLMNPQRSTUVX"  # of kinds of work; those beyond are named in full
SHORTEST = 3  # letters of a beginning or part of a name that is looked for
LATELY = dt.timedelta(days=120)  # what a team did in these days comes first


class Work(NamedTuple):
    """One thing a line may name."""

    sign: str  # "4" for a content, "B" for a kind of work; never given to another one
    code: str
    name: str
    unit: str  # of a content
    full_name: str
    is_content: bool


class Legend:
    """What is in force at some time of a month; read once for all lines."""

    def __init__(self, first: dt.date, last: dt.date):
        after = last + dt.timedelta(days=1)
        found = [*_signed(Content, True), *_signed(ActivityKind, False)]
        self.works = [work for work, row in found if _touches(row, first, after)]
        self.first_kind = next((w.code for w in self.works if not w.is_content), "")
        self._named: dict[str, Work] = {}
        for work in self.works:
            for name in (work.sign, work.code, work.name, work.full_name):
                self._named.setdefault(fold(name), work)
        self._named.pop("", None)

    def read(self, text: str) -> tuple[str, dict[str, int | None]]:
        """(kind of work, {content: its own count or None}); ValueError says what is unclear."""
        whole = self._named.get(fold(text))
        parts = [(text, None)] if whole else parts_written(text)
        kind, contents = "", {}
        for name, count in parts:
            work = self._named.get(fold(name)) or self._guessed(name)
            if work.is_content:
                contents[work.code] = count
            elif kind and kind != work.code:
                raise ValueError(_("One line has one kind of work only."))
            else:
                kind = work.code
        if not parts:
            raise ValueError(_("Write the number or the name of what was done."))
        return kind or self.first_kind, contents

    def _guessed(self, name: str) -> Work:
        """The only work whose name holds that text; else ValueError with what may be meant."""
        text = fold(name)
        found = [
            work
            for work in self.works
            if len(text) >= SHORTEST and (text in fold(work.name) or text in fold(work.full_name))
        ]
        if len(found) == 1:
            return found[0]
        near = get_close_matches(text, self._named, 3, 0.6)
        found = found or list(dict.fromkeys(self._named[each] for each in near))
        if not found:
            raise ValueError(
                _("There is no content “%(name)s”. Look into the legend.") % {"name": name}
            )
        maybe = ", ".join(f"{work.name} ({work.sign})" for work in found[:3])
        raise ValueError(
            _("“%(name)s” is not clear. Perhaps: %(maybe)s") % {"name": name, "maybe": maybe}
        )

    def in_order_of_use(self, used: dict[str, int]) -> tuple[list[Work], list[Work]]:
        """(contents, kinds), each most used first; those never used as the catalogue has them."""
        ordered = sorted(
            self.works, key=lambda work: -used.get(_key(work.is_content, work.code), 0)
        )
        return [w for w in ordered if w.is_content], [w for w in ordered if not w.is_content]


def used_lately(teams, period: Period) -> dict[int, dict[str, int]]:
    """Team id → {"c-vneid": how many of its entries named it lately}; two queries for all."""
    days = {"happened_on__gte": period.first_day - LATELY, "happened_on__lte": period.last_day}
    entries = Activity.objects.standing().filter(team__in=teams, **days)
    contents = ActivityContent.objects.filter(activity__in=entries)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for is_content, rows, names in (
        (True, contents, ("activity__team", "content__code")),
        (False, entries, ("team", "kind__code")),
    ):
        for team, code, number in rows.order_by().values_list(*names).annotate(n=Count("pk")):
            found[team][_key(is_content, code)] = number
    return found


def _signed(model, is_content: bool) -> list:
    """The rows in the catalogue's order with their signs, given in the order they were added.

    Rows are never deleted, only ended: a sign once printed keeps its meaning.
    """
    rows = list(model.objects.all())
    place = {row.pk: n for n, row in enumerate(sorted(rows, key=lambda row: row.pk))}
    found = []
    for row in rows:
        n = place[row.pk]
        sign = str(n + 1) if is_content else LETTERS[n : n + 1]
        unit = row.unit if is_content else ""
        found.append((Work(sign, row.code, row.short_name, unit, row.name, is_content), row))
    return found


def _touches(row, first: dt.date, after: dt.date) -> bool:
    return row.since_on < after and (row.until_on is None or row.until_on > first)


def _key(is_content: bool, code: str) -> str:
    return f"{'c' if is_content else 'k'}-{code}"
