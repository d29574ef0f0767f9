"""Files that Word opens without a complaint, and that an officer goes on editing."""

import io
import subprocess
import zipfile

import pytest
from docx import Document

from cncd.results.paperwork import office
from cncd.results.paperwork.layout import checking, measuring, packaged
from cncd.results.paperwork.layout.ooxml import W
from cncd.results.paperwork.layout.rendering import rendered
from cncd.results.paperwork.layout.sample import STAMP, sample

from .word import unreadable

pytestmark = pytest.mark.xdist_group("libreoffice")
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
LETTER = "{{ co_quan }}"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A document and the packaged templates as LibreOffice saves them: name → Word file."""
    folder = tmp_path_factory.mktemp("saved")
    made = {name: packaged.docx_of(name) for name in packaged.NAMES}
    made["decision"] = rendered(made["van-ban"], sample(), STAMP)
    for name, content in made.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office.program(), profile, "--headless", "--norestore", "--convert-to", "docx",
               "--outdir", str(folder / "out"), *map(str, folder.glob("*.docx"))]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: (folder / "out" / f"{name}.docx").read_bytes() for name in made}


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (DOCUMENT, '<w:pStyle w:val="CoQuan"/>', '<w:jc w:val="left"/><w:pStyle w:val="CoQuan"/>',
         "pPr is out of order"),
        (DOCUMENT, 'w:val="CoQuan"/>', 'w:val="KhongCo"/>', "no paragraph style KhongCo"),
        (DOCUMENT, "<w:tblGrid>", "<w:tblGrid><w:gridCol w:w=\"9\"/>", "cells in a grid of"),
        (DOCUMENT, 'r:id="rId3"', 'r:id="rId9"', "no relation rId9"),
        (DOCUMENT, "<w:tcPr>", "<w:p/><w:tcPr>", "tcPr is not first in tc"),
        (DOCUMENT, LETTER, f"{LETTER}</w:t></w:r></w:p></w:tc><w:tc><w:tcPr/><w:p><w:r><w:t>",
         "cells in a grid of 2"),
        (STYLES, '<w:basedOn w:val="Normal"/><w:qFormat/>', '<w:qFormat/><w:basedOn w:val="x"/>',
         "style is out of order"),
        (STYLES, 'w:line="264"', 'w:line="264.5"', "spacing line is 264.5"),
        (STYLES, '<w:jc w:val="both"/>', '<w:jc w:val="justify"/>', "jc justify"),
        ("[Content_Types].xml", "/word/settings.xml", "/word/khac.xml", "type of nothing"),
    ],
)  # fmt: skip
def test_what_makes_word_stumble_is_found(part, old, new, said):
    parts = packaged.parts_of("van-ban")
    assert old in parts[part]
    found = unreadable(packaged.packed(parts | {part: parts[part].replace(old, new)}))
    assert any(said in each for each in found), found


def test_what_a_template_leaves_unfilled_is_found():
    assert any("left over: co_quan" in each for each in unreadable(packaged.docx_of("van-ban")))


def test_a_document_saved_by_libreoffice_still_measures_right(saved):
    content = saved["decision"]
    assert measuring.problems(content) == []
    document = Document(io.BytesIO(content))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "CNCĐ Thân bài", "CNCĐ Căn cứ", "CNCĐ Phụ lục"} <= styles
    tables = [table for table in document.tables if len(table.columns) == 4]
    assert [len(table.rows) for table in tables] == [12]
    assert tables[0]._tbl.find(f".//{W}tblHeader") is not None


@pytest.mark.parametrize("name", packaged.NAMES)
def test_a_template_saved_by_libreoffice_is_taken_back(saved, name):
    assert checking.problems(saved[name], name) == []


def test_the_file_speaks_vietnamese_and_names_no_typist():
    with zipfile.ZipFile(io.BytesIO(rendered(packaged.docx_of("van-ban"), sample(), STAMP))) as a:
        styles, told = a.read(STYLES).decode(), a.read("docProps/core.xml").decode()
    assert '<w:lang w:val="vi-VN"' in styles
    assert "QUYẾT ĐỊNH về việc kiện toàn" in told
    assert "<dc:creator>UBND xã Mẫu</dc:creator>" in told
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in told or "<cp:lastModifiedBy/>" in told
    assert "Người Ký Mẫu" not in told
