"""A list as an Excel file: numbers are numbers, dates are dates, text is never a formula."""

import datetime as dt
import io
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from . import figures

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"percent": "0.0%", "date": "dd/mm/yyyy", "datetime": "hh:mm dd/mm/yyyy"}
TITLE, HEAD = Font(bold=True, size=14), Font(bold=True)
SHADE = PatternFill("solid", fgColor="E3EFEE")
LINE = Border(bottom=Side(style="thin", color="0B5351"))
WRAP = Alignment(wrap_text=True, vertical="center")
SAMPLE = 200  # rows looked at to choose widths


def plain(column, row):
    """The value as Excel should keep it: a number, a moment, or text without control signs."""
    value = column.in_excel(row)
    if figures.is_blank(value):
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal) and column.kind != "phone":
        return value
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return moment.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return value
    text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]


def number_format(column, value) -> str:
    if column.kind in FORMATS:
        return FORMATS[column.kind]
    if isinstance(value, dt.datetime):
        return FORMATS["datetime"]
    if isinstance(value, dt.date):
        return FORMATS["date"]
    if isinstance(value, int | float | Decimal):
        return "#,##0" if value == int(value) else "#,##0.##"
    return "General"


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


class Writer:
    """Writes one sheet from top to bottom without keeping it in memory."""

    def __init__(self, title: str):
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet(sheet_name(title))

    def cell(self, value, **style):
        cell = WriteOnlyCell(self.sheet, value=value)
        if isinstance(value, str):
            # Left to itself openpyxl takes "=…" for a formula, whoever typed it.
            cell.data_type = "s"
        for name, look in style.items():
            setattr(cell, name, look)
        return cell

    def bytes(self) -> bytes:
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def sheet_name(title: str) -> str:
    """At most 31 signs, none that Excel forbids."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31].strip("' ") or "1"


def workbook(source) -> bytes:
    """The list as an xlsx file."""
    columns = [column for column in source.shown if column.export]
    rows = ([plain(column, row) for column in columns] for row in source.found)
    sample = [row for _number, row in zip(range(SAMPLE), rows, strict=False)]
    writer, lines = Writer(str(source.title)), head_lines(source)
    sheet = writer.sheet
    for place, width in enumerate(widths(columns, sample), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{len(lines) + 3}"
    for place, line in enumerate(lines):
        sheet.append([writer.cell(line, **({"font": TITLE} if place == 0 else {}))])
    sheet.append([])
    look = {"font": HEAD, "fill": SHADE, "border": LINE, "alignment": WRAP}
    sheet.append([writer.cell(str(column.label), **look) for column in columns])
    for part in (sample, rows):
        for row in part:
            sheet.append(_cells(writer, columns, row))
    _total(writer, source, columns)
    return writer.bytes()


def _cells(writer, columns, row):
    return [
        writer.cell(value, number_format=number_format(column, value))
        for column, value in zip(columns, row, strict=True)
    ]


def _total(writer, source, columns) -> None:
    sums = source.totals
    if sums:
        values = [sums.get(column.key) for column in columns]
        cells = [writer.cell(v, font=HEAD, number_format="#,##0") for v in values]
        if values[0] is None:
            cells[0] = writer.cell(_("Total"), font=HEAD)
        writer.sheet.append(cells)


def excel_response(source) -> HttpResponse:
    """The file, named after the list and the day."""
    response = HttpResponse(workbook(source), content_type=EXCEL)
    name = f"{source.name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
