"""Opens a workbook in a process of its own: `python excel_apart.py MAX_ROWS < file`.

The reader is fast but trusting: two cells in opposite corners of a sheet make it ask for more
memory than any machine has, and the process dies. Here that process is a child with limits, which
hold for entity bombs too. It imports nothing of the project, answers in JSON on its output, and
exits with 0 even when it refuses.
"""

import datetime as dt
import io
import json
import re
import sys
import zipfile
from xml.etree import ElementTree

MEMORY = 1_500_000_000  # bytes
SECONDS = 20
MAX_SHEETS = 20
MAX_COLUMNS = 200
MAX_CHARACTERS = 20_000_000  # of all texts together
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
ADDRESS = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
ERROR_NAME = re.compile(rb"#[A-Z0-9/]+[!?A]?")


class Refused(Exception):
    """Says in one word why the workbook is not read."""


def limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def column_number(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → path of its part inside the workbook."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {row.get("Id"): row.get("Target", "") for row in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            target = targets.get(sheet.get(RELATION), "")
            found[sheet.get("name")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    return found


def error_cells(content: bytes, name: str) -> dict[tuple[int, int], str]:
    """(row, column) → "#DIV/0!": the reader itself shows such cells as empty."""
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = sheet_parts(archive).get(name)
        xml = archive.read(part) if part in archive.namelist() else b""
    found = {}
    for attributes, inside in ERROR_CELL.findall(xml):
        address, error = ADDRESS.search(attributes), ERROR_NAME.search(inside)
        if address:
            spot = int(address[2]) - 1, column_number(address[1])
            found[spot] = error[0].decode() if error else "#N/A"
    return found


def plain(value):
    """A value JSON can carry; days and times are marked, so that no text is mistaken for one."""
    if isinstance(value, dt.datetime):
        return {"day": value.date().isoformat(), "time": value.time().isoformat("minutes")}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, dt.time | dt.timedelta):
        return {"time": str(value)}
    return value


def spread_merged(rows: dict[int, list], ranges) -> None:
    """Cells merged downwards in one column all say what the uppermost says."""
    for (top, left), (bottom, right) in ranges or ():
        if left != right or left >= MAX_COLUMNS or top not in rows:
            continue
        for number in range(top + 1, min(bottom, max(rows)) + 1):
            if number in rows and left < len(rows[number]) and rows[number][left] == "":
                rows[number][left] = rows[top][left]


def read(sheet, content: bytes, max_rows: int) -> list:
    """[[row number from 1, [values from column A]]…] of the rows that hold something."""
    errors = error_cells(content, sheet.name)
    unused = [""] * min(sheet.start[1], MAX_COLUMNS) if sheet.start else []
    rows = {}
    for number, values in enumerate(sheet.iter_rows()):
        cells = [plain(value) for value in (unused + values)[:MAX_COLUMNS]]
        cells = [errors.get((number, column), cell) for column, cell in enumerate(cells)]
        if any(cell != "" for cell in cells):
            rows[number] = cells
        if len(rows) > max_rows:
            raise Refused("rows")
    spread_merged(rows, sheet.merged_cell_ranges)
    return [[number + 1, cells] for number, cells in rows.items()]


def read_all(content: bytes, max_rows: int) -> list:
    """[{name, rows}…] of the sheets one can see."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise Refused("locked") from None
    visible = calamine.SheetVisibleEnum.Visible
    seen = [meta.name for meta in book.sheets_metadata if meta.visible == visible][:MAX_SHEETS]
    sheets = [
        {"name": name, "rows": read(book.get_sheet_by_name(name), content, max_rows)}
        for name in seen
    ]
    texts = (cell for sheet in sheets for _, cells in sheet["rows"] for cell in cells)
    if sum(len(text) for text in texts if isinstance(text, str)) > MAX_CHARACTERS:
        raise Refused("text")
    return sheets


def main() -> None:
    content = sys.stdin.buffer.read()
    limit()
    try:
        answer = {"sheets": read_all(content, int(sys.argv[1]))}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except BaseException as error:  # a panic of the reader is not an Exception
        answer = {"refused": "broken", "why": f"{type(error).__name__}: {error}"[:300]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
