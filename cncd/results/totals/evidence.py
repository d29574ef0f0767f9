"""Figures of a team beside the criteria of its evaluation: the hook `EVALUATION_EVIDENCE`.

Indicators with what was asked, per 100 households where that is fair; reports on time; findings of
inspections; training. Each names the pages that open what is behind it.
"""

import datetime as dt
from collections import defaultdict
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import number
from cncd.results.reports.models import Report
from cncd.results.totals import queries
from cncd.results.totals.models import TeamTotal
from cncd.team.programme import queries as programme
from cncd.team.programme import rules as laws
from cncd.team.programme.models import Indicator, Period
from cncd.team.teams.models import Membership, Team
from cncd.work.evaluations.evidence import Evidence
from cncd.work.evaluations.grounds import households_of
from cncd.work.inspections.models import Finding, Inspection
from cncd.work.training.models import Attendance

REPORTS, INSPECTIONS, TRAINING = "reports", "inspections", "training"


def choices(day: dt.date) -> list[tuple[str, str]]:
    """What may stand beside a criterion: the indicators of that day, and three other figures."""
    found = [(row.code, f"{row.code} · {row.short_name}") for row in programme.indicators_on(day)]
    return [
        *found,
        (REPORTS, _("Reports on time")),
        (INSPECTIONS, _("Findings of inspections")),
        (TRAINING, _("Members trained")),
    ]


def evidence_of(
    teams: list[Team], first_day: dt.date, last_day: dt.date, codes: set[str]
) -> dict[int, dict[str, Evidence]]:
    """Team id → code → figure of the whole months within the days; a fixed number of queries."""
    ids = [team.pk for team in teams]
    periods = _periods(first_day, last_day)
    rows = queries.of_teams(ids, periods)
    by_team = {pk: [(period, rows.get((pk, period.pk))) for period in periods] for pk in ids}
    found: dict[int, dict[str, Evidence]] = {pk: {} for pk in ids}
    for each in (
        _indicators(ids, by_team, periods, last_day, codes),
        _reports(by_team) if REPORTS in codes else {},
        _inspections(ids, first_day, last_day) if INSPECTIONS in codes else {},
        _training(ids, first_day, last_day) if TRAINING in codes else {},
    ):
        for pk, figures in each.items():
            found[pk].update(figures)
    return found


def _periods(first_day: dt.date, last_day: dt.date) -> list[Period]:
    """The reporting months that end within the days, oldest first."""
    rows = Period.objects.filter(scheme__in_use=True, last_day__range=(first_day, last_day))
    return list(rows.order_by("first_day"))


# -- indicators -----------------------------------------------------------------------------------


def _indicators(ids, by_team, periods, day: dt.date, codes) -> dict[int, dict[str, Evidence]]:
    wanted = [row for row in programme.indicators_on(day) if row.code in codes]
    if not wanted:
        return {}
    targets = programme.targets_of_teams(ids, day)
    homes = households_of(ids, day)
    sent = _sent(ids, periods)
    return {
        pk: {
            row.code: _indicator(
                row, by_team[pk], targets.get(pk, {}).get(row.pk), homes.get(pk), sent
            )
            for row in wanted
        }
        for pk in ids
    }


def _sent(ids, periods) -> dict[tuple[int, int], int]:
    rows = Report.objects.filter(team__in=ids, period__in=periods).exclude(sent=None)
    return {(team, period): pk for team, period, pk in rows.values_list("team", "period", "pk")}


def _indicator(row: Indicator, months, target, homes: int | None, sent) -> Evidence:
    reading = queries.over_time([total for _period, total in months], row)
    goal = _goal(row, target, len(months))
    return Evidence(
        row.code,
        f"{row.code} · {row.short_name}",
        _shown(row, reading.value),
        goal=goal,
        note=_per_home(row, reading.value, homes),
        parts=tuple(
            (_month(row, period, total), _page(row, total, period, sent))
            for period, total in months
            if total is not None
        ),
    )


def _shown(row: Indicator, value) -> str:
    if row.is_ratio:
        return laws.show_percent(value)
    return laws.show(value, row.measure.factor, row.measure.unit)


def _goal(row: Indicator, target, months: int) -> str:
    """What was asked of these months; "" when nothing was."""
    if target is None:
        return ""
    is_flow = target.kind == "flow"
    value = target.monthly * months if is_flow else target.value
    return laws.show_target(
        value,
        is_ratio=row.is_ratio,
        factor=1 if row.is_ratio else row.measure.factor,
        unit="" if row.is_ratio else row.measure.unit,
    )


def _per_home(row: Indicator, value, homes: int | None) -> str:
    """A flow per 100 households, so that small and large hamlets compare; "" where it says
    nothing.
    """
    if row.is_ratio or row.measure.kind != "flow" or not homes or not isinstance(value, int):
        return ""
    share = Fraction(value * 100, homes * row.measure.factor)
    return _("%(n)s per 100 households") % {"n": number(float(share), 1)}


def _month(row: Indicator, period: Period, total: TeamTotal) -> str:
    reading = queries.over_time([total], row)
    return f"{period}: {_shown(row, reading.value)}"


def _page(row: Indicator, total: TeamTotal, period: Period, sent) -> str:
    """The figure in the sent report, frozen; "" for what no report of the team holds."""
    measure = row.numerator if row.is_ratio else row.measure
    report = sent.get((total.team_id, period.pk))
    if report and measure.code in total.figures:
        return reverse("reports:figure", args=[report, measure.code])
    return ""


# -- reports, inspections, training ---------------------------------------------------------------


def _reports(by_team) -> dict[int, dict[str, Evidence]]:
    words = {True: _("on time"), False: _("late"), None: _("not sent")}
    found = {}
    for pk, months in by_team.items():
        due = [(period, total) for period, total in months if total is not None and total.is_due]
        on_time = sum(total.is_on_time is True for _period, total in due)
        shown = _("%(n)s of %(of)s reports on time") % {"n": on_time, "of": len(due)}
        page = reverse("reports:of_team", args=[pk])
        parts = tuple((f"{period}: {words[total.is_on_time]}", page) for period, total in due)
        found[pk] = {REPORTS: Evidence(REPORTS, _("Reports on time"), shown, parts=parts)}
    return found


def _inspections(ids, first_day, last_day) -> dict[int, dict[str, Evidence]]:
    rows = Inspection.objects.standing().filter(
        team__in=ids, closed_at__isnull=False, planned_on__range=(first_day, last_day)
    )
    by_team = defaultdict(list)
    for row in rows.prefetch_related("findings").order_by("planned_on"):
        by_team[row.team_id].append(row)
    return {pk: {INSPECTIONS: _inspected(by_team.get(pk, []))} for pk in ids}


def _inspected(rows: list[Inspection]) -> Evidence:
    label, parts, rest = _("Findings of inspections"), [], 0
    for row in rows:
        unmet = [each for each in row.findings.all() if each.result == Finding.Result.UNMET]
        left = sum(each.settled_at is None for each in unmet)
        text = _("%(day)s: %(n)s not met, %(left)s still to put right")
        words = {"day": f"{row.planned_on:%d/%m/%Y}", "n": len(unmet), "left": left}
        parts.append((text % words, reverse("inspections:inspection", args=[row.pk])))
        rest += left
    shown = _("%(n)s inspections, %(left)s still to put right")
    shown = shown % {"n": len(rows), "left": rest} if rows else _("not inspected")
    return Evidence(INSPECTIONS, label, shown, parts=tuple(parts))


def _training(ids, first_day, last_day) -> dict[int, dict[str, Evidence]]:
    members = defaultdict(set)
    held = Membership.objects.on(last_day).filter(team__in=ids)
    for team, person in held.values_list("team", "person"):
        members[team].add(person)
    people = set().union(*members.values())
    rows = Attendance.objects.counting().filter(
        person__in=people, session__held_on__range=(first_day, last_day)
    )
    sessions, came = {}, defaultdict(set)
    for row in rows.select_related("session__course").order_by("session__held_on"):
        sessions[row.session_id] = row.session
        came[row.session_id].add(row.person_id)
    return {pk: {TRAINING: _trained(members[pk], sessions, came)} for pk in ids}


def _trained(members: set[int], sessions, came) -> Evidence:
    mine = [(row, came[pk] & members) for pk, row in sessions.items() if came[pk] & members]
    trained = set().union(*(people for _row, people in mine)) if mine else set()
    text = _("%(n)s of %(of)s members trained in these days")
    parts = tuple(
        (
            f"{row.held_on:%d/%m/%Y}: {row.course.title} ({len(people)})",
            reverse("training:session", args=[row.pk]),
        )
        for row, people in mine
    )
    shown = text % {"n": len(trained), "of": len(members)}
    return Evidence(TRAINING, _("Members trained"), shown, parts=parts)
