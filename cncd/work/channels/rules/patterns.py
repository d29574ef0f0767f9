"""Reading a naming rule such as "Tổ CNCĐ_{hamlet}_{commune}_{district}" (II.2.7)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
SEPARATORS = ("_", " - ", " – ", " | ", "/", "-")
SHOWN_EXAMPLE = "CNCĐ_{commune}_{district}"


class BadPattern(ValueError):
    """The pattern cannot be a naming rule; its text says what to change."""


class Slot(NamedTuple):
    """One part between two separators: fixed words, or the name of the unit of a level."""

    before: str
    level: str = ""  # "" for fixed words, which then stand in `before`
    after: str = ""


class Pattern(NamedTuple):
    """A naming rule taken apart."""

    slots: tuple[Slot, ...]
    separator: str

    @property
    def levels(self) -> list[str]:
        return [slot.level for slot in self.slots if slot.level]

    def fits(self, levels) -> bool:
        """Whether a unit with units of these levels (codes) at and above it can be named so."""
        return set(self.levels) <= set(levels)


def read_pattern(text: str, levels: Sequence[str] = (), own: str = "") -> Pattern:
    """The pattern of the text; raises BadPattern with what to change.

    With `levels` (codes, highest first) and `own` the placeholders are checked too: known ones,
    each once, the own level among them, none below it.
    """
    literal = PLACEHOLDER.sub("", text)
    separator = next((each for each in SEPARATORS if each in literal), " ")
    slots = tuple(_slot(part) for part in text.split(separator))
    if not PLACEHOLDER.search(text):
        raise BadPattern(
            _("Put the name of the unit in: {example}.").replace("{example}", SHOWN_EXAMPLE)
        )
    named = [slot.level for slot in slots if slot.level]
    if len(named) != len(set(named)):
        raise BadPattern(_("The same unit stands in the pattern twice."))
    if levels:
        _check_levels(named, list(levels), own)
    return Pattern(slots, separator)


def _slot(part: str) -> Slot:
    found = PLACEHOLDER.findall(part)
    if not part.strip() or part != part.strip():
        raise BadPattern(_("Between two separators stands nothing, or a space too many."))
    if len(found) > 1:
        raise BadPattern(_("Put a separator between two names, for example “_”."))
    words = PLACEHOLDER.sub("", part)
    if "{" in words or "}" in words:
        raise BadPattern(_("Names stand in braces as in {example}.").replace(
            "{example}", SHOWN_EXAMPLE))  # fmt: skip
    if not found:
        return Slot(part)
    before, after = PLACEHOLDER.split(part)[::2]
    return Slot(before, found[0], after)


def _check_levels(named: list[str], levels: list[str], own: str) -> None:
    unknown = [code for code in named if code not in levels]
    if unknown:
        offered = ", ".join(f"{{{code}}}" for code in levels)
        raise BadPattern(
            _("“{%(name)s}” is not a level here. Choose among: %(offered)s.")
            % {"name": unknown[0], "offered": offered}
        )
    if own not in named:
        raise BadPattern(_("The name of the unit itself is missing: {%(own)s}.") % {"own": own})
    below = [code for code in named if levels.index(code) > levels.index(own)]
    if below:
        raise BadPattern(
            _("“{%(name)s}” is below this level: its group cannot bear that name.")
            % {"name": below[0]}
        )
