"""What stands in a cell: the value of a row, as HTML for the page and as a value for Excel."""

from django.core.exceptions import ObjectDoesNotExist
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from . import figures


def value_of(row, path):
    """The value a callable or a path ("member.person.full_name", "team__name") finds in a row."""
    if callable(path):
        return path(row)
    for step in path.replace("__", ".").split("."):
        row = _step(row, step)
    return row() if callable(row) else row


def _step(row, name: str):
    if row is None or isinstance(row, dict):
        return row and row.get(name)
    try:
        return getattr(row, name)
    except ObjectDoesNotExist:  # the other end of a one-to-one that is not there
        return None


def phone(value) -> SafeString:
    digits = "".join(sign for sign in str(value) if sign.isdigit() or sign == "+")
    if "•" in str(value) or not digits:
        return format_html('<span class="text-nowrap">{}</span>', value)
    return format_html('<a class="text-nowrap" href="tel:{}">{}</a>', digits, value)


def lines(value) -> SafeString:
    parts = value.splitlines() if isinstance(value, str) else value
    return format_html_join("", "<div>{}</div>", ((part,) for part in parts))


def badge(value, tone: str) -> SafeString:
    return format_html('<span class="tag tag-{}">{}</span>', tone or "quiet", value)


DRAW = {
    "number": figures.number,
    "percent": figures.percent,
    "date": figures.day,
    "datetime": figures.daytime,
    "phone": phone,
    "lines": lines,
}


def draw(column, row) -> SafeString | str:
    """The cell of a row as the page shows it, linked when the column says so."""
    value = column.of(row)
    if column.template:
        return get_template(column.template).render({"row": row, "value": value})
    if figures.is_blank(value):
        shown = figures.nothing(" ")
    elif column.kind == "badge":
        shown = badge(value, column.tone(row) if column.tone else "quiet")
    else:
        shown = DRAW.get(column.kind, lambda text: text)(value)
    address = column.link(row) if column.link else ""
    return format_html('<a href="{}">{}</a>', address, shown) if address else shown
