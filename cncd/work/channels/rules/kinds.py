"""The kinds of finding, in the order they are told, each with its title."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULT, NOTE, RIGHT = "fault", "note", "right"


class Finding(NamedTuple):
    """One thing to put right, in a plain sentence; `suggestion` is the whole name to take."""

    code: str
    detail: str
    suggestion: str = ""

    @property
    def title(self) -> str:
        return str(BY_CODE[self.code].title)

    @property
    def is_note(self) -> bool:
        return BY_CODE[self.code].is_note


class Kind(NamedTuple):
    code: str
    title: str | Promise
    is_note: bool = False


CODES = [
    # of the group as a whole
    Kind("unit_ended", _("The unit has ended")),
    Kind("no_rule", _("No naming rule fits"), is_note=True),
    # the name against the rule
    Kind("old_name", _("Old unit name")),
    Kind("wrong_name", _("Wrong unit name")),
    Kind("order", _("Wrong order")),
    Kind("part_missing", _("A part is missing")),
    Kind("part_extra", _("Superfluous words")),
    Kind("prefix_missing", _("First words missing")),
    Kind("prefix_extra", _("Superfluous first words")),
    Kind("prefix_wrong", _("Wrong first words")),
    Kind("type_missing", _("Type of unit missing")),
    Kind("type_extra", _("Superfluous type of unit")),
    Kind("type_form", _("Type of unit written otherwise")),
    Kind("separator", _("Wrong separator")),
    Kind("diacritics", _("Missing diacritics")),
    Kind("case", _("Capital letters")),
    Kind("spaces", _("Superfluous spaces")),
    Kind("lookalike", _("Look-alike characters")),
    Kind("invisible", _("Invisible characters")),
    Kind("decomposed", _("Decomposed characters")),
    Kind("unlike", _("Not like the rule at all")),
    Kind("other_form", _("The other accepted form"), is_note=True),
    # the group beside other groups
    Kind("two_groups", _("Two groups for one unit")),
    Kind("two_units", _("One name for two units")),
    # who is in a common group (II.2.9)
    Kind("member_missing", _("A required member is missing")),
    Kind("member_ended", _("A member has left office")),
]
BY_CODE = {kind.code: kind for kind in CODES}
ORDER = {kind.code: place for place, kind in enumerate(CODES)}
ACROSS = {"unit_ended", "no_rule", "two_groups", "two_units"}
MEMBERS = {"member_missing", "member_ended"}


def in_order(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: ORDER[finding.code])


def standing_of(found: Iterable[Finding]) -> str:
    """FAULT when something must be put right, NOTE when something is only worth knowing."""
    found = list(found)
    if any(not finding.is_note for finding in found):
        return FAULT
    return NOTE if found else RIGHT
