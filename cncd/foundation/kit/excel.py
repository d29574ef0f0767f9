"""Reading somebody's Excel or CSV file: whatever comes in, rows come out, or a clear refusal.

sheet = read_sheet(upload, [Heading("code", _("Code"), aliases=["mã"], required=True, …)])
for row in sheet.rows: row.number, row["code"], row.raw["code"], row.errors, row.notes
"""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import excel_apart
from .excel_cells import is_blank, read_cell, shown
from .excel_headings import Heading, Table, find_table, is_numbering, is_total
from .filetypes import ZipBomb, check_zip, kind_of

MAX_BYTES = 10_000_000
PATIENCE = 30  # seconds
HEADROOM = 100  # rows for titles, headings and totals
SEPARATORS = ";,\t"

__all__ = [
    "Heading",
    "Row",
    "RowError",
    "Sheet",
    "UnreadableFile",
    "open_tables",
    "read_sheet",
    "rows_under",
]


class UnreadableFile(ValidationError):
    """The file as a whole cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class RowError:
    """What is wrong at one row of the file; `column` is the label of a heading, or empty."""

    row: int
    column: str
    message: str

    def __str__(self):
        where = _("Row %(row)s, %(column)s") if self.column else _("Row %(row)s")
        return f"{where % {'row': self.row, 'column': self.column}}: {self.message}"


@dataclass
class Row:
    """One row as read: `row["code"]` is the value, `row.raw["code"]` what was written."""

    number: int  # as Excel counts
    raw: dict[str, str] = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __getitem__(self, key):
        return self.values.get(key)

    get = __getitem__

    def error(self, column: str, message: str) -> None:
        """Adds an error at a column (its label, or empty for the row as a whole)."""
        self.errors.append(RowError(self.number, str(column), str(message)))


@dataclass
class Sheet:
    """The rows under the headings, the headings found, and what was passed over."""

    rows: list[Row]
    headings: list[Heading]  # those found, in the order of the file
    notes: list[str]

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def read_sheet(upload, columns: list[Heading], max_rows: int = 5_000) -> Sheet:
    """Reads the rows under the headings; raises UnreadableFile with a message for the person."""
    return rows_under(open_tables(upload, max_rows), columns, max_rows)


def open_tables(upload, max_rows: int) -> list[Table]:
    """What stands in the file, sheet by sheet, as plain values; raises UnreadableFile."""
    content = _content(upload)
    kind = kind_of(content)
    if kind == "text":
        return _tables_of_text(content)
    if kind in ("xlsx", "xls"):
        return _tables_of_workbook(content, kind, max_rows)
    raise UnreadableFile(_refusal(kind))


def rows_under(tables: list[Table], columns: list[Heading], max_rows: int) -> Sheet:
    """The rows under the headings of the table that fits them best; raises UnreadableFile."""
    table = _best_table(tables, columns)
    sheet = _rows(table, columns)
    if len(sheet.rows) > max_rows:
        raise UnreadableFile(_too_many(max_rows))
    if not sheet.rows:
        raise UnreadableFile(
            _("There is nothing under the headings in row %(row)s. Fill in the rows and try again.")
            % {"row": table.header_row}
        )
    return sheet


# -- the file as a whole ------------------------------------------------------------------------


def _content(upload) -> bytes:
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            _("The file is larger than %(most)s MB. Split it, or remove pictures from it.")
            % {"most": MAX_BYTES // 1_000_000}
        )
    if not content.strip():
        raise UnreadableFile(_("The file is empty."))
    return content


def _refusal(kind: str) -> str:
    messages = {
        "locked": _("The file is protected by a password. Remove the password and try again."),
        "macro": _("The file contains macros. Save it as “Excel Workbook (.xlsx)” and try again."),
        "pdf": _("This is a PDF file, not an Excel file."),
        "docx": _("This is a Word file, not an Excel file."),
        "doc": _("This is a Word file, not an Excel file."),
        "xlsb": _("Save the file as “Excel Workbook (.xlsx)” and try again."),
        "odf": _("Save the file as “Excel Workbook (.xlsx)” and try again."),
    }
    messages |= dict.fromkeys(
        ("jpeg", "png", "webp", "heic"), _("This is a picture, not an Excel file.")
    )
    return messages.get(kind) or _(
        "This is not an Excel file. Choose a file ending in .xlsx, .xls or .csv."
    )


def _too_many(max_rows: int) -> str:
    return _("The file has more than %(most)s rows. Split it into several files.") % {
        "most": f"{max_rows:,}".replace(",", ".")
    }


def _damaged() -> str:
    return _("The file is damaged. Open it in Excel, save it under a new name and try again.")


def _tables_of_workbook(content: bytes, kind: str, max_rows: int) -> list[Table]:
    if kind == "xlsx":
        try:
            check_zip(content)
        except ZipBomb:
            raise UnreadableFile(
                _("The file unpacks to far more than an Excel file should hold; it was not opened.")
            ) from None
        except (zipfile.BadZipFile, ValueError, OSError):
            raise UnreadableFile(_damaged()) from None
    sheets = _read_apart(content, max_rows)
    return [
        Table({number: cells for number, cells in sheet["rows"]})
        for sheet in sheets
        if sheet["rows"]
    ]


def _read_apart(content: bytes, max_rows: int) -> list[dict]:
    # A malicious or broken workbook may take the reading process down; it must not be this one.
    command = [sys.executable, "-I", excel_apart.__file__, str(max_rows + HEADROOM)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=PATIENCE, check=True
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        answer = {"refused": "broken"}
    refused = answer.get("refused")
    if refused == "rows":
        raise UnreadableFile(_too_many(max_rows))
    if refused:
        raise UnreadableFile(_refusal("locked") if refused == "locked" else _damaged())
    return answer["sheets"]


def _tables_of_text(content: bytes) -> list[Table]:
    """One table per possible separator; the headings decide which is the right one."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(
            _("The letters of this CSV file cannot be read. Save it as “CSV UTF-8” or as .xlsx.")
        ) from None
    tables = []
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            lines = [(reader.line_num, cells) for cells in reader]
        except csv.Error:
            continue
        tables.append(Table({line: cells for line, cells in lines if any(map(str.strip, cells))}))
    return tables


# -- the headings, then the rows ----------------------------------------------------------------


def _best_table(tables: list[Table], columns: list[Heading]) -> Table:
    found = [find_table(table, columns) for table in tables]
    best = max((table for table in found if table), key=lambda table: table.score, default=None)
    wanted = ", ".join(f"“{heading.label}”" for heading in columns if heading.required)
    if best is None:
        raise UnreadableFile(
            _("No row of headings near the top of the file. It needs the columns: %(columns)s.")
            % {"columns": wanted or ", ".join(f"“{heading.label}”" for heading in columns)}
        )
    if best.doubled:
        raise UnreadableFile(
            _("Row %(row)s has the heading %(columns)s more than once; keep one column of each.")
            % {"row": best.header_row, "columns": _quoted(best.doubled)}
        )
    if missing := [h for h in columns if h.required and h.key not in best.places]:
        raise UnreadableFile(
            _("Row %(row)s has the headings, but these columns are missing: %(columns)s.")
            % {"row": best.header_row, "columns": _quoted(missing)}
        )
    return best


def _quoted(headings: list[Heading]) -> str:
    return ", ".join(f"“{heading.label}”" for heading in headings)


def _rows(table: Table, columns: list[Heading]) -> Sheet:
    found = sorted(
        (heading for heading in columns if heading.key in table.places),
        key=lambda heading: table.places[heading.key],
    )
    sheet = Sheet(rows=[], headings=found, notes=[])
    if table.unknown:
        sheet.notes.append(
            _("These columns are not used: %(columns)s.")
            % {"columns": ", ".join(f"“{name}”" for name in table.unknown)}
        )
    below = [(number, cells) for number, cells in table.rows.items() if number > table.header_row]
    for position, (number, cells) in enumerate(below):
        written = {heading.key: table.cell(cells, heading.key) for heading in found}
        if all(is_blank(cell) for cell in written.values()):
            continue
        if position == 0 and is_numbering(cells):
            sheet.notes.append(
                _("Row %(row)s numbers the columns and was passed over.") % {"row": number}
            )
        elif is_total(cells, written, found):
            sheet.notes.append(_("Row %(row)s is a total and was passed over.") % {"row": number})
        else:
            sheet.rows.append(_read_row(number, written, found))
    return sheet


def _read_row(number: int, written: dict, headings: list[Heading]) -> Row:
    row = Row(number)
    for heading in headings:
        cell = written[heading.key]
        row.raw[heading.key] = "" if cell is None else shown(cell)
        try:
            value, note = read_cell(cell, heading)
        except ValueError as error:
            row.values[heading.key] = None
            row.error(heading.label, error)
            continue
        row.values[heading.key] = value
        if note:
            row.notes.append(f"{heading.label}: {note}")
        if value is None and heading.required:
            row.error(heading.label, _("Nothing is written here."))
    return row
