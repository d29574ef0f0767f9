"""A sent report laid out for reading: its figures, what became of it, version by version."""

from dataclasses import dataclass

from cncd.results.reports import queries, rules
from cncd.results.reports.models import FigureReturn, Report, ReportAnswer, ReportVersion
from cncd.results.reports.wording import said
from cncd.team.programme.models import Measure


@dataclass(frozen=True)
class Figure:
    """One stated figure, with what there is to know at a glance."""

    measure: Measure
    value: object
    computed: object
    reason: str
    is_counted: bool
    before: object  # the month before; None when not reported
    warning: dict | None
    note: FigureReturn | None  # returned, not yet corrected
    drift: list | None  # [counted when sent, counted now]

    @property
    def name(self) -> str:
        """The short name; of a part, with what it is a part of."""
        measure = self.measure
        if measure.split_of and measure.split_name:
            return f"{measure.split_of.short_name}: {measure.split_name}"
        return measure.short_name

    @property
    def shown(self) -> str:
        return said(self.measure, self.value)

    @property
    def shown_before(self) -> str:
        return said(self.measure, self.before)

    @property
    def was_changed(self) -> bool:
        """Whether a person stated another number than was counted."""
        return self.is_counted and self.value != self.computed

    @property
    def is_remarkable(self) -> bool:
        """Whether there is something to look at beside the number itself."""
        return bool(self.warning or self.note or self.drift or self.was_changed)

    @property
    def is_quiet(self) -> bool:
        """Zero or nothing arose, and nothing else to look at."""
        return self.value in (0, rules.NONE) and not self.is_remarkable


@dataclass(frozen=True)
class Change:
    """One figure that differs between two versions, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    version: ReportVersion
    changes: tuple[Change, ...]
    is_first: bool


@dataclass(frozen=True)
class Reading:
    """What the pages of a sent report show."""

    figures: list[Figure]
    versions: list[Version]  # the latest first
    answers: list[ReportAnswer]
    returns: list[FigureReturn]  # open ones
    drift: dict[str, list]

    @property
    def told(self) -> list[Figure]:
        """Those that say something, what must be looked at first."""
        said = [figure for figure in self.figures if not figure.is_quiet]
        return sorted(said, key=lambda figure: not figure.is_remarkable)

    @property
    def quiet(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.is_quiet]


def reading_of(report: Report) -> Reading:
    """Everything about a sent report of a team, in a fixed number of queries."""
    version = report.sent
    measures = {
        m.code: m
        for m in Measure.objects.filter(code__in=version.figures).select_related("split_of")
    }
    months = queries.histories([report], 1)[report.team_id, report.place_id]
    before = months[-1] if months else {}
    returns, drift = queries.open_returns(report), queries.drift(report)
    warned = {warning["measure"]: warning for warning in version.warnings}
    figures = [
        Figure(
            measure=measure,
            value=figure["value"],
            computed=figure.get("computed"),
            reason=figure.get("reason", ""),
            is_counted="computed" in figure,
            before=before.get(code),
            warning=warned.get(code),
            note=returns.get(code),
            drift=drift.get(code),
        )
        for code, figure in version.figures.items()
        if (measure := measures.get(code))
    ]
    return Reading(
        figures=sorted(figures, key=lambda figure: figure.measure.order),
        versions=versions_of(report),
        answers=list(report.answers.select_related("by__person")),
        returns=list(returns.values()),
        drift=drift,
    )


def versions_of(report: Report) -> list[Version]:
    """The sent versions with what each changed, the latest first."""
    rows = report.versions.exclude(sent_at=None).select_related("sent_by__person")
    rows = list(rows.defer("records", "snapshot"))
    codes = {code for row in rows for code in row.changed}
    measures = {m.code: m for m in Measure.objects.filter(code__in=codes)}
    return [
        Version(
            row,
            () if row.number == rows[0].number else tuple(_changes(row, measures)),
            row.number == rows[0].number,
        )
        for row in reversed(rows)
    ]


def _changes(version: ReportVersion, measures: dict[str, Measure]):
    for code, (before, after) in version.changed.items():
        measure = measures.get(code)
        if measure:
            yield Change(measure.short_name, said(measure, before), said(measure, after))
