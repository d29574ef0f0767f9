"""The pages: courses, sessions, inviting, the code, my training, classes; who sees what."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.people.models import Person
from cncd.team.teams.models import Membership
from cncd.work.library.actions import Text, add_item
from cncd.work.training import actions
from cncd.work.training.models import Attendance, Course, Invitation, Session
from cncd.work.training.queries import dues
from cncd.work.training.tests.builders import TODAY, at, code_at, course, held, session, topic
from tests.forms import fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(at(TODAY, 9), tick=False) as clock:
        yield clock


@pytest.fixture
def c(cast, programme):
    cast.course = course(cast, by=cast.lan)
    cast.session = session(cast.course, by=cast.lan, capacity=2)
    cast.later = session(cast.course, TODAY + dt.timedelta(days=3), by=cast.lan)
    return cast


def words(page) -> str:
    return " ".join(page.content.decode().split())


def url(name, *args):
    return reverse(f"training:{name}", args=args)


def invite(c, *users, of=None):
    people = [(user.person_id, None) for user in users]
    return actions.invite(session=of or c.session, people=people, by=c.lan)


def test_an_officer_opens_a_course_plans_a_session_and_invites_the_leads(c, page_client):
    desk = page_client.as_(c.lan)
    form = fields(desk.get(url("open_course")), url("open_course"))
    sent = form | {"title": "Thanh toán số", "audience": "teams", "topics": [topic().pk],
                   "place": c.nhon_my.pk, "sessions_needed": "1"}  # fmt: skip
    desk.post(url("open_course"), sent)
    desk.post(url("open_course"), sent)  # pressed twice
    made = Course.objects.get(title="Thanh toán số")
    form = fields(desk.get(url("plan_session", made.pk)), url("plan_session", made.pk))
    sent = form | {"day": "25/11/2026", "starts": "08:00", "ends": "11:00", "capacity": "30",
                   "place": c.nhon_my.pk, "venue": "Hội trường"}  # fmt: skip
    desk.post(url("plan_session", made.pk), sent)
    held_at = Session.objects.get(course=made)
    address = f"{url('invite', held_at.pk)}?who=leads&unit={c.nhon_my.pk}"
    page = words(desk.get(address))
    assert ("Sơn Văn Tư" in page, "Lý Văn Cường" in page) == (True, False)
    desk.post(address, {"person": [c.tu.person_id, c.nhan.person_id]})
    assert held_at.invitations.count() == 2
    text = words(desk.get(url("session_text", held_at.pk)))
    assert "từ 08:00 đến 11:00, ngày 25/11/2026" in text
    assert "Sơn Văn Tư" in words(desk.get(url("session_sheet", held_at.pk)))


def test_in_a_province_of_thousands_the_page_still_invites_whom_it_shows(c, page_client):
    newcomer = Person.objects.create(pk=20_950, full_name="Người thứ hai vạn")
    Membership.objects.filter(person=c.nhan.person_id).update(person=newcomer)
    desk, address = page_client.as_(c.lan), f"{url('invite', c.later.pk)}?who=all"
    shown = re.findall(r'name="person" id="[^"]+" value="([^"]+)"', words(desk.get(address)))
    desk.post(address, {"person": shown})
    assert newcomer.pk in c.later.invitations.values_list("person", flat=True)


def test_those_never_trained_leave_out_who_completed_a_course_on_the_topic(c, page_client):
    actions.record_list(session=c.session, came=[c.tu.person_id], by=c.lan)
    page = words(page_client.as_(c.lan).get(f"{url('invite', c.later.pk)}?who=untrained"))
    assert ("Sơn Văn Tư" in page, "Thạch Thị Nhàn" in page) == (False, True)


def test_the_code_changes_every_half_minute_and_shows_who_came(c, page_client, morning):
    desk = page_client.as_(c.lan)
    first = words(desk.get(url("code", c.session.pk)))
    assert 'http-equiv="refresh" content="31"' in first
    actions.scan_code(session=c.session, code=code_at(c.session, at(TODAY, 9)), by=c.tu)
    morning.move_to(at(TODAY, 9) + dt.timedelta(seconds=30))
    second = words(desk.get(url("code", c.session.pk)))
    assert "Sơn Văn Tư" in second
    signs = [page.split('class="code-signs"')[1].split("</p>")[0][-9:] for page in (first, second)]
    assert signs[0] != signs[1]


def test_scanning_the_code_on_the_phone_puts_one_on_the_list(c, page_client):
    phone = page_client.as_(c.tu)
    code = code_at(c.session, at(TODAY, 9))
    address = f"{url('scan')}?s={c.session.pk}&c={code}"
    form = fields(phone.get(address), url("scan"))
    assert (form["session"], form["code"]) == ([str(c.session.pk)], [code])
    phone.post(url("scan"), form)
    assert Attendance.objects.get().person_id == c.tu.person_id
    assert "Anh/chị đã được điểm danh lúc 09:00" in words(
        phone.get(url("my_session", c.session.pk))
    )
    for named in (c.session.pk, ""):
        wrong = phone.post(url("scan"), {"session": named, "code": "AAAA AAAA"})
        assert "Hãy quét mã đang hiện" in words(wrong)


def test_a_code_typed_from_the_wall_says_by_itself_which_session_it_is(c, page_client):
    code = code_at(c.session, at(TODAY, 9))
    phone = page_client.as_(c.tu)
    said = fields(phone.get(url("scan")), url("scan")) | {"code": f"{code[:4]} {code[4:]}".lower()}
    phone.post(url("scan"), said)
    assert Attendance.objects.get().session_id == c.session.pk


def test_an_invitation_is_answered_on_the_phone_and_asked_for_until_then(c, page_client):
    invite(c, c.tu, of=c.later)
    assert [duty.key for duty in dues(c.tu, timezone.now())] == [f"training.invited {c.later.pk}"]
    phone = page_client.as_(c.tu)
    assert "Dịch vụ công cho Tổ" in words(phone.get(url("mine")))
    phone.post(url("my_session", c.later.pk), {"comes": "no", "reason": "Bận gặt lúa"})
    assert Invitation.objects.get().reason == "Bận gặt lúa"
    assert dues(c.tu, timezone.now()) == []


def test_while_a_session_runs_the_phone_asks_for_the_code_and_the_desk_says_so(
    c, page_client, morning
):
    invite(c, c.tu)
    morning.move_to(at(TODAY, 9))
    [duty] = dues(c.tu, timezone.now())
    assert (duty.text, duty.due_at) == (
        f"Đang học: {c.course.title}. Anh/chị đã đến thì nhập mã điểm danh.",
        c.session.ends_at,
    )
    page = words(page_client.as_(c.lan).get(c.session.get_absolute_url()))
    assert "Đang diễn ra" in page
    assert re.search(
        r'<form method="post" id="strike-off" hidden><input[^>]*csrfmiddlewaretoken', page
    )
    assert (
        f'form="strike-off" formaction="{url("strike_off", c.session.invitations.get().pk)}"'
        in page
    )
    morning.move_to(at(TODAY, 13))
    assert "Chờ kết thúc điểm danh" in words(
        page_client.as_(c.lan).get(c.session.get_absolute_url())
    )
    page_client.as_(c.lan).post(url("close_session", c.session.pk))
    assert "không có trong danh sách điểm danh" in words(page_client.as_(c.tu).get(url("mine")))


def test_a_session_over_asks_its_unit_to_close_it(c, page_client, morning):
    morning.move_to(at(TODAY, 13))
    assert [duty.key for duty in dues(c.lan, timezone.now())] == [f"training.close {c.session.pk}"]
    assert dues(c.minh, timezone.now()) == []
    page_client.as_(c.lan).post(url("close_session", c.session.pk))
    assert dues(c.lan, timezone.now()) == []


def test_dues_take_at_most_three_queries(c):
    invite(c, c.tu, of=c.later)
    for user in (c.tu, c.lan, c.xem):
        user.kept_grants = {}
        user.can("training.view")
        with CaptureQueriesContext(connection) as asked:
            dues(user, timezone.now())
        assert len(asked) <= 3, (user, [q["sql"][:80] for q in asked])


def test_the_list_is_ticked_on_the_trainers_phone_and_put_right_at_the_desk(c, page_client):
    invite(c, c.tu, c.nhan)
    desk = page_client.as_(c.lan)
    assert "Thạch Thị Nhàn" in words(desk.get(url("tick", c.session.pk)))
    desk.post(url("tick", c.session.pk), {"came": [c.tu.person_id]})
    row = Attendance.objects.get()
    assert (row.person_id, row.way) == (c.tu.person_id, "list")
    form = fields(
        desk.get(url("add_attendance", c.session.pk)), url("add_attendance", c.session.pk)
    )
    desk.post(url("add_attendance", c.session.pk), form | {"person": c.bay.pk, "reason": "Đến trễ"})
    desk.post(url("take_off", row.pk), {"reason": "Ký hộ"})
    assert [each.person_id for each in Attendance.objects.standing()] == [c.bay.pk]


def test_a_team_logs_a_class_in_a_few_taps_and_sees_it(c, page_client):
    phone = page_client.as_(c.tu)
    form = fields(phone.get(url("log_team_class")), url("log_team_class"))
    sent = form | {"topic": topic("thanh-toan").pk, "people": "20", "elderly": "8",
                   "place": c.my_phuoc.pk, "held_on": ""}  # fmt: skip
    phone.post(url("log_team_class"), sent)
    made = Session.objects.get(people=20)
    assert (made.team, made.held_on) == (c.team, TODAY)
    assert "Thanh toán không dùng tiền mặt" in words(phone.get(url("mine")))
    phone.post(url("withdraw_class", made.pk), {"reason": "Nhầm", "version": "1"})
    phone.post(url("restore_class", made.pk))
    assert Session.objects.get(pk=made.pk).withdrawn_at is None


def test_the_list_of_classes_sums_as_the_indicators_do(c, page_client):
    first = actions.log_class(held=held(c), team=c.team, by=c.tu)
    actions.log_class(held=held(c, people=9, continues=first, newcomers=2), team=c.team, by=c.tu)
    page = words(page_client.as_(c.lan).get(url("classes")))
    assert "1 lớp, 14 lượt người học" in page
    assert (
        "spreadsheet" in page_client.as_(c.lan).get(f"{url('classes')}?export=xlsx")["Content-Type"]
    )


def test_who_sees_what(c, client):
    invite(c, c.tu)
    shown = actions.log_class(held=held(c), team=c.team, by=c.tu)
    for user, course_status, class_status in (
        (c.lan, 200, 200), (c.minh, 200, 200), (c.tu, 200, 200), (c.dung, 404, 404),
        (c.son, 404, 404), (c.outsider, 404, 404),
    ):  # fmt: skip
        client.force_login(user)
        assert client.get(url("course", c.course.pk)).status_code == course_status, user
        assert client.get(url("class", shown.pk)).status_code == class_status, user
    for user in (c.tu, c.xem):  # names only for who holds it
        client.force_login(user)
        assert client.get(url("tick", c.session.pk)).status_code in (403, 404)
        answer = client.get(url("session", c.session.pk))
        assert answer["Location"] == url("my_session", c.session.pk)


def test_pages_ask_as_often_for_many_people_as_for_few(c, client):
    client.force_login(c.lan)
    invite(c, c.tu)
    actions.log_class(held=held(c), team=c.team, by=c.tu)

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    pages = [url("home"), url("course", c.course.pk), url("session", c.session.pk),
             url("tick", c.session.pk), url("classes")]  # fmt: skip
    before = [asked(page) for page in pages]
    invite(c, c.nhan, c.cuong, c.liem)
    actions.record_list(session=c.session, came=[c.nhan.person_id, c.liem.person_id], by=c.lan)
    for n in range(3):
        session(course(c, title=f"Lớp {n}"), by=c.lan)
        actions.log_class(held=held(c, people=9 + n), team=c.team, by=c.tu)
    after = [asked(page) for page in pages]
    assert all(now <= was + 3 for was, now in zip(before, after, strict=True)), (before, after)
    assert max(after) <= 45


def test_materials_are_chosen_from_the_library_by_searching_and_stay_chosen(c, page_client):
    item = add_item(place=c.soc_trang, by=c.ha, text=Text("Quét mã QR an toàn", "Nội dung."))
    add_item(place=c.soc_trang, by=c.ha, text=Text("Trồng nhãn", "Nội dung."))
    desk, at = page_client.as_(c.lan), url("materials", c.course.pk)
    page = words(desk.get(f"{at}?q=ma qr"))
    assert "Quét mã QR an toàn" in page
    assert "Trồng nhãn" not in page
    form = fields(desk.get(f"{at}?q=ma qr"), at)
    desk.post(f"{at}?q=ma qr", form | {"materials": [item.pk]})
    assert c.course.materials.get() == item
    assert "Quét mã QR an toàn" in words(desk.get(f"{at}?q=nhãn"))  # still ticked
    late = desk.post(at, form | {"materials": []})
    assert "có người" in words(late).lower()
    assert c.course.materials.exists()


@pytest.mark.parametrize("number", ["9" * 23, "1,5"])
def test_a_choice_no_list_offers_is_refused_in_words(c, page_client, number):
    page = page_client.as_(c.tu).post(url("log_team_class"), {"joint_teams": number})
    assert f"không có “{number}”" in words(page)
    assert not Session.objects.filter(course__audience="citizens").exists()


def test_a_class_written_without_javascript_counts_once_and_of_two_changes_the_first_stands(
    c, page_client
):
    client = page_client.as_(c.tu)
    new = url("log_team_class")
    sent = fields(client.get(new), new) | {
        "topic": topic().pk, "people": "14", "elderly": "5", "place": c.my_phuoc.pk
    }  # fmt: skip
    assert {client.post(new, sent).status_code for _twice in range(2)} == {302}
    found = Session.objects.get(people=14)
    change = url("change_class", found.pk)
    opened = fields(client.get(change), change)
    assert client.post(change, opened | {"people": "15"}).status_code == 302
    assert "vừa sửa" in words(client.post(change, opened | {"people": "16"}))
    found.refresh_from_db()
    assert found.people == 15
