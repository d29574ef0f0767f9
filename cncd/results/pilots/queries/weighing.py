"""Values side by side, and what they allow to conclude."""

from collections import defaultdict
from dataclasses import dataclass

from cncd.results.pilots import wording
from cncd.results.pilots.models import Moment, Pilot, PilotValue
from cncd.results.pilots.queries.given import Conclusion, Figure, ValueLine
from cncd.results.pilots.queries.ground import Unit
from cncd.results.pilots.rules.comparing import CANNOT, Counts, Difference, compared

Values = dict[tuple[int, int, str], PilotValue]


def values_of(pilot: Pilot) -> Values:
    """(unit id, measure id, moment) → the figure that stands; one query."""
    rows = PilotValue.objects.filter(unit__pilot=pilot, unit__replaced_at=None)
    rows = rows.select_related("by__person", "measure")
    return {(row.unit_id, row.measure_id, row.moment): row for row in rows}


@dataclass(frozen=True)
class Cell:
    """One figure of the page: where it stands, what it says, the row behind it."""

    moment: str
    row: PilotValue | None
    figure: Figure


@dataclass(frozen=True)
class Line:
    unit: Unit
    measure: object
    cells: list[Cell]


def lines_of(units: list[Unit], measures: list, values: Values) -> list[tuple[object, list[Line]]]:
    """(measure, one line for each hamlet) with the figure of each moment."""
    return [(m, [Line(u, m, _cells(u, m, values)) for u in units]) for m in measures]


def _cells(unit: Unit, measure, values: Values) -> list[Cell]:
    found = []
    for moment in Moment:
        row = values.get((unit.row.pk, measure.pk, moment))
        found.append(Cell(moment, row, figure_of(row, measure)))
    return found


def figure_of(row: PilotValue | None, measure) -> Figure:
    if row is None:
        return Figure(None, wording.shown(None, measure))
    records = tuple(tuple(each) for each in row.records) or (("pilots", str(row.pk), 1),)
    return Figure(
        wording.value_of(row), wording.shown(row, measure), row.address, records,
        wording.source_of(row),
    )  # fmt: skip


def value_lines(table: list[tuple[object, list[Line]]]) -> tuple[ValueLine, ...]:
    """The table as documents take it."""
    return tuple(
        ValueLine(
            line.unit.full_name, line.unit.row.kind, measure.code, measure.name, measure.unit,
            *(cell.figure for cell in line.cells),
        )
        for measure, lines in table
        for line in lines
    )  # fmt: skip


def last_moment(values: Values) -> str:
    """The moment the baseline is compared with: the end, or the middle while there is no end."""
    moments = {moment for _unit, _measure, moment in values}
    return Moment.END if Moment.END in moments or Moment.MID not in moments else Moment.MID


def differences(units: list[Unit], measures: list, values: Values) -> dict[int, tuple]:
    """Measure id → (difference or None, (pilot hamlets, comparison hamlets) with all values)."""
    until, found = last_moment(values), {}
    for measure in measures:
        sides = defaultdict(list)
        for unit in units:
            counts = _counts(unit, measure, until, values)
            if counts:
                sides[unit.is_pilot].append(counts)
        sizes = len(sides[True]), len(sides[False])
        found[measure.pk] = compared(sides[True], sides[False]), sizes
    return found


def _counts(unit: Unit, measure, until: str, values: Values) -> Counts | None:
    """Before and after with the households; None when anything of it is not stated.

    "Không phát sinh" counts as 0; what nobody reported leaves the hamlet out.
    """
    before = values.get((unit.row.pk, measure.pk, Moment.BASELINE))
    after = values.get((unit.row.pk, measure.pk, until))
    if before is None or after is None or not unit.households:
        return None
    return Counts(before.value or 0, after.value or 0, unit.households)


def conclusions(measures: list, found: dict[int, tuple]) -> list[Conclusion]:
    return [_conclusion(measure, *found[measure.pk]) for measure in measures]


def _conclusion(measure, found: Difference | None, sizes) -> Conclusion:
    text = wording.conclusion(measure.short_name, found, sizes)
    if found is None:
        return Conclusion(measure.code, measure.short_name, "", "", "", "", CANNOT, text)
    interval = "" if found.low is None else wording.between(found.low, found.high)
    return Conclusion(
        measure.code, measure.short_name, wording.signed(found.pilot),
        wording.signed(found.comparison), wording.signed(found.value), interval, found.verdict,
        text,
    )  # fmt: skip


def limits_of(pilot: Pilot, units: list[Unit], found: dict[int, tuple]) -> list[str]:
    """What the figures cannot say, as many hamlets and figures as there are."""
    spread = max((d.overdispersion for d, _sizes in found.values() if d), default=1.0)
    return wording.limits(sum(u.is_pilot for u in units), pilot.months, len(found), spread)
