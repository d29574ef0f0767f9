"""Values side by side, and what they allow to conclude."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.counting import NONE
from cncd.results.pilots import concluding, wording
from cncd.results.pilots.models import Moment, Pilot, PilotValue
from cncd.results.pilots.queries.figures import earlier
from cncd.results.pilots.queries.given import Conclusion, Figure, ValueLine
from cncd.results.pilots.queries.ground import Unit
from cncd.results.pilots.queries.meanwhile import meanwhile
from cncd.results.pilots.rules.comparing import CANNOT, Counts, Difference, compared

Values = dict[tuple[int, int, str], PilotValue]


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


@dataclass
class Weighing:
    """The figures of a pilot, the differences they show, and every sentence about them."""

    pilot: Pilot
    units: list[Unit]
    measures: list

    def __post_init__(self):
        rows = PilotValue.objects.filter(unit__in=[unit.row for unit in self.units])
        rows = rows.select_related("by__person", "measure")
        self.values: Values = {(row.unit_id, row.measure_id, row.moment): row for row in rows}
        moments = {moment for _unit, _measure, moment in self.values}
        has_end = Moment.END in moments or Moment.MID not in moments
        self.until = Moment.END if has_end else Moment.MID  # what the baseline is compared with
        self.found = {measure.pk: self._difference(measure) for measure in self.measures}

    @cached_property
    def table(self) -> list[tuple[object, list[Line]]]:
        """(measure, one line for each hamlet) with the figure of each moment."""
        return [(m, [Line(u, m, self._cells(u, m)) for u in self.units]) for m in self.measures]

    def _cells(self, unit: Unit, measure) -> list[Cell]:
        rows = [self.values.get((unit.row.pk, measure.pk, moment)) for moment in Moment]
        return [
            Cell(moment, row, figure_of(row, measure))
            for moment, row in zip(Moment, rows, strict=True)
        ]

    @property
    def lines(self) -> tuple[ValueLine, ...]:
        """The table as documents take it."""
        return tuple(
            ValueLine(
                line.unit.full_name, line.unit.row.kind, measure.code, measure.name, measure.unit,
                *(cell.figure for cell in line.cells),
            )
            for measure, lines in self.table
            for line in lines
        )  # fmt: skip

    def _difference(self, measure) -> Difference | None:
        sides = defaultdict(list)
        for unit in self.units:
            counts = self._counts(unit, measure)
            if counts:
                sides[unit.is_pilot].append(counts)
        return compared(sides[True], sides[False])

    def _counts(self, unit: Unit, measure) -> Counts | None:
        """Before and after with the households; None when anything of it is not stated.

        "Không phát sinh" counts as 0; what nobody reported leaves the hamlet out.
        """
        before = self.values.get((unit.row.pk, measure.pk, Moment.BASELINE))
        after = self.values.get((unit.row.pk, measure.pk, self.until))
        if before is None or after is None or not unit.households:
            return None
        return Counts(before.value or 0, after.value or 0, unit.households, unit.commune_id)

    @property
    def sizes(self) -> tuple[int, int]:
        """How many pilot hamlets and comparison hamlets there are."""
        tried = sum(unit.is_pilot for unit in self.units)
        return tried, len(self.units) - tried

    @cached_property
    def conclusions(self) -> list[Conclusion]:
        return [self._conclusion(measure, self.found[measure.pk]) for measure in self.measures]

    def _conclusion(self, measure, found: Difference | None) -> Conclusion:
        name = measure.short_name
        shown, interval, verdict = ("", "", ""), "", CANNOT
        if found:
            changes = found.pilots.change, found.others.change, found.value
            shown, verdict = tuple(map(concluding.signed, changes)), found.verdict
            if found.low is not None:
                interval = concluding.between(found.low, found.high)
        return Conclusion(
            measure.code, name, *shown, interval, verdict, concluding.conclusion(name, found),
            concluding.counted(self.sizes, found), concluding.power(found),
            concluding.caution(found),
            concluding.earlier(self._earlier(measure)) if found else "",
        )  # fmt: skip

    @cached_property
    def _before(self) -> dict:
        return earlier(self.pilot, [unit.row.place_id for unit in self.units])

    def _earlier(self, measure) -> Difference | None:
        """The same comparison, of two windows that both lie before the pilot."""
        sides = defaultdict(list)
        for unit in self.units:
            before = self._before.get((unit.row.place_id, measure.pk))
            after = self.values.get((unit.row.pk, measure.pk, Moment.BASELINE))
            if before and after and unit.households:
                counts = number_of(before.value), after.value or 0
                sides[unit.is_pilot].append(Counts(*counts, unit.households, unit.commune_id))
        return compared(sides[True], sides[False])

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """Four questions of whoever decides, with their answers."""
        rows = [(measure.short_name, self.found[measure.pk]) for measure in self.measures]
        rules, when = wording.rules_of(self.pilot), wording.chosen_when(self.pilot)
        return concluding.summary(self.until.label, rows, self.sizes[1], rules, when)

    @property
    def assumptions(self) -> tuple[str, ...]:
        return tuple(concluding.assumptions(self.found.values()))

    @cached_property
    def limits(self) -> tuple[str, ...]:
        """What the figures cannot say, as many hamlets and figures as there are."""
        spread = max((d.overdispersion for d in self.found.values() if d), default=1.0)
        told = concluding.limits(self.sizes[0], self.pilot.months, len(self.found), spread)
        return (*told, *self._of_this_pilot(), *meanwhile(self.pilot, self.units))

    def _of_this_pilot(self) -> list[str]:
        """Where this pilot departs from its own rules, or is not whole."""
        told, pilot = [], self.pilot
        if self.until == Moment.MID and self.values:
            told.append(_("The figures of the end are still to come: this is a first look."))
        chosen_on = timezone.localdate(pilot.compared_at) if pilot.compared_at else None
        if chosen_on and chosen_on > pilot.days.first_day:
            text = ngettext(
                "The comparison hamlets were chosen %(n)d day after the pilot began: who chose them"
                " could have known how it went there.",
                "The comparison hamlets were chosen %(n)d days after the pilot began: who chose"
                " them could have known how it went there.",
                (chosen_on - pilot.days.first_day).days,
            )
            told.append(text % {"n": (chosen_on - pilot.days.first_day).days})
        by_hand = [unit.full_name for unit in self.units if unit.row.by_hand]
        if by_hand:
            text = _("Taken by an officer, not by the rules: %(which)s.")
            told.append(text % {"which": "; ".join(by_hand)})
        gone = pilot.units.exclude(replaced_at=None).exclude(values=None).distinct().count()
        if gone:
            text = _("%(n)d comparison hamlets were taken out after they had figures.")
            told.append(text % {"n": gone})
        return told + self._left_out()

    def _left_out(self) -> list[str]:
        """The hamlets that the comparison leaves out of a figure, since something is missing."""
        told = []
        for measure in self.measures:
            out = [u.full_name for u in self.units if self._counts(u, measure) is None]
            if out and len(out) < len(self.units):
                words = {"name": measure.short_name, "which": "; ".join(out)}
                told.append(
                    _("%(name)s: left out, since a value or the households are missing: %(which)s.")
                    % words
                )
        return told


def number_of(value: int | str) -> int:
    """0 where nothing arose."""
    return 0 if value == NONE else value


def figure_of(row: PilotValue | None, measure) -> Figure:
    if row is None:
        return Figure(None, wording.shown(None, measure))
    records = tuple(tuple(each) for each in row.records) or (("pilots", str(row.pk), 1),)
    return Figure(
        wording.value_of(row), wording.shown(row, measure), row.page, records,
        wording.source_of(row),
    )  # fmt: skip
