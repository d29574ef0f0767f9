import datetime as dt
import io
import re
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cncd.foundation.files.models import StoredFile
from cncd.team.programme.models import Period, PeriodScheme
from cncd.work.activities.actions import withdraw_activity
from cncd.work.activities.models import Activity
from tests.forms import fields


@pytest.fixture
def months(db):
    """September to November 2026, calendar months."""
    scheme = PeriodScheme.objects.create(code="thang", name="Tháng", in_use=True)
    for month, last in ((9, 30), (10, 31), (11, 30)):
        Period.objects.create(
            scheme=scheme,
            code=f"2026-{month:02}",
            first_day=dt.date(2026, month, 1),
            last_day=dt.date(2026, month, last),
        )


def filled(**said) -> dict:
    """What the desk's form sends for ten people helped with VNeID on 20/11."""
    usual = {"kind": "support", "happened_on": "20/11/2026", "people": "10", "content_vneid": "10"}
    return usual | {"envelope": str(uuid.uuid4())} | said


def picture(name="anh.jpg") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def texts(page) -> str:
    return page.content.decode()


# -- entering for a team ------------------------------------------------------------------------


@pytest.fixture
def lan(page_client, cast, catalogue):
    return page_client.as_(cast.lan)


def enter(client, cast, **said):
    return client.post(reverse("activities:new", args=[cast.team.pk]), filled(**said))


def test_a_commune_officer_enters_for_a_team_with_photos(lan, cast):
    page = enter(lan, cast, photos=[picture("a.jpg"), picture("b.jpg")], note="vui")
    found = Activity.objects.get()
    assert page.url == reverse("activities:activity", args=[found.pk])
    assert found.on_behalf
    assert found.photos.count() == 2
    assert len(found.versions.get().content["photos"]) == 2
    assert "Nhập thay" in texts(lan.get(page.url))


def test_what_is_sent_twice_is_written_once(lan, cast):
    sent = filled()
    address = reverse("activities:new", args=[cast.team.pk])
    assert lan.post(address, sent).url == lan.post(address, sent).url
    assert Activity.objects.count() == 1


def test_the_same_envelope_with_other_content_is_not_a_second_entry(lan, cast):
    envelope = str(uuid.uuid4())
    enter(lan, cast, envelope=envelope)
    page = enter(lan, cast, envelope=envelope, people="11")
    assert "Việc này đã lưu rồi" in texts(page)
    assert Activity.objects.get().people == 10


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"happened_on": "23/11/2026"}, "Ngày này chưa tới"),
        ({"happened_on": "31/05/2025"}, "Tổ thành lập ngày 01/06/2025"),
        ({"happened_on": "hôm kia"}, "Đây không phải là ngày"),
        ({"people": "-3"}, "từ 0 trở lên"),
        ({"people": "ba người"}, "số nguyên"),
        ({"people": "10001"}, "tối đa"),
        ({"people": "5", "elderly": "6"}, "từ 60 tuổi không thể nhiều hơn"),
        ({"people": "", "content_vneid": ""}, "Ghi số người được giúp"),
        ({"people": "5", "content_vneid": "", "language_khmer": "6"}, "Số người theo tiếng nói"),
        ({"kind": "khong-co"}, "khong-co"),
        ({"participants": ["999999"]}, "999999"),
        ({"photos": [SimpleUploadedFile("x.jpg", b"khong phai anh")]}, "x.jpg"),
    ],
)
def test_bad_input_is_told_at_its_field_in_vietnamese_and_nothing_is_written(said, told, lan, cast):
    page = enter(lan, cast, **said)
    assert page.status_code == 200
    assert told in texts(page)
    assert not Activity.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_content_no_longer_in_use_is_not_offered_and_not_taken(lan, cast):
    page = enter(lan, cast, content_vneid="", **{"content_pc-covid": "5"})
    assert "Ngày đó không dùng nội dung này" in texts(page)
    assert not Activity.objects.exists()


def test_a_great_many_people_pass_after_one_more_look(lan, cast):
    page = enter(lan, cast, people="600")
    assert "600 là rất nhiều" in texts(page)
    assert "Đúng như vậy" in texts(page)
    enter(lan, cast, people="600", confirmed="on")
    assert Activity.objects.get().people == 600


def test_decomposed_letters_are_kept_composed(lan, cast):
    enter(lan, cast, venue="Nha\u0300 va\u0306n ho\u0301a")
    assert Activity.objects.get().venue == "Nhà văn hóa"


def test_numbers_may_be_written_with_a_point(lan, cast):
    enter(lan, cast, people="1.000", confirmed="on")
    assert Activity.objects.get().people == 1000


def test_a_month_is_entered_at_once_and_marked_as_an_estimate(lan, cast):
    address = reverse("activities:new_summary", args=[cast.team.pk])
    sent = filled(happened_on="01/11/2026", ended_on="22/11/2026", times="8", people="90")
    lan.post(address, sent)
    assert (Activity.objects.get().times, Activity.objects.get().is_summary) == (8, True)


@pytest.mark.parametrize("who", ["dung", "minh", "liem", "xem", "outsider"])
def test_another_teams_form_is_out_of_reach(who, page_client, cast, catalogue):
    client = page_client.as_(getattr(cast, who))
    page = client.post(reverse("activities:new", args=[cast.team.pk]), filled())
    assert page.status_code in (403, 404)
    assert not Activity.objects.exists()


def test_a_hamlet_of_another_team_is_refused(lan, cast):
    enter(lan, cast, place=str(cast.dau_giong.pk))
    assert Activity.objects.get().place == cast.my_phuoc  # the field is not there with one hamlet


def test_choosing_a_team_lists_those_one_may_enter_for(page_client, cast, catalogue):
    page = texts(page_client.as_(cast.lan).get(reverse("activities:choose_team")))
    assert "Tổ CNCĐ ấp Mỹ Phước" in page
    assert "Đầu Giồng" not in page


# -- correcting ---------------------------------------------------------------------------------


def test_an_entry_is_corrected_and_both_versions_stand_side_by_side(page_client, cast, log):
    activity = log(by=cast.lan)
    client = page_client.as_(cast.lan)
    address = reverse("activities:edit", args=[activity.pk])
    assert 'value="10"' in texts(client.get(address))
    page = client.post(address, filled(people="12", version="1", reason="đếm lại"))
    shown = texts(client.get(page.url))
    assert "is-changed" in shown
    assert "đếm lại" in shown
    activity.refresh_from_db()
    assert (activity.people, activity.version) == (12, 2)


def test_two_people_correcting_one_entry_do_not_overwrite_each_other(page_client, cast, log):
    activity = log(by=cast.lan)
    client = page_client.as_(cast.lan)
    address = reverse("activities:edit", args=[activity.pk])
    client.post(address, filled(people="12", version="1"))
    page = client.post(address, filled(people="13", version="1"))
    assert "Việc này vừa được người khác sửa" in texts(page)
    assert "Lấy bản của tôi" in texts(page)
    activity.refresh_from_db()
    assert activity.people == 12
    client.post(address, fields(page, "activity"))
    activity.refresh_from_db()
    assert activity.people == 13


def test_a_photo_is_taken_out_by_a_correction_and_stays_in_the_old_version(lan, cast):
    enter(lan, cast, photos=[picture()])
    activity = Activity.objects.get()
    lan.post(reverse("activities:edit", args=[activity.pk]), filled(version="1"))
    assert not activity.photos.exists()
    assert [len(v.content["photos"]) for v in activity.versions.all()] == [1, 0]


def test_the_commune_may_look_at_a_teams_own_entry_but_not_change_it(page_client, cast, log):
    activity = log()
    client = page_client.as_(cast.lan)
    page = client.get(reverse("activities:activity", args=[activity.pk]))
    assert "Sửa" not in texts(page).split("<main")[1]
    for name in ("edit", "withdraw"):
        assert client.get(reverse(f"activities:{name}", args=[activity.pk])).status_code == 404
    assert client.post(reverse("activities:restore", args=[activity.pk])).status_code == 404


def test_withdrawing_and_undoing(page_client, cast, log):
    activity = log(by=cast.lan)
    client = page_client.as_(cast.lan)
    client.get(reverse("activities:withdraw", args=[activity.pk]))
    page = client.post(reverse("activities:withdraw", args=[activity.pk]), {"reason": ""})
    assert page.url == reverse("activities:list")
    assert "Hoàn tác" in texts(client.get(page.url))
    assert not Activity.objects.standing().exists()
    client.post(reverse("activities:restore", args=[activity.pk]))
    assert Activity.objects.standing().exists()


@pytest.mark.parametrize("who", ["dung", "liem", "outsider", "son"])
def test_an_entry_outside_reach_is_not_found(who, page_client, cast, log):
    address = reverse("activities:activity", args=[log().pk])
    assert page_client.as_(getattr(cast, who)).get(address).status_code == 404


# -- the list -----------------------------------------------------------------------------------


def rows_of(page) -> str:
    _before, _body, rest = texts(page).partition("<tbody>")
    return rest.partition("</tbody>")[0]


def test_the_list_shows_the_month_and_any_range(page_client, cast, log, months):
    log(20, venue="Chùa Som Rong")
    log(10, team=cast.team_my_hoa, by=cast.liem)
    client = page_client.as_(cast.lan)
    address = reverse("activities:list")
    assert "20/11/2026" in rows_of(client.get(address))
    assert rows_of(client.get(f"{address}?k=2026-10")) == ""
    client.get(f"{address}?k=2026-11")
    ranged = rows_of(client.get(f"{address}?since=10/11/2026&until=2026-11-15"))
    assert "10/11/2026" in ranged
    assert "20/11/2026" not in ranged
    assert "20/11/2026" in rows_of(client.get(f"{address}?q=chua+som+rong"))
    assert "10/11/2026" not in rows_of(client.get(f"{address}?team={cast.team.pk}"))


def test_the_list_finds_by_kind_content_and_mark(page_client, cast, log, months):
    log(1, kind="event", contents={})
    log(2, contents={"zalo": 3})
    log(3, by=cast.lan)
    log(4, ended_on=dt.date(2026, 11, 9), times=2, confirmed=True)
    withdraw_activity(activity=log(15), by=cast.tu)
    client = page_client.as_(cast.lan)

    def days(query):
        page = rows_of(client.get(f"{reverse('activities:list')}?{query}"))
        return {day for day in (1, 2, 3, 4, 15) if f"{day:02}/11" in page}

    zalo = Activity.objects.get(contents__content__code="zalo").contents.get().content_id
    event = Activity.objects.get(kind__code="event").kind_id
    assert days("") == {1, 2, 3, 4}
    assert days(f"kind={event}") == {1}
    assert days(f"content={zalo}") == {2}
    assert days("mark=on_behalf") == {3}
    assert days("mark=summary") == {4}
    assert days("mark=withdrawn") == {15}
    assert days("q=zalo") == {2}
    assert days("q=hop+dan") == {1}


def test_the_list_exports_numbers_as_numbers(page_client, cast, log, months):
    log(20, people=1234, confirmed=True)
    page = page_client.as_(cast.lan).get(f"{reverse('activities:list')}?export=xlsx")
    content = b"".join(page.streaming_content) if page.streaming else page.content
    cells = [c.value for row in openpyxl.load_workbook(io.BytesIO(content)).active for c in row]
    assert 1234 in cells


def test_the_list_asks_the_same_of_the_database_for_more_rows(
    page_client, cast, log, months, django_assert_max_num_queries
):
    for day in range(1, 16):
        log(day, joint_teams=(cast.team_my_hoa.pk,))
    client = page_client.as_(cast.lan)
    client.get(reverse("activities:list"))
    with django_assert_max_num_queries(32):
        client.get(reverse("activities:list"))


def test_each_sees_the_entries_of_their_reach_only(page_client, cast, log, months):
    log(20)
    seen = {
        who: "20/11/2026" in rows_of(page_client.as_(getattr(cast, who)).get("/activities/"))
        for who in ("lan", "minh", "ha", "xem", "dung", "son", "outsider")
    }
    assert {who for who, sees in seen.items() if sees} == {"lan", "minh", "ha", "xem"}


# -- text for the group -------------------------------------------------------------------------


def test_the_text_of_a_team_and_of_a_unit(page_client, cast, log, months):
    log(22, people=12, elderly=5, contents={"vneid": 12}, languages={"khmer": 4})
    client = page_client.as_(cast.lan)
    team = texts(client.get(f"{reverse('activities:text')}?team={cast.team.pk}"))
    assert "KẾT QUẢ NGÀY 22/11/2026" in team
    assert "1 hoạt động, 12 lượt người được giúp" in team
    assert "VNeID: 12 lượt" in team
    unit = texts(client.get(f"{reverse('activities:text')}?since=2026-11-01&until=2026-11-22"))
    assert "1/2 Tổ có hoạt động" in unit
    assert "KẾT QUẢ TỪ 01/11 ĐẾN 22/11/2026" in unit


def test_a_range_that_ends_before_it_begins_is_told(page_client, cast, log, months):
    page = page_client.as_(cast.lan).get("/activities/text/?since=20/11/2026&until=01/11/2026")
    assert "Ngày cuối đứng trước ngày đầu" in texts(page)


def test_a_photo_opens_for_those_who_may_see_the_entry_and_for_nobody_else(lan, page_client, cast):
    enter(lan, cast, photos=[picture()])
    address = reverse("files:open", args=[Activity.objects.get().photos.get().file_id])
    answers = {}
    for who in ("tu", "ha", "dung"):
        answer = page_client.as_(getattr(cast, who)).get(address)
        answers[who] = answer.status_code
        b"".join(answer)  # read to its end, as a browser does
    assert answers == {"tu": 200, "ha": 200, "dung": 404}


def test_a_photo_loses_where_it_was_taken(lan, cast):
    taken = Image.new("RGB", (3000, 2000), "teal")
    exif = taken.getexif()
    exif[0x8825] = {1: "N", 2: (9.0, 36.0, 0.0)}  # GPS
    content = io.BytesIO()
    taken.save(content, "JPEG", exif=exif)
    upload = SimpleUploadedFile("anh.jpg", content.getvalue(), "image/jpeg")
    enter(lan, cast, photos=[upload])
    with StoredFile.objects.get().content.open("rb") as file, Image.open(file) as stored:
        assert not stored.getexif()
        assert max(stored.size) <= 1600


def test_a_sum_of_a_month_begins_with_what_the_team_does_most(lan, cast, log):
    address = reverse("activities:new_summary", args=[cast.team.pk])
    chosen = re.compile(r'<option value="([^"]+)" selected')
    assert chosen.search(lan.get(address).content.decode())[1] == "inform"
    for kind in ("event", "inform", "event"):
        log(kind=kind, contents={}, confirmed=True)
    assert chosen.search(lan.get(address).content.decode())[1] == "event"
