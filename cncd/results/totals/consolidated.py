"""The consolidated report of a unit laid out: what is summed, how complete, what changed since."""

from dataclasses import dataclass
from functools import cached_property

from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import Place
from cncd.results.reports import queries as reports
from cncd.results.reports.models import FigureReturn, Report
from cncd.results.reports.queries import Standing
from cncd.results.reports.reading import Version, versions_of
from cncd.results.totals import queries
from cncd.results.totals.models import PlaceTotal
from cncd.results.totals.queries import Reader, Reading
from cncd.results.totals.wording import in_words
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Indicator, Period
from cncd.work.difficulties.queries import standing_at

READ_BELOW = 20  # own texts of units below shown on the page; a district has no more communes


@dataclass(frozen=True)
class Row:
    """One indicator of the unit in the month."""

    reading: Reading  # what has been sent; nothing provisional
    before: Reading
    confirmed: Reading | None  # as the last confirmation had it
    provisional: int
    note: FigureReturn | None

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator

    @property
    def code(self) -> str:
        """The measure that is returned when the figure is: of a ratio, its upper side."""
        indicator = self.indicator
        return (indicator.numerator if indicator.is_ratio else indicator.measure).code

    @property
    def shown(self) -> str:
        return in_words(self.reading)

    @property
    def shown_before(self) -> str:
        return in_words(self.before)

    @property
    def has_changed(self) -> bool:
        """Whether it is no longer what the unit confirmed."""
        return self.confirmed is not None and self.confirmed.value != self.reading.value

    @property
    def shown_confirmed(self) -> str:
        return in_words(self.confirmed)


@dataclass(frozen=True)
class Below:
    """A unit directly below: how complete it is, and its own report."""

    place: Place
    counts: dict
    report: Report | None

    @property
    def sent(self) -> int:
        return self.counts.get("on_time", 0) + self.counts.get("late", 0)

    @property
    def due(self) -> int:
        return self.counts.get("due", 0)

    @property
    def state(self) -> str:
        return self.report.state if self.report and self.report.sent_id else ""


class Consolidated:
    """The report of one unit and month; each part is found when first asked for."""

    def __init__(self, place: Place, period: Period):
        self.place, self.period = place, period
        self.past = None  # an earlier confirmation that is looked back at

    def look_back_at(self, number: str) -> None:
        """Shows the figures as the confirmation of that number had them."""
        if self.report and number.isdecimal():
            sent = self.report.versions.exclude(sent_at=None).select_related("sent_by__person")
            self.past = sent.filter(number=int(number)).first()

    @cached_property
    def report(self) -> Report | None:
        rows = Report.objects.filter(place=self.place, period=self.period)
        rows = rows.select_related(
            "period", "sent__sent_by__person", "level", "accepted_by__person"
        )
        found = rows.first()
        if found:
            found.place = self.place
        return found

    @property
    def version(self):
        """The one that counts, or None."""
        return self.report.sent if self.report else None

    @cached_property
    def reader(self) -> Reader:
        """Reads what has been sent, and nothing provisional: that is what gets confirmed."""
        return Reader(running=False)

    @cached_property
    def total(self) -> PlaceTotal | None:
        if self.past:
            return _as_confirmed(self.past)
        return queries.of_places([self.place.pk], [self.period]).get(
            (self.place.pk, self.period.pk)
        )

    @property
    def counts(self) -> dict:
        return self.total.counts if self.total else {}

    @property
    def sent(self) -> int:
        return self.counts.get("on_time", 0) + self.counts.get("late", 0)

    @property
    def due(self) -> int:
        return self.counts.get("due", 0)

    @cached_property
    def returns(self) -> dict[str, FigureReturn]:
        """Open notes of the level above, by measure code."""
        return reports.open_returns(self.report) if self.report else {}

    @cached_property
    def rows(self) -> list[Row]:
        earlier = reports.before(self.period, 1)
        before = queries.of_places([self.place.pk], earlier)
        last = before.get((self.place.pk, earlier[-1].pk)) if earlier else None
        then = None if self.past else _as_confirmed(self.version)
        return [
            self._row(indicator, last, then)
            for indicator in programme.indicators_on(self.period.first_day)
        ]

    def _row(self, indicator: Indicator, last, then) -> Row:
        read = self.reader.read
        reading = read(self.total, indicator)
        sides = [indicator.numerator, indicator.denominator, indicator.measure]
        notes = [self.returns.get(side.code) for side in sides if side]
        return Row(
            reading,
            read(last, indicator),
            read(then, indicator) if then else None,
            reading.provisional,
            next(filter(None, notes), None),
        )

    @property
    def told(self) -> list[Row]:
        return [row for row in self.rows if row.reading.value is not None or row.note]

    @property
    def untold(self) -> list[Row]:
        """Indicators nobody has stated yet."""
        return [row for row in self.rows if row not in self.told]

    @cached_property
    def changed(self) -> list[Row]:
        """What is no longer as it was confirmed: "n chỉ tiêu đã đổi sau khi chốt"."""
        return [row for row in self.rows if row.has_changed]

    @cached_property
    def below(self) -> list[Below]:
        """The units directly below; empty for a commune, whose teams report to it."""
        children = list(places_room.children(self.place, self.period.last_day))
        lowest = reports.team_level().rank
        children = [child for child in children if child.level.rank < lowest]
        sums = queries.of_places([child.pk for child in children], [self.period])
        rows = Report.objects.filter(place__in=children, period=self.period)
        sent = {row.place_id: row for row in rows.select_related("sent")}
        return [
            Below(
                child,
                getattr(sums.get((child.pk, self.period.pk)), "counts", {}),
                sent.get(child.pk),
            )
            for child in children
        ]

    @cached_property
    def teams(self) -> list[Standing]:
        """Where the report of each team stands; only for the unit the teams report to."""
        if self.below:
            return []
        return reports.standings(reports.teams_under(self.place, self.period), self.period)

    @cached_property
    def silent(self) -> list:
        return list(queries.silent_teams(self.place, self.period))

    @cached_property
    def difficulties(self) -> list:
        """Open difficulties that stand at this very unit, soonest due first (II.2.8)."""
        return standing_at(self.place)

    @cached_property
    def versions(self) -> list[Version]:
        return versions_of(self.report) if self.report else []

    @cached_property
    def answers(self) -> list:
        return list(self.report.answers.select_related("by__person")) if self.report else []

    @cached_property
    def said_below(self) -> list[Report]:
        """The sent reports one step down that say something in words, to pick from."""
        rows = reports.reports_below(self.place, self.period).counting()
        rows = rows.select_related("sent", "team").prefetch_related("sent__difficulties__category")
        said = [row for row in rows if _has_words(row.sent)]
        names = places_room.names([r.place_id for r in said if r.place_id], self.period.last_day)
        for row in said:
            row.name = names[row.place_id].full_name if row.place_id else row.team.name
        return sorted(said, key=lambda row: row.name)


def _has_words(version) -> bool:
    return bool(version.narrative or version.proposals or version.difficulties.all())


def _as_confirmed(version) -> PlaceTotal | None:
    """The figures of a confirmation, as a row that can be read like any other."""
    if version is None or not version.snapshot:
        return None
    return PlaceTotal(
        figures=version.snapshot.get("figures", {}), counts=version.snapshot.get("counts", {})
    )
