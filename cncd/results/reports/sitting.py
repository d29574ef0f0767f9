"""All a page needs while a report is being written: the sheet, the draft, and what is missing."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from cncd.results.reports import queries, rules
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.checking import Checker
from cncd.results.reports.forms import ReportForm, initial_of
from cncd.results.reports.models import FigureReturn, Report, ReportVersion
from cncd.results.reports.rules import Composition, Entry, Line
from cncd.team.programme.models import DifficultyCategory


@dataclass
class Sitting:
    """One report on the table: of a team, or of a unit."""

    report: Report  # unsaved while nothing has been written yet
    lines: list[Line]
    checker: Checker
    draft: ReportVersion | None = None
    returned: dict[str, FigureReturn] = field(default_factory=dict)
    day: dt.date | None = None  # when it is written: what may be chosen then (today)

    @property
    def is_being_written(self) -> bool:
        """Whether somebody has begun a version that is not sent."""
        return self.draft is not None and not self.draft._state.adding

    @property
    def is_correction(self) -> bool:
        return bool(self.returned)

    @property
    def asked(self) -> list[Line]:
        return [line for line in self.lines if line.counted is None]

    @property
    def counted(self) -> list[Line]:
        return [line for line in self.lines if line.counted is not None]

    @cached_property
    def last(self) -> dict:
        """{code: value} as sent the month before."""
        months = self.checker.past[self.report.team_id, self.report.place_id]
        return months[-1] if months else {}

    @cached_property
    def content(self) -> Content:
        """What has been typed so far: of the draft, or of the form just read."""
        draft = self.draft
        if draft is None:
            return Content()
        return Content(
            entries={c: Entry(f["value"], f.get("reason", "")) for c, f in draft.figures.items()},
            **{name: getattr(draft, name) for name in ("narrative", "proposals", "next_month")},
            nothing_happened=draft.nothing_happened,
            difficulties=tuple((d.category_id, d.text) for d in draft.difficulties.all()),
            explanations={w["key"]: w.get("reason", "") for w in draft.warnings},
        )

    @property
    def composition(self) -> Composition:
        """What would be frozen if it were sent now."""
        entries, sent = self.content.entries, self.report.sent
        if self.is_correction:
            kept = {c: f for c, f in sent.figures.items() if c not in self.returned}
            return rules.compose(self.lines, entries, kept=kept, kept_records=sent.records)
        nothing = self.content.nothing_happened
        return rules.compose(self.lines, entries, nothing_happened=nothing)

    @property
    def missing(self) -> list[Line]:
        """The lines still to be typed."""
        codes = set(self.composition.missing)
        return [line for line in self.lines if line.code in codes]

    @property
    def warnings(self) -> list[dict]:
        values, said = self.composition.values, self.content.explanations
        return self.checker.warnings(self.report, values, said)

    @property
    def unsettled(self) -> list[dict]:
        """The warnings to ask about: in a correction, not what was explained and stays as sent."""
        return [w for w in self.warnings if not self._is_settled(w)]

    def _is_settled(self, warning: dict) -> bool:
        sent = {w["key"]: w["reason"] for w in self.report.sent.warnings} if self.returned else {}
        return warning["measure"] not in self.returned and bool(sent.get(warning["key"]))

    def form(self, data=None) -> ReportForm:
        """The form; of data just sent, with the warnings that these very data raise."""
        form = None
        if data is not None:
            form = self._form(data)
            form.is_valid()
            said = {k.removeprefix("w."): v for k, v in data.items() if k.startswith("w.")}
            self.content = form.report_content(said)
        if (warnings := self.unsettled) or form is None:
            form = self._form(data, warnings)
        if self.returned:
            form.settled = {w["key"]: w["reason"] for w in self.report.sent.warnings}
        return form

    @cached_property
    def difficulties_held(self) -> int:
        return self.draft.difficulties.count() if self.draft and self.draft.pk else 0

    @cached_property
    def categories(self) -> list[tuple[int, str]]:
        """The kinds of difficulty to choose from."""
        rows = DifficultyCategory.objects.on(self.day or timezone.localdate())
        return list(rows.values_list("pk", "name"))

    def _form(self, data, warnings=()) -> ReportForm:
        return ReportForm(
            data,
            lines=self.lines,
            categories=self.categories,
            warnings=warnings,
            open_codes=set(self.returned) if self.is_correction else None,
            last=self.last,
            rows=self.difficulties_held,
            initial=initial_of(self.lines, self.draft, self.report.edition),
        )


def of_team(team, period, day: dt.date | None = None) -> Sitting:
    """The table laid for a team's report of the period, as on that day (today); reads only."""
    [table] = of_teams([team], period)
    table.day = day
    return table


def of_teams(teams, period) -> list[Sitting]:
    """The tables of many teams, in a few queries for all."""
    level = queries.team_level(period)
    rows = Report.objects.filter(team__in=teams, period=period).select_related("sent")
    known = {row.team_id: row for row in rows}
    dues = queries.due_moments(period, teams)
    reports = []
    for team in teams:
        report = known.get(team.pk) or Report(level=level, due_at=dues[team.pk])
        report.team, report.period = team, period
        reports.append(report)
    lines = queries.team_lines(teams, period)
    return _laid(reports, [lines[team.pk] for team in teams])


def of_place(place, period) -> Sitting:
    """The table laid for a unit's consolidated report; reads only."""
    report = Report.objects.filter(place=place, period=period).select_related("sent").first()
    due_at = queries.due_moment(period, place.level.code, place=place)
    report = report or Report(level=place.level, due_at=due_at)
    report.place, report.period = place, period
    return _laid([report], [queries.place_lines([place], place.level.code, period)[place.pk]])[0]


def _laid(reports: list[Report], lines: list[list[Line]]) -> list[Sitting]:
    saved = [report for report in reports if report.pk]
    drafts = {
        draft.report_id: draft
        for draft in ReportVersion.objects.filter(report__in=saved, sent_at=None).prefetch_related(
            "difficulties"
        )
    }
    returned = defaultdict(dict)
    sent_back = [report for report in saved if report.state == Report.State.RETURNED]
    for row in FigureReturn.objects.filter(report__in=sent_back, settled_by=None).select_related(
        "measure", "by__person"
    ):
        returned[row.report_id][row.measure.code] = row
    checker = Checker(reports)
    return [
        Sitting(
            report,
            of_it,
            checker,
            drafts.get(report.pk) or _continued(report, of_it),
            returned.get(report.pk, {}),
        )
        for report, of_it in zip(reports, lines, strict=True)
    ]


def _continued(report: Report, lines: list[Line]) -> ReportVersion | None:
    """After a sending, the next draft starts from what was asked and said in the last version."""
    last = report.sent
    if last is None:
        return None
    asked = {line.code for line in lines if line.counted is None}
    typed = {c: f for c, f in last.figures.items() if c in asked or f.get("reason")}
    return ReportVersion(
        pk=last.pk,  # its difficulties are shown again
        report=report,
        figures=typed,
        narrative=last.narrative,
        proposals=last.proposals,
        next_month=last.next_month,
        warnings=last.warnings,
    )
