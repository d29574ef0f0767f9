"""What is in force on a day, what a report asks, and when it is due."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Prefetch
from django.utils import timezone

from cncd.team.programme.models import (
    Check,
    Counter,
    Indicator,
    Measure,
    Period,
    PeriodDue,
    PeriodScheme,
    Sheet,
    SheetLine,
    Source,
)
from cncd.team.programme.queries.memory import remembered
from cncd.team.programme.rules import CheckRow


class SheetRow(NamedTuple):
    """One figure of a report: the measure, where it comes from, whether it must be stated.

    `counter` is None when the figure is asked by hand; `source` is None when nobody said (asked).
    """

    measure: Measure
    source: Source | None
    counter: Counter | None
    required: bool


# -- periods ----------------------------------------------------------------------------------


def scheme_in_use() -> PeriodScheme | None:
    """The one scheme reports follow; None before the programme is set up."""
    return PeriodScheme.objects.filter(in_use=True).first()


def current_period(scheme: PeriodScheme | None = None, day: dt.date | None = None) -> Period | None:
    """The period of the scheme (by default the one in use) that holds the day (today)."""
    periods = Period.objects.containing(day or timezone.localdate()).select_related("scheme")
    chosen = periods.filter(scheme=scheme) if scheme else periods.filter(scheme__in_use=True)
    return chosen.first()


def period_coded(code: str, scheme: PeriodScheme | None = None) -> Period | None:
    """The period "2026-11" of the scheme (by default the one in use)."""
    periods = Period.objects.filter(code=code).select_related("scheme")
    return (
        periods.filter(scheme=scheme) if scheme else periods.filter(scheme__in_use=True)
    ).first()


def series(last: Period, months: int) -> list[Period]:
    """Up to that many consecutive periods of one scheme ending with `last`, oldest first."""
    rows = Period.objects.filter(scheme_id=last.scheme_id, first_day__lte=last.first_day)
    return list(rows.order_by("-first_day")[:months])[::-1]


def year_so_far(last: Period) -> list[Period]:
    """The periods of one scheme from January of the year in which `last` ends, oldest first."""
    rows = Period.objects.filter(scheme_id=last.scheme_id, first_day__lte=last.first_day)
    return list(rows.filter(code__startswith=last.code[:5]).order_by("first_day"))


def due_at(period: Period, level_code: str) -> dt.datetime | None:
    """When reports of that level are due; None when that level owes none in the period."""
    rows = PeriodDue.objects.filter(period=period, level__code=level_code)
    return rows.values_list("due_at", flat=True).first()


# -- figures ----------------------------------------------------------------------------------


def measures_on(day: dt.date):
    """Every measure in force that day, with its level, in order."""
    return Measure.objects.on(day).select_related("level", "split_of")


def sources_on(day: dt.date) -> dict[int, Source]:
    """{measure id: where it comes from that day}."""
    return {s.measure_id: s for s in Source.objects.on(day).select_related("counter")}


def indicators_on(day: dt.date):
    """Every indicator in force that day, with its measures, in order."""
    return Indicator.objects.on(day).select_related("measure", "numerator", "denominator")


def sheet_on(level_code: str, day: dt.date) -> Sheet | None:
    """The sheet of the level in force that day."""
    return Sheet.objects.on(day).filter(level__code=level_code).first()


def sheet_for(level_code: str, period: Period) -> list[SheetRow]:
    """The figures a report of that level holds in that period, in order, with their sources.

    Sheet, measures and sources are those in force on the period's first day, for ever: a later
    switch of source changes no earlier report. Remembered: not to be changed by the caller.
    """

    def ask():
        return sheet_rows(level_code, period.first_day)

    return remembered(period, ("sheet", level_code), ask)


def sheet_rows(level_code: str, day: dt.date) -> list[SheetRow]:
    """The figures of a level's sheet as in force that day, in order, two queries."""
    sources = Prefetch(
        "measure__sources",
        Source.objects.on(day).select_related("counter"),
        to_attr="sources_in_force",
    )
    lines = (
        SheetLine.objects.filter(
            sheet__in=Sheet.objects.on(day).filter(level__code=level_code),
            measure__in=Measure.objects.on(day),
        )
        .select_related("measure")
        .prefetch_related(sources)
    )
    return [_row(line) for line in lines]


def _row(line: SheetLine) -> SheetRow:
    source = next(iter(line.measure.sources_in_force), None)
    return SheetRow(line.measure, source, source and source.counter, line.required)


def checks_for(period: Period) -> list[CheckRow]:
    """The checks in force on the period's first day, remembered."""
    return remembered(period, "checks", lambda: checks_on(period.first_day))


def checks_on(day: dt.date) -> list[CheckRow]:
    """The checks in force, ready for `rules.check_figures`.

    A jump without a measure of its own stands for every flow.
    """
    flows = list(Measure.objects.on(day).filter(kind=Measure.Kind.FLOW, split_of=None))
    rows = []
    for check in Check.objects.on(day).select_related("left", "right").order_by("code"):
        lefts = [check.left] if check.left else flows
        rows += [_check_row(check, left) for left in lefts]
    return rows


def _check_row(check: Check, left: Measure) -> CheckRow:
    right = check.right
    return CheckRow(
        check.code,
        check.kind,
        left.code,
        right.code if right else "",
        check.factor,
        check.floor,
        check.message,
        left.short_name,
        right.short_name if right else "",
        left.factor,
    )
