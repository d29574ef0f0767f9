"""A figure beside its past, its neighbours, and those who changed it."""

from dataclasses import dataclass

from cncd.results.reports import queries
from cncd.results.reports.models import Report, ReportVersion
from cncd.results.reports.wording import said
from cncd.team.programme.models import Measure

MONTHS = 12
WIDTH, HEIGHT = 264, 56  # of the drawing, in its own units


@dataclass(frozen=True)
class Bar:
    """One month: its value in words, and the column that draws it."""

    label: str
    shown: str
    value: object
    x: int
    y: int
    width: int
    height: int
    is_now: bool

    @property
    def has_value(self) -> bool:
        """Whether a number was reported, 0 included."""
        return isinstance(self.value, int)


@dataclass(frozen=True)
class Look:
    bars: list[Bar]
    median: str  # of the other teams of the commune; "" when there is none
    changes: list[tuple[ReportVersion, str, str]]  # version, before, after

    @property
    def viewbox(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"


def at(report: Report, measure: Measure) -> Look:
    """The figure's last months, its neighbours' median, and who changed it between versions."""
    months = [(period, values.get(measure.code)) for period, values in queries.history(report)]
    now = report.sent.figures.get(measure.code, {}).get("value")
    months = [*months, (report.period, now)][-MONTHS:]
    middle = queries.neighbours_median(report).get(measure.code) if report.team_id else None
    rows = report.versions.exclude(sent_at=None).select_related("sent_by__person")
    changes = [
        (
            row,
            said(measure, row.changed[measure.code][0]),
            said(measure, row.changed[measure.code][1]),
        )
        for row in rows.defer("figures", "records", "snapshot")
        if row.number > 1 and measure.code in row.changed
    ]
    return Look(
        bars=_bars(months, measure),
        median="" if middle is None else said(measure, middle),
        changes=changes,
    )


def _bars(months, measure: Measure) -> list[Bar]:
    most = max((value for _period, value in months if isinstance(value, int)), default=0) or 1
    step = WIDTH // MONTHS
    first = MONTHS - len(months)
    found = []
    for place, (period, value) in enumerate(months):
        tall = round(HEIGHT * value / most) if isinstance(value, int) else 0
        tall = max(tall, 2) if value else tall
        found.append(
            Bar(
                label=f"{period.last_day:%m/%Y}",
                shown=said(measure, value),
                value=value,
                x=(first + place) * step + 2,
                y=HEIGHT - tall,
                width=step - 4,
                height=tall,
                is_now=place == len(months) - 1,
            )
        )
    return found
