"""`{% load reports %}`: a line of the sheet with its fields, figures in words."""

from django import template
from django.urls import reverse

from cncd.foundation.kit.counting import NONE
from cncd.results.reports.forms import entry_text
from cncd.results.reports.marks import STATES, Mark
from cncd.results.reports.rules import Line
from cncd.results.reports.wording import said

register = template.Library()

PAGES = {
    ("phone.html", "activity"): "phone:entry",
    ("shell.html", "activity"): "activities:activity",
    ("shell.html", "team"): "teams:team",
    ("shell.html", "product"): "registers:product",
    ("shell.html", "owner"): "registers:owner",
    ("shell.html", "shop"): "registers:shop",
    ("shell.html", "channel"): "channels:channel",
    ("shell.html", "session"): "training:session",
    ("shell.html", "class"): "training:class",
    ("shell.html", "broadcast"): "broadcasts:broadcast",
    ("shell.html", "commendation"): "rewards:commendation",
    ("shell.html", "spending"): "money:spending",
    ("shell.html", "case"): "difficulties:case",
    ("shell.html", "obligation"): "directives:obligation",
    ("phone.html", "obligation"): "phone:obligation",
}


@register.simple_tag
def fields_of(form, line: Line) -> dict:
    """The bound fields of one figure, None where the form has none, and what it was last month."""
    names = {"value": f"v.{line.code}", "reason": f"r.{line.code}"}
    found = {key: form[name] if name in form.fields else None for key, name in names.items()}
    last = form.last.get(line.code)
    if last is not None:
        short = said(line, last) if line.yes_no else entry_text(line, last)
        found |= {"last": said(line, last), "last_text": entry_text(line, last)}
        found |= {"last_short": short, "last_counts": last not in (0, NONE)}
    return found


@register.simple_tag
def parted(form, lines: list[Line]) -> dict:
    """Asked lines parted into required and optional ones, counted lines into told and zero ones."""
    optional = [line for line in lines if not line.required]
    found = {"required": [line for line in lines if line.required], "optional": optional}
    found["has_optional"] = any(
        form[f"v.{line.code}"].errors or form[f"v.{line.code}"].value() for line in optional
    )
    found["stays"] = [line for line in lines if form.stays(line) is not None]
    counted = [line for line in lines if line.counted is not None]
    found["quiet"] = [line for line in counted if line.counted.value in (0, NONE)]
    found["told"] = [line for line in counted if line not in found["quiet"]]
    return found


@register.simple_tag
def stays_of(form) -> list[tuple[Line, str]]:
    """What stays as last month when nothing arose, in words; only what was not nil anyway."""
    held = [(line, form.stays(line)) for line in form.lines]
    return [(line, said(line, value)) for line, value in held if value]


@register.simple_tag
def difficulty_rows(form) -> dict:
    """The rows of difficulties: those filled and one blank first, then more blank ones."""
    rows = [
        {"kind": form[f"dc.{row}"], "text": form[f"dt.{row}"], "number": row + 1}
        for row in range(form.rows)
    ]
    first, more = rows[: form.held + 1], rows[form.held + 1 :]
    filled = any(row["text"].value() or row["kind"].errors for row in more)
    return {"first": first, "more": more, "more_filled": filled}


@register.simple_tag
def warning_rows(form) -> list[dict]:
    """The checks that failed: the message, and the field for its reason."""
    return [{"message": w["message"], "field": form[f"w.{w['key']}"]} for w in form.warnings]


@register.simple_tag
def shown(line_or_measure, value) -> str:
    """A value in words: "64 lượt", "Có", "không phát sinh", "chưa báo cáo"."""
    return said(line_or_measure, value)


@register.filter
def get(mapping, key):
    """The value under the key, or None."""
    return mapping.get(key) if mapping else None


@register.filter
def value_in(figures, code):
    """The stated value of a code in a version's figures; None when not reported."""
    return figures.get(code, {}).get("value") if figures else None


@register.simple_tag
def mark_of(report) -> Mark:
    """The shape, word and tone of where a report stands."""
    return STATES[report.state if report.sent_id else ""]


@register.simple_tag
def address_of(trace, face: str) -> str:
    """The page of a record behind a figure, in the shell the reader is in."""
    found = PAGES.get((face, trace.kind))
    return reverse(found, args=[trace.key]) if found else ""
