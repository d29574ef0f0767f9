"""Where there is no network a dead spot is reported, a question answered, a quiz taken: offline."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cncd.faces.phone import shell
from cncd.foundation.people.actions import create_agency
from cncd.foundation.people.models import Branch
from cncd.results.rewards.models import Sign
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.queries import scheme_in_use
from cncd.work.partners.actions import make_pledge
from cncd.work.partners.models import Gap
from cncd.work.training.actions import change_course, plan_session, record_list
from cncd.work.training.actions.quizzes import write_quiz
from cncd.work.training.models import QuizResult
from cncd.work.training.tests.builders import course
from tests.browser.test_installed import kept, switch_on
from tests.browser.test_obligations import wait_until_kept
from tests.browser.test_phone import team
from tests.cast import BEGINNING

__all__ = ["switch_on", "team"]
pytestmark = pytest.mark.django_db(transaction=True)
QUESTIONS = [{"text": "Mật khẩu nên thế nào?", "choices": ["Ngắn", "Dài, khó đoán"], "right": 1}]


@pytest.fixture
def session(cast, team):
    """A session the leader came to, of a course with a quiz; an enterprise that committed here."""
    now, hour, today = timezone.now(), dt.timedelta(hours=1), timezone.localdate()
    firm = create_agency(
        name="Doanh nghiệp Sóng Xanh", branch=Branch.objects.get(code="telecom"),
        place=cast.soc_trang, since_on=BEGINNING, by=None, is_enterprise=True,
    )  # fmt: skip
    make_pledge(
        agency=firm, place=cast.nhon_my, kind="connectivity", amount=2, since_on=BEGINNING,
        until_on=today + dt.timedelta(days=60), by=cast.lan,
    )  # fmt: skip
    held = course(cast, by=cast.lan)
    quiz = write_quiz(
        place=cast.nhon_my, title="An toàn", questions=QUESTIONS, pass_mark=1, by=cast.lan
    )
    change_course(course=held, version=held.version, quiz=quiz, by=cast.lan)
    found = plan_session(course=held, starts_at=now - 2 * hour, ends_at=now - hour,
                         place=cast.nhon_my, by=cast.lan)  # fmt: skip
    record_list(session=found, came=[cast.tu.person_id], by=cast.lan)
    return found


@pytest.fixture
def sign(cast, team):
    period = ensure_period(scheme=scheme_in_use(), day=timezone.localdate())
    return Sign.objects.create(
        team=cast.team, period=period, kind="same_number", found_at=timezone.now(),
        behind={"number": 12, "times": 8, "of": 9},
    )  # fmt: skip


def test_what_is_asked_on_the_phone_is_answered_without_a_network(switch_on, session, sign, cast):
    context = switch_on()
    page = context.new_page()
    page.goto("/m/")
    kept(page, shell.version())
    page.reload()  # from the second visit on what is asked is kept too
    asked, quiz = f"/m/asked-about/{cast.team.pk}/", f"/training/courses/{session.course_id}/quiz/"
    for address in (asked, "/m/connectivity/"):
        wait_until_kept(page, address)
    page.goto(f"/m/training/{session.pk}/")
    wait_until_kept(page, quiz)
    context.set_offline(True)

    page.goto("/m/connectivity/")
    page.fill("[name=where]", "Cuối kênh Ba")
    page.select_option("[name=missing]", "signal")
    page.locator("form[data-outbox='connectivity.gap'] [type=submit]").click()
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    page.goto(asked)
    page.fill("[name=answer]", "Lớp đều 12 người mỗi tuần")
    page.locator("form[data-outbox='sign.answer'] [type=submit]").click()
    expect(page.locator("#line")).to_contain_text("2 mục chờ gửi")
    page.goto(quiz)
    page.get_by_label("Dài, khó đoán").check()
    page.locator("form[data-outbox='quiz.take'] [type=submit]").click()
    expect(page.locator("#line")).to_contain_text("3 mục chờ gửi")
    assert not Gap.objects.exists()
    assert not QuizResult.objects.exists()

    context.set_offline(False)
    expect(page.locator("#line")).not_to_contain_text("mục")
    assert Gap.objects.get().state == "asked"
    assert QuizResult.objects.get().passed
    sign.refresh_from_db()
    assert sign.answer == "Lớp đều 12 người mỗi tuần"
