"""Workbooks and CSV files for tests, made on the spot."""

import io

from openpyxl import Workbook


class Upload(io.BytesIO):
    """What a browser sends: bytes with a name."""

    def __init__(self, content: bytes, name: str = "danh-sach.xlsx"):
        super().__init__(content)
        self.name, self.size = name, len(content)


def saved(book: Workbook) -> Upload:
    file = io.BytesIO()
    book.save(file)
    return Upload(file.getvalue())


def xlsx(*rows, merge=()) -> Upload:
    """An Excel file of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merge:
        book.active.merge_cells(cells)
    return saved(book)
