"""A list as an Excel file: numbers are numbers, dates are dates, text is never a formula."""

from itertools import chain

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from . import figures, sheets
from .sheets import cell, head, saved, sheet_name

TITLE, BOLD = Font(bold=True, size=14), Font(bold=True)
SAMPLE = 200  # rows looked at to choose widths


def value(column, row):
    """What the cell holds: a number, a moment, or text."""
    found = column.in_excel(row)
    if figures.is_blank(found):
        return None
    if isinstance(found, list | tuple):
        return "\n".join(map(str, found))
    return str(found) if column.kind == "phone" else found


def head_lines(source) -> list[str]:
    """What stands above the table: title, unit, period, filters, and when it was taken."""
    scope = getattr(source.request, "scope", None)
    lines = [str(source.title)]
    if scope and scope.place:
        lines.append(_("Unit: %(unit)s") % {"unit": scope.unit_name})
    if scope and scope.period:
        lines.append(_("Period: %(period)s") % {"period": scope.period})
    if source.text:
        lines.append(_("Search: %(text)s") % {"text": source.text})
    lines += [f"{each.choice.label}: {each.label}" for each in source.active if each.value]
    now = figures.daytime(timezone.now())
    return [*lines, _("Figures as of %(time)s") % {"time": now}]


def widths(columns, rows) -> list[float]:
    found = []
    for place, column in enumerate(columns):
        longest = max((len(str(row[place] or "").split("\n")[0]) for row in rows), default=0)
        least = len(str(column.label)) * 0.6 + 2
        found.append(min(max(longest * 1.1 + 2, least, 8), 60))
    return found


def workbook(source) -> bytes:
    """The list as an xlsx file."""
    columns = [column for column in source.shown if column.export]
    rows = ([value(column, row) for column in columns] for row in source.found)
    sample = [row for _number, row in zip(range(SAMPLE), rows, strict=False)]
    book, lines = Workbook(write_only=True), head_lines(source)
    sheet = book.create_sheet(sheet_name(str(source.title)))
    for place, width in enumerate(widths(columns, sample), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{len(lines) + 3}"
    for place, line in enumerate(lines):
        sheet.append([cell(sheet, line, **({"font": TITLE} if place == 0 else {}))])
    sheet.append([])
    sheet.append([head(sheet, column.label) for column in columns])
    for row in chain(sample, rows):
        pairs = zip(row, columns, strict=True)
        sheet.append([cell(sheet, each, column.kind) for each, column in pairs])
    _total(sheet, source, columns)
    return saved(book)


def _total(sheet, source, columns) -> None:
    sums = source.totals
    if sums:
        values = [sums.get(column.key) for column in columns]
        values[0] = _("Total") if values[0] is None else values[0]
        sheet.append([cell(sheet, each, font=BOLD) for each in values])


def excel_response(source) -> HttpResponse:
    """The file, named after the list and the day."""
    name = f"{source.name}-{timezone.localdate():%Y-%m-%d}"
    return sheets.excel_response(name, workbook(source))
