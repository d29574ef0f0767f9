"""What stands below a unit in its monthly report: units or teams one by one, and who was silent."""

from cncd.foundation.places import queries as places
from cncd.results.paperwork.drawing import Annex, Bullet, Figure, Table, Text
from cncd.results.paperwork.kinds.issuers import said
from cncd.results.paperwork.kinds.monthly_lines import in_table
from cncd.results.paperwork.kinds.phrases import address, count
from cncd.results.reports.queries import Standing
from cncd.results.totals import queries as totals
from cncd.results.totals.consolidated import Consolidated
from cncd.results.totals.queries import Reader
from cncd.team.programme import queries as programme
from cncd.team.teams.queries import unit_of

MOST = 5  # headline indicators that stand in a column each
STATES = {
    "": "chưa gửi",
    "sent": "đã gửi",
    "returned": "trả lại",
    "accepted": "đã duyệt",
    "locked": "đã khóa",
}
HOW = {
    "on_time": "đúng hạn",
    "late": "trễ hạn",
    "missing": "quá hạn, chưa gửi",
    "not_yet": "chưa đến hạn",
    "not_due": "không phải báo cáo",
    "imported": "nhập từ báo cáo cũ",
}


def headlines(page: Consolidated) -> list:
    found = [i for i in programme.indicators_on(page.period.first_day) if i.is_headline]
    return found[:MOST]


def table_below(page: Consolidated) -> Annex:
    """Each unit directly below, or each team of a commune, in a row of a landscape table."""
    title = "Kết quả theo từng đơn vị, Tổ trực thuộc"
    table = _units(page) if page.below else _teams(page)
    body = (table,) if table.rows else (Text("Chưa có đơn vị, Tổ trực thuộc trong kỳ."),)
    return Annex(title, body, landscape=True)


def _units(page: Consolidated) -> Table:
    indicators = headlines(page)
    ids = [row.place.pk for row in page.below]
    sums = totals.of_places(ids, [page.period])
    names = places.names(ids, page.period.last_day)
    heads = ("STT", "Đơn vị", "Số Tổ phải báo cáo", "Đúng hạn", "Trễ hạn", "Chưa gửi",
             "Báo cáo của đơn vị", *(i.short_name for i in indicators))  # fmt: skip
    rows = tuple(
        (str(place), names[row.place.pk].full_name, *_counts(page, row), STATES[row.state],
         *_values(page, row.place.pk, sums.get((row.place.pk, page.period.pk)), indicators))
        for place, row in enumerate(page.below, 1)
    )  # fmt: skip
    widths = (0.7, 3.2, 1.3, 1.2, 1.2, 1.2, 1.6, *(1.6 for _ in indicators))
    return Table(heads, rows, widths, "clrrrrc" + "r" * len(indicators), small=True)


def _counts(page: Consolidated, row) -> tuple[Figure, ...]:
    where = address("totals:unit", u=row.place.pk, k=page.period.code)
    get = row.counts.get
    sent = get("on_time", 0) + get("late", 0)
    values = (
        ("Tổ phải báo cáo", get("due", 0)),
        ("Đúng hạn", get("on_time", 0)),
        ("Trễ hạn", get("late", 0)),
        ("Chưa gửi", max(get("due", 0) - sent, 0)),
    )
    return tuple(
        Figure(str(value), "totals", row.place.pk, 0, where, label) for label, value in values
    )


def _values(page: Consolidated, place: int, total, indicators) -> tuple[Figure, ...]:
    reader = Reader(running=False)
    return tuple(
        Figure(
            in_table(reader.read(total, indicator)), "totals", place, 0,
            address("desk:indicator", indicator.code, u=place, k=page.period.code),
            f"{indicator.code}, trong kỳ",
        )
        for indicator in indicators
    )  # fmt: skip


def _teams(page: Consolidated) -> Table:
    indicators = headlines(page)
    rows = totals.of_teams([row.team.pk for row in page.teams], [page.period])
    heads = ("STT", "Tổ", "Báo cáo", "Trạng thái", *(i.short_name for i in indicators))
    found = tuple(
        (str(place), row.team.name, HOW[row.punctuality], STATES[row.state],
         *_of_team(row, rows.get((row.team.pk, page.period.pk)), indicators))
        for place, row in enumerate(page.teams, 1)
    )  # fmt: skip
    widths = (0.7, 4.4, 2, 1.6, *(1.7 for _ in indicators))
    return Table(heads, found, widths, "cllc" + "r" * len(indicators), small=True)


def _of_team(row: Standing, total, indicators) -> tuple[Figure, ...]:
    reader, report = Reader(running=False), row.report
    where = report.get_absolute_url() if row.is_sent else address("reports:of_team", row.team.pk)
    version = report.sent.number if row.is_sent else 0
    return tuple(
        Figure(
            in_table(reader.read(total, indicator)), "reports",
            report.pk if report else f"team {row.team.pk}", version, where,
            f"{row.team.name}, {indicator.code}"[:300],
        )
        for indicator in indicators
    )  # fmt: skip


def silent_part(page: Consolidated) -> tuple:
    """Units below that have not confirmed, and teams that sent nothing, each by name."""
    names = _silent_names(page)
    units = [row.place.pk for row in page.below if not row.state]
    blocks = []
    if units:
        called = places.names(units, page.period.last_day)
        told = "; ".join(called[pk].full_name for pk in units if pk in called)
        blocks.append(_silent(page, "Đơn vị chưa chốt báo cáo", len(units), told))
    if names:
        blocks.append(_silent(page, "Tổ chưa báo cáo", len(names), "; ".join(names)))
    if not blocks:
        return (Text("Tất cả đơn vị, Tổ phải báo cáo đều đã gửi."),)
    return tuple(blocks)


def _silent(page: Consolidated, what: str, value: int, names: str) -> Bullet:
    where = address("totals:unit", u=page.place.pk, k=page.period.code)
    label = f"{what}, nêu tên"
    figure = Figure(count(value), "reports", page.report.pk, page.past.number, where, label)
    return Bullet((f"{what} (", figure, f"): {names}"))


def _silent_names(page: Consolidated) -> list[str]:
    """Silent teams as the confirmation had them; above a commune each with its commune."""
    silent = page.past.snapshot.get("silent", ())
    if not page.below:
        return [team["name"] for team in silent]
    day = page.period.last_day
    communes = unit_of([team["team"] for team in silent], "commune", day)
    called = places.names(set(communes.values()), day)
    return [
        f"{team['name']} ({said(called[communes[team['team']]])})"
        if team["team"] in communes
        else team["name"]
        for team in silent
    ]
