"""What a register may say: no database, no clock."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MONTHS = 12
# What a row without a first day is taken to have existed since, when figures are counted again.
BEGINNING = dt.date(2000, 1, 1)

# -- numbers that belong to people ------------------------------------------------------------

DAYS = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b")
AMOUNTS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d.,])")
LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){7,}(?!\d)")


def holds_a_number(text: str) -> bool:
    """Whether a text holds what may be the number of an account, card, phone or person.

    Eight digits or more in a row, days and amounts of money aside.
    """
    return bool(LONG_NUMBER.search(AMOUNTS.sub(" ", DAYS.sub(" ", text))))


NO_NUMBERS = _(
    "This looks like the number of an account, a card or a phone. The register keeps none: "
    "take it out of this field."
)

# -- how long a recognition holds -------------------------------------------------------------


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; 31/08 plus six months is the first of March."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    try:
        return dt.date(day.year + years, month + 1, day.day)
    except ValueError:
        return months_after(day.replace(day=1), months + 1)


# -- the life of a listing --------------------------------------------------------------------

PLANNED, LISTED, VERIFIED = "planned", "listed", "verified"
BROKEN, WITHDRAWN = "broken", "withdrawn"
LIVE = (LISTED, VERIFIED)  # a buyer finds it
NEXT = {  # from a state, where it may go
    None: (PLANNED, LISTED),
    PLANNED: (LISTED, WITHDRAWN),
    LISTED: (LISTED, VERIFIED, BROKEN, WITHDRAWN),
    VERIFIED: (LISTED, VERIFIED, BROKEN, WITHDRAWN),
    BROKEN: (LISTED, VERIFIED, BROKEN, WITHDRAWN),
    WITHDRAWN: (PLANNED, LISTED),
}


class Span(NamedTuple):
    """In one state, from a day up to, but not on, another; None: until now."""

    state: str
    since_on: dt.date
    until_on: dt.date | None = None


class NotSo(ValueError):
    """A listing cannot go that way; `field` is where a form says so."""

    def __init__(self, message, field="__all__"):
        self.message, self.field = message, field
        super().__init__(str(message))


def moved(spans: Sequence[Span], state: str, on: dt.date) -> list[Span]:
    """The life of a listing after it passes into a state on a day.

    A second change of the same day takes the place of the first. Raises NotSo for a way there is
    not, and for a day before the last change.
    """
    last = spans[-1] if spans else None
    held = last and last.state
    if state not in NEXT[held]:
        raise NotSo(IMPOSSIBLE.get((held, state), NOT_THERE))
    if last is None:
        return [Span(state, on)]
    if on < last.since_on:
        raise NotSo(
            format_lazy(
                _("On {day} it changed already. Choose that day or a later one."),
                day=date_format(last.since_on, "d/m/Y"),
            ),
            "on",
        )
    if state == last.state:
        return list(spans)
    kept = list(spans[:-1])
    if last.since_on < on:
        kept.append(last._replace(until_on=on))
    elif kept and kept[-1].state == state:
        return [*kept[:-1], kept[-1]._replace(until_on=None)]
    return [*kept, Span(state, on)]


NOT_THERE = _("This product is not on this floor. Record where it is listed first.")
IMPOSSIBLE = {
    (PLANNED, PLANNED): _("This product is planned for this floor already."),
    (LISTED, PLANNED): _("This product is on this floor already."),
    (VERIFIED, PLANNED): _("This product is on this floor already."),
    (BROKEN, PLANNED): _("This product is on this floor already; its address does not open."),
    (WITHDRAWN, VERIFIED): _("It was taken off. Record where it is listed again first."),
    (WITHDRAWN, BROKEN): _("It was taken off this floor already."),
    (WITHDRAWN, WITHDRAWN): _("It was taken off this floor already."),
}
