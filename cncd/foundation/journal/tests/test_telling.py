"""An entry is one sentence a person understands; no code, no JSON, no name that may not be seen."""

import pytest
from django.utils.translation import override

from cncd.foundation.journal import queries, words
from cncd.foundation.journal.actions import erase_personal, record
from cncd.foundation.journal.telling import tell


@pytest.fixture(autouse=True)
def in_vietnamese():
    with override("vi"):
        yield


@pytest.fixture
def documented(cast, monkeypatch):
    """Entries about the decision that formed the team, under sentences of their own."""
    room = words.Room(
        "tests",
        "Thử",
        {
            "duck.fed": "{actor} cho {subject} ăn {food}, còn {missing}",
            "duck.changed": "{actor} sửa {subject}",
            "ducks.fed": "{actor} cho {count} con ăn",
        },
        {
            "food": "món ăn",
            "since_on": "từ ngày",
            "until_on": "đến hết ngày",
            "eggs": "số trứng",
            "tame": "đã thuần",
            "phone": "điện thoại",
            "person": "người nuôi",
            "kind": "loại",
            "at": "lúc",
            "year": "năm",
        },
        {"kind": {"pekin": "Vịt Bắc Kinh"}},
    )
    monkeypatch.setattr(words, "rooms", lambda: (room,))
    words._room_of_events.cache_clear()
    yield lambda event="duck.changed", **values: record(
        event=event, subject=cast.team.formed_by, by=cast.lan, place=cast.nhon_my, **values
    )
    words._room_of_events.cache_clear()


def changes(entry, show_personal=True) -> list[tuple]:
    told = tell(entry, show_personal=show_personal)
    return [(change.label, change.before, change.after) for change in told.changes]


def test_the_sentence_names_who_and_what_and_escapes_them(documented):
    told = tell(documented("duck.fed", after={"food": "<b>cám</b>"}), show_personal=True)
    assert told.sentence.startswith("<strong>Nguyễn Thị Lan</strong> cho ")
    assert "&lt;b&gt;cám&lt;/b&gt;" in told.sentence
    assert told.text.endswith("ăn <b>cám</b>, còn …")


def test_braces_in_a_name_are_only_braces(documented):
    told = tell(documented("duck.fed", after={"food": "{actor.pk} {0} {x!r}"}), show_personal=True)
    assert "{actor.pk} {0} {x!r}" in told.text


def test_what_the_sentence_says_is_not_said_again(documented):
    assert changes(documented("duck.fed", after={"food": "cám"})) == []


def test_values_are_written_as_people_write_them(documented):
    entry = documented(
        before={"since_on": "2026-05-01", "eggs": 1234, "kind": "pekin", "until_on": None},
        after={"since_on": "2026-05-02", "eggs": 0, "tame": True, "until_on": "2026-12-01"},
    )
    assert changes(entry) == [
        ("Từ ngày", "01/05/2026", "02/05/2026"),
        ("Số trứng", "1.234", "0"),
        ("Loại", "Vịt Bắc Kinh", "không còn"),
        ("Đến hết ngày", "trống", "30/11/2026"),  # kept half-open, told with the last day in
        ("Đã thuần", None, "có"),
    ]


def test_words_that_look_like_a_day_or_a_moment_stay_words(documented):
    odd = ["2026-02-30", "2026-01-01Tối99:99", "2026-11-22T99:99"]
    assert changes(documented(after={"food": odd, "until_on": "0001-01-01"})) == [
        ("Món ăn", None, ", ".join(odd)),
        ("Đến hết ngày", None, "0001-01-01"),
    ]


def test_moments_years_lists_and_absent_figures_are_words_too(documented):
    entry = documented(
        after={
            "at": "2026-11-22T01:30:00+00:00",
            "year": 2026,
            "food": ["cám", "lúa"],
            "eggs": "none",
        }
    )
    assert [after for _label, _before, after in changes(entry)] == [
        "08:30 22/11/2026",
        "2026",
        "cám, lúa",
        "không phát sinh",
    ]


def test_keys_without_a_label_are_not_shown_but_words_are(documented):
    entry = documented(after={"internal_id": 7, "Người được hướng dẫn": 12})
    assert changes(entry) == [("Người được hướng dẫn", None, "12")]


def test_personal_values_are_shown_only_to_those_permitted(documented):
    entry = documented(personal={"person": ("Kim Thị Bảy", "Lý Văn Cường")})
    assert changes(entry) == [("Người nuôi", "Kim Thị Bảy", "Lý Văn Cường")]
    hidden = "(dữ liệu cá nhân, không hiển thị)"
    assert changes(entry, show_personal=False) == [("Người nuôi", hidden, hidden)]


def test_phone_numbers_are_masked_even_for_those_permitted(documented):
    entry = documented(personal={"phone": ("", "0912 345 678")})
    assert changes(entry) == [("Điện thoại", None, "091•••678")]


def test_erased_values_say_so(documented, cast):
    entry = documented(personal={"person": ("Kim Thị Bảy", "")})
    erase_personal(subject=cast.team.formed_by, by=cast.lan)
    assert changes(entry) == [("Người nuôi", "(đã xóa)", "không còn")]


def test_nobody_is_the_system(cast):
    told = tell(record(event="files.forgotten", subject=cast.bay), show_personal=True)
    assert told.text.startswith("Hệ thống ")


def test_an_event_without_a_sentence_is_still_told(cast):
    told = tell(record(event="moon.risen", subject=cast.bay, by=cast.lan), show_personal=True)
    assert told.text == f"{cast.lan} đã thay đổi {cast.bay}"


def test_rows_of_a_batch_are_lines_without_ids(documented, cast):
    rows = [{"team": 7, "name": "Tổ CNCĐ ấp Mỹ Phước", "eggs": 1200}, {"team": 8}, "code_x"]
    entry = documented("ducks.fed", rows=rows)
    assert queries.rows_of(entry, cast.lan) == ["Tổ CNCĐ ấp Mỹ Phước · số trứng: 1.200"]


def test_rows_of_ids_name_only_what_the_reader_may_see(cast):
    entry = record(
        event="people.added",
        subject=cast.bay,
        by=cast.lan,
        rows=[cast.lan.person.pk, cast.outsider.person.pk],
    )
    assert queries.rows_of(entry, cast.lan) == [str(cast.lan)]


def test_the_subject_is_a_link_for_those_who_may_open_it(cast):
    from cncd.foundation.documents.actions import add_document

    document = add_document(
        kind="plan",
        number="9/KH",
        issued_on=cast.team.since_on,
        issuer="UBND xã",
        place=cast.nhon_my,
        by=cast.lan,
    )
    for user, is_link in ((cast.lan, True), (cast.outsider, False)):
        (told,) = queries.history(document, user)
        assert (f'<a href="/documents/{document.pk}/">' in told.sentence) is is_link
