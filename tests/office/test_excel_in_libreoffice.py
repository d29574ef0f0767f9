"""Our Excel files as LibreOffice opens them: numbers, dates and texts are what they look like."""

import datetime as dt
import io
import re
import subprocess
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest
from django.test import Client
from openpyxl import load_workbook

from cncd.foundation.people.models import Person
from cncd.results.conftest import NOON, Season
from cncd.results.reports.actions import accept_reports
from cncd.results.reports.models import Report
from cncd.team.programme.actions import TargetLine, assign_targets
from cncd.team.programme.models import Indicator
from scripts import needs

pytestmark = pytest.mark.looks  # the files are the same, whichever database they come from

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
NUMBER_OR_DAY = re.compile(r"-?[\d.]+(,\d+)?%?|\d{1,2}/\d{1,2}/\d{4}( \d{1,2}:\d\d)?")
WORDS = {"Mã", "Điện thoại", "Mục tiêu"}  # codes, and the plan's own words: texts like numbers
FORMULA = "=1+1 tổ"

LISTS = {
    "indicators": "/desk/indicators/",
    "figure": "/desk/indicators/TC08/",
    "reports": "/reports/",
    "teams": "/teams/",
    "members": "/teams/members/",
    "coverage": "/teams/coverage/",
    "activities": "/activities/",
    "catalogue": "/programme/",
    "measures": "/programme/measures/",
    "checks": "/programme/checks/",
    "periods": "/programme/periods/",
    "targets": "/targets/",
    "places": "/places/",
    "people": "/people/",
    "agencies": "/agencies/",
    "documents": "/documents/",
    "journal": "/journal/",
}


@dataclass
class Cell:
    """A cell as LibreOffice understood it."""

    kind: str  # string float percentage date, or "" for an empty one
    value: str
    text: str
    is_sound: bool  # neither a formula nor an error


def convert(folder, suffix: str, *paths) -> None:
    """Has LibreOffice open the files and save them in another format, under `folder`."""
    subprocess.run(
        [
            needs.office(),
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            suffix,
            "--outdir",
            folder / suffix,
            *paths,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def cell_of(element) -> Cell:
    kind = element.get(f"{OFFICE}value-type", "")
    value = element.get(f"{OFFICE}date-value") or element.get(f"{OFFICE}value") or ""
    text = "\n".join("".join(line.itertext()) for line in element.iter(f"{TEXT}p"))
    wrong = element.get(f"{CALC}value-type") == "error" or element.get(f"{TABLE}formula")
    return Cell(kind, value, text, not wrong)


def rows_of(path) -> list[list[Cell]]:
    """The first sheet's rows of a document LibreOffice saved, without the endless empty ones."""
    with zipfile.ZipFile(path) as document:
        content = ElementTree.fromstring(document.read("content.xml"))
    found = []
    for row in next(content.iter(f"{TABLE}table")).iter(f"{TABLE}table-row"):
        cells = []
        for element in row.iter(f"{TABLE}table-cell"):
            times = int(element.get(f"{TABLE}number-columns-repeated", 1))
            cells += [cell_of(element)] * (times if times < 1000 else 0)
        found.append(cells)
    return found


class Book:
    """A table: {heading: cell} of each row below the line of headings."""

    def __init__(self, path):
        self.cells = rows_of(path)
        place = next(n for n, row in enumerate(self.cells) if sum(bool(c.text) for c in row) > 1)
        self.headings = [cell.text for cell in self.cells[place]]
        found = [row for row in self.cells[place + 1 :] if any(cell.text for cell in row)]
        self.rows = [dict(zip(self.headings, row, strict=False)) for row in found]

    def row(self, text: str) -> dict[str, Cell]:
        """The row that holds this text."""
        return next(row for row in self.rows if text in {cell.text for cell in row.values()})


def with_every_column(client, address: str) -> str:
    """The address of the list's Excel file, columns that are hidden at first included."""
    shown = client.get(address).context["list"].source
    keys = ",".join(column.key for column in shown.columns if column.export)
    return f"{address}?{shown.prefix}export=xlsx&{shown.prefix}cols={keys}"


def said(season, cast) -> None:
    """A commune in the middle of its month, with what a spreadsheet likes to spoil."""
    Person.objects.filter(pk=cast.tu.person_id).update(contact_phone="0912345678")
    season.log(18, month=10, people=1234)
    accept_reports(reports=[season.send({"KT01": 3}, month=10)], by=cast.lan)
    season.log(18, people=1500, note=FORMULA)
    season.log(1, ended_on=dt.date(2026, 11, 9), times=3, people=9)
    season.send({"KT01": 3})
    first, until = dt.date(2026, 1, 1), dt.date(2027, 1, 1)
    lines = [
        TargetLine(Indicator.objects.get(code=code), value, place=cast.nhon_my)
        for code, value in (("TC03", 100), ("TC08", 9600))
    ]
    assign_targets(lines=lines, since_on=first, until_on=until, by=cast.minh)


@pytest.fixture
def season(cast, programme, time_machine):
    time_machine.move_to(NOON, tick=False)
    return Season(cast)


@pytest.fixture
def lan(cast):
    client = Client()
    client.force_login(cast.lan)
    return client


@pytest.fixture
def books(season, cast, lan, tmp_path) -> dict[str, Book]:
    """Every list as an officer takes it along, opened and saved by LibreOffice in one go."""
    said(season, cast)
    files = {name: lan.get(with_every_column(lan, at)) for name, at in LISTS.items()}
    asked = {"reason": "Mời họp tháng 11", "excel": "1"}
    files["phones"] = lan.post("/people/phones/", asked)
    paths = [tmp_path / f"{name}.xlsx" for name in files]
    for path, answer in zip(paths, files.values(), strict=True):
        assert "spreadsheet" in answer.headers["Content-Type"], path.name
        path.write_bytes(answer.content)
    convert(tmp_path, "ods", *paths)
    return {name: Book(tmp_path / "ods" / f"{name}.ods") for name in files}


def kinds(row: dict[str, Cell], *headings: str) -> list[tuple[str, str]]:
    return [(row[heading].kind, row[heading].value) for heading in headings]


def test_every_list_opens_with_numbers_days_and_texts_as_such(books):
    cells = [(name, cell) for name, book in books.items() for row in book.cells for cell in row]
    assert [each for each in cells if not each[1].is_sound] == []
    assert {cell.kind for _name, cell in cells} == {"", "string", "float", "percentage", "date"}
    assert [name for name, book in books.items() if not book.rows] == []
    assert [
        (name, heading, cell.text)
        for name, book in books.items()
        for row in book.rows
        for heading, cell in row.items()
        if cell.kind == "string" and heading not in WORDS and NUMBER_OR_DAY.fullmatch(cell.text)
    ] == []
    _figures_are_figures(books)
    _days_are_days(books)
    _texts_are_texts(books)


def _figures_are_figures(books):
    helped = books["indicators"].row("TC08")
    assert kinds(helped, "Tháng này", "Tháng trước", "Mức giao") == [
        ("float", "1509"), ("float", "1234"), ("float", "9600")
    ]  # fmt: skip
    reached = helped["So với mức giao"]
    assert reached.kind == "percentage"
    assert 0 < float(reached.value) < 1
    assert reached.text.endswith("%")
    assert books["teams"].row("31552.001")["Thành viên"].kind == "float"
    part = books["figure"].row("Tổ CNCĐ ấp Mỹ Phước")
    assert kinds(part, "Số liệu", "Đã gửi") == [("float", "1509"), ("float", "1509")]
    assert books["targets"].row("TC08")["Mức giao"].value == "9600"


def _days_are_days(books):
    report = books["reports"].row("Tổ CNCĐ ấp Mỹ Phước")
    assert kinds(report, "Gửi lúc") == [("date", "2026-11-22T12:00:00")]
    assert report["Gửi lúc"].text == "22/11/2026 12:00"
    team = books["teams"].row("31552.001")
    assert kinds(team, "Hiệu lực từ ngày") == [("date", "2025-06-01")]
    entry = books["activities"].row(FORMULA)
    assert kinds(entry, "Ngày", "Số người") == [("date", "2026-11-18"), ("float", "1500")]
    assert entry["Ngày"].text == "18/11/2026"
    assert books["activities"].row("01/11–09/11/2026")["Số người"].value == "9"


def _texts_are_texts(books):
    assert books["activities"].row(FORMULA)["Ghi chú"].kind == "string"
    assert books["teams"].row("31552.001")["Mã"].kind == "string"
    assert books["places"].row("31552")["Mã"].kind == "string"
    assert books["phones"].row("0912345678")["Điện thoại"].kind == "string"


def test_a_template_filled_in_and_saved_by_libreoffice_comes_back(season, cast, lan, tmp_path):
    book = load_workbook(io.BytesIO(lan.get("/reports/import/?template=1").content))
    sheet = book.worksheets[0]
    place = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("Mã Tổ"))
    columns = {str(cell.value).split()[0]: cell.column for cell in place}
    line = next(row[0].row for row in sheet.iter_rows() if row[0].value == "31552.001")
    for code, typed in {"TC08": 1234, "KT01": "không phát sinh", "XH01": "1.250"}.items():
        sheet.cell(line, columns[code]).value = typed
    book.save(tmp_path / "cu.xlsx")
    convert(tmp_path, "xlsx", tmp_path / "cu.xlsx")
    with (tmp_path / "xlsx" / "cu.xlsx").open("rb") as file:
        sent = {"month": season.months[8].pk, "file": file}
        page = lan.post("/reports/import/", sent, follow=True)
    assert page.context["count"]["new"] == 1, page.content.decode()
    address = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    lan.post(address, {"confirm": "1", "digest": page.context["digest"]})
    figures = Report.objects.get(team=cast.team).sent.figures
    assert {code: figures[code]["value"] for code in ("TC08", "KT01", "XH01")} == {
        "TC08": 1234, "KT01": "none", "XH01": 1250
    }  # fmt: skip
