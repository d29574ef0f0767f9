"""What a phone does for whoever logs: photos one by one, drafts, a full phone, sharing."""

import io

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from cncd.foundation.envelopes.models import Envelope
from cncd.work.activities.models import Activity, ActivityPhoto
from tests.browser.reading import until
from tests.browser.test_outbox import CUT, phone, save, written
from tests.browser.test_phone import team

__all__ = ["phone", "team"]
pytestmark = pytest.mark.django_db(transaction=True)
UPRIGHT_FROM_LEFT = 6  # EXIF: the camera was held upright, its pixels lie on their side
GPS = 0x8825


def picture(path, side=1200, *, noise=60, turned=False):
    """A grainy photo, hard to make small, that says where it was taken."""
    photo = Image.effect_noise((side, side * 3 // 4), noise).convert("RGB")
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (9.6, 0.0, 0.0)}
    if turned:
        exif[0x0112] = UPRIGHT_FROM_LEFT
    photo.save(path, quality=95, exif=exif)
    return path


def choose(page, *paths):
    if not page.locator("#id_photos").is_visible():
        page.click("details.more > summary >> nth=0")
    page.set_input_files("#id_photos", paths)
    expect(page.locator("#id_photos")).not_to_have_attribute("data-busy", "1")


def chosen(page) -> list[bytes]:
    """What the form holds, as it would travel."""
    read = """Promise.all([...document.getElementById('id_photos').files].map(
        async (file) => [...new Uint8Array(await file.arrayBuffer())]))"""
    return [bytes(each) for each in page.evaluate(read)]


def test_photos_are_made_small_upright_and_without_place_as_they_are_chosen(phone, tmp_path):
    page = phone.page
    phone.context.set_offline(True)
    choose(page, picture(tmp_path / "a.jpg", 3200, turned=True))
    no_picture = tmp_path / "b.jpg"
    no_picture.write_bytes(b"khong phai anh")
    choose(page, picture(tmp_path / "c.jpg"), no_picture)
    expect(page.locator(".photo-picks [role=status]")).to_contain_text("b.jpg")
    first, second = chosen(page)
    for content in (first, second):
        assert len(content) <= 200_000
        assert not Image.open(io.BytesIO(content)).getexif()
    upright = Image.open(io.BytesIO(first))
    assert upright.height > upright.width
    page.get_by_role("button", name="Bỏ ảnh: Ảnh 1").click()
    assert chosen(page) == [second]
    assert phone.barriers() == []


def test_photos_go_on_where_they_were_interrupted_each_once(phone, tmp_path):
    page, seen = phone.page, []

    def interrupted(route):
        if b"activity.photo" not in (route.request.post_data_buffer or b""):
            return route.continue_()
        seen.append(route)
        if len(seen) == 1:
            return route.continue_()
        if len(seen) == 2:
            route.fetch()  # arrived, but the answer is lost
        return route.abort()

    phone.context.route("**/envelopes/", interrupted)
    choose(page, *(picture(tmp_path / f"{n}.jpg", 300) for n in range(4)))
    save(page, 9)
    page.wait_for_url("**/m/log/saved/**")
    expect(page.locator("#line")).to_contain_text("3 ảnh chờ gửi")
    entry = Activity.objects.get(people=9)
    until(page, lambda: len(seen) > 1 and entry.photos.count() == 2)
    page.close()  # the phone is switched off

    phone.context.unroute("**/envelopes/")
    page = phone.context.new_page()
    page.goto("/m/outbox/")
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#line")).not_to_contain_text("chờ gửi")
    assert entry.photos.count() == 4
    assert ActivityPhoto.objects.values("file").distinct().count() == 4
    assert Envelope.objects.filter(kind="activity.photo").count() == 4
    assert written() == [6, 9]


def test_photos_wait_with_their_entry_and_go_with_it(phone, tmp_path):
    page, context = phone.page, phone.context
    context.set_offline(True)
    choose(page, picture(tmp_path / "a.jpg", 300), picture(tmp_path / "b.jpg", 300))
    save(page, 9)
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi · 2 ảnh chờ gửi")
    expect(page.locator(".photo-picks li")).to_have_count(0)
    page.route("**/envelopes/", lambda route: route.abort())
    context.set_offline(False)
    page.goto("/m/outbox/")
    row = page.locator(".outbox-row")
    expect(row).to_contain_text("2 ảnh")
    row.get_by_role("link", name="Sửa").click()
    page.click("details.more > summary >> nth=0")
    expect(page.locator(".photo-picks li")).to_have_count(2)
    page.get_by_role("button", name="Bỏ ảnh: Ảnh 1").click()
    save(page, 9)
    page.wait_for_url("**/m/outbox/?kept=*")
    expect(row).to_contain_text("1 ảnh")
    page.once("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Bỏ").click()
    expect(page.locator("#line")).not_to_contain_text("chờ gửi")


def test_a_full_phone_keeps_the_entry_and_names_the_photo_it_could_not_keep(
    visit, cast, team, tmp_path
):
    visitor = visit(cast.tu, 360)
    context, page = visitor.context, visitor.page
    # Chromium remembers for half a minute that there was room: nothing may try it before.
    roomy = "sessionStorage.full || localStorage.setItem('roomy', Date.now())"
    context.add_init_script(roomy)
    visitor.open("/m/log/c-vneid/")
    choose(page, picture(tmp_path / "cho-phien.jpg", 1600, noise=200))
    context.set_offline(True)
    devtools = context.new_cdp_session(page)
    used = page.evaluate("navigator.storage.estimate().then((found) => found.usage)")
    room = {"origin": page.evaluate("location.origin"), "quotaSize": used + 60_000}
    devtools.send("Storage.overrideQuotaForOrigin", room)
    save(page, 9)
    expect(page.locator(".outbox-told")).to_contain_text("chưa giữ được ảnh: cho-phien.jpg")
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    expect(page.locator("#line")).not_to_contain_text("ảnh chờ gửi")
    context.set_offline(False)
    expect(page.locator("#line")).not_to_contain_text("chờ gửi")
    assert written() == [6, 9]
    page.evaluate("sessionStorage.full = 1; localStorage.removeItem('roomy')")
    page.goto("/m/log/c-vneid/")
    expect(page.locator(".outbox-told")).to_contain_text("Máy sắp hết chỗ")
    visitor.complaints[:] = [line for line in visitor.complaints if CUT[0] not in line]


def test_what_was_being_written_is_opened_again_and_thrown_away_once_saved(phone):
    page, context = phone.page, phone.context
    page.fill("[name=people]", "17")
    page.click("details.more > summary >> nth=0")
    page.fill("[name=note]", "Chợ phiên")
    page.wait_for_timeout(500)
    page.close()

    page = context.new_page()
    page.goto("/m/log/c-zalo/")
    expect(page.locator(".draft-told")).to_have_count(0)
    page.goto("/m/log/c-vneid/")
    expect(page.locator(".draft-told")).to_contain_text("Đã mở lại phần đang ghi dở lúc")
    expect(page.locator("[name=people]")).to_have_value("17")
    expect(page.locator("[name=note]")).to_have_value("Chợ phiên")
    page.click(".draft-told button")
    expect(page.locator("[name=people]")).to_have_value("")
    save(page, 18)
    page.wait_for_url("**/m/log/saved/**")
    page.goto("/m/log/c-vneid/")
    expect(page.locator(".draft-told")).to_have_count(0)


def test_a_double_tap_is_one_entry_and_the_way_back_offers_none_again(phone):
    page = phone.page
    page.goto("/m/log/")
    page.goto("/m/log/c-vneid/")
    page.fill("[name=people]", "9")
    page.locator(".foot-bar button").dblclick(no_wait_after=True)
    page.wait_for_url("**/m/log/saved/**")
    assert written() == [6, 9]
    page.go_back()
    assert page.url.endswith("/m/log/")


def test_an_unusual_entry_is_confirmed_on_the_page_with_its_photo_still_there(phone, tmp_path):
    page = phone.page
    choose(page, picture(tmp_path / "a.jpg", 300))
    save(page, 900)
    expect(page.locator(".form-summary")).to_contain_text("900")
    expect(page.locator(".photo-picks li")).to_have_count(1)
    assert written() == [6]
    page.get_by_role("button", name="Đúng như vậy, lưu").click()
    page.wait_for_url("**/m/log/saved/**")
    entry = Activity.objects.get(people=900)
    until(page, lambda: entry.photos.count() == 1)


def test_the_months_text_goes_to_the_system_to_be_shared_or_is_copied(phone):
    page = phone.page
    page.add_init_script("navigator.share = async (what) => { window.shared = what.text; }")
    today = timezone.localdate()
    page.goto("/m/book/")
    page.get_by_role("link", name="Tin gửi nhóm").click()
    expect(page.locator("#group-text")).to_contain_text(f"{today:%m/%Y}")
    page.get_by_role("button", name="Chia sẻ").click()
    assert page.evaluate("shared") == page.input_value("#group-text")


def test_what_the_phone_threw_away_is_said_until_it_was_read(visit, cast, team):
    visitor = visit(cast.tu, 360)
    page = visitor.open("/m/help/")
    page.evaluate("document.cookie = 'held=3; path=/'")
    page.evaluate("""new Promise((done) => {
        indexedDB.deleteDatabase("outbox").onsuccess = done; setTimeout(done, 2000); })""")
    page.goto("/m/")
    expect(page.locator("#line")).to_contain_text("máy đã xóa mất 3 mục chưa gửi")
    page.goto("/m/outbox/")
    expect(page.locator("#lost")).to_contain_text("mất 3 mục chưa kịp gửi")
    page.get_by_role("button", name="Tôi đã đọc").click()
    expect(page.locator("#line")).not_to_contain_text("xóa mất")


def test_a_held_button_counts_on(phone):
    page = phone.page
    page.click("button[value='people:10']")
    page.click("button[value='people:5']")
    page.locator("button[value='people:1']").click(delay=900)
    assert int(page.input_value("[name=people]")) > 17


def test_the_first_entry_of_a_person_is_asked_one_question_at_a_time(visit, cast, team):
    page = visit(cast.cuong, 360).open("/m/log/c-vneid/")
    expect(page.locator("[name=people]")).to_be_visible()
    expect(page.locator("[name=elderly]")).to_be_hidden()
    page.fill("[name=people]", "3")
    page.get_by_role("button", name="Câu tiếp theo").click()
    expect(page.locator("[name=people]")).to_be_hidden()
    expect(page.locator("h2.asked")).to_be_focused()
    page.fill("[name=elderly]", "4")  # more than there were in all
    page.click(".foot-bar button")
    expect(page.locator("[name=people]")).to_be_visible()
    expect(page.locator(".form-summary")).to_contain_text("60")
    page.fill("[name=elderly]", "2")
    page.click(".foot-bar button")
    page.wait_for_url("**/m/log/saved/**")
    page.goto("/m/log/c-vneid/")
    expect(page.locator("[name=elderly]")).to_be_visible()
