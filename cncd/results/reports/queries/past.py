"""What was said before, what others say, and what has changed since it was said."""

from collections import defaultdict
from statistics import median

from cncd.results.reports import rules
from cncd.results.reports.models import FigureReturn, Report, ReportVersion
from cncd.results.reports.queries.dues import unit_level
from cncd.results.reports.queries.lines import team_lines
from cncd.team.programme.models import Measure, Period
from cncd.team.teams import queries as teams_room
from cncd.team.teams.models import Team


def before(period: Period, months: int) -> list[Period]:
    """Up to that many periods of the same scheme before this one, oldest first."""
    earlier = Period.objects.filter(scheme=period.scheme_id, first_day__lt=period.first_day)
    return list(earlier.order_by("-first_day")[:months])[::-1]


def histories(reports: list[Report], months: int) -> dict[tuple, list[dict]]:
    """{(team id, place id): the values {code: value} last sent in each month before}.

    Oldest month first, {} for a month without a report; the reports are of one period.
    """
    if not reports:
        return {}
    periods = before(reports[0].period, months)
    rows = Report.objects.counting().filter(period__in=periods)
    teams = [r.team_id for r in reports if r.team_id]
    places = [r.place_id for r in reports if r.place_id]
    rows = rows.filter(team__in=teams) if teams else rows.filter(place__in=places)
    found = defaultdict(dict)
    for team, place, period, figures in rows.values_list(
        "team", "place", "period", "sent__figures"
    ):
        found[team, place][period] = {code: f["value"] for code, f in figures.items()}
    keys = [(report.team_id, report.place_id) for report in reports]
    return {key: [found[key].get(period.pk, {}) for period in periods] for key in keys}


def history(report: Report, months: int = 12) -> list[tuple[Period, dict]]:
    """[(period, {code: value as last sent})] of the months before, oldest first."""
    values = histories([report], months)[report.team_id, report.place_id]
    return list(zip(before(report.period, months), values, strict=True))


def neighbours_median(report: Report) -> dict[str, float]:
    """{code: median of the other teams of the same commune this period}, from sent numbers."""
    day = report.period.last_day
    unit = teams_room.unit_of([report.team_id], unit_level().code, day).get(report.team_id)
    if unit is None:
        return {}
    others = Report.objects.counting().exclude(pk=report.pk)
    others = others.filter(period=report.period_id, team__in=Team.objects.within([unit], day))
    numbers = defaultdict(list)
    versions = ReportVersion.objects.filter(pk__in=others.values("sent"))
    for figures in versions.values_list("figures", flat=True):
        for code, figure in figures.items():
            if isinstance(figure["value"], int):
                numbers[code].append(figure["value"])
    return {code: median(values) for code, values in numbers.items()}


def drift(report: Report, lines=None) -> dict[str, list]:
    """{code: [counted when sent, counted now]}: "chênh lệch sau chốt" of a sent team report."""
    if report.sent_id is None or report.team_id is None:
        return {}
    frozen = report.sent.figures
    found = {}
    for line in lines or team_lines([report.team], report.period)[report.team_id]:
        then = frozen.get(line.code, {})
        if line.counted is None or "computed" not in then:
            continue
        now = line.counted.value
        if now != then["computed"] and (now, then["computed"]) != (0, rules.NONE):
            found[line.code] = [then["computed"], now]
    return found


def open_returns(report: Report) -> dict[str, FigureReturn]:
    """{code: the reviewer's note not yet settled}."""
    rows = report.returns.filter(settled_by=None).select_related("measure", "by__person")
    return {row.measure.code: row for row in rows}


def by_short_name(values: dict) -> dict:
    """The same values under the measures' short names, for people to read in the journal."""
    if not values:
        return {}
    names = dict(Measure.objects.filter(code__in=values).values_list("code", "short_name"))
    return {names.get(code, code): value for code, value in values.items()}
