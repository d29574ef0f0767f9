"""What the pages of a pilot show."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from cncd.foundation.kit.figures import percent
from cncd.foundation.people import authority
from cncd.foundation.places import queries as places_room
from cncd.results.pilots import wording
from cncd.results.pilots.actions.lessons import may_write
from cncd.results.pilots.concluding import MINUS
from cncd.results.pilots.models import Moment, Pilot, Replication, SynthesisText
from cncd.results.pilots.queries.by_day import Ground
from cncd.results.pilots.queries.costs import around, cost_of, own_spending
from cncd.results.pilots.queries.ground import Unit, units_of
from cncd.results.pilots.queries.synthesis import missing, troubles, why_of
from cncd.results.pilots.queries.weighing import Weighing
from cncd.work.money.models import Spending


@dataclass(frozen=True)
class PilotRow:
    """A pilot in the list."""

    row: Pilot
    unit: str
    hamlets: int
    compared: int
    stage: str


def pilot_rows(rows, day: dt.date) -> list[PilotRow]:
    """The pilots with how far each is; two queries."""
    confirmed = SynthesisText.objects.filter(pilot=OuterRef("pk")).exclude(confirmed_at=None)
    there = Q(units__replaced_at=None)
    rows = list(
        rows.annotate(
            hamlets=Count("units", there & Q(units__kind="pilot")),
            compared=Count("units", there & Q(units__kind="comparison")),
            summed=Exists(confirmed),
        )
    )
    names = places_room.names({row.place_id for row in rows}, day)
    return [
        PilotRow(
            row, names[row.place_id].full_name, row.hamlets, row.compared,
            "summed" if row.summed else row.days.stage(day),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class MomentOf:
    """A moment of the pilot: its days, whether they are over."""

    code: str
    label: str
    first_day: dt.date
    last_day: dt.date
    is_over: bool


@dataclass
class PilotPage:
    """One pilot, read once."""

    pilot: Pilot
    user: object
    today: dt.date
    units: list[Unit] = field(init=False)

    def __post_init__(self):
        pilot, self.days = self.pilot, self.pilot.days
        names = places_room.names([pilot.place_id], self.days.last_day)
        self.unit = names[pilot.place_id].full_name
        self.units = units_of(pilot)
        self.weighed = Weighing(pilot, self.units, list(pilot.measures.all()))
        self.table = self.weighed.table
        self.conclusions = [
            (each, *wording.VERDICTS[each.verdict]) for each in self.weighed.conclusions
        ]
        self.runs = authority.can(self.user, "pilots.run", place=pilot.place)
        self.runs = self.runs and pilot.withdrawn_at is None
        self.may_choose = self.runs and not pilot.has_outcome
        self.may_write = self.runs or may_write(pilot, self.user)
        self.lessons = list(pilot.lessons.filter(withdrawn_at=None).select_related("by__person"))
        self.troubles = troubles(Ground(pilot, self.today))
        self.cost = cost_of(pilot)
        self.last_synthesis = pilot.syntheses.order_by("number").last()

    @property
    def stage(self) -> tuple:
        is_summed = self.last_synthesis and self.last_synthesis.confirmed_at
        return wording.STAGES["summed" if is_summed else self.days.stage(self.today)]

    @property
    def day_number(self) -> int | None:
        """Which day it is of how many, while it runs."""
        is_running = self.days.stage(self.today) == "running"
        return self.days.number_of(self.today) if is_running else None

    @property
    def moments(self) -> list[MomentOf]:
        return [
            MomentOf(each.value, each.label, *self._days(each), window[1] < self.today)
            for each in Moment
            for window in [self.days.window_of(each)]
        ]

    def _days(self, moment: Moment) -> tuple[dt.date, dt.date]:
        """The days its figures stand for; a pilot made longer moves only those to come."""
        stated = (row for row in self.weighed.values.values() if row.moment == moment)
        for row in stated:
            if row.origin != row.Origin.REPORT:
                return row.first_day, row.last_day
        return self.days.window_of(moment)

    @property
    def rows(self) -> list[tuple[Unit, str, str]]:
        """The hamlets, with why each is there and the page to replace one."""
        return [
            (unit, why_of(unit), reverse("pilots:replace_unit", args=[unit.row.pk]))
            for unit in self.units
        ]

    @property
    def missing(self) -> list[str]:
        return missing(self.weighed, self.today)

    @property
    def plans(self):
        rows = Replication.objects.standing().filter(pilot=self.pilot)
        return rows.visible_to(self.user)

    @property
    def unit_names(self) -> dict[int, str]:
        return {unit.row.pk: unit.full_name for unit in self.units}

    @property
    def told_lessons(self) -> list[tuple]:
        """Each lesson with the hamlet it was seen in."""
        names = self.unit_names
        return [(row, names.get(row.unit_id, "")) for row in self.lessons]


@dataclass(frozen=True)
class CandidateRow:
    """A hamlet that was looked at."""

    place: int
    name: str
    beside: str
    households: int | None
    distance: int
    outcome: str
    apart: int | None

    @property
    def apart_in_words(self) -> str:
        if self.apart is None:
            return ""
        sign = MINUS if self.apart < 0 else "+" if self.apart else ""
        return f"{sign}{percent(abs(self.apart) / 100)}"


def candidate_rows(pilot: Pilot) -> list[CandidateRow]:
    """The last choice, as it was made: every hamlet with why it was taken or left out."""
    held = pilot.considered
    ids = {each["place"] for each in held} | {each["beside"] for each in held}
    names = places_room.names(ids, pilot.issued_on)
    above = places_room.names({n.parent_id for n in names.values()} - {None}, pilot.issued_on)

    def called(pk: int) -> str:
        return f"{names[pk].full_name}, {above[names[pk].parent_id].full_name}"

    return [
        CandidateRow(
            each["place"], called(each["place"]), called(each["beside"]), each["households"],
            abs(each["apart"]) if each["apart"] is not None else 10_000, each["outcome"],
            each["apart"],
        )
        for each in held
    ]  # fmt: skip


@dataclass(frozen=True)
class CostRow:
    """A line of spending: whether it is the pilot's, and why."""

    pk: str
    row: Spending
    unit: str
    belongs: str


def cost_rows(pilot: Pilot, user, day: dt.date) -> tuple[list[CostRow], int]:
    """The lines around the pilot that the reader may see, and how many of its own are hidden."""
    marked = set(pilot.costs.values_list("spending", flat=True))
    rows = around(pilot).select_related("purpose", "source", "document").order_by("-spent_on", "pk")
    seen = list(rows & Spending.objects.visible_to(user))
    names = places_room.names({row.place_id for row in seen}, day)
    hidden = own_spending(pilot).exclude(pk__in=[row.pk for row in seen]).count()
    return [
        CostRow(str(row.pk), row, names[row.place_id].full_name, _belongs(pilot, row, marked))
        for row in seen
    ], hidden


def _belongs(pilot: Pilot, row: Spending, marked: set) -> str:
    if pilot.document_id and row.document_id == pilot.document_id:
        return "cited"
    return "marked" if row.pk in marked else "no"
