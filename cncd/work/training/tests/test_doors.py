"""What phones send: scans and lists made without a network, answers, classes; and races."""

import datetime as dt
import json
import threading
import uuid

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cncd.work.activities.models import Activity
from cncd.work.training import actions
from cncd.work.training.actions.quizzes import write_quiz
from cncd.work.training.forms.people import FeedbackForm
from cncd.work.training.models import Attendance, Feedback, Invitation, QuizResult, Session
from cncd.work.training.tests.builders import TODAY, at, code_at, course, held, session

pytestmark = pytest.mark.django_db
DOOR = "/envelopes/"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(at(TODAY, 9), tick=False) as clock:
        yield clock


@pytest.fixture
def c(cast, programme):
    cast.course = course(cast, by=cast.lan)
    cast.session = session(cast.course, by=cast.lan, capacity=1)
    people = [(user.person_id, None) for user in (cast.tu, cast.nhan, cast.cuong)]
    actions.invite(session=cast.session, people=people, by=cast.lan)
    return cast


def send(client, kind, fields, about=None, made=None, behind=dt.timedelta(0)):
    """What the outbox sends; the phone's clock is so far behind ours."""
    now = timezone.now()
    said = {
        "id": str(uuid.uuid4()), "kind": kind, "about": json.dumps(about or {}),
        "content": fields, "made_at": int(((made or now) - behind).timestamp() * 1000),
        "sent_at": int((now - behind).timestamp() * 1000),
    }  # fmt: skip
    return client.post(DOOR, said, headers={"X-Outbox": "1"})


def test_a_scan_kept_offline_counts_when_the_network_is_back_whatever_the_phones_clock_says(
    c, client, morning
):
    code = code_at(c.session, at(TODAY, 8, 2))
    morning.move_to(at(TODAY, 21))
    client.force_login(c.tu)
    answer = send(
        client, "attendance.scan", f"session={c.session.pk}&code={code}",
        made=at(TODAY, 8, 2), behind=dt.timedelta(hours=5),
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    row = Attendance.objects.get()
    assert (row.person_id, row.way, row.made_at) == (c.tu.person_id, "qr", at(TODAY, 8, 2))
    assert answer.json()["answer"]["page"] == reverse("training:my_session", args=[c.session.pk])


def test_a_copied_code_is_refused_and_says_what_to_do(c, client, morning):
    code = code_at(c.session, at(TODAY, 8, 2))
    client.force_login(c.nhan)
    answer = send(client, "attendance.scan", f"session={c.session.pk}&code={code}")
    assert answer.status_code == 422
    assert "Hãy quét mã đang hiện" in str(answer.json())
    assert send(client, "attendance.scan", "session=999&code=X").status_code == 422
    assert not Attendance.objects.exists()


def test_a_list_ticked_offline_adds_to_who_scanned_meanwhile(c, client, morning):
    actions.scan_code(session=c.session, code=code_at(c.session, at(TODAY, 9)), by=c.tu)
    client.force_login(c.lan)
    about = {"session": c.session.pk}
    fields = f"came={c.tu.person_id}&came={c.nhan.person_id}"
    morning.move_to(at(TODAY, 19))
    answer = send(client, "attendance.list", fields, about, made=at(TODAY, 9, 30))
    assert answer.status_code == 200, answer.content
    ways = dict(Attendance.objects.values_list("person", "way"))
    assert ways == {c.tu.person_id: "qr", c.nhan.person_id: "list"}
    client.force_login(c.cuong)
    assert send(client, "attendance.list", fields, about).status_code == 422


def test_an_answer_given_earlier_offline_still_waits_its_turn(c, client):
    client.force_login(c.tu)
    assert send(client, "session.answer", "comes=yes", {"session": c.session.pk}).status_code == 200
    client.force_login(c.nhan)
    answer = send(client, "session.answer", "comes=yes", {"session": c.session.pk})
    assert answer.json()["answer"]["told"] == "Chờ chỗ"
    client.force_login(c.liem)
    assert send(client, "session.answer", "comes=yes", {"session": c.session.pk}).status_code == 422


def test_a_class_logged_offline_is_of_the_day_it_was_written_down(c, client, morning):
    client.force_login(c.tu)
    about = {"team": c.team.pk}
    fields = f"topic={c.course.topics.get().pk}&people=14&elderly=5&place={c.my_phuoc.pk}&held_on="
    made = at(TODAY, 8)
    morning.move_to(at(TODAY + dt.timedelta(days=4), 7))
    answer = send(client, "class.log", fields, about, made=made)
    assert answer.status_code == 200, answer.content
    found = Session.objects.get(people=14)
    assert (found.held_on, found.team, found.newcomers, found.elderly) == (TODAY, c.team, 14, 5)
    again = send(client, "class.log", fields.replace("people=14", "people=3"), about)
    assert again.status_code == 422
    assert "Không nhiều hơn" in str(again.json())


def together(*works):
    """Runs them at the same moment, each in a thread with a connection of its own."""
    start, failed = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait(5)
            work()
        except Exception as error:  # told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return failed


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_seat_at_once_one_waits(c):
    rows = list(Invitation.objects.filter(person__in=[c.tu.person_id, c.nhan.person_id]))
    works = [
        lambda row=row: actions.answer_invitation(invitation=row, comes=True, by=None)
        for row in rows
    ]
    assert together(*works) == []
    states = sorted(Invitation.objects.filter(pk__in=[r.pk for r in rows]).values_list(
        "state", flat=True))  # fmt: skip
    assert states == ["accepted", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_two_scans_of_one_person_at_once_are_one_attendance(c):
    code = code_at(c.session, at(TODAY, 9))

    def scan():
        actions.scan_code(session=c.session, code=code, by=c.tu)

    assert together(scan, scan) == []
    assert Attendance.objects.count() == 1


def test_the_class_counts_once_and_not_among_what_was_done(c):
    actions.log_class(held=held(c), team=c.team, by=c.tu)
    assert not Activity.objects.exists()


def test_quiz_and_opinion_are_given_without_a_network_and_only_by_who_came(c, client, morning):
    questions = [{"text": "Hỏi?", "choices": ["Một", "Hai"], "right": 1}]
    quiz = write_quiz(place=c.nhon_my, title="Thử", questions=questions, pass_mark=1, by=c.lan)
    actions.change_course(course=c.course, version=c.course.version, quiz=quiz, by=c.lan)
    actions.record_list(session=c.session, came=[c.tu.person_id], by=c.lan)
    [question] = quiz.questions.all()
    about, said = {"course": c.course.pk}, f"q{question.pk}=1"
    client.force_login(c.tu)
    kept = client.get(reverse("training:my_session", args=[c.session.pk])).content.decode()
    assert reverse("training:take_quiz", args=[c.course.pk]) in kept
    page = client.get(reverse("training:take_quiz", args=[c.course.pk])).content.decode()
    assert 'data-outbox="quiz.take"' in page
    morning.move_to(at(TODAY, 21))
    answer = send(client, "quiz.take", said, about, made=at(TODAY, 11)).json()["answer"]
    result = QuizResult.objects.get()
    assert (result.passed, result.made_at) == (True, at(TODAY, 11))
    assert "Đúng 1/1 câu" in client.get(answer["page"]).content.decode()
    opinion, of = "rating=4&comment=Hay&salt=x", {"session": c.session.pk}
    assert send(client, "feedback.give", opinion, of).status_code == 200
    assert Feedback.objects.get().rating == 4
    assert send(client, "feedback.give", opinion, of).status_code == 422  # one each
    client.force_login(c.nhan)
    assert send(client, "quiz.take", said, about).status_code == 422
    assert send(client, "feedback.give", opinion, of).status_code == 422
    assert send(client, "quiz.take", said, {"course": "x"}).status_code == 422


def test_opinions_of_the_same_words_leave_different_digests(c, client):
    first, second = (FeedbackForm()["salt"].value() for _each in range(2))
    assert first != second
    assert len(first) > 30
