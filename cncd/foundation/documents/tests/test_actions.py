"""A cited document is one row, however often it is cited; its number is given once a year."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.documents.actions import NumberTaken, add_document, change_document
from cncd.foundation.documents.models import Document
from cncd.foundation.documents.rules import tidy_number
from cncd.foundation.files.models import StoredFile
from cncd.foundation.files.tests.pictures import pdf
from cncd.foundation.journal.models import Entry

FIELDS = {
    "kind": "decision",
    "number": "12/QĐ-UBND",
    "issued_on": dt.date(2026, 5, 4),
    "issuer": "UBND xã Nhơn Mỹ",
}


@pytest.fixture
def decision(cast):
    return add_document(**FIELDS, place=cast.nhon_my, by=cast.lan)


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12/QĐ-UBND", "12/QĐ-UBND"),
        ("Số: 12 / QĐ – UBND", "12/QĐ-UBND"),
        ("số 05/BC-UBND", "05/BC-UBND"),
        ("1690/QĐ-TTg", "1690/QĐ-TTg"),
        ("793/BTTTT-THH ", "793/BTTTT-THH"),
    ],
)
def test_a_number_is_kept_as_the_decree_writes_it(typed, kept):
    assert tidy_number(typed) == kept


@given(st.text("0129/QĐUBNDso: -–.", max_size=20))
def test_a_number_already_tidy_stays_as_it_is(text):
    settled = tidy_number(tidy_number(tidy_number(text)))
    assert tidy_number(settled) == settled


def test_a_document_is_kept_with_its_file_and_told_in_the_journal(cast):
    kept = add_document(**FIELDS, place=cast.nhon_my, file=pdf(), by=cast.lan)
    assert kept.file.name == "Quyết định 12.pdf"
    assert events() == ["file.stored", "document.added"]
    entry = Entry.objects.get(event="document.added")
    assert (entry.place_id, entry.actor_id) == (cast.nhon_my.pk, cast.lan.pk)
    assert entry.after["issued_on"] == "2026-05-04"


def test_the_same_document_cited_again_is_the_same_row(cast, decision):
    again = add_document(
        **FIELDS | {"number": "Số 12/qđ-ubnd"},
        place=cast.nhon_my,
        signer="Trần Văn Hùng",
        file=pdf(),
        by=cast.lan,
    )
    assert again.pk == decision.pk
    decision.refresh_from_db()
    assert decision.signer == "Trần Văn Hùng"
    assert decision.file
    assert Document.objects.filter(number__iexact="12/QĐ-UBND").count() == 1
    assert events() == ["document.added", "file.stored", "document.changed"]


def test_citing_a_known_document_never_overwrites_what_is_known(cast, decision):
    change_document(document=decision, by=cast.lan, signer="Trần Văn Hùng")
    add_document(**FIELDS, place=cast.nhon_my, signer="Ai Khác", by=cast.lan)
    decision.refresh_from_db()
    assert decision.signer == "Trần Văn Hùng"


def test_the_number_of_another_day_of_the_year_is_refused_at_its_field(cast, decision):
    with pytest.raises(NumberTaken) as refused:
        add_document(**FIELDS | {"issued_on": dt.date(2026, 6, 1)}, place=cast.nhon_my, by=cast.lan)
    assert "04/05/2026" in refused.value.message_dict["number"][0]


def test_numbers_begin_anew_each_year_and_in_each_unit(cast, decision):
    next_year = FIELDS | {"issued_on": dt.date(2025, 5, 4)}
    others = [
        add_document(**next_year, place=cast.nhon_my, by=cast.lan),
        add_document(**FIELDS, place=cast.xuan_hoa, by=cast.dung),
    ]
    assert len({decision.pk, *(other.pk for other in others)}) == 3


def test_a_correction_is_told_before_and_after(cast, decision):
    change_document(document=decision, by=cast.hung, number="13/QĐ-UBND", subject="Kiện toàn Tổ")
    entry = Entry.objects.get(event="document.changed")
    assert entry.before == {"number": "12/QĐ-UBND", "subject": ""}
    assert entry.after == {"number": "13/QĐ-UBND", "subject": "Kiện toàn Tổ"}
    decision.refresh_from_db()
    assert "kien toan to" in decision.search_key


def test_a_correction_that_changes_nothing_is_not_told(cast, decision):
    change_document(document=decision, by=cast.lan, issuer="UBND  xã Nhơn Mỹ ")
    assert events() == ["document.added"]


def test_a_correction_may_not_take_the_number_of_another(cast, decision):
    other = add_document(**FIELDS | {"number": "14/QĐ-UBND"}, place=cast.nhon_my, by=cast.lan)
    with pytest.raises(NumberTaken):
        change_document(document=other, by=cast.lan, number="12/QĐ-UBND")
    other.refresh_from_db()
    assert other.number == "14/QĐ-UBND"


def test_officers_of_other_units_and_teams_may_not_write_documents(cast, decision):
    for user in (cast.dung, cast.son, cast.tu, cast.outsider, cast.xem):
        with pytest.raises(PermissionDenied):
            add_document(**FIELDS | {"number": "99/QĐ"}, place=cast.nhon_my, by=user)
        with pytest.raises(PermissionDenied):
            change_document(document=decision, by=user, number="99/QĐ")
    assert not StoredFile.objects.exists()


def test_the_levels_above_may(cast, decision):
    change_document(document=decision, by=cast.minh, signer="Trần Văn Hùng")
    change_document(document=decision, by=cast.ha, signer_title="Chủ tịch")
    assert events().count("document.changed") == 2


def test_the_fields_of_decree_30_are_kept_told_and_completed_later(cast):
    fields = {"kind": "dispatch", "number": "12/UBND-VX", "issued_on": dt.date(2026, 5, 4),
              "issuer": "UBND huyện Kế Sách", "place": cast.ke_sach, "by": cast.minh}  # fmt: skip
    first = add_document(**fields, details={"recipients": "UBND các xã", "priority": "urgent"})
    again = add_document(**fields, details={"arrived_on": dt.date(2026, 5, 6), "pages": 3})
    assert again == first
    first.refresh_from_db()
    assert (first.recipients, first.priority, first.pages) == ("UBND các xã", "urgent", 3)
    assert "ubnd cac xa" in first.search_key
    told = Entry.objects.get(event="document.changed")
    assert told.after == {"arrived_on": "2026-05-06", "pages": 3}


def test_all_29_kinds_of_the_decree_can_be_chosen(cast):
    kinds = set(Document.Kind.values) - {"other"}
    assert len(kinds) == 29
