"""The published trees as units to name, and hamlets invented for them."""

from functools import cache

from cncd.foundation.places.levels import KINDS
from cncd.foundation.places.loading import read_units
from cncd.work.channels.actions.seeding import NAMES, NAMES_OF_TWO_LEVELS
from cncd.work.channels.rules import Context, Naming, Unit, read_pattern

KIND = {code: (name, short, level) for code, name, short, level in KINDS}
TYPES = tuple(dict.fromkeys(word for _code, name, short, _level in KINDS for word in (name, short)))
HAMLETS = [("ap", "Mỹ Phước"), ("ap", "2"), ("khom", "3"), ("khom", "8A"), ("ap", "Hòa Lộc 1")]
CONTEXT = Context(
    types=TYPES,
    levels=(("province", "tỉnh"), ("district", "huyện"), ("commune", "xã"), ("hamlet", "ấp")),
)


def unit_of(kind: str, name: str, parent) -> Unit:
    word, short, level = KIND[kind]
    return Unit(level, name, word, short, parent)


@cache
def naming(tree: str, province: str | None = None, hamlets: bool = True) -> Naming:
    """The right names of a published tree, with the plan's rules or those of two levels."""
    units = {}
    for each in read_units(tree, province):
        level = KIND[each.kind][2]
        above = {"commune": "district", "district": "province"}.get(level)
        if level == "commune" and tree == "2025":
            above = "province"
        pk = (level, each.code)
        units[pk] = unit_of(each.kind, each.name, (above, each.parent) if above else None)
    if hamlets:
        for pk in [pk for pk in units if pk[0] == "commune"]:
            for kind, name in HAMLETS:
                units["hamlet", pk[1], name] = unit_of(kind, name, pk)
    patterns: dict = {}
    for level, pattern, canonical, _clause in NAMES if tree == "2022" else NAMES_OF_TWO_LEVELS:
        patterns.setdefault(level, []).append((read_pattern(pattern), canonical))
    return Naming(units, patterns)
