"""Two people at one report: what each of them wrote side by side, for a person to decide."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.figures import daytime
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.actions.errors import FiguresChanged
from cncd.results.reports.forms import ReportForm, entry_text
from cncd.results.reports.rules import Entry, Line
from cncd.results.reports.sitting import Sitting
from cncd.team.programme.rules import show

Sides = list[tuple[str, str, str]]  # label, what is recorded now, what was to be written


@dataclass(frozen=True)
class Clash:
    """What somebody else wrote meanwhile, and what differs."""

    sides: Sides
    other: str  # who, and when

    @classmethod
    def over(cls, table: Sitting, theirs: Content, form: ReportForm) -> "Clash":
        """The report as it stands, and the valid form that came too late."""
        written = table.draft if table.is_being_written else table.report.sent
        other = ""
        if written and written.sent_by:
            other = f"{written.sent_by}, {daytime(written.sent_at or written.made_at)}"
        return cls(differences(form, theirs), other)


def differences(form: ReportForm, theirs: Content) -> Sides:
    """Where what stands and a valid form differ: figures, words, difficulties, explanations."""
    mine = form.report_content()
    lines = [line for line in form.lines if f"v.{line.code}" in form.fields]
    rows = [
        (line.short_name, *(_figure(line, side.entries.get(line.code)) for side in (theirs, mine)))
        for line in lines
    ]
    for name in ("nothing_happened", "narrative", "proposals", "next_month"):
        texts = (_text(getattr(side, name)) for side in (theirs, mine))
        rows.append((str(form.fields[name].label), *texts))
    named = dict(form.categories)
    rows.append((_("Difficulties"), *(_difficulties(side, named) for side in (theirs, mine))))
    said = ("\n".join(filter(None, side.explanations.values())) for side in (theirs, mine))
    rows.append((_("Why a figure is unusual"), *said))
    return [row for row in rows if row[1] != row[2]]


def recounted(table: Sitting, error: FiguresChanged) -> Sides:
    """Each count that is no longer what the person saw: name, what it was, what it is."""
    by_code = {line.code: line for line in table.lines}
    return [
        (
            by_code[code].short_name,
            show(was, by_code[code].factor),
            show(now, by_code[code].factor, by_code[code].unit),
        )
        for code, (was, now) in error.differences.items()
        if code in by_code
    ]


def _figure(line: Line, entry: Entry | None) -> str:
    """An entry as it is read; of a count that nobody corrected, nothing."""
    if entry is None or (line.counted and entry.value == line.counted.value):
        return ""
    shown = entry_text(line, entry.value)
    if line.yes_no and entry.value != NONE:
        shown = _("Yes") if entry.value else _("Not yet")
    return f"{shown} ({entry.reason})" if entry.reason else shown


def _text(value) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else ""
    return value.replace("\r\n", "\n").strip()


def _difficulties(content: Content, named: dict) -> str:
    return "\n".join(f"{named.get(pk, '')}: {text}" for pk, text in content.difficulties)
