"""Seats, codes, lists, corrections, and classes without names."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.work.training import actions
from cncd.work.training.actions.errors import (
    AlreadyBegun,
    CameAlready,
    ChangedMeanwhile,
    CodeNotRight,
    GoesOn,
    InTheFuture,
    NoNames,
    NotNow,
    NotOnTheList,
    NotYet,
    NotYourHamlet,
    ReasonMissing,
    SessionOver,
    WrongCounts,
)
from cncd.work.training.models import Attendance, Completion, Invitation, Session
from cncd.work.training.tests.builders import TODAY, at, code_at, course, held, session, topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(at(TODAY, 9), tick=False) as clock:
        yield clock


@pytest.fixture
def c(cast, programme):
    cast.course = course(cast, by=cast.lan)
    cast.session = session(cast.course, by=cast.lan, capacity=2)
    return cast


def invite(c, *users, of=None):
    people = [(user.person_id, None) for user in users]
    return actions.invite(session=of or c.session, people=people, by=c.lan)


def answer(user, comes=True, **said):
    mine = Invitation.objects.get(person=user.person_id)
    return actions.answer_invitation(invitation=mine, comes=comes, by=user, **said)


# -- seats ------------------------------------------------------------------------------------


def test_the_third_who_accepts_waits_and_moves_up_when_one_declines(c):
    invite(c, c.tu, c.nhan, c.cuong)
    states = [answer(user).state for user in (c.tu, c.nhan, c.cuong)]
    assert states == ["accepted", "accepted", "waiting"]
    answer(c.tu, comes=False, reason="Bận họp")
    assert Invitation.objects.get(person=c.cuong.person_id).state == "accepted"
    entry = Entry.objects.filter(event="session.answered").order_by("-pk").first()
    assert entry.rows == [{"moved_up": c.cuong.person_id}]


def test_more_seats_let_those_who_wait_in_and_fewer_take_nobodys(c):
    invite(c, c.tu, c.nhan, c.cuong)
    for user in (c.tu, c.nhan, c.cuong):
        answer(user)
    found = actions.change_session(session=c.session, version=1, capacity=1, by=c.lan)
    assert Invitation.objects.seated().count() == 2
    actions.change_session(session=found, version=2, capacity=3, by=c.lan)
    assert Invitation.objects.seated().count() == 3


def test_inviting_twice_invites_once_and_who_was_struck_off_can_be_invited_again(c):
    assert len(invite(c, c.tu)) == 1
    assert invite(c, c.tu) == []
    actions.strike_off(invitation=Invitation.objects.get(), by=c.lan)
    assert len(invite(c, c.tu)) == 1
    assert Invitation.objects.get().state == "invited"


def test_nobody_answers_for_others_or_after_the_session(c, morning):
    invite(c, c.tu)
    with pytest.raises(PermissionDenied):
        actions.answer_invitation(invitation=Invitation.objects.get(), comes=True, by=c.nhan)
    morning.move_to(at(TODAY, 12))
    with pytest.raises(AlreadyBegun):
        answer(c.tu)


def test_only_the_unit_of_the_course_invites(c):
    for user in (c.tu, c.dung, c.viettel):
        with pytest.raises(PermissionDenied):
            actions.invite(session=c.session, people=[(c.tu.person_id, None)], by=user)


# -- codes ------------------------------------------------------------------------------------


def test_a_code_counts_about_the_moment_it_was_shown_and_each_person_once(c):
    shown = at(TODAY, 9)
    code = code_at(c.session, shown)
    found = actions.scan_code(session=c.session, code=code, by=c.tu)
    again = actions.scan_code(session=c.session, code=code.lower(), by=c.tu)
    assert (found.pk, found.way) == (again.pk, "qr")
    assert Entry.objects.filter(event="attendance.recorded").count() == 1


@pytest.mark.parametrize(("seconds", "fits"), [(-31, False), (0, True), (150, True), (211, False)])
def test_a_code_sent_to_a_friend_soon_holds_no_more(c, seconds, fits):
    shown = at(TODAY, 9)
    about = {"session": c.session, "code": code_at(c.session, shown), "by": c.tu}
    moment = shown + dt.timedelta(seconds=seconds)
    with time_machine.travel(moment, tick=False):
        if fits:
            assert actions.scan_code(**about)
        else:
            with pytest.raises(CodeNotRight):
                actions.scan_code(**about)


def test_a_scan_made_without_a_network_counts_by_its_own_moment_days_later(c, morning):
    made = at(TODAY, 8, 5)
    code = code_at(c.session, made)
    morning.move_to(at(TODAY + dt.timedelta(days=3), 20))
    found = actions.scan_code(session=c.session, code=code, by=c.tu, made_at=made)
    assert found.made_at == made
    assert timezone.localdate(found.recorded_at) == TODAY + dt.timedelta(days=3)


def test_codes_of_another_session_or_another_hour_do_not_count(c, morning):
    other = session(c.course, by=c.lan)
    with pytest.raises(CodeNotRight):
        actions.scan_code(session=c.session, code=code_at(other, at(TODAY, 9)), by=c.tu)
    morning.move_to(at(TODAY, 14))
    with pytest.raises(NotNow):
        actions.scan_code(session=c.session, code=code_at(c.session, at(TODAY, 14)), by=c.tu)


# -- lists and corrections --------------------------------------------------------------------


def test_a_list_adds_and_never_takes_off_who_scanned_meanwhile(c):
    actions.scan_code(session=c.session, code=code_at(c.session, at(TODAY, 9)), by=c.tu)
    new = actions.record_list(session=c.session, came=[c.nhan.person_id], by=c.lan)
    assert [row.person_id for row in new] == [c.nhan.person_id]
    assert Attendance.objects.standing().count() == 2


def test_a_list_names_only_people_in_sight_and_not_before_the_session(c, morning):
    with pytest.raises(NotOnTheList):
        actions.record_list(session=c.session, came=[c.outsider.person_id], by=c.lan)
    morning.move_to(at(TODAY, 6))
    with pytest.raises(NotYet):
        actions.record_list(session=c.session, came=[c.tu.person_id], by=c.lan)


def test_putting_right_takes_a_reason_and_the_completion_follows(c):
    row = actions.record_list(session=c.session, came=[c.tu.person_id], by=c.lan)[0]
    assert Completion.objects.standing().get().person_id == c.tu.person_id
    with pytest.raises(ReasonMissing):
        actions.withdraw_attendance(attendance=row, reason=" ", by=c.lan)
    actions.withdraw_attendance(attendance=row, reason="Ký hộ", by=c.lan)
    assert not Completion.objects.standing().exists()
    actions.add_attendance(
        session=c.session, person=c.tu.person, reason="Đến muộn, quên quét mã", by=c.lan
    )
    assert Completion.objects.standing().count() == 1
    assert Attendance.objects.get().version == 3


def test_a_course_of_two_sessions_is_completed_on_the_day_of_the_second(c):
    first = session(of := course(c, sessions_needed=2), dt.date(2026, 11, 2))
    second = session(of, dt.date(2026, 11, 20))
    actions.record_list(session=first, came=[c.tu.person_id], by=None)
    assert not Completion.objects.filter(course=of).exists()
    actions.record_list(session=second, came=[c.tu.person_id], by=None)
    assert Completion.objects.get(course=of).completed_on == dt.date(2026, 11, 20)
    actions.change_course(course=of, version=1, sessions_needed=1, by=None)
    assert Completion.objects.get(course=of).completed_on == dt.date(2026, 11, 2)


def test_calling_off_a_session_undoes_what_followed_from_it(c):
    actions.record_list(session=c.session, came=[c.tu.person_id], by=c.lan)
    found = actions.cancel_session(session=c.session, reason="Mất điện", version=1, by=c.lan)
    assert found.state == Session.State.CANCELLED
    assert not Completion.objects.standing().exists()
    with pytest.raises(SessionOver):
        actions.record_list(session=c.session, came=[c.nhan.person_id], by=c.lan)


def test_a_session_moves_until_somebody_came_and_closes_once_it_began(c):
    with pytest.raises(NotYet):
        actions.hold_session(session=session(c.course, TODAY + dt.timedelta(days=2)), by=c.lan)
    actions.record_list(session=c.session, came=[c.tu.person_id], by=c.lan)
    later = {"starts_at": at(TODAY, 32 - 24) + dt.timedelta(days=1)}
    with pytest.raises(CameAlready):
        actions.change_session(
            session=c.session, version=1, by=c.lan, **later,
            ends_at=later["starts_at"] + dt.timedelta(hours=2),
        )  # fmt: skip
    with pytest.raises(CameAlready):
        actions.withdraw_course(course=c.course, reason="Nhầm", version=1, by=c.lan)
    assert actions.hold_session(session=c.session, by=c.lan).state == Session.State.HELD


def test_an_old_page_is_refused(c):
    actions.change_session(session=c.session, version=1, venue="Nhà văn hóa", by=c.lan)
    with pytest.raises(ChangedMeanwhile):
        actions.change_session(session=c.session, version=1, venue="Trường học", by=c.lan)


# -- classes for citizens ---------------------------------------------------------------------


def test_a_team_logs_a_class_without_names_and_what_goes_on_is_one_class(c):
    first = actions.log_class(held=held(c, held_on=dt.date(2026, 11, 9)), team=c.team, by=c.tu)
    again = actions.log_class(
        held=held(c, people=10, elderly=3, continues=first, newcomers=2), team=c.team, by=c.nhan
    )
    assert (first.newcomers, again.newcomers) == (12, 2)
    assert again.course == first.course
    with pytest.raises(GoesOn):
        actions.withdraw_class(session=first, reason="Nhầm", by=c.tu)
    with pytest.raises(NoNames):
        actions.record_list(session=first, came=[c.tu.person_id], by=None)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"held_on": TODAY + dt.timedelta(days=1)}, InTheFuture),
        ({"elderly": 13}, WrongCounts),
    ],
)
def test_what_cannot_be_is_refused(c, said, error):
    with pytest.raises(error):
        actions.log_class(held=held(c, **said), team=c.team, by=c.tu)


def test_a_team_holds_classes_in_its_own_hamlets_and_members_do_not_log_them(c):
    with pytest.raises(NotYourHamlet):
        actions.log_class(held=held(c, place=c.my_hoa), team=c.team, by=c.tu)
    with pytest.raises(PermissionDenied):
        actions.log_class(held=held(c), team=c.team, by=c.cuong)


def test_a_class_is_put_right_taken_out_and_brought_back(c):
    found = actions.log_class(held=held(c), team=c.team, by=c.tu)
    wanted = held(c, people=15, topic=topic("mua-ban"))
    found = actions.change_class(session=found, held=wanted, version=1, by=c.tu)
    assert (found.people, found.newcomers, found.course.title) == (15, 15, "Mua bán trực tuyến")
    found = actions.withdraw_class(session=found, reason="Nhầm", by=c.tu)
    assert found.withdrawn_at
    assert actions.restore_class(session=found, by=c.tu).withdrawn_at is None
    events = list(Entry.objects.order_by("pk").values_list("event", flat=True))[-4:]
    assert events == ["class.logged", "class.changed", "class.withdrawn", "class.restored"]
