"""Past months from old Excel reports: one row per team, one column per figure."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.excel import Heading, Row, Sheet
from cncd.foundation.kit.imports import (
    NEW,
    UNCHANGED,
    UPDATED,
    Import,
    Line,
    UploadForm,
    refuse_doubles,
)
from cncd.foundation.kit.text import fold
from cncd.results.reports import queries, rules
from cncd.results.reports.actions import ReportError, import_reports
from cncd.results.reports.actions.periods import check_period
from cncd.results.reports.models import Report, ReportVersion
from cncd.team.programme.models import Measure, Period
from cncd.team.programme.queries import sheet_for
from cncd.team.programme.rules import NotAFigure, read_value
from cncd.team.teams.models import Team

CODE = Heading("code", gettext_lazy("Team code"), aliases=["mã tổ", "mã"])
NAME = Heading("name", gettext_lazy("Team name"), aliases=["tên tổ", "tổ", "tổ cncđ"])
IMPORTED = ReportVersion.Origin.IMPORTED


class MonthForm(UploadForm):
    """The file, and the month it speaks of."""

    month = forms.ModelChoiceField(
        label=gettext_lazy("Month of the reports"), queryset=Period.objects.none(), empty_label="—"
    )
    field_order = ["month", "file"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        ended = Period.objects.filter(scheme__in_use=True, last_day__lt=timezone.localdate())
        self.fields["month"].queryset = ended.order_by("-first_day")


def measures_of_teams() -> list[Measure]:
    """Every figure a team's sheet has now or had, in order."""
    level = queries.team_level()
    return list(Measure.objects.filter(level=level, sheetline__sheet__level=level).distinct())


class ReportImport(Import):
    title = gettext_lazy("Past months from old reports")
    intro = gettext_lazy(
        "For months before the teams used this program. Each row is one team, each column one "
        "figure. The reports come in as accepted, marked as imported, and are never judged late."
    )
    name = "bao-cao-thang-cu"
    notes = [
        gettext_lazy("One row per team: its code, or its exact name."),
        gettext_lazy(
            "A blank cell means not reported; write “không phát sinh” where nothing arose."
        ),
        gettext_lazy("Rows without any figure are passed over."),
        gettext_lazy("Reports that were written in this program are never overwritten."),
    ]
    form_class = MonthForm
    max_rows = 2_000

    def __init__(self, request, **options):
        super().__init__(request, **options)
        self.measures = measures_of_teams()
        self.columns = [CODE, NAME] + [
            Heading(m.code, f"{m.code} {m.short_name}", aliases=[m.short_name, m.name])
            for m in self.measures
        ]

    def template_rows(self) -> list:
        """The teams within reach, to fill in their figures."""
        teams = Team.objects.visible_to(self.request.user, "reports.import").order_by("sort_key")
        return [[team.code, team.name] for team in teams[: self.max_rows]]

    def check(self, sheet: Sheet) -> list[Line]:
        refuse_doubles(sheet, "code")
        teams = list(Team.objects.visible_to(self.request.user, "reports.import"))
        self.by_code = {fold(team.code): team for team in teams}
        self.by_name: dict[str, list[Team]] = {}
        for team in teams:
            self.by_name.setdefault(fold(team.name), []).append(team)
        self.period = self.chosen["month"]
        rows = Report.objects.filter(period=self.period, team__in=teams).select_related("sent")
        self.known = {row.team_id: row for row in rows}
        self.asked = {
            row.measure.code for row in sheet_for(queries.team_level(self.period).code, self.period)
        }
        self.taken: dict[int, int] = {}
        return [self._line(row, sheet) for row in sheet if row.errors or self._says(row)]

    def _says(self, row: Row) -> bool:
        """Whether any figure stands in the row; the template holds teams that may have none."""
        return any(row[measure.code] not in (None, "") for measure in self.measures)

    def _line(self, row: Row, sheet: Sheet) -> Line:
        team = self._team(row)
        figures = self._figures(row, sheet)
        before = None
        if team:
            self._check_team(row, team)
            before = self.known.get(team.pk)
        if row.errors:
            return Line.of(row)
        old = before.sent.figures if before and before.sent else None
        state = NEW if old is None else UPDATED
        after = {code: {"value": value} for code, value in figures.items()}
        if old is not None and not rules.changes(old, after):
            state = UNCHANGED
        return Line.of(row, state, content=(team, figures))

    def _team(self, row: Row) -> Team | None:
        code, name = row["code"], row["name"]
        if code:
            if team := self.by_code.get(fold(code)):
                return team
            row.error(CODE.label, _("No team within your reach has this code."))
        elif name:
            found = self.by_name.get(fold(name), [])
            if len(found) == 1:
                return found[0]
            told = _("Several teams bear this name; write the code.")
            row.error(NAME.label, told if found else _("No team within your reach has this name."))
        else:
            row.error(CODE.label, _("Write the team's code or its name."))
        return None

    def _check_team(self, row: Row, team: Team) -> None:
        earlier = self.taken.setdefault(team.pk, row.number)
        if earlier != row.number:
            row.error("", _("Row %(row)s already speaks of this team.") % {"row": earlier})
        try:
            check_period(self.period, timezone.now(), team=team)
        except ReportError as error:
            row.error("", error.message)
        report = self.known.get(team.pk)
        if report and not (report.sent and report.sent.origin == IMPORTED):
            row.error("", _("This team has a report of this month written here; it stays."))

    def _figures(self, row: Row, sheet: Sheet) -> dict:
        found = {}
        for measure in self.measures:
            text = row[measure.code]
            if text in (None, ""):
                continue
            label = f"{measure.code} {measure.short_name}"
            try:
                value = read_value(text, measure.factor, measure.most(one_team=True))
            except NotAFigure as error:
                row.error(label, error)
                continue
            if measure.code not in self.asked:
                row.error(label, _("This figure was not asked in that month."))
            elif value is not None:
                found[measure.code] = value
        return found

    def write(self, lines: list[Line]) -> str:
        values = dict(line.content for line in lines)
        try:
            import_reports(period=self.period, values=values, by=self.request.user)
        except ReportError as error:
            raise ValidationError(error.message) from error
        text = ngettext(
            "%(n)d old report taken over.", "%(n)d old reports taken over.", len(values)
        )
        return text % {"n": len(values)}
