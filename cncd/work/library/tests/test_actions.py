"""Writing, submitting, returning, approving: who may, and what readers see meanwhile."""

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.work.library import actions
from cncd.work.library.actions import About, Text
from cncd.work.library.models import Edition, Item, Opening

pytestmark = pytest.mark.django_db
State = Edition.State


def read_by(user):
    return set(Item.objects.published().visible_to(user).values_list("title", flat=True))


def fresh(item):
    return Item.objects.select_related("current", "open").get(pk=item.pk)


def test_a_unit_publishes_its_own_text_at_once(c, write):
    item = write("Cài VNeID", by=c.ha)
    assert item.is_published
    assert item.current.state == State.PUBLISHED
    assert {"Cài VNeID"} == read_by(c.tu) == read_by(c.lan) == read_by(c.xem)
    assert not read_by(c.outsider)
    assert Entry.objects.filter(event="library_item.added").count() == 1


def test_a_text_of_a_commune_is_read_in_it_and_above_it_only(c, write):
    write("Lịch phát ở Nhơn Mỹ", place=c.nhon_my, by=c.lan)
    assert read_by(c.tu) == read_by(c.minh) == read_by(c.ha) == {"Lịch phát ở Nhơn Mỹ"}
    assert not read_by(c.dung)
    assert not read_by(c.son)


def test_nobody_writes_on_the_shelf_of_another_unit(c, write):
    for by, place in ((c.lan, c.xuan_hoa), (c.lan, c.soc_trang), (c.tu, c.nhon_my)):
        with pytest.raises(PermissionDenied):
            write(by=by, place=place)
    with pytest.raises(PermissionDenied):  # an enterprise writes in its own name only
        write(by=c.viettel)


def test_an_enterprises_text_appears_after_the_so_approved_it(c, write):
    item = write("Trả tiền điện", by=c.viettel, agency=c.vnpt)
    assert not item.is_published
    assert read_by(c.tu) == read_by(c.viettel) == set()
    assert Item.objects.visible_to(c.viettel).get() == item
    assert Item.objects.visible_to(c.ha).get() == item
    assert not Item.objects.visible_to(c.lan)

    item = actions.refuse_item(item=item, version=item.version, note="Thêm ảnh.", by=c.ha)
    assert (item.open.state, item.open.note) == (State.RETURNED, "Thêm ảnh.")
    text = Text("Trả tiền điện", "Vào ứng dụng, chọn **Điện**.")
    item = actions.change_item(item=item, version=item.version, text=text, by=c.viettel)
    assert item.open.state == State.SUBMITTED
    item = actions.approve_item(item=item, version=item.version, by=c.ha)
    assert read_by(c.tu) == {"Trả tiền điện"}
    assert item.editions.count() == 1
    events = list(Entry.objects.order_by("pk").values_list("event", flat=True))
    assert events[-4:] == [
        *("library_item.submitted", "library_item.refused"),
        *("library_item.submitted", "library_item.approved"),
    ]


def test_only_the_so_approves_and_never_twice(c, write):
    item = write(by=c.viettel, agency=c.vnpt)
    for by in (c.viettel, c.minh, c.lan, c.thuong):
        with pytest.raises(PermissionDenied):
            actions.approve_item(item=item, version=item.version, by=by)
    with pytest.raises(actions.NoteMissing):
        actions.refuse_item(item=item, version=item.version, note=" ", by=c.ha)
    seen = item.version
    actions.approve_item(item=item, version=seen, by=c.binh)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.refuse_item(item=item, version=seen, note="khoan", by=c.ha)
    item = fresh(item)
    with pytest.raises(actions.NotWaiting):
        actions.refuse_item(item=item, version=item.version, note="khoan", by=c.ha)


def test_readers_keep_the_old_edition_until_the_new_one_is_approved(c, write):
    item = write("Bản một", by=c.viettel, agency=c.vnpt)
    item = actions.approve_item(item=item, version=item.version, by=c.ha)
    text = Text("Bản hai", "Khác.", what_changed="Màn hình mới.")
    item = actions.change_item(item=item, version=item.version, text=text, by=c.viettel)
    assert read_by(c.tu) == {"Bản một"}
    with pytest.raises(actions.Waiting):
        actions.change_item(item=item, version=item.version, text=text, by=c.viettel)
    item = actions.take_back(item=item, version=item.version, by=c.viettel)
    item = actions.change_item(item=item, version=item.version, text=text, by=c.viettel)
    item = actions.approve_item(item=item, version=item.version, by=c.ha)
    assert read_by(c.tu) == {"Bản hai"}
    assert [each.title for each in item.editions.all()] == ["Bản hai", "Bản một"]


def test_a_new_edition_says_what_changed_and_keeps_the_old_one(c, write):
    item = write("Cài VNeID")
    text = Text("Cài VNeID", "Mới.")
    with pytest.raises(actions.WhatChanged):
        actions.change_item(item=item, version=item.version, text=text, by=c.ha)
    text = Text("Cài VNeID", "Mới.", what_changed="Thêm bước 3.")
    item = actions.change_item(item=item, version=item.version, text=text, by=c.ha)
    assert (item.current.number, item.current.body) == (2, "Mới.")
    assert item.editions.get(number=1).body == "Mở kho ứng dụng, tìm **VNeID**."


def test_a_draft_is_seen_by_its_writers_only(c, write):
    item = write("Nháp", by=c.lan, place=c.nhon_my, send=False)
    assert item.open.state == State.DRAFT
    assert Item.objects.visible_to(c.hung).count() == 0  # the leader keeps no shelf
    assert Item.objects.visible_to(c.lan).get() == item
    assert not Item.objects.visible_to(c.tu)
    item = actions.change_item(
        item=item, version=item.version, text=Text("Xong", "Chữ."), by=c.lan,
        about=About(audiences=("citizens",)),
    )  # fmt: skip
    assert read_by(c.tu) == {"Xong"}
    assert fresh(item).for_citizens
    assert not fresh(item).for_teams


def test_what_says_nothing_or_is_for_nobody_is_refused(c, write):
    with pytest.raises(actions.NothingToRead):
        write(body=" ")
    with pytest.raises(actions.ForNobody):
        write(audiences=())


def test_a_withdrawn_text_is_off_the_shelf_and_comes_back(c, write):
    item = write()
    item = actions.withdraw_item(item=item, version=item.version, reason="Đã cũ.", by=c.ha)
    assert not read_by(c.tu)
    actions.restore_item(item=item, by=c.ha)
    assert read_by(c.tu) == {"Cài VNeID"}


def test_openings_are_counted_per_day_and_unit_and_name_nobody(c, write):
    item = write()
    for place, teams in ((c.nhon_my, True), (c.nhon_my, True), (c.nhon_my, False)):
        actions.count_opening(item=item, place=place, by_teams=teams)
    rows = Opening.objects.order_by("by_teams").values_list("place", "by_teams", "count")
    assert list(rows) == [(c.nhon_my.pk, False, 1), (c.nhon_my.pk, True, 2)]
    names = {field.name for field in Opening._meta.get_fields()}
    assert names == {"id", "item", "day", "place", "by_teams", "count"}
    assert not Entry.objects.filter(subject_kind="library.opening").exists()
