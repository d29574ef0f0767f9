"""What is asked of a team, taken on and answered with a photo on a phone without a network."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cncd.faces.phone import shell
from cncd.work.difficulties.actions import Said, answer_case, raise_difficulty
from cncd.work.directives.actions import Source, To, Wanted, draft_directive, issue_directive
from cncd.work.directives.models import Directive, Obligation
from tests.browser.test_capture import picture
from tests.browser.test_installed import kept, switch_on
from tests.browser.test_phone import team

__all__ = ["switch_on", "team"]
KEPT = "async (at) => !!(await (await caches.open('pages')).match(at, { ignoreVary: true }))"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(cast, team):
    today = timezone.localdate()
    directive = draft_directive(
        place=cast.nhon_my, title="Lập nhóm", to=To(Directive.Audience.TEAMS), by=None,
        source=Source(said_by="Chủ tịch UBND xã", said_on=today),
        asks=(Wanted("Lập nhóm Zalo của ấp", today + dt.timedelta(days=5), "answer"),),
    )  # fmt: skip
    issue_directive(directive=directive, by=None)
    return Obligation.objects.get(team=cast.team)


def wait_until_kept(page, address: str) -> None:
    for _try in range(150):
        if page.evaluate(KEPT, address):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not kept: {address}")


def test_it_is_taken_on_and_answered_without_a_network(switch_on, asked, tmp_path):
    context = switch_on()
    page = context.new_page()
    page.goto("/m/")
    kept(page, shell.version())
    page.reload()  # from the second visit on what is asked is kept too
    wait_until_kept(page, f"/m/asked/{asked.pk}/")
    context.set_offline(True)
    page.click("text=Lập nhóm Zalo của ấp")
    page.get_by_role("button", name="Nhận việc").click()
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    page.goto(f"/m/asked/{asked.pk}/")
    page.fill("[name=text]", "Đã lập, 42 người")
    page.set_input_files("[name=photos]", picture(tmp_path / "nhom.jpg"))
    page.wait_for_selector(".photo-picks img")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator(".outbox-told")).to_contain_text("giữ")

    context.set_offline(False)
    expect(page.locator("#line")).not_to_contain_text("mục")
    asked.refresh_from_db()
    assert asked.acknowledged_at
    made = asked.answers.get()
    assert (made.text, made.state, made.files.count()) == ("Đã lập, 42 người", "sent", 1)


def test_an_answer_that_did_not_help_is_open_again_before_ones_eyes(switch_on, cast, team):
    raised = raise_difficulty(said=Said("Sóng yếu ở cuối ấp"), team=cast.team, by=cast.tu)
    answer_case(case=raised.case, text="Đã báo nhà mạng", by=cast.lan)
    page = switch_on().new_page()
    page.goto("/m/difficulties/")
    page.fill(f"#note-{raised.pk}", "Vẫn chưa gọi được")
    page.get_by_role("button", name="Chưa", exact=True).click()
    expect(page.locator("form.helped")).to_have_count(0)  # the same page, further down: made anew
    expect(page.locator("main")).to_contain_text("tự chuyển lên một cấp")
