"""Indicators of a unit: all of them in one table, and one of them from the province to the team."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.faces.desk.overview import Overview, Tile, plain, words_of
from cncd.faces.desk.views.empty import without_data
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.text import fold
from cncd.foundation.people.access import allow
from cncd.results.reports.models import Report
from cncd.results.totals import queries as totals
from cncd.results.totals.models import TeamTotal
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Indicator


def _number(reading) -> float | None:
    return reading and plain(reading)


@dataclass(frozen=True)
class Row:
    """One indicator of the unit, as the table shows it."""

    tile: Tile
    year: object

    code = property(lambda self: self.tile.indicator.code)
    name = property(lambda self: self.tile.indicator.name)
    unit = property(lambda self: self.tile.indicator.unit)
    pillar = property(lambda self: self.tile.indicator.pillar)
    now = property(lambda self: plain(self.tile.reading))
    now_words = property(lambda self: words_of(self.tile.reading))
    before = property(lambda self: _number(self.tile.before))
    so_far = property(lambda self: plain(self.year))
    so_far_words = property(lambda self: words_of(self.year))
    target = property(lambda self: self.tile.target and self.tile.target.value)

    @property
    def reached(self):
        progress = self.tile.progress
        return float(progress.share) if progress and progress.share is not None else None

    @property
    def completeness(self) -> str:
        reading = self.tile.reading
        return f"{reading.stated}/{reading.expected}" if reading.expected else ""


class IndicatorTable(List):
    title = _("Indicators of the unit")
    name = "indicators"
    columns = [
        Column("code", _("Code"), kind="code", sort="code"),
        Column("name", _("Indicator"), sort="name", link=lambda row: _page_of(row.code)),
        Column("unit", _("Unit of measure")),
        Column("now_words", _("This month"), sort="now", excel="now"),
        Column("before", _("Last month"), kind="number", sort="before"),
        Column("so_far_words", _("Since January"), sort="so_far", excel="so_far"),
        Column("target", _("Target"), kind="number", sort="target"),
        Column("reached", _("Of the target"), kind="percent", sort="reached"),
        Column("completeness", _("Reported")),
        Column("now", _("This month, number"), kind="number", hidden=True),
        Column("so_far", _("Since January, number"), kind="number", hidden=True),
    ]
    filters = [
        Choice(
            "pillar",
            _("Pillar"),
            choices=Indicator.Pillar.choices,
            apply=lambda rows, value: [row for row in rows if row.pillar == value],
        )
    ]
    size = 50
    empty = _("No indicator is in force in this month.")

    @staticmethod
    def search(rows, text):
        return [row for row in rows if text in fold(f"{row.code} {row.name}")]


def _page_of(code: str) -> str:
    return reverse("desk:indicator", args=[code])


@allow("totals.view")
def indicators(request):
    """Every indicator of the unit: this month, last month, since January, against its target."""
    scope = request.scope
    if scope.place is None or scope.period is None:
        return without_data(request)
    page = Overview(scope.place, scope.period, timezone.localtime())
    months = [page.row(period) for period in programme.year_so_far(page.period)]
    rows = [Row(page.tile(i), totals.over_time(months, i)) for i in page.indicators]
    return IndicatorTable(request, rows, context={"page": page}).response()


@allow("totals.view")
def indicator(request, code):
    """One indicator: its course over a year, and the units or teams the number is made of."""
    scope = request.scope
    if scope.place is None or scope.period is None:
        return without_data(request)
    page = Overview(scope.place, scope.period, timezone.localtime())
    chosen = next((i for i in page.indicators if i.code == code), None)
    if chosen is None:
        raise Http404
    parts = UnitParts if page.children else TeamParts
    rows = parts.rows_of(page, chosen)
    if not page.children and not request.user.can("reports.view"):
        rows = [replace(row, address="") for row in rows]
    table = parts(request, rows, prefix="p-")
    if part := table.part():
        return part
    tile = page.tile(chosen)
    context = {"page": page, "tile": tile, "course": _months(page, tile), "list": table.view}
    return render(request, "desk/indicator.html", context)


def _months(page: Overview, tile: Tile) -> list[dict]:
    """The rows behind the chart: the month, the figure in words and as a number (ratios 0–1)."""
    months = page.periods[-len(tile.course) :]
    share = 100 if tile.indicator.is_ratio else 1
    return [
        {
            "period": period,
            "words": words_of(reading),
            "value": None if plain(reading) is None else plain(reading) / share,
        }
        for period, reading in zip(months, tile.course, strict=True)
    ]


@dataclass(frozen=True)
class Part:
    """What one unit or team adds to the number."""

    name: str
    sort_key: str
    address: str
    reading: object
    status: str = ""

    words = property(lambda self: words_of(self.reading))
    number = property(lambda self: plain(self.reading))
    accepted = property(lambda self: self.reading.accepted)
    sent = property(lambda self: self.reading.sent)
    provisional = property(lambda self: self.reading.provisional)
    stated = property(lambda self: f"{self.reading.stated}/{self.reading.expected}")


class Parts(List):
    name = "parts"
    columns = [
        Column("name", _("Unit"), sort="sort_key", link=lambda part: part.address),
        Column("words", _("Figure"), sort="number", excel="number"),
        Column("number", _("As a number"), kind="number", hidden=True),
        Column("accepted", _("Accepted"), kind="number", sort="accepted"),
        Column("sent", _("Sent"), kind="number", sort="sent"),
        Column("provisional", _("Provisional"), kind="number", sort="provisional"),
        Column("stated", _("Reported")),
    ]
    search = staticmethod(lambda rows, text: [row for row in rows if text in fold(row.name)])
    size = 50


class UnitParts(Parts):
    title = _("By unit")
    empty = _("No unit stands below this one.")

    @staticmethod
    def rows_of(page: Overview, chosen: Indicator) -> list[Part]:
        return [
            Part(
                f"{child.kind_name} {child.name}",
                child.sort_key,
                _address(reverse("desk:indicator", args=[chosen.code]), child.pk, page),
                page.read_child(child, chosen),
            )
            for child in page.children
        ]


class TeamParts(Parts):
    title = _("By team")
    empty = _("No team reports in this unit yet. Form the first team.")

    @staticmethod
    def rows_of(page: Overview, chosen: Indicator) -> list[Part]:
        rows = TeamTotal.objects.filter(period=page.period, place=page.place.pk)
        rows = list(rows.select_related("team").order_by("team__sort_key"))
        sent = Report.objects.filter(period=page.period, team__in=[row.team_id for row in rows])
        reports = dict(sent.exclude(sent=None).values_list("team_id", "pk"))
        return [
            Part(
                row.team.name,
                row.team.sort_key,
                _team_address(row, chosen, reports.get(row.team_id), page),
                page.reader.read(row, chosen),
            )
            for row in rows
        ]


def _team_address(row: TeamTotal, chosen: Indicator, report: int | None, page: Overview) -> str:
    """The figure of the sent report, frozen; or what is counted so far; "" where nothing is."""
    measure = chosen.numerator if chosen.is_ratio else chosen.measure
    if report and measure.code in row.figures:
        return reverse("reports:figure", args=[report, measure.code])
    if measure.code not in page.on_team_sheet:
        return ""
    return reverse("reports:counted", args=[row.team_id, page.period.code, measure.code])


def _address(path: str, place: int, page: Overview) -> str:
    return f"{path}?{urlencode({'u': place, 'k': page.period.code})}"
