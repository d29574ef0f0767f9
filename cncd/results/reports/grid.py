"""The last day's grid: all teams of a commune × the figures that are asked."""

from dataclasses import replace
from functools import cached_property

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import NFCCharField
from cncd.results.reports import sitting
from cncd.results.reports.actions import save_draft, submit_reports
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.actions.errors import naming
from cncd.results.reports.forms import FigureField, entry_text
from cncd.results.reports.marks import STATES
from cncd.results.reports.rules import Entry, Line
from cncd.results.reports.sitting import Sitting
from cncd.results.reports.wording import said

OPEN = ("draft", "returned")


class RowForm(forms.Form):
    """The cells of one team."""

    send = forms.BooleanField(label=gettext_lazy("Send"), required=False)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = NFCCharField(
        label=gettext_lazy("Reason for the unusual figures"), required=False, max_length=300
    )

    def __init__(self, data, *, table: Sitting, lines: list[Line]):
        self.table, self.lines = table, lines
        typed = table.content.entries
        initial = {line.code: entry_text(line, typed[line.code].value)
                   for line in lines if line.code in typed}  # fmt: skip
        initial |= {"edition": table.report.edition, "send": bool(initial)}
        initial["why"] = next(filter(None, table.content.explanations.values()), "")
        prefix = f"t{table.report.team_id}"
        super().__init__(data, prefix=prefix, initial=initial, use_required_attribute=False)
        for line in lines:
            self.fields[line.code] = field = FigureField(line)
            name = _("%(figure)s, %(team)s") % {
                "figure": line.short_name,
                "team": table.report.team,
            }
            field.widget.attrs |= {"aria-label": name, "title": line.hint}
            field.help_text = ""  # stands in the heading of the column

    def content(self) -> Content:
        """The draft as it was, with what the cells say; the reason serves every warning."""
        entries = dict(self.table.content.entries)
        for line in self.lines:
            value, before = self.cleaned_data.get(line.code), entries.pop(line.code, None)
            if value is not None:
                entries[line.code] = Entry(value, before.reason if before else "")
        content = replace(self.table.content, entries=entries)
        self.table.content = content
        if why := self.cleaned_data.get("why"):
            said = {warning["key"]: why for warning in self.table.warnings}
            content = replace(content, explanations=content.explanations | said)
            self.table.content = content
        return content


class Row:
    """One team in the grid: its form when it may be written, or how its report stands."""

    def __init__(self, table: Sitting, columns: list[Line], data):
        self.table, self.team, self.columns = table, table.report.team, columns
        self.mark = STATES[table.report.state if table.report.sent_id else ""]
        self.is_open = table.report.state in OPEN
        self.lines = {line.code: line for line in table.lines}
        self.form = RowForm(data, table=table, lines=self._asked()) if self.is_open else None

    def _asked(self) -> list[Line]:
        """What this team types: what is counted for it, or not returned, stays as it is."""
        lines = [self.lines[each.code] for each in self.columns if each.code in self.lines]
        returned = self.table.returned
        return [
            line
            for line in lines
            if line.counted is None and (not returned or line.code in returned)
        ]

    @property
    def cells(self) -> list:
        """Under each column: the field to type in, or the figure as it was sent."""
        sent = self.table.report.sent
        found = []
        for line in self.columns:
            if self.form and line.code in self.form.fields:
                found.append({"field": self.form[line.code]})
            else:
                value = sent.figures.get(line.code, {}).get("value") if sent else None
                value = self._counted(line.code) if value is None else value
                found.append(
                    {"text": said(line, value) if line.yes_no else entry_text(line, value)}
                )
        return found

    def _counted(self, code: str):
        """What a room counts for this team, where other teams are asked."""
        line = self.lines.get(code)
        return line.counted.value if line and line.counted else None

    @property
    def warnings(self) -> list[dict]:
        return self.table.warnings if self.form else []


class Grid:
    """The teams of a unit and period on one page."""

    def __init__(self, teams, period, data=None):
        self.period = period
        tables = sitting.of_teams(list(teams), period)
        self.columns = _columns(tables)
        self.rows = [Row(table, self.columns, data) for table in tables]

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @cached_property
    def chosen(self) -> list[Row]:
        return [row for row in self.open_rows if row.form.cleaned_data.get("send")]

    def is_valid(self) -> bool:
        """Whether every cell of every open row could be read."""
        return all([row.form.is_valid() for row in self.open_rows])

    def save(self, by) -> int:
        """Keeps what was typed as drafts, all or none; returns how many teams changed."""
        changed = [row for row in self.open_rows if set(row.form.changed_data) - {"send"}]
        with transaction.atomic():
            for row in changed:
                edition = row.form.cleaned_data["edition"]
                about = {"team": row.team, "period": self.period, "by": by}
                with naming(row.team):
                    save_draft(content=row.form.content(), edition=edition, **about)
        return len(changed)

    def send(self, by) -> list:
        """Sends the chosen teams' reports, all or none."""
        return submit_reports(
            period=self.period,
            contents={row.team: row.form.content() for row in self.chosen},
            editions={row.team: row.form.cleaned_data["edition"] for row in self.chosen},
            by=by,
        )

    def show_error(self, error) -> None:
        """Puts a refusal at the row and cells it names."""
        row = next(
            (row for row in self.open_rows if row.team == getattr(error, "team", None)), None
        )
        if row is None:
            raise error
        row.form.add_error(None, error.message)
        for code in error.codes:
            if code in row.form.fields:
                row.form.add_error(code, _("Look at this figure."))


def _columns(tables: list[Sitting]) -> list[Line]:
    """What any of the teams is asked by hand and must state, in the order of the sheet.

    A room may count a figure for one team and decline it for another.
    """
    asked = {
        line.code
        for table in tables
        for line in table.lines
        if line.counted is None and line.required
    }
    lines = tables[0].lines if tables else []
    return [line for line in lines if line.code in asked]
