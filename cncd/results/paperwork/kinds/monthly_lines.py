"""The indicators of a month as the report's table has them: one line each, every figure bound."""

from dataclasses import dataclass
from fractions import Fraction

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.figures import number
from cncd.results.paperwork.drawing import Figure, Table, Words
from cncd.results.paperwork.kinds.phrases import address
from cncd.results.reports.models import Report
from cncd.results.reports.reading import reading_of
from cncd.results.totals import queries as totals
from cncd.results.totals.consolidated import Consolidated
from cncd.results.totals.queries import Reading
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Indicator, Target
from cncd.team.programme.rules import progress, show, show_percent, show_target

HEADS = (
    "STT", "Mã", "Chỉ tiêu", "ĐVT", "Mức giao", "Thực hiện trong kỳ", "Lũy kế từ đầu năm",
    "Tỷ lệ so với mức giao", "So với kỳ trước", "Ghi chú",
)  # fmt: skip
WIDTHS = (0.9, 1.2, 5.2, 1.3, 1.5, 1.6, 1.6, 1.5, 1.5, 2.4)
ALIGN = "cclcrrrrrl"
DASH = "–"


@dataclass(frozen=True)
class Line:
    """One indicator of the month; `value` is a number, NONE or None (not reported)."""

    code: str
    name: str
    short: str
    unit: str
    clause: str
    is_headline: bool
    value: object
    now: Figure
    year: Words
    target: Words
    share: Words
    change: Words
    note: Words
    yes_no: bool = False  # of one team: “Có” or “Chưa”

    @property
    def says_something(self) -> bool:
        return self.value not in (None, NONE, 0)

    @property
    def told(self) -> Words:
        """“Lượt người được giúp: 64 lượt”, the number still bound."""
        bare = self.unit == "%" or self.yes_no or not self.says_something
        unit = "" if bare else f" {self.unit}"
        return (f"{self.short}: ", self.now, unit)

    def cells(self, place: int) -> tuple[Words, ...]:
        return (
            str(place), self.code, self.name, self.unit, self.target, self.now, self.year,
            self.share, self.change, self.note,
        )  # fmt: skip


def table_of(lines) -> Table:
    rows = tuple(line.cells(place) for place, line in enumerate(lines, 1))
    return Table(HEADS, rows, WIDTHS, ALIGN, small=True)


# -- a team ---------------------------------------------------------------------------------------


def team_lines(report: Report) -> list[Line]:
    """What the team sent, in the order of its sheet; the counting version, frozen.

    What is a part of another figure ("trong đó") stands on the page, too fine for the paper.
    """
    period, team = report.period, report.team
    plain = {i.measure_id: i for i in programme.indicators_on(period.first_day) if i.measure_id}
    months = programme.year_so_far(period)
    rows = totals.of_teams([team.pk], months)
    course = [rows.get((team.pk, month.pk)) for month in months]
    targets = programme.targets_of_teams([team], period.last_day).get(team.pk, {})
    found = []
    for figure in reading_of(report).figures:
        if figure.measure.split_of_id is None:
            known = plain.get(figure.measure.pk)
            target = targets.get(known.pk) if known else None
            found.append(_team_line(report, figure, known, course, target))
    return found


def _team_line(report: Report, figure, known: Indicator | None, course, target) -> Line:
    measure, team = figure.measure, report.team
    indicator = known or Indicator(measure=measure, unit=measure.unit)
    reading, year = Reading(indicator, figure.value), totals.over_time(course, indicator)
    before = Reading(indicator, figure.before)
    page, listed = (
        address("reports:figure", report.pk, measure.code),
        address("reports:of_team", team.pk),
    )
    shown = figure.shown if measure.yes_no else in_table(reading)

    def bound(text: str, what: str) -> Words:
        return _bound(text, report.pk, report.sent.number, page, f"{measure.code}, {what}")

    return Line(
        code=measure.code.removesuffix(".num").removesuffix(".den"),
        name=known.name if known else measure.name,
        short=figure.name,
        unit=measure.unit,
        clause=known.clause if known else "",
        is_headline=bool(known and known.is_headline),
        value=figure.value,
        now=bound(shown, "trong kỳ"),
        year=DASH if measure.yes_no else _year(year, "teams", team.pk, listed, measure.code),
        target=_asked(target, measure.code),
        share=bound(_share(reading, year, target), "tỷ lệ so với mức giao"),
        change=bound(DASH if measure.yes_no else _change(reading, before), "so với kỳ trước"),
        note=f"Sửa tay: {figure.reason}" if figure.was_changed else "",
        yes_no=measure.yes_no,
    )


# -- a unit ---------------------------------------------------------------------------------------


def unit_lines(page: Consolidated) -> list[Line]:
    """What the unit confirmed: its indicators in order, as the consolidated report shows them."""
    place, period = page.place, page.period
    months = programme.year_so_far(period)
    rows = totals.of_places([place.pk], months)
    course = [rows.get((place.pk, month.pk)) for month in months[:-1]] + [page.total]
    targets = programme.targets_of_places([place], period.last_day).get(place.pk, {})
    return [_unit_line(page, row, course, targets.get(row.indicator.pk)) for row in page.rows]


def _unit_line(page: Consolidated, row, course, target) -> Line:
    indicator, reading = row.indicator, row.reading
    year = totals.over_time(course, indicator)
    where = address("desk:indicator", indicator.code, u=page.place.pk, k=page.period.code)

    def bound(text: str, what: str) -> Words:
        return _bound(text, page.report.pk, page.past.number, where, f"{indicator.code}, {what}")

    return Line(
        code=indicator.code,
        name=indicator.name,
        short=indicator.short_name,
        unit=indicator.unit,
        clause=indicator.clause,
        is_headline=indicator.is_headline,
        value=reading.value,
        now=bound(in_table(reading), "trong kỳ"),
        year=_year(year, "totals", page.place.pk, where, indicator.code),
        target=_asked(target, indicator.code),
        share=bound(_share(reading, year, target), "tỷ lệ so với mức giao"),
        change=bound(_change(reading, row.before), "so với kỳ trước"),
        note=bound(_complete(reading), "mức đầy đủ"),
    )


def _complete(reading: Reading) -> str:
    """How many teams stated it, where not all did; what is being corrected."""
    parts = []
    if reading.expected and reading.stated < reading.expected:
        parts.append(f"{reading.stated}/{reading.expected} Tổ báo cáo")
    if reading.editing:
        parts.append("đang sửa")
    return ", ".join(parts)


def _bound(text: str, pk: int, version: int, where: str, label: str) -> Words:
    """What the report says, bound to it; nothing and “–” say nothing to bind."""
    return Figure(text, "reports", pk, version, where, label) if text not in ("", DASH) else text


# -- cells ----------------------------------------------------------------------------------------


def in_table(reading: Reading) -> str:
    """The figure without its unit, which has a column: “1.234”, “81%”, “không phát sinh”."""
    if reading.indicator.is_ratio:
        return show_percent(reading.value)
    return show(reading.value, reading.factor)


def _year(year: Reading, room: str, pk, where: str, code: str) -> Words:
    if year.reason or year.value is None:
        return DASH
    return Figure(in_table(year), room, pk, 0, where, f"{code}, lũy kế")


def _asked(target: Target | None, code: str) -> Words:
    if target is None:
        return DASH
    is_ratio, factor = target.indicator.is_ratio, target.indicator.factor
    shown = show_target(target.value, is_ratio=is_ratio, factor=factor)
    if target.per_month and target.kind == "flow":
        shown = f"{shown}/tháng"
    page = target.get_absolute_url()
    return Figure(shown, "programme", target.pk, 0, page, f"{code}, mức giao")


def _share(reading: Reading, year: Reading, target: Target | None) -> str:
    """How far: a flow asked for the whole span by what came together, else by the month."""
    if target is None:
        return DASH
    whole = target.kind == "flow" and not target.per_month
    value, asked = (year.value, target.whole) if whole else (reading.value, target.value)
    share = progress(value, asked, target.kind, reading.indicator.direction).share
    return DASH if share is None else show_percent(share)


def _plain(reading: Reading) -> Fraction | None:
    value = reading.value
    if value is None:
        return None
    return Fraction(0 if value == NONE else value)


def _change(now: Reading, before: Reading) -> str:
    """Against the month before: “+24%”, “-5%”, of a ratio in points; “–” when either is absent."""
    new, old = _plain(now), _plain(before)
    if new is None or old is None or (now.indicator.is_ratio and NONE in (now.value, before.value)):
        return DASH
    if now.indicator.is_ratio:
        return f"{_signed(round(float(new - old) * 100, 1))} điểm %"
    if not old:
        return _signed(float(new / now.factor))
    return f"{_signed(round(float((new - old) / old) * 100))}%"


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value)
