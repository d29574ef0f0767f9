"""What naming rules give for real units, before and after somebody changes them."""

import datetime as dt
from dataclasses import dataclass

from cncd.foundation.places.models import Level, PlaceVersion
from cncd.work.channels.models import NameRule
from cncd.work.channels.queries.names import naming_on, patterns_on
from cncd.work.channels.rules import Naming, read_pattern

SHOWN = 3
PLAIN = "plain"  # no type of unit stands in the name


@dataclass(frozen=True)
class Given:
    """What the rules of a level give: a few names, and how many units no rule fits."""

    names: list[tuple[str, list[str]]]  # unit, its right names
    units: int
    left_out: int


@dataclass(frozen=True)
class Ruled:
    """A level with its rules on a day."""

    level: Level
    rules: list[NameRule]
    given: Given


def tops(day: dt.date) -> list[int]:
    """The highest units of that day."""
    highest = PlaceVersion.objects.on(day).filter(parent=None)
    return list(highest.order_by("place").values_list("place", flat=True))


def levels_with_rules(day: dt.date) -> list[Ruled]:
    """Every level with units that day, highest first, with its rules and what they give."""
    tree = naming_on(day, tops(day))
    rules = list(NameRule.objects.on(day).select_related("level"))
    having = {unit.level for unit in tree.units.values()} | {rule.level.code for rule in rules}
    return [
        Ruled(level, [rule for rule in rules if rule.level_id == level.pk], _given(tree, level))
        for level in Level.objects.all()
        if level.code in having
    ]


def examples(level: Level, day: dt.date) -> Given:
    """What the level's rules of that day give."""
    return _given(naming_on(day, tops(day)), level)


def fitting(level: Level, patterns: list[str], day: dt.date) -> Given:
    """What other forms would give on that day; raises BadPattern, which is a ValueError."""
    tree = naming_on(day, tops(day))
    codes = list(Level.objects.values_list("code", flat=True))
    own = [(read_pattern(text, codes, level.code), n == 0) for n, text in enumerate(patterns)]
    return _given(Naming(tree.units, patterns_on(day) | {level.code: own}), level)


def _given(tree: Naming, level: Level) -> Given:
    mine = [pk for pk, unit in tree.units.items() if unit.level == level.code]
    named = [pk for pk in mine if tree.forms(pk)]
    # Units that bear their type show most about a rule; then the first ones.
    telling = sorted(named, key=lambda pk: _typed(tree, pk))  # NAMESAKE before NUMBERED
    first = [*[pk for pk in named if _typed(tree, pk) == PLAIN][:1], *telling]
    chosen = list(dict.fromkeys(first))[:SHOWN]
    names = [(tree.units[pk].full_name, [form.text for form in tree.forms(pk)]) for pk in chosen]
    return Given(names, len(mine), len(mine) - len(named))


def _typed(tree: Naming, pk) -> str:
    return min((piece.typed for piece in tree.forms(pk)[0].pieces if piece.typed), default=PLAIN)
