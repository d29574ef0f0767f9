"""What the group of every unit of a tree should be called, so that no two are called the same."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cncd.foundation.places.rules import says_little
from cncd.work.channels.rules.patterns import Pattern, Slot
from cncd.work.channels.rules.spelling import key

NUMBERED, NAMESAKE = "numbered", "namesake"


class Unit(NamedTuple):
    """A unit on a day: its level's code, name without type, type, short type, who is above it."""

    level: str
    name: str
    kind: str
    short: str
    parent: Hashable | None = None

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


class Piece(NamedTuple):
    """A part of an expected name; `typed` says why the type of the unit belongs to it."""

    text: str
    unit: Unit | None = None  # None: fixed words
    typed: str = ""  # NUMBERED, NAMESAKE or ""
    before: str = ""
    after: str = ""


class Form(NamedTuple):
    """One right name of a group."""

    pieces: tuple[Piece, ...]
    separator: str
    is_canonical: bool = True

    @property
    def text(self) -> str:
        return self.separator.join(piece.text for piece in self.pieces)


class Naming:
    """The right names in one tree on one day.

    A numbered unit keeps its type ("Phường 1"). Where two units under one parent bear one name
    (thị trấn and xã Long Phú), the short type stands before it wherever they are named, in the
    names of what is below them too: "CNCĐ_TT Long Phú_Long Phú". Where units of different levels
    would still share a name (phường and huyện Chi Lăng in Lạng Sơn), the type stands before the
    own part of both. Compared is within one tree top: two provinces may well share a name.
    """

    def __init__(
        self,
        units: Mapping[Hashable, Unit],
        patterns: Mapping[str, Sequence[tuple[Pattern, bool]]],
    ):
        self.units, self.patterns = units, patterns

    def forms(self, pk: Hashable) -> tuple[Form, ...]:
        """The right names of the unit's group, the expected one first; () when no rule fits."""
        return self._forms(pk, marked=pk in self._shared)

    def chain(self, pk: Hashable) -> Iterator[tuple[Hashable, Unit]]:
        """The unit and all above it, nearest first."""
        while pk in self.units:
            unit = self.units[pk]
            yield pk, unit
            pk = unit.parent

    def namesakes(self, pk: Hashable) -> list[Unit]:
        """Other units that would be called the same without their type."""
        unit = self.units[pk]
        beside = self._by_label[unit.parent, key(self._label(unit))]
        return [self.units[each] for each in beside if each != pk]

    def _forms(self, pk: Hashable, *, marked: bool) -> tuple[Form, ...]:
        chain = {unit.level: (each, unit) for each, unit in self.chain(pk)}
        own = self.units[pk].level
        found = [
            Form(
                tuple(self._piece(slot, chain, marked and slot.level == own)
                      for slot in pattern.slots),
                pattern.separator,
                is_canonical,
            )
            for pattern, is_canonical in self.patterns.get(own, ())
            if pattern.fits(chain)
        ]  # fmt: skip
        found.sort(key=lambda form: not form.is_canonical)
        # When none is marked as expected, the first is.
        return tuple(form._replace(is_canonical=n == 0) for n, form in enumerate(found))

    def _piece(self, slot: Slot, chain, marked: bool) -> Piece:
        if not slot.level:
            return Piece(slot.before)
        pk, unit = chain[slot.level]
        if says_little(unit.name):
            words, typed = unit.full_name, NUMBERED
        elif marked or pk in self._namesakes:
            words, typed = f"{unit.short} {unit.name}", NAMESAKE
        else:
            words, typed = unit.name, ""
        return Piece(f"{slot.before}{words}{slot.after}", unit, typed, slot.before, slot.after)

    @staticmethod
    def _label(unit: Unit) -> str:
        return unit.full_name if says_little(unit.name) else unit.name

    @cached_property
    def _by_label(self) -> dict[tuple, list]:
        found = defaultdict(list)
        for pk, unit in self.units.items():
            found[unit.parent, key(self._label(unit))].append(pk)
        return found

    @cached_property
    def _namesakes(self) -> set:
        """Units that share a parent and a name with another."""
        return {pk for beside in self._by_label.values() if len(beside) > 1 for pk in beside}

    @cached_property
    def _shared(self) -> set:
        """Units whose group would be called like the group of a unit elsewhere in the tree."""
        called = {
            pk: {(self._top(pk), key(form.text)) for form in self._forms(pk, marked=False)}
            for pk in self.units
        }
        times = Counter(name for names in called.values() for name in names)
        return {pk for pk, names in called.items() if any(times[name] > 1 for name in names)}

    def _top(self, pk: Hashable) -> Hashable:
        *_below, (top, _unit) = self.chain(pk)
        return top
