"""What a team member sees on opening the phone: what is due, and how far the month has come."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.faces.phone.rules import is_soon, time_left
from cncd.foundation.people.duties import Duty, duties_of
from cncd.results.reports import queries as reports
from cncd.results.reports.later import Later, later_of
from cncd.results.reports.models import Report
from cncd.results.totals import queries as totals
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Indicator, Target
from cncd.team.programme.rules import progress, show, show_percent
from cncd.work.activities.models import Activity
from cncd.work.activities.queries import counted
from cncd.work.registers.phone.shelf import lines_behind
from cncd.work.registers.queries import counted as counted_registers

MONTHS_BACK = 3
MOST_INDICATORS = 5
REGISTERS = "registers"
OPENED = {"activities": counted, REGISTERS: counted_registers}  # rooms whose figures open


@dataclass(frozen=True)
class Month:
    """One month's report of the team: where it stands, and what to do about it."""

    period: object
    report: Report | None
    due_at: object
    now: object
    returned: tuple = ()  # open notes of the reviewer
    later: Later | None = None  # what was logged after sending

    @property
    def is_sent(self) -> bool:
        return bool(self.report and self.report.sent_id)

    @property
    def is_open(self) -> bool:
        """Whether the team has something to do about it."""
        return bool(self.returned) or not self.is_sent

    @property
    def is_soon(self) -> bool:
        return bool(self.due_at) and not self.is_sent and is_soon(self.due_at, self.now)

    @property
    def time_left(self) -> str:
        return time_left(self.due_at, self.now) if self.due_at else ""

    @property
    def task(self) -> str:
        """What to do, as a line to tap."""
        period = str(self.period).lower()
        if self.returned:
            text = ngettext(
                "Correct %(n)d figure of the report for %(period)s",
                "Correct %(n)d figures of the report for %(period)s",
                len(self.returned),
            )
            return text % {"n": len(self.returned), "period": period}
        return _("Send the report for %(period)s") % {"period": period}

    @property
    def standing(self) -> str:
        """Where a sent report is, in words."""
        report = self.report
        if self.returned:
            return _("The commune asks you to look at it again")
        if not self.is_sent:
            return self.time_left
        if report.accepted_at:
            return _("Accepted by the commune at %(time)s") % {"time": _moment(report.accepted_at)}
        received = report.first_received_at or report.first_made_at
        if not received:
            return _("Taken over from an old report")
        return _("The commune received it at %(time)s") % {"time": _moment(received)}


def _moment(at) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m}"


def months_of(team, now=None) -> list[Month]:
    """The running month and those before it that the team owes, the latest first."""
    now = now or timezone.now()
    current = programme.current_period(day=timezone.localdate(now))
    if current is None:
        return []
    periods = programme.series(current, MONTHS_BACK)[::-1]
    rows = Report.objects.filter(team=team, period__in=periods).select_related("sent")
    written = {row.period_id: row for row in rows}
    found = []
    for period in periods:
        report = written.get(period.pk)
        due_at = report.due_at if report else reports.due_moments(period, [team])[team.pk]
        if report is None and due_at is None:
            continue
        returned = ()
        if report and report.state == Report.State.RETURNED:
            returned = tuple(reports.open_returns(report).values())
        later = None
        if report:
            report.team, report.period = team, period
            later = later_of(report)
        found.append(Month(period, report, due_at, now, returned, later))
    return found


def tasks(months: list[Month]) -> list[Month]:
    """What the team has to do: what came back first, then what is due soonest."""
    return sorted(
        (month for month in months if month.is_open),
        key=lambda month: (not month.returned, month.period.first_day),
    )


MOST_DUTIES = 6


def duties(user, team, now) -> list[Duty]:
    """What rooms ask of the person for this team, soonest due first; `.time_left` in words."""
    found = [duty for duty in duties_of(user, now) if duty.team_id in (None, team.pk)]
    return found[:MOST_DUTIES]


def soonest(months: list[Month], asked: list[Duty], now) -> list[tuple]:
    """[(month, None) or (None, duty)]: what came back first, then what is due soonest."""
    rows = [(month, None) for month in tasks(months)] + [(None, duty) for duty in asked]
    far = now + dt.timedelta(days=9999)

    def turn(row) -> tuple:
        month, duty = row
        due_at = month.due_at if month else duty.due_at
        return (not (month and month.returned), due_at or far)

    return sorted(rows, key=turn)


@dataclass(frozen=True)
class Headway:
    """One headline indicator in the running month, against what the team was asked."""

    indicator: Indicator
    value: object
    target: Target | None
    room: str = ""  # that counts it from single entries or records; "" for none

    @property
    def shown(self) -> str:
        if isinstance(self.value, Fraction):
            return show_percent(self.value)
        return show(self.value, self.indicator.factor)

    @property
    def goal(self) -> int | None:
        return self.target.monthly if self.target else None

    @property
    def goal_shown(self) -> str:
        if self.goal is None:
            return ""
        return (
            f"{self.goal}%" if self.indicator.is_ratio else show(self.goal, self.indicator.factor)
        )

    @property
    def share(self) -> float | None:
        """Done ÷ asked, for the bar; None without a target or a number."""
        if not self.target:
            return None
        found = progress(self.value, self.goal, self.target.kind, self.indicator.direction)
        return None if found.share is None else float(found.share)

    @property
    def address(self) -> str:
        """Where what it is counted from is; empty for what is not counted so."""
        if not self.room:
            return ""
        if self.indicator.is_ratio:
            return reverse("phone:products") if self.room == REGISTERS else ""
        return reverse("phone:figure", args=[self.indicator.measure.code])


def headway(team, day=None) -> list[Headway]:
    """What the team was given to reach first, then the headline indicators, up to five."""
    day = day or timezone.localdate()
    period = programme.current_period(day=day)
    if period is None:
        return []
    targets = programme.targets_of_teams([team], day).get(team.pk, {})
    asked = [i for i in programme.indicators_on(day) if i.pk in targets or i.is_headline]
    asked = [i for i in asked if i.pk in targets or not i.is_ratio]
    asked.sort(key=lambda i: (i.pk not in targets, not i.is_headline, i.order))
    row = totals.of_teams([team.pk], [period]).get((team.pk, period.pk))
    reader, counted_ones = totals.Reader(running=True), _counted_rows(period)
    return [
        Headway(
            each,
            _value(reader.read(row, each)),
            targets.get(each.pk),
            _room_of(each, counted_ones),
        )
        for each in asked[:MOST_INDICATORS]
    ]


def _room_of(indicator: Indicator, counted_ones: dict) -> str:
    measure = indicator.numerator if indicator.is_ratio else indicator.measure
    row = counted_ones.get(measure.code)
    return row.counter.room if row else ""


def _counted_rows(period) -> dict:
    """Code → row of the team's sheet, for figures counted from single entries or records."""
    rows = programme.sheet_for(reports.team_level().code, period)
    return {row.measure.code: row for row in rows if row.counter and row.counter.room in OPENED}


def _value(reading):
    """The figure so far; a count of nothing yet is 0, a ratio stays open."""
    unknown = reading.value is None and not reading.indicator.is_ratio
    return 0 if unknown else reading.value


def behind(team, code: str, period):
    """The measure of that code, its figure now, and what it is counted from; None if not so.

    Figures counted from activities have entries, those of the registers `Line`s.
    """
    row = _counted_rows(period).get(code)
    if row is None:
        return None
    found = OPENED[row.counter.room]([team], period.first_day, period.last_day, [row.counter])
    figure = found[team.pk].get(row.counter.pk)
    if figure is None:
        return None
    if row.counter.room == REGISTERS:
        return row.measure, figure, lines_behind(figure.records)
    ids = [pk for _room, pk, _version in figure.records]
    return row.measure, figure, Activity.objects.filter(pk__in=ids).listed()


@dataclass(frozen=True)
class Card:
    """What one figure of the team's report means."""

    name: str
    full_name: str
    definition: str
    hint: str
    unit: str
    clause: str
    is_counted: bool


def cards() -> list[Card]:
    """The figures of the report of the running period, in its order."""
    period = programme.current_period()
    if period is None:
        return []
    said = {}
    for each in programme.indicators_on(period.first_day):
        for measure in filter(None, (each.measure_id, each.numerator_id, each.denominator_id)):
            said.setdefault(measure, each)
    found = []
    for row in programme.sheet_for(reports.team_level(period).code, period):
        about = said.get(row.measure.split_of_id or row.measure.pk)
        told = (about.definition, about.clause) if about else ("", "")
        named = (row.measure.short_name, row.measure.name)
        found.append(
            Card(*named, told[0], row.measure.hint, row.measure.unit, told[1], bool(row.counter))
        )
    return found
