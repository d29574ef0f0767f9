"""Pages: from the button to the number, and what a stranger with the paper in hand sees."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cncd.foundation.files.tests.pictures import pdf
from cncd.foundation.kit.worker import run_ready
from cncd.results.paperwork import actions, office
from cncd.results.paperwork.layout import checking, packaged
from cncd.results.paperwork.models import Paper, PaperFile, PdfRun

from . import keys
from .conftest import KIND

pytestmark = pytest.mark.django_db


def page(name: str, *args) -> str:
    return reverse(f"paperwork:{name}", args=args)


def number(paper, by, given=5):
    return actions.number_paper(
        paper=paper, revision=paper.revision, number=given, issued_on=dt.date(2026, 11, 20), by=by
    )


def test_an_officer_draws_up_edits_and_numbers(cast, trial, page_client):
    lan = page_client.as_(cast.lan)
    start = page("draw", KIND, cast.team.pk)
    assert lan.get(start).status_code == 200
    answer = lan.post(start, {"day": "20/11/2026"})
    paper = Paper.objects.get()
    assert answer.url == paper.get_absolute_url()
    text = lan.get(answer.url).content.decode()
    assert "Điều 1." in text
    assert "Số này từ đâu?" in text
    form = lan.get(page("edit", paper.pk)).context["form"]
    sent = {name: field.initial or "" for name, field in form.fields.items()}
    sent |= {"revision": "1", "about": "về việc đã sửa", "body.1": "Tổ có «7» người."}
    assert lan.post(page("edit", paper.pk), sent).status_code == 302
    paper.refresh_from_db()
    assert (paper.about, paper.edited) == ("về việc đã sửa", True)
    wrong = lan.post(page("edit", paper.pk), sent | {"revision": "2", "body.1": "«8»"})
    assert set(wrong.context["form"].errors) == {"body.1"}
    lan.post(page("number", paper.pk), {"revision": "2", "number": "5", "issued_on": "20/11/2026"})
    paper.refresh_from_db()
    assert paper.full_number == "05/QĐ-UBND"
    word = lan.get(page("word", paper.pk))
    assert b"".join(word.streaming_content).startswith(b"PK")
    assert "05/QĐ-UBND" in lan.get(page("list"), {"q": "05/qd"}).content.decode()


def test_a_number_given_already_is_told_at_the_field(cast, trial, paper, page_client):
    number(paper, cast.lan)
    other = actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan)
    sent = {"revision": "1", "number": "5", "issued_on": "20/11/2026"}
    answer = page_client.as_(cast.lan).post(page("number", other.pk), sent)
    assert "05/QĐ-UBND" in answer.context["form"].errors["number"][0]


def test_changed_figures_are_shown_and_set(cast, data, paper, page_client):
    data.members = 9
    lan = page_client.as_(cast.lan)
    assert "nay là 9" in lan.get(paper.get_absolute_url()).content.decode()
    lan.post(page("refresh", paper.pk), {"revision": "1"})
    assert "nay là" not in lan.get(paper.get_absolute_url()).content.decode()


def test_others_papers_are_out_of_sight(cast, paper, page_client):
    for user in (cast.dung, cast.outsider):
        client = page_client.as_(user)
        for name in ("paper", "word", "edit"):
            assert client.get(page(name, paper.pk)).status_code == 404
    assert page_client.as_(cast.minh).get(paper.get_absolute_url()).status_code == 200


def test_the_page_of_a_document_asks_few_questions(
    cast, paper, page_client, django_assert_max_num_queries
):
    lan = page_client.as_(cast.lan)
    lan.get(paper.get_absolute_url())
    with django_assert_max_num_queries(32):
        lan.get(paper.get_absolute_url())


def test_the_list_asks_as_many_questions_for_many_as_for_one(
    cast, trial, paper, page_client, django_assert_max_num_queries
):
    for _ in range(5):
        actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan)
    lan = page_client.as_(cast.lan)
    lan.get(page("list"))
    with django_assert_max_num_queries(16):
        lan.get(page("list"))


def test_without_libreoffice_the_page_says_so(cast, paper, page_client, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: None)
    text = page_client.as_(cast.lan).get(paper.get_absolute_url()).content.decode()
    assert "apt-get install libreoffice-writer" in text
    run = PdfRun.objects.create(paper=paper, revision=1, asked_at=paper.drawn_at)
    actions.make_pdf(run=run)
    run.refresh_from_db()
    assert (run.state, run.problem) == ("failed", "none")


def test_a_pdf_is_made_in_the_background_and_the_page_shows_how_far(
    cast, paper, page_client, django_capture_on_commit_callbacks
):
    lan = page_client.as_(cast.lan)
    with django_capture_on_commit_callbacks(execute=True):
        lan.post(page("pdf", paper.pk))
        lan.post(page("pdf", paper.pk))  # pressed twice, made once
    waiting = lan.get(paper.get_absolute_url()).content.decode()
    assert "Đang chờ tới lượt" in waiting
    assert 'http-equiv="refresh"' in waiting
    run_ready()
    run = PdfRun.objects.get()
    assert run.state == "done", run.problem
    kept = PaperFile.objects.get(kind="pdf")
    with kept.file.content.open("rb") as content:
        assert content.read(5) == b"%PDF-"
    assert 'http-equiv="refresh"' not in lan.get(paper.get_absolute_url()).content.decode()
    assert actions.make_pdf(run=run) is None  # a job that comes twice does no harm


# -- the public page -------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_earlier_visits():
    cache.clear()


def test_a_stranger_learns_that_a_draft_proves_nothing(cast, paper, page_client):
    text = page_client.get(page("confirm", paper.code)).content.decode()
    assert "chưa ban hành" in text
    assert "về việc thử" not in text
    assert "Trần Văn Hùng" not in text


def test_a_stranger_learns_whether_a_document_is_in_force_and_unchanged(cast, paper, page_client):
    numbered = number(paper, cast.lan)
    actions.attach_signed(paper=numbered, upload=pdf(), by=cast.lan)
    address = page("confirm", paper.code)
    text = page_client.get(address).content.decode()
    for shown in ("UBND xã Nhơn Mỹ", "05/QĐ-UBND", "20/11/2026", "về việc thử"):
        assert shown in text
    for hidden in ("Trần Văn Hùng", "Thành viên", "Mỹ Phước"):
        assert hidden not in text
    stored = Paper.objects.get().files.count()
    same = page_client.post(address, {"file": pdf()})
    assert same.context["answer"] == "same"
    changed = SimpleUploadedFile("a.pdf", pdf().read() + b" ")
    assert page_client.post(address, {"file": changed}).context["answer"] == "other"
    assert Paper.objects.get().files.count() == stored


def test_the_subject_of_kinds_that_name_people_is_not_shown(cast, paper, trial, page_client):
    from dataclasses import replace

    from cncd.results.paperwork import registry

    number(paper, cast.lan)
    registry.kinds()[KIND] = replace(trial, names_people=True)
    assert "về việc thử" not in page_client.get(page("confirm", paper.code)).content.decode()


def test_withdrawn_and_replaced_documents_say_so(cast, trial, paper, page_client):
    old = number(paper, cast.lan)
    new = actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan, replaces=old)
    new = number(new, cast.lan, 6)
    assert "06/QĐ-UBND" in page_client.get(page("confirm", old.code)).content.decode()
    actions.withdraw_paper(paper=new, reason="Sai thẩm quyền", by=cast.lan)
    assert "Sai thẩm quyền" in page_client.get(page("confirm", new.code)).content.decode()


def test_a_code_typed_by_hand_leads_there(cast, paper, page_client):
    typed = f"{paper.code[:4].lower()}-{paper.code[4:]}"
    assert page_client.post(page("find"), {"code": typed}).url == page("confirm", paper.code)
    assert page_client.post(page("find"), {"code": "23456789"}).context["form"].errors
    assert page_client.get(page("confirm", "KHONGCO2")).status_code == 404


def test_whoever_guesses_codes_is_stopped(cast, page_client):
    answers = [page_client.get("/vb/KHONGCO2/").status_code for _ in range(61)]
    assert answers[:60] == [404] * 60
    assert answers[60] == 429


# -- templates, signatures -------------------------------------------------------------------------


def test_an_office_takes_changes_and_brings_back_its_template(
    cast, trial, page_client, monkeypatch
):
    lan = page_client.as_(cast.lan)
    assert lan.get(page("templates")).status_code == 200
    assert lan.get(page("packaged", KIND)).content == packaged.docx_of("van-ban")
    own = page("template", KIND)
    parts = packaged.parts_of("van-ban")
    text = parts["word/document.xml"].replace("{{ nguoi_ky }}", "{{ nguoi_kyy }}")
    bad = packaged.packed(parts | {"word/document.xml": text})
    for content in (bad, packaged.docx_of("van-ban").replace(b"nguoi_ky", b"x")):  # wrong, broken
        answer = lan.post(own, {"file": SimpleUploadedFile("mau.docx", content)})
        assert answer.context["form"].errors["file"]
    good = packaged.docx_of("van-ban")
    assert lan.post(own, {"file": SimpleUploadedFile("mau.docx", good)}).status_code == 302
    assert "mẫu riêng" in lan.get(own).content.decode()
    assert "dùng được với bản chương trình này" in lan.get(own).content.decode()
    monkeypatch.setattr(checking, "NEEDED", (*checking.NEEDED, "CNCĐ Kiểu mới"))  # an upgrade
    assert "CNCĐ Kiểu mới" in lan.get(own).content.decode()
    assert "cần sửa" in lan.get(page("templates")).content.decode()
    lan.post(page("end_template", KIND))
    assert "đang dùng mẫu có sẵn" in lan.get(own).content.decode()


def test_a_signed_pdf_is_checked_against_the_authorities_an_administrator_named(
    cast, paper, page_client
):
    numbered = number(paper, cast.lan)
    actions.attach_signed(paper=numbered, upload=pdf(), by=cast.lan)
    lan = page_client.as_(cast.lan)
    key = SimpleUploadedFile("co-quan.p12", keys.office())
    answer = lan.post(page("sign", paper.pk), {"key": key, "passphrase": keys.PASSPHRASE})
    assert answer.status_code == 302
    kept = PaperFile.objects.get(kind="signed")
    with kept.file.content.open("rb") as content:
        file = content.read()
    admin = page_client.as_(cast.quan_tri)
    before = lan.post(page("verify"), {"file": SimpleUploadedFile("a.pdf", file)})
    assert "không nằm trong danh sách tin cậy" in before.content.decode()
    root = SimpleUploadedFile("goc.pem", keys.authority())
    assert admin.post(page("roots"), {"certificate": root}).status_code == 302
    assert "Cơ yếu thử" in admin.get(page("roots")).content.decode()
    after = lan.post(page("verify"), {"file": SimpleUploadedFile("a.pdf", file)})
    assert "Hợp lệ" in after.content.decode()
    unsigned = lan.post(page("verify"), {"file": pdf()})
    assert "không có chữ ký số" in unsigned.content.decode()
