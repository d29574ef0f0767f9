"""Pages of difficulties: inbox, case, raising at the desk and on the phone."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.duties import duties_of
from cncd.foundation.people.news import News
from cncd.work.difficulties import actions, news
from cncd.work.difficulties.models import Case, Raising
from tests.forms import fields


@pytest.fixture
def at(page_client):
    def sign_in(user):
        page_client.force_login(user)
        return page_client

    return sign_in


def body(answer) -> str:
    return answer.content.decode()


def test_the_inbox_shows_what_is_open_soonest_first_and_narrows(c, at):
    first = c.raised("Cuối ấp sóng yếu").case
    c.days(2)
    c.raised("Chưa có kinh phí xăng xe", kind="kinh-phi")
    page = at(c.lan).get("/difficulties/")
    text = body(page)
    assert text.index("Cuối ấp sóng yếu") < text.index("Chưa có kinh phí xăng xe")
    narrowed = body(at(c.lan).get("/difficulties/?kind=kinh-phi"))
    assert "Cuối ấp" not in narrowed
    assert "Chưa có kinh phí" in body(at(c.lan).get("/difficulties/?q=kinh phi&whose=mine"))
    assert "Cuối ấp" not in body(at(c.dung).get("/difficulties/"))
    assert "Cuối ấp" not in body(at(c.minh).get("/difficulties/?whose=mine"))
    actions.pass_case(case=first, reason="Xin ý kiến", by=c.lan)
    assert "Cuối ấp" in body(at(c.minh).get("/difficulties/?whose=mine&level=district"))


def test_the_list_goes_to_excel(c, at):
    c.raised()
    found = at(c.lan).get("/difficulties/?export=xlsx")
    assert found.status_code == 200
    assert "spreadsheet" in found["Content-Type"]


def test_queries_do_not_grow_with_the_rows(c, at, django_assert_max_num_queries):
    for number in range(3):
        c.raised(f"Sóng yếu ở kênh {number}")
    at(c.lan).get("/difficulties/")
    with django_assert_max_num_queries(60) as few:
        at(c.lan).get("/difficulties/")
    for number in range(12):
        c.raised(f"Khó khăn khác số {number}", team=c.team_my_hoa, by=c.liem)
    with django_assert_max_num_queries(len(few)):
        at(c.lan).get("/difficulties/")


def test_like_ones_are_offered_joined_by_one_press_and_undone_by_another(c, at):
    one = c.raised("Cuối ấp sóng yếu")
    two = c.raised("Ấp Mỹ Hòa mất sóng", team=c.team_my_hoa, by=c.liem)
    c.raised("Chưa có máy in", kind="thiet-bi")
    page = body(at(c.lan).get("/difficulties/"))
    assert page.count('name="case"') == 2
    client = at(c.lan)
    pressed = {"case": [str(one.case.pk), str(two.case.pk)]}
    answer = client.post("/difficulties/join/", pressed, follow=True)
    assert Case.objects.open().count() == 2
    assert "Tách" in body(answer)
    client.post(f"/difficulties/{one.case.pk}/part/?case={two.case.pk}")
    assert Case.objects.open().count() == 3


def test_an_officer_answers_and_every_origin_sees_it(c, at):
    one = c.raised()
    two = c.raised("Ấp Mỹ Hòa mất sóng", team=c.team_my_hoa, by=c.liem)
    case = actions.join_cases(into=one.case, cases=[two.case], by=c.lan)
    address = reverse("difficulties:answer", args=[case.pk])
    page = at(c.lan).get(reverse("difficulties:case", args=[case.pk]))
    assert "Ấp Mỹ Hòa mất sóng" in body(page)
    empty = at(c.lan).post(address, {"answer": "", "version": case.version})
    assert empty.status_code == 200
    said = {"answer": "Nhà mạng lắp trạm trước 20/12.", "version": case.version}
    assert at(c.lan).post(address, said).status_code == 302
    for who in (c.tu, c.liem):
        assert "Nhà mạng lắp trạm" in body(at(who).get("/m/difficulties/"))
    assert "Nhà mạng" not in body(at(c.sa).get("/m/difficulties/"))
    late = at(c.hung).post(address, said)
    assert Case.objects.get(pk=case.pk).answered_by == c.lan
    assert late.status_code == 200


def test_an_answer_is_corrected_and_its_origins_read_and_hear_the_other_words(c, at):
    case = actions.answer_case(case=c.raised().case, text="Lắp trạm trước 20/12", by=c.lan)
    address = reverse("difficulties:correct", args=[case.pk])
    assert address in body(at(c.lan).get(case.get_absolute_url()))
    form = fields(at(c.lan).get(address), address)
    assert form["answer"] == ["Lắp trạm trước 20/12"]
    c.clock.shift(60)
    at(c.lan).post(address, form | {"answer": "Lắp trạm trước 10/12"})
    page = body(at(c.tu).get("/m/difficulties/"))
    assert ("10/12" in page, "20/12" in page) == (True, False)
    assert "20/12" in body(at(c.lan).get(case.get_absolute_url()))  # in the course of things
    [entry] = Entry.objects.filter(event="difficulty.answer_corrected")
    told = [each for each in news.EVENTS[entry.event](entry) if isinstance(each, News)]
    assert {each.user for each in told if "10/12" in each.text} == {c.tu, c.nhan}
    stale = at(c.hung).post(address, form | {"answer": "Khác"})
    assert stale.status_code == 200


def test_assigning_passing_and_sorting_by_page(c, at):
    case = c.raised().case
    for name, said in [
        ("assign", {"assignee": c.hung.pk}),
        ("sort", {"category": c.kinds_of["khac"].pk}),
        ("pass", {"reason": "Ngoài thẩm quyền xã"}),
    ]:
        address = reverse(f"difficulties:{name}", args=[case.pk])
        assert at(c.lan).get(address).status_code == 200
        case.refresh_from_db()
        answer = at(c.lan).post(address, said | {"version": case.version})
        assert answer.status_code == 302, (name, body(answer))
    case.refresh_from_db()
    assert (case.owner, case.category.code) == (c.ke_sach, "khac")
    page = body(at(c.minh).get(reverse("difficulties:case", args=[case.pk])))
    assert "Ngoài thẩm quyền xã" in page


def test_out_of_reach_is_not_found_and_not_ones_own_is_refused(c, at):
    case = c.raised().case
    address = reverse("difficulties:case", args=[case.pk])
    for who in (c.dung, c.son, c.outsider):
        assert at(who).get(address).status_code == 404
    assert at(c.xem).get(address).status_code == 200
    assert at(c.xem).get(reverse("difficulties:answer", args=[case.pk])).status_code == 403
    actions.pass_case(case=case, reason="Xin ý kiến", by=c.lan)
    assert at(c.lan).get(address).status_code == 200  # it began here
    answer = reverse("difficulties:answer", args=[case.pk])
    assert at(c.lan).post(answer, {"answer": "x"}).status_code == 403


def test_an_officer_raises_for_a_team_and_for_the_commune(c, at):
    client = at(c.lan)
    client.get("/difficulties/new/")
    form = {"text": "Chưa có máy in", "envelope": str(uuid.uuid4())}
    client.post("/difficulties/new/", form | {"team": c.team.pk})
    client.post("/difficulties/new/", form | {"team": c.team.pk})
    assert Raising.objects.get().team == c.team
    client.post("/difficulties/new/", {"text": "Xã thiếu cán bộ", "envelope": str(uuid.uuid4())})
    assert Case.objects.get(text="Xã thiếu cán bộ").owner == c.ke_sach


def test_the_phone_raises_with_one_sentence_and_says_whether_it_helped(c, at):
    assert "Gửi" in body(at(c.tu).get("/m/difficulties/new/"))
    form = {"text": "Sóng yếu", "category": "", "envelope": str(uuid.uuid4())}
    at(c.tu).post("/m/difficulties/new/", form)
    at(c.tu).post("/m/difficulties/new/", form)
    raising = Raising.objects.get()
    assert raising.category.code == "song-mang"
    actions.answer_case(case=raising.case, text="Đã lắp trạm.", by=c.lan)
    now = timezone.now()
    assert [duty.address for duty in duties_of(c.tu, now) if "answer" in duty.key] == [
        f"/m/difficulties/#r-{raising.pk}"
    ]
    address = reverse("difficulties:helped", args=[raising.pk])
    refused = at(c.tu).post(address, {"helped": "no", "note": ""})
    assert refused.status_code == 200
    assert at(c.liem).post(address, {"helped": "yes"}).status_code == 404
    at(c.tu).post(address, {"helped": "yes", "note": ""})
    raising.refresh_from_db()
    assert raising.helped is True


def test_taken_back_by_one_press_and_back_by_another(c, at):
    raising = c.raised()
    at(c.tu).post(reverse("difficulties:withdraw", args=[raising.pk]))
    assert Case.objects.get().state == "withdrawn"
    at(c.tu).post(reverse("difficulties:restore", args=[raising.pk]))
    assert Case.objects.get().is_open


def test_what_waits_is_a_duty_of_whoever_answers_and_of_nobody_else(
    c, django_assert_max_num_queries
):
    case = c.raised().case
    now = timezone.now()

    def keys(user):
        return [duty.key for duty in duties_of(user, now) if duty.key.startswith("difficult")]

    assert keys(c.lan) == keys(c.hung) == [f"difficulty {case.pk}"]
    assert keys(c.minh) == keys(c.ha) == keys(c.binh) == keys(c.dung) == keys(c.tu) == []
    actions.assign_case(case=case, to=c.hung, by=c.lan)
    assert (keys(c.lan), len(keys(c.hung))) == ([], 1)
    for who, days in ((c.minh, 6), (c.ha, 8), (c.binh, 11)):
        c.days(days)
        actions.climb_overdue()
        now = timezone.now()
        assert len(keys(who)) == 1
    assert keys(c.ha) == []
    for number in range(14):
        c.raised(f"Khó khăn {number}")
    found = [duty for duty in duties_of(c.lan, timezone.now()) if duty.kind == "chat-dots"]
    assert sum(duty.count for duty in found) == 14
    assert len(found) == 11


def test_a_log_with_a_difficulty_raises_it_once(c, at):
    page = f"/activities/new/{c.team.pk}/"
    at(c.lan).get(page)
    form = {
        "kind": "huong-dan", "happened_on": "01/11/2026", "people": "3", "content_vneid": "3",
        "difficulty": "Bà con quên mật khẩu VNeID", "envelope": str(uuid.uuid4()),
    }  # fmt: skip
    for _twice in range(2):
        answer = at(c.lan).post(reverse("activities:new", args=[c.team.pk]), form)
        assert answer.status_code == 302, body(answer)
    raising = Raising.objects.get()
    assert (raising.source, raising.team, raising.category.code) == ("log", c.team, "ung-dung")
    assert raising.raised_on == dt.date(2026, 11, 2)


def test_the_team_takes_its_open_difficulty_back_from_the_phones_list(c, at):
    raising = c.raised("Cuối ấp sóng yếu")
    phone, back = at(c.tu), reverse("difficulties:withdraw", args=[raising.pk])
    assert back in body(phone.get(reverse("difficulties:mine")))
    page = body(phone.post(back, follow=True))
    assert "Cuối ấp sóng yếu" not in page.split("<main")[1].split("our-case")[0]
    assert Raising.objects.get().withdrawn_at
    phone.post(reverse("difficulties:restore", args=[raising.pk]))
    actions.answer_case(case=Case.objects.get(), text="Đã xử lý", by=c.lan,
                        version=Case.objects.get().version)  # fmt: skip
    assert back not in body(phone.get(reverse("difficulties:mine")))


def test_a_photo_of_a_difficulty_is_made_small_before_it_is_sent(c, at):
    page = body(at(c.tu).get(reverse("difficulties:mine_new")))
    field = page.split('name="photos"')[1].split(">")[0]
    assert "data-shrink" in field
    assert 'data-most="1"' in field
    assert "data-along" in field
    assert "multiple" not in field
    assert "activities/shrink.js" in page
