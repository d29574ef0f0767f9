"""One form for every door: the phone's page, the desk, "báo cáo thay"."""

import json

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.forms import NFCCharField, OnceMixin
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.models import ReportVersion
from cncd.results.reports.rules import Entry, Line
from cncd.team.programme.rules import NotAFigure, read_value, value_text

DIFFICULTY_ROWS = 3  # blank rows offered at most


class FigureField(NFCCharField):
    """A figure as typed: a number, "không phát sinh", or blank (not reported)."""

    def __init__(self, line: Line, **options):
        self.line = line
        super().__init__(
            label=line.name, help_text=line.hint, required=False, max_length=40, **options
        )
        if line.yes_no and line.counted is None:
            choices = [("", "—"), ("1", _("Yes")), ("0", _("Not yet"))]
            self.widget = forms.Select(choices=choices)
        else:
            self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value):
        try:
            return read_value(super().clean(value), self.line.factor, self.line.most)
        except NotAFigure as error:
            raise forms.ValidationError(str(error)) from error


def words(label, rows: int, longest: int) -> NFCCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return NFCCharField(label=label, required=False, max_length=longest, widget=widget)


class ReportForm(OnceMixin):
    """The figures of one sheet, the words, and the difficulties of one report.

    `open_codes` limits which figures may change (the returned ones); None: all of them. `last`
    holds the values of the month before; `categories` are the (id, name) of difficulties.
    """

    narrative = words(gettext_lazy("Results in words"), 4, 5000)
    proposals = words(gettext_lazy("Proposals"), 3, 3000)
    next_month = words(gettext_lazy("Work for next month"), 3, 3000)
    nothing_happened = forms.BooleanField(
        label=gettext_lazy("Nothing arose this month"), required=False
    )
    edition_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        lines: list[Line],
        categories=(),
        warnings=(),
        open_codes=None,
        last=None,
        rows=0,
        **options,
    ):
        super().__init__(*args, **options)
        self.lines, self.warnings, self.last = lines, list(warnings), last or {}
        self.categories = categories
        self.held, self.rows = rows, rows + DIFFICULTY_ROWS
        self.settled: dict[str, str] = {}  # reasons that stand and are not asked again
        for line in lines:
            if open_codes is None or line.code in open_codes:
                self._add_figure(line)
        for warning in self.warnings:
            self.fields[f"w.{warning['key']}"] = NFCCharField(
                label=warning["message"], required=False, max_length=300
            )
        self._add_difficulties()

    def _add_figure(self, line: Line) -> None:
        self.fields[f"v.{line.code}"] = FigureField(line)
        if line.counted is not None:
            self.fields[f"r.{line.code}"] = NFCCharField(
                label=_("Why is it different from the count?"), required=False, max_length=300
            )

    def _add_difficulties(self) -> None:
        choices = [("", _("Kind of difficulty")), *self.categories]
        for row in range(self.rows):
            self.fields[f"dc.{row}"] = forms.TypedChoiceField(
                label=_("Kind of difficulty"), choices=choices, coerce=int, required=False
            )
            self.fields[f"dt.{row}"] = NFCCharField(
                label=_("What is difficult"), required=False, max_length=500
            )

    def clean(self):
        data = super().clean()
        for row in range(self.rows):
            category, text = data.get(f"dc.{row}"), data.get(f"dt.{row}")
            if text and not category:
                self.add_error(f"dc.{row}", _("Choose the kind of this difficulty."))
            if category and not text:
                self.add_error(f"dt.{row}", _("Write what is difficult, or clear the kind."))
        return data

    def report_content(self, explanations: dict[str, str] | None = None) -> Content:
        """What the person put in, for `submit_report`, `save_draft` or `confirm_report`.

        Of a form with mistakes, what could be read.
        """
        data = self.cleaned_data
        said = self.settled | {w["key"]: data.get(f"w.{w['key']}", "") for w in self.warnings}
        return Content(
            entries=self._entries(),
            **{name: data.get(name, "") for name in ("narrative", "proposals", "next_month")},
            nothing_happened=data.get("nothing_happened", False),
            difficulties=tuple(
                (data[f"dc.{row}"], data[f"dt.{row}"])
                for row in range(self.rows)
                if data.get(f"dt.{row}") and data.get(f"dc.{row}")
            ),
            explanations=said if explanations is None else explanations,
        )

    def _entries(self) -> dict[str, Entry]:
        found = {}
        for line in self.lines:
            value = self.cleaned_data.get(f"v.{line.code}")
            if value is None and self.cleaned_data.get("nothing_happened"):
                value = self.stays(line)
            if value is not None:
                reason = self.cleaned_data.get(f"r.{line.code}", "")
                found[line.code] = Entry(value, reason)
        return found

    def stays(self, line: Line):
        """What a blank figure is when nothing arose: what stood at the end of the month before.

        None for what only arises (it becomes "không phát sinh") and for what was never said.
        """
        if line.counted is not None or not line.is_stock or f"v.{line.code}" not in self.fields:
            return None
        value = self.last.get(line.code)
        return None if value == NONE else value

    def filled(self, how: str) -> dict[str, str]:
        """{field: text} for blank figures: "last" as the month before, "none" where none arose."""
        found = {}
        for line in self.lines:
            name = f"v.{line.code}"
            if name not in self.fields or line.counted is not None or self[name].value():
                continue
            if how == "last" and self.stays(line) is not None:
                found[name] = entry_text(line, self.stays(line))
            elif how == "none" and line.required and not line.is_stock:
                found[name] = value_text(NONE)
        return found

    def content(self) -> dict:
        """What was sent, by which the same form is known again: nothing of the page's own state."""
        own = {"csrfmiddlewaretoken", "envelope", "edition_seen", "seen"}
        return {name: self.data.getlist(name) for name in sorted(set(self.data) - own)}

    @property
    def edition(self) -> dict[str, int | None]:
        """Which state of the report the page showed, as the actions take it."""
        return {"edition": self.cleaned_data.get("edition_seen")}

    def seen_counts(self) -> dict | None:
        """The counts the page showed, to compare with those of the moment of sending."""
        return counts_seen(self.cleaned_data.get("seen"))

    def show_errors(self, error) -> None:
        """Puts a refused action's message on top, and at each figure it names."""
        self.add_error(None, error.message)
        marks = getattr(error, "marks", {})
        for code in error.codes:
            if f"v.{code}" in self.fields:
                self.add_error(f"v.{code}", marks.get(code) or _("Look at this figure."))


def entry_text(line: Line, value) -> str:
    """A value as its field holds it."""
    return str(value) if line.yes_no and value != NONE else value_text(value, line.factor)


def counts_seen(text: str | None) -> dict | None:
    """What `counts_shown` gave, sent back; None when it is nothing of the kind."""
    try:
        seen = json.loads(text or "null")
    except ValueError:
        return None
    return seen if isinstance(seen, dict) else None


def counts_shown(lines: list[Line]) -> str:
    """What the page shows as counted, to be sent back with the form."""
    return json.dumps({line.code: line.counted.value for line in lines if line.counted})


def initial_of(lines: list[Line], draft: ReportVersion | None, edition: int) -> dict:
    """What the form shows first: the draft's entries and words, and the counts the page shows."""
    found = {"edition_seen": edition, "seen": counts_shown(lines)}
    if draft is None:
        return found
    by_code = {line.code: line for line in lines}
    for code, figure in draft.figures.items():
        if code in by_code:
            found[f"v.{code}"] = entry_text(by_code[code], figure["value"])
            found[f"r.{code}"] = figure.get("reason", "")
    for row, difficulty in enumerate(draft.difficulties.all() if draft.pk else ()):
        found[f"dc.{row}"], found[f"dt.{row}"] = difficulty.category_id, difficulty.text
    for warning in draft.warnings:
        found[f"w.{warning['key']}"] = warning.get("reason", "")
    names = ("narrative", "proposals", "next_month", "nothing_happened")
    return found | {name: getattr(draft, name) for name in names}
