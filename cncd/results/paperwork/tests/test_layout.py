"""Templates: what the source makes, what an office may bring, what is refused and why."""

import io
import zipfile

import pytest

from cncd.results.paperwork.drawing import Signing
from cncd.results.paperwork.layout import checking, measuring, packaged
from cncd.results.paperwork.layout.rendering import PACKAGED, rendered
from cncd.results.paperwork.layout.sample import STAMP, sample
from cncd.results.paperwork.rules.measures import twips

DOCUMENT = "word/document.xml"


def changed(old: str, new: str, *, name="van-ban", part=DOCUMENT) -> bytes:
    """A packaged template with one thing done wrong."""
    parts = packaged.parts_of(name)
    assert old in parts[part]
    return packaged.packed(parts | {part: parts[part].replace(old, new)})


@pytest.mark.parametrize("name", packaged.NAMES)
def test_the_packaged_templates_are_what_the_source_makes(name):
    assert (PACKAGED / f"{name}.docx").read_bytes() == packaged.docx_of(name), (
        "run scripts/paper_templates.py"
    )


@pytest.mark.parametrize("name", packaged.NAMES)
def test_the_packaged_templates_pass_the_check_they_set(name):
    assert checking.problems(packaged.docx_of(name), name) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ co_quan }}", "{{ co_quann }}", "co_quann"),
        ("{{p than_bai }}", "{{ than_bai }}", "p than_bai"),
        ("{{ nguoi_ky }}", "", "nguoi_ky"),
        ("{{ co_quan }}", "{% if co_quan %}{{ co_quan }}", "thẻ viết chưa đúng"),
        ("{{ co_quan }}", "{{ co_quan }}{{ co_quan.__class__ }}", "__class__"),
        ("{{ co_quan }}", "{% for i in range(9) %}{{ co_quan }}{% endfor %}", "range"),
        ("{{ co_quan }}", "{{ co_quan }}{{ truong.chua_co }}", "chua_co"),
    ],
)
def test_tags_that_are_wrong_are_named(old, new, said):
    (problem, *_rest) = checking.problems(changed(old, new), "van-ban")
    assert said in problem


@pytest.mark.parametrize(
    "attack",
    [
        "{{ 'a' * 10**9 }}",
        "{% for a in so_ky_hieu %}{% for b in so_ky_hieu %}x{% endfor %}{% endfor %}",
        "{{ co_quan | center(10**9) }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% set x = co_quan %}",
    ],
)
def test_a_template_that_would_run_on_for_hours_is_not_even_tried(attack, monkeypatch):
    monkeypatch.setattr(checking, "rendered", lambda *_: pytest.fail("it was filled in"))
    problems = checking.problems(changed("{{ co_quan }}", "{{ co_quan }}" + attack), "van-ban")
    assert any("vòng lặp" in problem for problem in problems), problems


def test_several_things_to_mend_are_told_at_once():
    parts = packaged.parts_of("van-ban")
    text = parts[DOCUMENT].replace("so_ky_hieu", "so").replace("{{p can_cu }}", "")
    problems = checking.problems(packaged.packed(parts | {DOCUMENT: text}), "van-ban")
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("HỘI CHỦ", "HỘI</w:t><w:br/><w:t>CHỦ", "hai dòng"),
        (f'w:w="{twips(91)}"', f'w:w="{twips(80)}"', "sẽ bị ngắt thành hai dòng"),
        ("Độc lập - Tự do", "Độc lập — Tự do", "gạch ngang dài"),
        ("Độc lập - Tự do - Hạnh phúc", "Độc lập Tự do", "Thiếu"),
        (f'w:left="{twips(30)}"', f'w:left="{twips(20)}"', "Lề trái là 20"),
        (f'w:w="{twips(210)}"', f'w:w="{twips(216)}"', "A4"),
        ("<w:titlePg/>", "", "Trang đầu"),
        ("{{p ke_trich_yeu }}", "──────", "gõ bằng ký tự"),
    ],
)
def test_a_layout_outside_the_decree_is_measured_and_refused(old, new, said):
    problems = checking.problems(changed(old, new), "van-ban")
    problems = problems or measuring.problems(rendered(changed(old, new), sample(), STAMP))
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Times New Roman", "Arial", "Arial"),
        (f'w:firstLine="{twips(12.7)}"', 'w:firstLine="0"', "10 hoặc 12,7"),
        ('w:before="0" w:after="120" w:line="264"', 'w:before="0" w:after="40" w:line="264"', "6"),
        ('w:line="264"', 'w:line="480"', "1,5"),
        ('<w:jc w:val="both"/>', '<w:jc w:val="left"/>', "đều hai lề"),
    ],
)
def test_styles_outside_the_decree_are_refused(old, new, said):
    problems = checking.problems(changed(old, new, part="word/styles.xml"), "van-ban")
    assert any(said in problem for problem in problems), problems


def test_what_is_no_word_file_or_no_safe_one_is_refused():
    good = packaged.docx_of("van-ban")
    held = io.BytesIO(good)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, b" " * 160_000_000)
    outside = packaged.parts_of("van-ban")
    link = '<Relationship Id="rId9" Type="x/i" Target="http://a.vn/x.png" TargetMode="External"/>'
    rels = "word/_rels/document.xml.rels"
    outside[rels] = outside[rels].replace("</Relationships>", f"{link}</Relationships>")
    for content, said in (
        (b"%PDF-1.4", "không phải tệp Word"),
        (held.getvalue(), "macro"),
        (good + b"x" * 2_000_000, "2 MB"),
        (bomb.getvalue(), "bị hỏng"),
        (packaged.packed(outside), "ở nơi khác"),
    ):
        (problem,) = checking.problems(content, "van-ban")
        assert said in problem


def test_what_people_wrote_never_becomes_a_tag_or_markup():
    hostile = "A & B <w:p/> {{ 7*7 }} {% if %} \x07\x0c"
    signing = Signing("CHỦ TỊCH", hostile, "ỦY BAN NHÂN DÂN")
    made = rendered(packaged.docx_of("van-ban"), sample(hostile, signing=signing), STAMP)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        xml = archive.read(DOCUMENT).decode()
    assert "{{ 7*7 }}" in xml
    assert "&lt;w:p/&gt;" in xml
    assert ">49<" not in xml


def test_the_file_holds_real_styles_and_tables_and_one_picture_of_the_code():
    from docx import Document

    made = rendered(packaged.docx_of("van-ban"), sample(), STAMP)
    document = Document(io.BytesIO(made))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "CNCĐ Thân bài", "CNCĐ Căn cứ", "CNCĐ Phụ lục"} <= styles
    ruled = [table for table in document.tables if table.style.name == "CNCĐ Bảng"]
    assert len(ruled) == 2
    assert len(ruled[0].rows) == 12
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 1
