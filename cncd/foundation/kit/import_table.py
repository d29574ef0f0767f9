"""The preview of an import: every row of the file with what would happen to it."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from . import figures
from .excel_headings import Heading
from .lists import Choice, Column, List

STATES = [
    ("wrong", _("Wrong"), "soon"),
    ("new", _("New"), "good"),
    ("updated", _("Changed"), "info"),
    ("unchanged", _("Unchanged"), "quiet"),
]
LABELS = {state: label for state, label, _tone in STATES}
AT_ONCE = 12  # columns shown of a wide file, beside those with a mistake
TONES = {state: tone for state, _label, tone in STATES}


def said(line) -> list[str]:
    """Errors first, then notes."""
    errors = [f"{e.column}: {e.message}" if e.column else e.message for e in line.errors]
    return errors + line.notes


class ImportTable(List):
    name = "preview"
    size = 50
    search_fields = ["texts"]
    filters = [Choice("state", _("State"), [(state, label) for state, label, _tone in STATES])]

    def __init__(self, request, lines, headings: list[Heading], *, title, template, context):
        for line in lines:
            line.texts = " ".join(str(value) for value in line.shown.values())
        self.title, self.template = title, template
        wrong = {error.column for line in lines for error in line.errors}
        late = [h for h in headings[AT_ONCE:] if str(h.label) not in wrong]
        context = {**context, "more_columns": len(late)}
        self.columns = [
            Column("number", _("Row"), sort="number", kind="number"),
            Column(
                "state",
                _("State"),
                value=lambda line: LABELS[line.state],
                kind="badge",
                tone=lambda line: TONES[line.state],
            ),
            *(self.column(heading, hidden=heading in late) for heading in headings),
            Column("said", _("Errors and notes"), value=said, kind="lines"),
        ]
        # Those that need a look come first.
        ranked = sorted(lines, key=lambda line: line.state != "wrong")
        super().__init__(request, ranked, context=context)

    @staticmethod
    def column(heading: Heading, *, hidden: bool) -> Column:
        def value(line) -> str:
            return written(heading, line)

        return Column(f"v-{heading.key}", heading.label, value=value, hidden=hidden)


def written(heading: Heading, line) -> str:
    """The value under the heading as people write it, so that the exported table can be read."""
    value = line.shown.get(heading.key)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, dt.date):
        return figures.day(value)
    if isinstance(value, int | Decimal):
        return figures.number(value)
    return str(dict(heading.choices).get(value, value))
