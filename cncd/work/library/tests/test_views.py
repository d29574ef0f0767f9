"""Pages of the library: reading, searching, writing, the phone."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.files.models import StoredFile
from cncd.foundation.people.duties import duties_of
from cncd.work.library.actions import Text, change_item, refuse_item
from cncd.work.library.actions.errors import NotATranslation
from cncd.work.library.models import Edition, Item, Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(c, page_client):
    return page_client.as_


def fields(**said):
    return {
        "title": "Cài Zalo", "body": "1. Mở kho ứng dụng.", "kind": "guide", "language": "vi",
        "audiences": ["teams"], "send": "send", **said,
    }  # fmt: skip


def test_a_search_marks_its_hits_and_keeps_the_best_first(c, write, as_):
    write("Nộp hồ sơ", "Vào Cổng Dịch vụ công quốc gia.")
    write("Dịch vụ công là gì", "Việc của cơ quan nhà nước.")
    page = as_(c.lan).get(reverse("library:list"), {"q": "dich vu cong"}).content.decode()
    assert page.index("là gì") < page.index("Nộp hồ sơ")
    assert "Vào Cổng <mark>Dịch vụ công</mark> quốc gia" in page


def test_filters_narrow_before_the_search(c, write, as_):
    write("VNeID cho bà con", audiences=("citizens",))
    write("VNeID cho Tổ", contents=(c.vneid,))
    ask = as_(c.lan).get
    page = ask(reverse("library:list"), {"q": "vneid", "for": "citizens"}).content.decode()
    assert "cho bà con" in page
    assert "cho Tổ" not in page
    page = ask(reverse("library:list"), {"content": "vneid"}).content.decode()
    assert "cho Tổ" in page
    assert "cho bà con" not in page
    answer = ask(reverse("library:list"), {"q": "vneid", "export": "xlsx"})
    assert answer["Content-Type"].startswith("application/vnd")


def test_a_link_to_an_old_edition_opens_the_current_one_and_says_so(c, write, as_):
    item = write("Cài VNeID", "Cũ.")
    text = Text("Cài VNeID", "Mới tinh.", what_changed="Viết lại.")
    change_item(item=item, version=item.version, text=text, by=c.ha)
    page = as_(c.lan).get(f"{item.get_absolute_url()}?e=1").content.decode()
    assert "Mới tinh." in page
    assert "bản 1" in page
    old = as_(c.lan).get(reverse("library:edition", args=[item.pk, 1])).content.decode()
    assert "Cũ." in old
    assert "không còn dùng nữa" in old


def test_an_officer_writes_with_a_file_and_an_outsider_sees_nothing(c, as_):
    pdf = SimpleUploadedFile("huong-dan.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    sent = fields(place=c.nhon_my.pk, file=pdf, contents=[c.vneid.pk])
    answer = as_(c.lan).post(reverse("library:new"), sent)
    item = Item.objects.get()
    assert answer.url == item.get_absolute_url()
    assert item.current.file is not None
    file = reverse("files:open", args=[item.current.file_id])
    assert StoredFile.objects.visible_to(c.tu).filter(pk=item.current.file_id).exists()
    assert as_(c.outsider).get(item.get_absolute_url()).status_code == 404
    assert as_(c.dung).get(file).status_code == 404


def test_what_the_form_lacks_is_said_at_its_field(c, as_):
    page = as_(c.lan).post(
        reverse("library:new"), fields(place=c.nhon_my.pk, body="", audiences=[])
    )
    assert set(page.context["form"].errors) == {"body", "audiences"}
    assert not Item.objects.exists()


def test_a_unit_cannot_write_for_another(c, as_):
    page = as_(c.lan).post(reverse("library:new"), fields(place=c.xuan_hoa.pk))
    assert "place" in page.context["form"].errors


def test_the_so_and_the_enterprise_see_what_waits_in_their_inbox(c, write):
    item = write("Trả tiền", by=c.viettel, agency=c.vnpt)
    now = timezone.now()

    def about(user):
        return [duty.address for duty in duties_of(user, now) if duty.key.startswith("library")]

    assert about(c.ha) == ["/library/?state=submitted"]
    assert about(c.viettel) == about(c.lan) == []
    refuse_item(item=item, version=item.version, note="Thêm ảnh.", by=c.ha)
    assert about(c.ha) == []
    assert about(c.viettel) == ["/library/?state=returned"]


def test_returning_needs_a_note_and_approving_shows_it_to_all(c, write, as_):
    item = write("Trả tiền", by=c.viettel, agency=c.vnpt)
    address = reverse("library:decide", args=[item.pk])
    sent = {"version": item.version, "note": ""}
    page = as_(c.ha).post(address, {**sent, "decision": "return"})
    assert "note" in page.context["form"].errors
    as_(c.ha).post(address, {**sent, "decision": "approve"})
    assert Item.objects.get().current.state == Edition.State.PUBLISHED
    assert as_(c.lan).get(address).status_code == 403
    again = as_(c.ha).post(address, {**sent, "decision": "approve"})
    assert again.status_code == 200  # somebody was quicker: the page says so
    assert again.context["form"].errors


def test_a_reader_counts_and_a_phone_that_fetches_does_not(c, write, as_):
    item = write("Cài VNeID")
    page = reverse("library:phone_item", args=[item.pk])
    as_(c.tu).get(page)
    as_(c.tu).get(page, headers={"Sec-Fetch-Dest": "empty"})
    as_(c.lan).get(item.get_absolute_url())
    rows = Opening.objects.order_by("by_teams").values_list("place__versions__name", "by_teams")
    assert list(rows) == [("Nhơn Mỹ", False), ("Nhơn Mỹ", True)]
    table = as_(c.minh).get(reverse("library:openings")).content.decode()
    assert "Cài VNeID" in table


def kept(page: str) -> list[str]:
    return re.search(r'data-keep="([^"]*)"', page)[1].split()


def test_the_phone_keeps_guides_for_teams_and_what_was_marked_here(c, write, as_):
    guide = write("Cho Tổ")
    other = write("Cho cán bộ", audiences=("officials",))
    phone = as_(c.tu)
    page = phone.get(reverse("library:phone")).content.decode()
    assert f"/m/library/{guide.pk}/?e=1" in kept(page)
    assert f"/m/library/{other.pk}/?e=1" not in kept(page)
    phone.post(reverse("library:keep", args=[other.pk]))
    page = phone.get(reverse("library:phone")).content.decode()
    assert f"/m/library/{other.pk}/?e=1" in kept(page)
    phone.post(reverse("library:keep", args=[other.pk]))
    page = phone.get(reverse("library:phone")).content.decode()
    assert f"/m/library/{other.pk}/?e=1" not in kept(page)


def test_no_more_is_kept_than_is_said(c, write, as_):
    for number in range(6):
        item = write(f"Bài {number}", "chữ " * 10)
        Item.objects.filter(pk=item.pk).update(size=150_000)
    page = as_(c.tu).get(reverse("library:phone")).content.decode()
    assert len([each for each in kept(page) if "?e=" in each]) == 2


def test_what_was_tapped_finds_its_guide(c, write, as_):
    write("Cài VNeID", contents=(c.vneid,))
    write("Khác")
    page = as_(c.tu).get("/m/log/c-vneid/guide/").content.decode()
    assert "Cài VNeID" in page
    assert "Khác" not in page
    assert as_(c.tu).get("/m/log/c-khong-co/guide/").status_code == 404
    assert as_(c.tu).get("/m/log/any/guide/").status_code == 302


def test_the_pages_ask_little_of_the_database(c, write, as_, django_assert_max_num_queries):
    for number in range(25):
        write(f"Bài {number} về VNeID", contents=(c.vneid,))
    client = as_(c.lan)
    client.get(reverse("library:list"))
    with django_assert_max_num_queries(23):
        client.get(reverse("library:list"), {"q": "vneid"})
    phone = as_(c.tu)
    phone.get(reverse("library:phone"))
    with django_assert_max_num_queries(26):
        phone.get(reverse("library:phone"), {"q": "vneid"})


def test_a_translation_is_written_from_its_original_and_each_leads_to_the_other(c, write, as_):
    first = write("Tránh lừa đảo", contents=(c.vneid,), audiences=("citizens",))
    hidden = write("Bản nháp tiếng Hoa", translation_of=first, language="zh", send=False)
    ha = as_(c.ha)
    page = ha.get(first.get_absolute_url()).content.decode()
    assert f"?translation_of={first.pk}" in page
    form = ha.get(reverse("library:new"), {"translation_of": first.pk}).context["form"]
    assert form["language"].value() == "km"
    assert form["contents"].value() == [c.vneid.pk]
    said = fields(
        title="ការពារ", language="km", translation_of=first.pk, place=c.soc_trang.pk,
        audiences=["citizens"], envelope="0b0fd0a3-9a5b-4d9c-8d3a-0d8b9f2b9a11",
    )  # fmt: skip
    assert ha.post(reverse("library:new"), said).status_code == 302
    khmer = Item.objects.get(title="ការពារ")
    lan = as_(c.lan)
    page = lan.get(first.get_absolute_url()).content.decode()
    assert "Bản tiếng Khmer" in page
    assert khmer.get_absolute_url() in page
    assert hidden.title not in page
    assert "Bản tiếng Việt" in lan.get(khmer.get_absolute_url()).content.decode()
    phone = as_(c.tu).get(reverse("library:phone_item", args=[khmer.pk])).content.decode()
    assert reverse("library:phone_item", args=[first.pk]) in phone


def test_a_translation_names_another_language_and_the_first_text(c, write, as_):
    first = write("Tránh lừa đảo")
    khmer = write("ការពារ", translation_of=first, language="km")
    page = as_(c.ha).post(
        reverse("library:new"), fields(translation_of=first.pk, place=c.soc_trang.pk)
    )
    assert "language" in page.context["form"].errors
    with pytest.raises(NotATranslation):
        write("Bản dịch của bản dịch", translation_of=khmer, language="zh")
    ids = set(page.context["form"].fields["translation_of"].queryset.values_list("pk", flat=True))
    assert ids == {first.pk}
    change = as_(c.ha).get(reverse("library:edit", args=[first.pk])).context["form"]
    assert "translation_of" not in change.fields
