"""What a result cost: the spending of a unit and all below it beside what was reported (III)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.counting import NONE, Value
from cncd.results.totals.queries import of_places, over_measure
from cncd.team.programme import rules as laws
from cncd.team.programme.models import Measure, Period
from cncd.work.money.queries import books_below, spent_below
from cncd.work.money.rules import cost_per

TRAINING = ("tap-huan",)
# Results that money is set against; of what is learnt only the money for training.
CHOSEN: dict[str, tuple[str, ...] | None] = {
    "TC08": None,
    "TC07": None,
    "TC11": TRAINING,
    "XH05": TRAINING,
    "KT02": None,
    "KT06": None,
    "KT12.num": None,
}
NO_SPENDING = _("no spending was recorded")
NO_RESULT = _("no result was reported")
NOTHING_DONE = _("nothing of this was done")
REASONS = {
    laws.NOT_ADDITIVE: _("months cannot be added up"),
    laws.LAST_MISSING: _("the last month has not been reported"),
}


@dataclass(frozen=True)
class Cost:
    """One result of one unit with all below it in a year, and what was spent there."""

    place_id: int
    measure: Measure
    purposes: tuple[str, ...] | None
    spent: int | None  # đồng; None where nobody recorded any
    over: laws.OverTime  # the result, how many months state it, why there may be none
    books: tuple[int, int]  # units that recorded spending, units that keep a book

    @property
    def result(self) -> Value:
        return self.over.value

    @property
    def number(self) -> int | None:
        return self.result if isinstance(self.result, int) else None

    @property
    def per_result(self) -> int | None:
        """đồng per result, to the nearest; None where `why` says why."""
        return cost_per(self.spent, self.number)

    @property
    def why(self) -> str:
        """Why no cost can be said; empty where it can."""
        if self.per_result is not None:
            return ""
        if self.spent is None:
            return NO_SPENDING
        if self.result is None:
            return REASONS.get(self.over.reason, NO_RESULT)
        return NOTHING_DONE if self.result in (0, NONE) else NO_SPENDING

    @property
    def complete(self) -> str:
        """What stands behind both sides: a cost of few months or few books is less than it was."""
        (told, kept), over = self.books, self.over
        return _("results: %(n)s of %(of)s months; spending: %(told)s of %(kept)s units") % {
            "n": over.stated, "of": over.asked, "told": told, "kept": kept,
        }  # fmt: skip


def months_of(year: int, today: dt.date) -> list[Period]:
    """The months of the year that have ended, oldest first: what still runs is not reported."""
    rows = Period.objects.filter(scheme__in_use=True, first_day__year=year, last_day__lt=today)
    return list(rows.order_by("first_day"))


def costs_of(places: Iterable[int], months: list[Period], codes: Iterable[str]) -> list[Cost]:
    """Every chosen result of every place over the months, place by place; ten queries.

    Results are those sent and accepted, by the law of their kind; spending is that of the same
    days, of the place and of all units below it.
    """
    places, codes = list(places), list(codes)
    found = {measure.code: measure for measure in Measure.objects.filter(code__in=codes)}
    totals, sums, books = of_places(places, months), {}, {}
    if months:
        days = months[0].first_day, months[-1].last_day
        books = books_below(places, *days)
        for purposes in {CHOSEN.get(code) for code in found}:
            sums[purposes] = spent_below(places, *days, purposes)
    return [
        _cost(place, found[code], [totals.get((place, month.pk)) for month in months], sums, books)
        for place in places
        for code in codes
        if code in found
    ]


def _cost(place: int, measure: Measure, rows: list, sums: dict, books: dict) -> Cost:
    over = over_measure(rows, measure) if rows else laws.OverTime(None, "", 0, 0)
    purposes = CHOSEN.get(measure.code)
    spent = sums.get(purposes, {}).get(place)
    return Cost(place, measure, purposes, spent, over, books.get(place, (0, 0)))
