"""The households an entry names by their codes, against the list of its hamlet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.work.activities.rules.saying import Done, Fault, Ground
from cncd.work.households.rules import code_key, read_codes

MOST_NAMED = 8  # codes in a message


def with_households(done: Done, ground: Ground) -> Done:
    """The same with the codes it names as the list writes them; what is not on it stays as typed.

    A number of households that was left empty is that of the codes.
    """
    if not done.visited:
        return done
    known = ground.households.get(done.place, {})
    there = {key: each[1] for key, each in known.items() if not _is_over(each, done)}
    codes, unknown = read_codes(done.visited, there)
    visited = (*codes, *unknown)
    return replace(done, visited=visited, households=done.households or len(visited))


def households_of(done: Done, ground: Ground) -> list[int]:
    """Ids of the households that a settled entry names."""
    known = ground.households.get(done.place, {})
    return [known[code_key(code)][0] for code in done.visited]


def _is_over(known: tuple, done: Done) -> bool:
    """Whether the household had left the list when this was done."""
    until = known[2]
    return until is not None and until <= done.happened_on


def visit_faults(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    """Codes that are not on the list, and a number of households below that of the codes."""
    if not done.visited or done.place is None:
        return
    known = ground.households.get(done.place, {})
    if not known:
        message = _("This hamlet has no household list yet; leave the codes out.")
        yield Fault("visited", message)
        return
    found = {code: known.get(code_key(code)) for code in done.visited}
    unknown = [code for code, each in found.items() if each is None]
    over = [code for code, each in found.items() if each and _is_over(each, done)]
    if unknown:
        message = _("Not on the list of this hamlet: {codes}. Check the code, or add it to it.")
        yield Fault("visited", format_lazy(message, codes=few(unknown)))
    if over:
        message = _("No longer on the list of the hamlet on that day: {codes}.")
        yield Fault("visited", format_lazy(message, codes=few(over)))
    if not unknown and 0 < done.households < len(done.visited):
        message = _("{codes} household codes are given, so the number cannot be below {codes}.")
        yield Fault("households", format_lazy(message, codes=len(done.visited)))


def few(codes: list[str]) -> str:
    """The first codes of many: “7, 9, 12…”."""
    return ", ".join(codes[:MOST_NAMED]) + ("…" if len(codes) > MOST_NAMED else "")
