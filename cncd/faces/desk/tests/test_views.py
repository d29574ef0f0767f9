import pytest
from django.urls import include, path

from cncd.faces.desk import navigation
from cncd.faces.desk.navigation import Entry
from cncd.foundation.people.models import SavedView
from tests import gallery

pytestmark = [pytest.mark.urls("tests.gallery"), pytest.mark.django_db]


class WithHomes:
    """The gallery with a home for each face."""

    app_name = ""
    urlpatterns = [
        path("d/", include(([path("", gallery.sample_list, name="home")], "desk"), "desk")),
        path("p/", include(([path("", gallery.sample_list, name="home")], "phone"), "phone")),
        *gallery.urlpatterns,
    ]


@pytest.fixture
def homes(settings):
    settings.ROOT_URLCONF = WithHomes


# -- the front door ------------------------------------------------------------------------------


def test_a_stranger_is_sent_to_the_sign_in_page(page_client):
    assert page_client.get("/").headers["Location"] == "/account/login/?next=/"


def test_who_has_no_task_learns_what_to_do(page_client, cast):
    cast.tu.person.memberships.all().delete()
    response = page_client.as_(cast.tu).get("/")
    assert response.status_code == 403
    assert "chưa được phân công" in response.content.decode()


# -- unit and period -----------------------------------------------------------------------------


def test_the_chooser_offers_what_is_above_below_and_beside(page_client, cast):
    client = page_client.as_(cast.ha)
    address = f"/scope/unit/?next=/gallery/%3Fsort%3Dname&u={cast.ke_sach.pk}"
    html = client.get(address).content.decode()
    assert "Tỉnh Sóc Trăng" in html
    assert "Xã Nhơn Mỹ" in html
    assert "Huyện Trần Đề" in html
    assert f'href="/gallery/?sort=name&amp;u={cast.nhon_my.pk}"' in html


def test_the_chooser_finds_units_within_reach_only(page_client, cast):
    found = page_client.as_(cast.minh).get("/scope/unit/?q=tran de").content.decode()
    assert "Không có đơn vị nào" in found
    found = page_client.as_(cast.ha).get("/scope/unit/?q=tran de").content.decode()
    assert "Huyện Trần Đề" in found
    assert "Thị trấn Trần Đề" in found


def test_the_chooser_leads_nowhere_else(page_client, cast):
    for away in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        html = page_client.as_(cast.ha).get("/scope/unit/", {"next": away}).content.decode()
        assert 'href="https:' not in html
        assert 'href="//' not in html


def test_members_of_teams_have_no_business_at_the_chooser(page_client, cast):
    assert page_client.as_(cast.tu).get("/scope/unit/").status_code == 403


# -- saved views ---------------------------------------------------------------------------------


def test_a_page_is_saved_and_opened_again(page_client, cast):
    client = page_client.as_(cast.minh)
    sent = {"name": "Xã  chậm ", "address": "/gallery/?sort=name"}
    response = client.post("/desk/views/", sent)
    assert response.headers["Location"] == "/gallery/?sort=name"
    html = client.get("/desk/views/").content.decode()
    assert "Xã chậm" in html
    assert 'href="/gallery/?sort=name"' in html


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "gallery", ""])
def test_only_our_own_pages_can_be_saved(page_client, cast, address):
    response = page_client.as_(cast.minh).post("/desk/views/", {"name": "x", "address": address})
    assert response.status_code == 200
    assert not SavedView.objects.exists()


def test_a_name_taken_is_told_at_the_form(page_client, cast):
    client = page_client.as_(cast.minh)
    for _time in range(2):
        response = client.post("/desk/views/", {"name": "x", "address": "/"})
    assert "đã có trang lưu tên này" in response.content.decode()


def test_views_of_others_do_not_exist(page_client, cast):
    view = SavedView.objects.create(user=cast.minh, name="x", address="/")
    client = page_client.as_(cast.lan)
    assert client.get(f"/desk/views/{view.pk}/rename/").status_code == 404
    assert client.post(f"/desk/views/{view.pk}/delete/").status_code == 404
    assert client.get(f"/desk/views/{view.pk}/delete/").status_code == 405


def test_a_view_is_renamed_and_deleted(page_client, cast):
    view = SavedView.objects.create(user=cast.minh, name="x", address="/")
    client = page_client.as_(cast.minh)
    client.get(f"/desk/views/{view.pk}/rename/")
    client.post(f"/desk/views/{view.pk}/rename/", {"name": "y"})
    view.refresh_from_db()
    assert view.name == "y"
    client.post(f"/desk/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


# -- preferences ---------------------------------------------------------------------------------


def test_larger_text_is_kept_with_the_account(page_client, cast):
    client = page_client.as_(cast.tu)
    assert "large-text" not in client.get("/gallery/phone/").content.decode()
    response = client.post("/preferences/", {"large_text": "1", "next": "/gallery/phone/"})
    assert response.headers["Location"] == "/gallery/phone/"
    assert "large-text" in client.get("/gallery/phone/").content.decode()
    assert "large-text" in page_client.as_(cast.tu).get("/gallery/phone/").content.decode()


def test_larger_text_before_sign_in_is_kept_in_the_browser(page_client):
    page_client.post("/preferences/", {"large_text": "1"})
    assert "large-text" in page_client.get("/gallery/door/").content.decode()


def test_the_language_changes_at_once_and_stays(page_client, cast):
    client = page_client.as_(cast.minh)
    client.post("/preferences/", {"language": "en", "next": "/gallery/"})
    assert 'lang="en"' in client.get("/gallery/").content.decode()
    cast.minh.refresh_from_db()
    assert cast.minh.language == "en"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "x"])
def test_preferences_lead_nowhere_else(page_client, away):
    response = page_client.post("/preferences/", {"language": "vi", "next": away})
    assert response.headers["Location"] == "/"


def test_nonsense_preferences_change_nothing(page_client, cast):
    page_client.as_(cast.minh).post("/preferences/", {"language": "xx", "large_text": "7"})
    cast.minh.refresh_from_db()
    assert cast.minh.language == "vi"
    assert not cast.minh.large_text


# -- navigation and frame ------------------------------------------------------------------------


def test_tabs_are_those_one_may_open_and_that_exist(rf, cast, monkeypatch):
    entries = [
        Entry("One", "desk:saved_views", "desk.open"),
        Entry("Two", "desk:choose_unit", "teams.form"),
        Entry("Three", "nowhere:at_all", "desk.open"),
    ]
    monkeypatch.setattr(navigation, "ENTRIES", entries)
    request = rf.get("/desk/views/")
    request.user = cast.minh
    assert [(tab.label, tab.is_here) for tab in navigation.tabs(request)] == [("One", True)]
    request.user = cast.lan
    assert [tab.label for tab in navigation.tabs(request)] == ["One", "Two"]


def test_the_phone_names_team_commune_and_officer(page_client, cast):
    cast.lan.person.contact_phone = "0912345678"
    cast.lan.person.save()
    html = page_client.as_(cast.tu).get("/gallery/phone/").content.decode()
    assert "Tổ CNCĐ ấp Mỹ Phước" in html
    assert "Nhơn Mỹ" in html
    assert 'href="tel:0912345678"' in html
    assert "Gọi cán bộ xã" in html


def test_a_message_offers_to_undo(page_client, cast):
    client = page_client.as_(cast.minh)
    sent = {"number": "1", "issued_on": "01/11/2026", "count": "5", "kind": "a", "tie": "lives"}
    html = client.post("/gallery/form/", sent, follow=True).content.decode()
    assert "Đã lưu quyết định." in html
    assert 'action="/gallery/undo/"' in html


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no/such/page/", 404, "Không có trang này"),
        ("/gallery/broken/", 500, "Hệ thống gặp lỗi"),
    ],
)
def test_what_goes_wrong_is_said_in_vietnamese(page_client, cast, address, status, words):
    client = page_client.as_(cast.minh)
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    assert words in response.content.decode()


def test_a_form_from_a_page_too_long_open_is_told_kindly(page_client, cast):
    from tests.pages import PageClient

    client = PageClient(enforce_csrf_checks=True)
    client.force_login(cast.minh)
    response = client.post("/preferences/", {"language": "vi"})
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()
