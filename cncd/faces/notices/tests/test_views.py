"""The pages: what I should know, where it leads, and what I choose to be told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cncd.faces.notices.actions import choose_channels
from cncd.faces.notices.models import Notice, Preference, Subscription
from cncd.faces.notices.tests.conftest import allow, tell
from cncd.foundation.journal.models import Entry
from cncd.foundation.people.own_data import parts_of

SETTINGS = "/notices/settings/"


@pytest.fixture
def told(cast, clock):
    """Two notices for the leader of ấp Mỹ Phước and one for an officer."""
    tell(cast.lan)
    return [tell(cast.tu, moment)[0] for moment in ("1", "2")]


@pytest.mark.parametrize("who", ["tu", "lan"])
def test_the_bell_on_every_page_says_how_many_are_unread_for_one_query(
    told, cast, page_client, who
):
    user = getattr(cast, who)
    many = Notice.objects.filter(user=user).count()
    with CaptureQueriesContext(connection) as captured:
        page = page_client.as_(user).get("/agencies/").content.decode()
    assert f"Thông báo: {many} chưa đọc" in page
    assert sum("notices_" in query["sql"] for query in captured) == 1


def test_opening_one_marks_it_read_and_goes_where_it_leads(told, cast, page_client):
    client = page_client.as_(cast.tu)
    assert client.get(told[0].get_absolute_url())["Location"] == "/m/report/"
    assert list(Notice.objects.filter(user=cast.tu).unread()) == [told[1]]


def test_nobody_opens_the_notice_of_somebody_else(told, cast, page_client):
    for user in (cast.nhan, cast.lan, cast.quan_tri):
        assert page_client.as_(user).get(told[0].get_absolute_url()).status_code == 404
    assert not Notice.objects.exclude(read_at=None).exists()
    assert "số cần xem" not in page_client.as_(cast.nhan).get("/notices/").content.decode()


def test_all_are_marked_as_read_at_once_and_only_ones_own(told, cast, page_client):
    page_client.as_(cast.tu).post("/notices/read/")
    assert [row.user for row in Notice.objects.unread()] == [cast.lan]
    page = page_client.as_(cast.tu).get("/notices/").content.decode()
    assert "Đánh dấu đã đọc hết" not in page


def test_the_list_of_the_desk_searches_filters_and_exports(told, cast, page_client):
    client = page_client.as_(cast.lan)
    assert "Có 2 số cần xem lại" in client.get("/notices/?q=xem+lai&state=unread").content.decode()
    for nothing in ("q=khac", "state=read", "kind=teams.missing"):
        assert "Có 2 số cần xem lại" not in client.get(f"/notices/?{nothing}").content.decode()
    assert "spreadsheet" in client.get("/notices/?export=xlsx")["Content-Type"]


def test_a_person_chooses_what_to_be_told_where(cast, page_client):
    client = page_client.as_(cast.tu)
    page = client.get(SETTINGS).content.decode()
    assert "Xã đã nhận báo cáo" in page
    assert "Những Tổ chưa gửi báo cáo" not in page  # for officers
    client.post(SETTINGS, {"report.due": ["page"], "report.late": ["page", "push"]})
    mine = Preference.objects.filter(user=cast.tu, kind__startswith="report.")
    rows = mine.values_list("kind", "channel", "is_on")
    assert set(rows) == {
        ("report.due", "push", False),
        *((kind, "page", False) for kind in ("report.returned", "report.received")),
        *((kind, "push", False) for kind in ("report.returned", "report.received")),
        ("report.accepted", "page", False),
    }  # and nothing about e-mail, which was never set up
    entry = Entry.objects.get(event="notices.chosen")
    assert "Báo cáo tháng sắp đến hạn: Ở hình chuông" in entry.after["notices"]
    client.post(SETTINGS, {"report.due": ["page"], "report.late": ["page", "push"]})
    assert Entry.objects.filter(event="notices.chosen").count() == 1


def test_officers_and_plain_members_are_offered_what_concerns_them(cast, page_client):
    page = page_client.as_(cast.lan).get(SETTINGS).content.decode()
    assert "Những Tổ chưa gửi báo cáo" in page
    assert "Báo cáo tháng sắp đến hạn" not in page
    page = page_client.as_(cast.cuong).get(SETTINGS).content.decode()
    assert "Báo cáo tháng sắp đến hạn" not in page
    assert "Những Tổ chưa gửi báo cáo" not in page


def test_a_device_is_allowed_listed_on_another_and_ended_there(
    cast, clock, push_service, page_client
):
    allow(cast.tu, push_service.device("phone"))
    client = page_client.as_(cast.tu)
    page = client.get(SETTINGS).content.decode()
    assert "Máy khác của tôi" in page
    row = {"device": Subscription.objects.get().pk}
    assert page_client.as_(cast.nhan).post("/notices/device/end/", row).status_code == 404
    client.post("/notices/device/end/", row)
    assert not Subscription.objects.exists()
    events = Entry.objects.filter(actor_id=cast.tu.pk).values_list("event", flat=True)
    assert {"device.allowed", "device.silenced"} <= set(events)


def test_a_browser_that_made_a_new_permission_replaces_its_old_one(cast, clock, push_service):
    client = allow(cast.tu, push_service.device("before"))
    client.post(reverse("notices:device"), push_service.device("now").fields)
    assert Subscription.objects.get().endpoint.endswith("/now")


def test_a_device_ends_itself_by_its_address_and_may_say_so_twice(
    cast, clock, push_service, page_client
):
    device = push_service.device("phone")
    client = allow(cast.tu, device)
    for _time in range(2):
        client.post("/notices/device/end/", {"endpoint": device.endpoint})
    assert not Subscription.objects.exists()
    assert page_client.as_(cast.tu).post("/notices/device/end/", {}).status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "https://evil.example.vn/push"},
        {"endpoint": "http://169.254.169.254/latest"},
        {"p256dh": "QUJD"},
        {"p256dh": "kein Schlüssel"},
        {"auth": "QUJD"},
        {"auth": ""},
        {"endpoint": ""},
    ],
)
def test_what_no_browser_would_send_is_refused_in_words(cast, page_client, push_service, changed):
    fields = push_service.device("phone").fields | changed
    answer = page_client.as_(cast.tu).post(reverse("notices:device"), fields)
    assert answer.status_code == 400
    assert "Dịch vụ nhắc" in answer.json()["told"]
    assert not Subscription.objects.exists()


def test_what_is_kept_about_a_person_names_notices_devices_and_choices(told, cast, push_service):
    allow(cast.tu, push_service.device("phone"))
    choose_channels(by=cast.tu, chosen={"report.due": set()})
    parts = {str(part.title): part.rows for part in parts_of(cast.tu.person)}
    assert len(parts["Thông báo"]) == 2
    assert len(parts["Máy được phép nhắc"]) == 1
    assert len(parts["Thông báo tôi đã chọn"]) == 4
    assert "Thông báo" not in {str(part.title) for part in parts_of(cast.bay)}


def test_the_private_key_stands_on_no_page_and_in_no_export(cast, page_client, settings):
    page = page_client.as_(cast.tu).get(SETTINGS).content.decode()
    kept = settings.PUSH_KEY.read_text()
    assert "PRIVATE KEY" in kept
    assert "PRIVATE" not in page
    assert all(line not in page for line in kept.splitlines()[1:-1])
