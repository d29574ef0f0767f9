"""Choices that hold from a day on, for a place and all below it. A room names its own in a module

`options.py`: `OPTIONS = [Option("team.max_members", _("Most members of a team"), default=10, …)]`.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Option:
    """One choice: what it is called, what holds when nobody chose, what may be chosen."""

    key: str
    label: str | Promise
    default: Any
    help: str | Promise = ""
    least: int | None = None  # of a whole number
    most: int | None = None
    choices: tuple[tuple[str, str | Promise], ...] = ()  # (value, label); empty: a whole number
    is_text: bool = False  # a line of text
    everywhere: bool = False  # chosen once for the installation, not place by place

    def shown(self, value) -> str:
        """The value as people read it."""
        return str(dict(self.choices).get(value, value))

    def allows(self, value) -> bool:
        if self.is_text:
            return isinstance(value, str)
        if self.choices:
            return value in dict(self.choices)
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


OPTIONS = [
    Option(
        "team.max_members",
        _("Most members a team may have"),
        default=10,
        help=_("The plan allows 10 (II.1.1); a province may decide otherwise."),
        least=1,
        most=50,
    ),
]


@cache
def known_options() -> dict[str, Option]:
    """Every option any room names, by key."""
    modules = [f"{room}.options" for room in settings.ROOMS]
    found = (import_module(name) for name in modules if find_spec(name))
    return {each.key: each for module in found for each in module.OPTIONS}


def option(key: str) -> Option:
    """The option of that key; KeyError when no room names it."""
    return known_options()[key]
