"""Search as people type: without marks, with them, short for long, in quotes, unfinished."""

import pytest

from cncd.work.library.actions import Text, change_item
from cncd.work.library.models import Item
from cncd.work.library.rules.asking import asked
from cncd.work.library.search import find, finding, postgresql

pytestmark = pytest.mark.django_db


def titles(text):
    found = find(Item.objects.published(), asked(text))
    names = Item.objects.in_bulk(found.ids)
    return [names[pk].title for pk in found.ids]


@pytest.fixture
def shelf(write):
    write("Nộp hồ sơ khai sinh", "Bà con vào Cổng Dịch vụ công quốc gia để nộp hồ sơ trực tuyến.")
    write("Bán hàng trên sàn", "Đăng sản phẩm lên sàn thương mại điện tử, đóng gói cẩn thận.")
    write("Mã OTP là gì", "Không đưa mã cho ai. Mã là số bí mật.")
    write("Chăm sóc con má", "Đưa con và má đi khám bệnh.")
    write("Việc của tổ", "Tổ chuyển đổi số cộng đồng họp ở ấp II mỗi tháng.")


def test_marks_may_be_left_out(shelf):
    assert titles("ho so khai sinh") == ["Nộp hồ sơ khai sinh"]
    assert titles("HỒ SƠ KHAI SINH") == ["Nộp hồ sơ khai sinh"]


def test_typed_marks_come_first(shelf):
    assert titles("mã")[0] == "Mã OTP là gì"
    assert titles("má")[0] == "Chăm sóc con má"
    assert set(titles("ma")) == {"Mã OTP là gì", "Chăm sóc con má"}


@pytest.mark.parametrize("typed", ["DVC", "dvc", "dịch vụ công", "dich vu cong"])
def test_an_abbreviation_finds_what_it_stands_for(shelf, typed):
    assert titles(typed) == ["Nộp hồ sơ khai sinh"]


@pytest.mark.parametrize("typed", ["CNCĐ", "cnscd", "tổ công nghệ số cộng đồng", "chuyen doi so"])
def test_every_name_of_the_team_finds_it(shelf, typed):
    assert titles(typed) == ["Việc của tổ"]


def test_tmdt_finds_commerce(shelf):
    assert titles("TMĐT") == ["Bán hàng trên sàn"]


def test_roman_and_arabic_numerals_are_one(shelf):
    assert titles("ấp 2") == titles("ap II") == ["Việc của tổ"]


def test_a_phrase_in_quotes_stands_together(shelf):
    assert titles('"con má"') == ["Chăm sóc con má"]
    assert titles('"má con"') == []
    assert titles("má con") == ["Chăm sóc con má"]


def test_the_last_word_may_be_unfinished(shelf):
    assert titles("khai si") == ["Nộp hồ sơ khai sinh"]


def test_when_no_text_has_all_the_words_those_with_some_are_shown(shelf):
    found = find(Item.objects.published(), asked("khai sinh khủng long"))
    assert found.is_loose
    assert len(found.ids) == 1


def test_a_title_counts_more_than_the_text(write):
    write("Cách gọi xe", "Ví điện tử được nhắc tới ở đây. Ví điện tử nữa. Ví điện tử.")
    write("Ví điện tử", "Cách mở.")
    assert titles("vi dien tu") == ["Ví điện tử", "Cách gọi xe"]


@pytest.mark.parametrize(
    "typed", ['"', "''", "a' OR 1=1", 'x" OR "y', "NEAR(", "* : &|!", "()", "\\"]
)
def test_signs_of_the_databases_mean_nothing(shelf, typed):
    titles(typed)


def test_khmer_is_found_inside_its_words(write):
    write("ការប្រើ", "ប្រើប្រាស់ទូរស័ព្ទ", language="km")
    assert titles("ទូរស័ព្ទ") == ["ការប្រើ"]


def test_a_new_edition_is_found_by_its_new_words_only(c, write):
    item = write("Bài", "chữ cũ kỹ")
    text = Text("Bài", "chữ tinh tươm", what_changed="x")
    change_item(item=item, version=item.version, text=text, by=c.ha)
    assert titles("tinh tươm") == ["Bài"]
    assert titles('"cũ kỹ"') == []


def test_only_what_is_asked_about_is_searched(c, write):
    write("Của Nhơn Mỹ", "bí mật", place=c.nhon_my, by=c.lan)
    found = find(Item.objects.published().visible_to(c.dung), asked("bí mật"))
    assert found.total == 0


def test_a_search_asks_the_database_once_however_much_it_finds(write, django_assert_num_queries):
    for number in range(3):
        write(f"Bài {number} về mã OTP", "Mã là số bí mật, má đừng đưa ai.")
    with django_assert_num_queries(1):
        found = find(Item.objects.published(), asked("mã"))
    assert (len(found.ids), found.total) == (3, 3)


def test_the_one_text_with_the_very_marks_is_found_among_many_without(write, monkeypatch):
    monkeypatch.setattr(finding, "BEST", 2)
    monkeypatch.setattr(postgresql, "RANKED", 2)
    write("Chuyện nhà", "Đưa má đi khám bệnh.")
    for number in range(4):
        write(f"Mã số {number}", "Mã, mã, mã.")
    found = find(Item.objects.published(), asked("má"))
    assert (len(found.ids), found.total, found.is_cut) == (2, 5, True)
    assert titles("má")[0] == "Chuyện nhà"
