"""From live data to a numbered document: what may happen, and what is refused."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from cncd.foundation.documents.models import Document
from cncd.foundation.files.tests.pictures import pdf
from cncd.foundation.journal.models import Entry
from cncd.results.paperwork import actions, queries
from cncd.results.paperwork.documents import docx_of, template_of
from cncd.results.paperwork.layout import packaged
from cncd.results.paperwork.models import Paper, PaperFile, PaperTemplate
from cncd.results.paperwork.rules.editing import fields_of

from .conftest import KIND

pytestmark = pytest.mark.django_db
ISSUED = dt.date(2026, 11, 20)


def number(paper, given=5, *, by, on=ISSUED):
    return actions.number_paper(
        paper=paper, revision=paper.revision, number=given, issued_on=on, by=by
    )


def edit(paper, by, *, signing=None, lines=None, **words):
    paper.refresh_from_db()
    figures = [row.text for row in paper.figures.all()]
    sent = {each.key: each.text for each in fields_of(paper.words, figures)}
    sent |= {key.replace("_", "."): text for key, text in words.items()}
    return actions.edit_words(
        paper=paper, revision=paper.revision, by=by, words=sent, lines=lines or {},
        signing=signing or {},
    )  # fmt: skip


def test_a_document_is_drawn_up_as_a_draft_with_its_figures_bound(cast, paper):
    assert (paper.state, paper.number, paper.full_number) == ("draft", None, "")
    figures = [(f.text, f.room, f.address, f.label) for f in paper.figures.all()]
    assert figures[0] == ("7", "teams", "/teams/1/", "Thành viên")
    assert len(figures) == 4
    entry = Entry.objects.get(event="paper.drawn")
    assert (entry.actor_id, entry.after["about"]) == (cast.lan.pk, "về việc thử")


def test_only_those_within_reach_draw_up(cast, trial):
    for user in (cast.dung, cast.outsider, cast.xem):
        with pytest.raises((actions.NotOffered, PermissionDenied)):
            actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=user)
    # A team's leader may, for the own team only.
    assert actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.tu).team == cast.team
    with pytest.raises(actions.NotOffered):
        actions.draw_paper(kind=KIND, subject_id=cast.team_my_hoa.pk, by=cast.tu)
    with pytest.raises(actions.NotOffered):
        actions.draw_paper(kind="nothing", subject_id=cast.team.pk, by=cast.lan)


def test_what_changed_in_the_data_is_told_and_set_without_touching_the_words(cast, data, paper):
    edit(paper, cast.lan, body_2="Toàn xã có «2» Tổ, mỗi Tổ «7» người")
    assert queries.figures_of(paper, cast.lan).changed == []
    data.members, data.version = 9, 2
    changed = queries.figures_of(paper, cast.lan).changed
    assert [(each.row.text, each.now) for each in changed] == [("7", "9")] * 3
    paper.refresh_from_db()
    count = actions.refresh_figures(paper=paper, revision=paper.revision, by=cast.lan)
    assert count == 3
    paper.refresh_from_db()
    assert paper.words["body"][2]["w"][0] == "Toàn xã có "
    assert {f.text for f in paper.figures.all()} == {"9", "2"}
    assert paper.figures.filter(version=2).count() == 3


def test_drawing_up_anew_forgets_the_edited_words(cast, data, paper):
    edited = edit(paper, cast.lan, lines={"about": "về việc khác"})
    assert (edited.about, edited.edited) == ("về việc khác", True)
    data.teams = 3
    anew = actions.redraw_paper(paper=paper, revision=edited.revision, by=cast.lan)
    assert (anew.about, anew.edited) == ("về việc thử", False)
    assert "3" in {f.text for f in anew.figures.all()}


def test_who_edits_at_the_same_time_is_told(cast, paper):
    actions.edit_words(paper=paper, revision=1, by=cast.lan, words={}, signing={},
                       lines={"about": "một"})  # fmt: skip
    with pytest.raises(actions.ChangedMeanwhile):
        actions.edit_words(paper=paper, revision=1, by=cast.hung, words={}, signing={},
                           lines={"about": "hai"})  # fmt: skip
    paper.refresh_from_db()
    assert paper.about == "một"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body_1": "Tổ có «70» thành viên."}, "body.1"),
        ({"lines": {"about": ""}}, "about"),
        ({"signing": {"post": ""}}, "post"),
        ({"signing": {"form": "KT", "head": ""}}, "head"),
    ],
)
def test_words_that_cannot_stand_are_refused_at_their_field(cast, paper, change, field):
    with pytest.raises(actions.BadWords) as refusal:
        edit(paper, cast.lan, **change)
    assert list(refusal.value.error_dict) == [field]
    paper.refresh_from_db()
    assert paper.revision == 1


def test_the_clerk_numbers_it_and_a_cited_document_is_written_down(cast, paper):
    numbered = number(paper, 5, by=cast.lan)
    assert (numbered.state, numbered.full_number) == ("issued", "05/QĐ-UBND")
    cited = numbered.document
    assert (cited.number, cited.kind, cited.issued_on) == ("05/QĐ-UBND", "decision", ISSUED)
    assert cited.signer_title == "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"
    assert numbered.files.get().kind == PaperFile.Kind.DOCX
    with pytest.raises(actions.NotADraft):
        edit(numbered, cast.lan, lines={"about": "khác"})


def test_a_number_is_given_once_per_agency_and_year(cast, trial, paper):
    number(paper, 5, by=cast.lan)
    other = actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan)
    with pytest.raises(actions.NumberGiven) as refusal:
        number(other, 5, by=cast.lan)
    assert "05/QĐ-UBND" in str(refusal.value)
    other.refresh_from_db()
    assert other.number is None
    assert Document.objects.filter(number="05/QĐ-UBND").count() == 1
    assert queries.next_number(other) == 6
    # Next year the numbers begin anew.
    with time_machine.travel("2027-01-05 08:00+07:00"):
        assert number(other, 5, by=cast.lan, on=dt.date(2027, 1, 4)).number == 5


def test_the_database_itself_refuses_a_second_number(cast, trial, paper):
    number(paper, 5, by=cast.lan)
    other = actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=other.pk).update(number=5, issued_on=ISSUED, issued_year=2026)


def test_only_the_clerk_of_the_unit_numbers(cast, paper):
    for user in (cast.tu, cast.dung, cast.outsider):
        with pytest.raises(PermissionDenied):
            number(paper, by=user)


def test_the_signed_copy_becomes_the_file_of_the_cited_document(cast, paper):
    with pytest.raises(actions.WrongState):
        actions.attach_signed(paper=paper, upload=pdf(), by=cast.lan)
    numbered = number(paper, by=cast.lan)
    kept = actions.attach_signed(paper=numbered, upload=pdf(), by=cast.lan)
    assert kept.kind == PaperFile.Kind.SCAN
    numbered.document.refresh_from_db()
    assert numbered.document.file == kept.file
    digests = queries.issued_digests(numbered)
    assert kept.file.sha256 in digests
    assert kept.file.pk in {row["pk"] for row in queries.files_in_reach(cast.minh)}
    assert not queries.files_in_reach(cast.outsider).exists()


def test_another_document_takes_the_place_of_a_numbered_one(cast, paper):
    old = number(paper, 5, by=cast.lan)
    new = actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan, replaces=old)
    old.refresh_from_db()
    assert old.state == "issued"
    number(new, 6, by=cast.lan)
    old.refresh_from_db()
    assert (old.state, old.replacement) == ("replaced", new)


def test_withdrawing_keeps_the_number_given_and_may_be_undone(cast, trial, paper):
    numbered = number(paper, 5, by=cast.lan)
    with pytest.raises(PermissionDenied):
        actions.withdraw_paper(paper=numbered, reason="Sai", by=cast.tu)
    withdrawn = actions.withdraw_paper(paper=numbered, reason="Sai thể thức", by=cast.lan)
    assert (withdrawn.state, withdrawn.number) == ("withdrawn", 5)
    other = actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan)
    with pytest.raises(actions.NumberGiven):
        number(other, 5, by=cast.lan)
    assert actions.restore_paper(paper=withdrawn, by=cast.lan).state == "issued"


def test_papers_of_a_record_are_offered_and_listed(cast, paper):
    found = queries.papers_of("team", cast.team.pk, cast.lan)
    assert "Quyết định thử" in {str(offer.label) for offer in found.offers}
    assert [made.address for made in found.made] == [paper.get_absolute_url()]
    stranger = queries.papers_of("team", cast.team.pk, cast.dung)
    assert not stranger.made
    assert not stranger.offers


def upload_of(content: bytes):
    return SimpleUploadedFile("mau.docx", content)


def template_with(old: str, new: str, part: str = "word/document.xml") -> bytes:
    parts = packaged.parts_of("van-ban")
    assert old in parts[part]
    return packaged.packed(parts | {part: parts[part].replace(old, new)})


def test_an_offices_own_template_is_used_there_and_below(cast, paper):
    own = template_with("Số: ", "Số văn bản: ")
    added = actions.add_template(kind=KIND, place=cast.ke_sach, upload=upload_of(own), by=cast.minh)
    assert template_of(paper) == own
    again = template_with("Số: ", "SỐ: ")
    actions.add_template(kind=KIND, place=cast.nhon_my, upload=upload_of(again), by=cast.lan)
    assert template_of(paper) == again
    assert docx_of(paper).startswith(b"PK")
    nearer = PaperTemplate.objects.in_force().get(place=cast.nhon_my)
    actions.end_template(template=nearer, by=cast.lan)
    actions.end_template(template=added, by=cast.minh)
    assert template_of(paper) == packaged.docx_of("van-ban")
    with pytest.raises(PermissionDenied):
        actions.add_template(kind=KIND, place=cast.nhon_my, upload=upload_of(own), by=cast.dung)
