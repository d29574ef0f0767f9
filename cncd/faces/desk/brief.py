"""One page before a meeting: three months side by side, and the five units furthest behind."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cncd.faces.desk.overview import Overview, Standing, plain
from cncd.foundation.places.models import Place
from cncd.results.totals.queries import Reading
from cncd.team.programme.models import Indicator

FURTHEST = 5


@dataclass(frozen=True)
class Line:
    """An indicator this month, last month, and in the same month last year."""

    indicator: Indicator
    now: Reading
    before: Reading
    last_year: Reading


@dataclass(frozen=True)
class Behind:
    """A unit and why it is behind: reports unsent or late, and figures under their target."""

    place: Place
    standing: Standing
    low: tuple[tuple[Indicator, Reading], ...]
    score: float


def lines(page: Overview) -> list[Line]:
    """The headline figures of three months."""
    months = page.periods
    last_year = next(
        (p for p in months if p.last_day.month == page.period.last_day.month and p != page.period),
        None,
    )
    before = months[-2] if len(months) > 1 else None
    return [
        Line(
            tile.indicator,
            tile.reading,
            page.past.read(before and page.row(before), tile.indicator),
            page.past.read(last_year and page.row(last_year), tile.indicator),
        )
        for tile in page.headline
    ]


def tables(page: Overview) -> list[tuple]:
    """(unit of the chart or "", caption, lines): shares with a chart, then counts of many sizes."""
    found = lines(page)
    shares = [line for line in found if line.indicator.is_ratio]
    counts = [line for line in found if not line.indicator.is_ratio]
    return [
        ("%", _("Shares: this month, last month, same month last year"), shares),
        ("", _("Counts: this month, last month, same month last year"), counts),
    ]


def furthest_behind(page: Overview) -> list[Behind]:
    """The five units with most still to do: unsent and late reports first, then low ratios."""
    ratios = [tile.indicator for tile in page.headline if tile.indicator.is_ratio]
    found = []
    for child, standing in page.child_standings:
        readings = [(i, page.read_child(child, i)) for i in ratios]
        low = tuple(
            (i, r) for i, r in readings if plain(r) is not None and plain(r) < _mean(page, i)
        )
        lag = (standing.unsent + standing.late * 0.5) / standing.due if standing.due else 0
        found.append(Behind(child, standing, low, lag + 0.1 * len(low)))
    found.sort(key=lambda row: (-row.score, row.place.sort_key))
    return [row for row in found[:FURTHEST] if row.score]


def _mean(page: Overview, indicator: Indicator) -> float:
    """The unit's own figure: what the units below are measured against."""
    return plain(page.reader.read(page.total, indicator)) or 0
