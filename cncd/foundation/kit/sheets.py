"""Writing Excel: tables whose numbers are numbers, and templates to fill in.

Imported only where a file is written: openpyxl and what it brings take 12 MB of every process.
"""

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .excel_headings import Heading

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "code": "@",
    "phone": "@",
    "number": "#,##0.########",
    "whole": "#,##0",
    "percent": "0.0%",
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm",
}
HEAD_FILL = PatternFill("solid", fgColor="E7EEF7")
EDGE = Side(style="thin", color="9AA5B1")
FRAME = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
LONGEST = 32_767  # characters in one cell


@dataclass(frozen=True)
class Header:
    """A column to write. kind: text, code, phone, number, whole, percent, date, datetime."""

    label: Any
    kind: str = "text"
    width: int = 0  # in characters; 0: as wide as the longest of the first rows


def workbook(
    headers: Iterable, rows: Iterable, *, name: str = "", title: str = "", subtitle: str = ""
) -> bytes:
    """An .xlsx of one sheet: title lines, a frozen head, the rows.

    `headers` are Header rows or plain labels. Percentages are fractions (0.98 shows as 98,0%). A
    value no number fits into, like "none", is written as the text it is.
    """
    headers = [h if isinstance(h, Header) else Header(h) for h in headers]
    rows = iter(rows)
    first = [row for row, _ in zip(rows, range(200), strict=False)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name(name or title))
    for index, header in enumerate(headers):
        column = sheet.column_dimensions[get_column_letter(index + 1)]
        column.width = header.width or _fitting(header, [row[index] for row in first])
    lines = [text for text in (title, subtitle) if text]
    sheet.freeze_panes = f"A{len(lines) + 2}"
    for text in lines:
        sheet.append([cell(sheet, text, font=Font(bold=text == title, size=13))])
    sheet.append([head(sheet, header.label) for header in headers])
    for row in (*first, *rows):
        cells = zip(row, headers, strict=True)
        sheet.append([cell(sheet, value, header.kind) for value, header in cells])
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def excel_response(name: str, content: bytes) -> HttpResponse:
    """The workbook as a download named `name`.xlsx."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    filename = f"{name.removesuffix('.xlsx')}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


def sheet_name(text: str) -> str:
    """A tab's name as Excel allows it: no []:*?/\\, at most 31 characters."""
    allowed = "".join(" " if letter in "[]:*?/\\" else letter for letter in str(text)).strip(" '")
    return allowed[:31] or _("Sheet")


def plain(value):
    """The value as Excel can hold it: no time zones, no control characters, no lazy texts."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, bool | int | float | Decimal | dt.date | dt.time):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST]


def cell(sheet, value, kind: str = "text", **style):
    """A cell of a sheet that is written row by row: its value, its format, a style."""
    value = plain(value)
    if isinstance(value, bool):
        value = _("Yes") if value else _("No")
    made = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # "=1+1" in somebody's note stays text; it is never a formula.
        made.data_type = "s"
    made.number_format = _format(value, kind)
    for name, choice in style.items():
        setattr(made, name, choice)
    return made


def _format(value, kind: str) -> str:
    if isinstance(value, str):
        return "@" if FORMATS.get(kind) == "@" else "General"
    if kind in ("date", "datetime") or isinstance(value, dt.date):
        return FORMATS["datetime" if isinstance(value, dt.datetime) else "date"]
    if kind == "percent":
        return FORMATS[kind]
    if isinstance(value, int | float | Decimal):
        return FORMATS["whole" if value == int(value) else "number"]
    return FORMATS.get(kind, "General")


def head(sheet, label):
    """A cell of the row of headings."""
    return cell(
        sheet,
        str(label),
        font=Font(bold=True),
        fill=HEAD_FILL,
        border=FRAME,
        alignment=Alignment(wrap_text=True, vertical="center", horizontal="center"),
    )


def _fitting(header: Header, values: list) -> int:
    lengths = [len(str(plain(value) if value is not None else "")) for value in values]
    words = [len(word) for word in str(header.label).split()]
    return min(max([8, *lengths, *words, len(str(header.label)) // 2]) + 3, 60)


# -- templates to fill in -----------------------------------------------------------------------

FILLED_TO = 5_000  # the last row that formats and lists reach


def template(
    columns: Iterable[Heading], *, title: str, notes: Iterable[str] = (), rows: Iterable = ()
) -> bytes:
    """A workbook to fill in: a sheet with the headings, a guide with examples, hidden lists.

    `rows` are there to begin with, such as the codes of a commune's hamlets.
    """
    columns = list(columns)
    book = Workbook()
    sheet, guide = book.active, book.create_sheet(sheet_name(_("Guide")))
    sheet.title = sheet_name(_("Data"))
    sheet.append([str(title)])
    sheet.append([_("Fill in from row 4; columns marked * are required; do not change row 3.")])
    sheet["A1"].font = Font(bold=True, size=13)
    sheet["A2"].font = Font(italic=True, color="5A6572")
    for index, column in enumerate(columns, start=1):
        _prepare_column(book, sheet, index, column)
    for number, row in enumerate(rows, start=4):
        for index, value in enumerate(row, start=1):
            cell = sheet.cell(number, index, plain(value))
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    sheet.freeze_panes = "A4"
    _write_guide(guide, columns, title, notes)
    return saved(book)


def template_response(
    name: str,
    columns: Iterable[Heading],
    *,
    title: str,
    notes: Iterable[str] = (),
    rows: Iterable = (),
) -> HttpResponse:
    """The template as a download named `name`.xlsx."""
    return excel_response(name, template(columns, title=title, notes=notes, rows=rows))


def _prepare_column(book: Workbook, sheet, index: int, column: Heading) -> None:
    letter = get_column_letter(index)
    cell = sheet.cell(3, index, f"{column.label} *" if column.required else str(column.label))
    cell.font, cell.fill, cell.border = Font(bold=True), HEAD_FILL, FRAME
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    dimension = sheet.column_dimensions[letter]
    dimension.width = max(12, min(len(str(column.label)) + 6, 40))
    # Days are text as well: an Excel set to American dates would turn 05/11 into 11 May.
    if column.kind in ("text", "exact", "code", "phone", "day"):
        dimension.number_format = "@"
        for row in range(4, 4 + 500):
            sheet.cell(row, index).number_format = "@"
    rule = _rule(book, column)
    rule.showInputMessage, rule.prompt = True, str(column.help)[:250] or None
    rule.promptTitle = str(column.label)[:30] if column.help else None
    sheet.add_data_validation(rule)
    rule.add(f"{letter}4:{letter}{FILLED_TO}")


def _rule(book: Workbook, column: Heading) -> DataValidation:
    if column.kind == "choice":
        rule = DataValidation("list", formula1=_listed(book, column), allow_blank=True)
    elif column.kind in ("whole", "number"):
        kind = "whole" if column.kind == "whole" else "decimal"
        limits = {"operator": "between", "formula1": column.least, "formula2": column.most}
        rule = DataValidation(kind, **limits, allow_blank=True)
    else:
        return DataValidation()
    rule.showErrorMessage = True
    rule.error = _("Choose from the list.") if column.kind == "choice" else _("Type a number.")
    return rule


def _listed(book: Workbook, column: Heading) -> str:
    """Writes the choices on a hidden sheet (a list inside the rule ends at 255 characters)."""
    name = sheet_name(_("Lists"))
    if name not in book.sheetnames:
        book.create_sheet(name).sheet_state = "hidden"
    sheet = book[name]
    index = sheet.max_column + 1 if sheet["A1"].value else 1
    labels = [str(column.label), *(str(label) for _value, label in column.choices)]
    for row, label in enumerate(labels, start=1):
        sheet.cell(row, index, label)
    letter = get_column_letter(index)
    return f"'{name}'!${letter}$2:${letter}${len(labels)}"


def _write_guide(guide, columns: list[Heading], title: str, notes: Iterable[str]) -> None:
    guide.append([str(title)])
    guide["A1"].font = Font(bold=True, size=13)
    for note in notes:
        guide.append([str(note)])
    guide.append([])
    shown = max((len(list(column.examples)) for column in columns), default=0)
    heads = [_("Column"), _("Required"), _("How to write it")]
    guide.append(heads + [_("Example %(number)s") % {"number": n + 1} for n in range(shown)])
    for cell in guide[guide.max_row]:
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD_FILL, FRAME
    for column in columns:
        how = str(column.help) or ", ".join(str(label) for _value, label in column.choices)
        guide.append([str(column.label), "x" if column.required else "", how, *column.examples])
        for cell in guide[guide.max_row]:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEFGH", (26, 10, 60, 24, 24, 24, 24, 24), strict=True):
        guide.column_dimensions[letter].width = width
