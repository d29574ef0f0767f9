"""One report from a hamlet to the province, with real clicks: the way the whole program is for.

log → draft → send → one figure returned → sent again → accepted → commune → district → province.
"""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from cncd.results.reports.actions import (
    Content,
    accept_reports,
    confirm_report,
    submit_report,
)
from cncd.results.reports.models import Report
from cncd.results.reports.queries import place_lines
from cncd.results.reports.rules import Entry
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.queries import scheme_in_use, sheet_for
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from tests.browser import pictures
from tests.standing import ask_by_hand

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Tháng trước 3 sản phẩm, tháng này 5: đề nghị Tổ kiểm tra lại."
PAST = {"KT01": 3, "KT02": 2, "KT06": 1, "KT07": 2, "TC12.num": 1, "TC13.num": 1}
WORDS = "Tổ đã đến từng nhà hướng dẫn bà con cài VNeID và nộp hồ sơ qua mạng."


class Months:
    """The running month and the five before it, with reports sent by all teams in the past."""

    def __init__(self, cast):
        self.cast = cast
        ask_by_hand()  # the figure that is returned on this walk is typed
        today = timezone.localdate()
        self.days = [today]
        for _month in range(5):
            self.days.insert(0, self.days[0].replace(day=1) - dt.timedelta(days=1))
        scheme = scheme_in_use()
        self.periods = [ensure_period(scheme=scheme, day=day) for day in self.days]
        self.running = self.periods[-1]

    def fill_the_past(self):
        """Each team logs and reports at the end of each month; the commune accepts."""
        c = self.cast
        teams = [(c.team, c.tu, c.lan), (c.team_my_hoa, c.liem, c.lan)]
        teams.append((c.team_dau_giong, c.sa, None))
        for number, (day, period) in enumerate(zip(self.days[:-1], self.periods, strict=False)):
            with time_machine.travel(dt.datetime.combine(day, dt.time(2), tzinfo=dt.UTC)):
                for order, (team, leader, reviewer) in enumerate(teams):
                    self._month(team, leader, reviewer, period, 12 + 4 * number - 3 * order)
                self._confirm(c.nhon_my, "commune", period, c.lan)
                self._confirm(c.ke_sach, "district", period, c.minh)

    def _month(self, team, leader, reviewer, period, people):
        when = period.last_day - dt.timedelta(days=3)
        done = Done(
            kind="huong-dan",
            happened_on=when,
            people=people,
            elderly=people // 3,
            contents={"vneid": people // 2, "dvc-truc-tuyen": people // 3},
        )
        log_activity(team=team, done=done, by=leader, confirmed=True)
        content = Content(entries=self._entries(period, PAST))
        report = submit_report(team=team, period=period, content=content, by=leader)
        if reviewer:
            accept_reports(reports=[report], by=reviewer)

    @staticmethod
    def _confirm(place, level, period, by):
        lines = place_lines([place], level, period)[place.pk]
        entries = {line.code: Entry("none") for line in lines if line.counted is None}
        confirm_report(place=place, period=period, content=Content(entries=entries), by=by)

    @staticmethod
    def _entries(period, values):
        asked = [r.measure.code for r in sheet_for("hamlet", period) if r.counter is None]
        asked.append("TC12.num")  # nobody's attendance was recorded yet: the team says it
        return {code: Entry(values.get(code, "none")) for code in asked}


class Steps:
    """The people of the walk, each at a screen of their own."""

    def __init__(self, visit, cast):
        self.phone = visit(cast.tu, 360, device_scale_factor=2)
        self.commune = visit(cast.lan)
        self.district = visit(cast.minh)
        self.province = visit(cast.ha)

    @staticmethod
    def look(visitor, picture=None, address=None):
        """The page in front of the visitor has no barrier and fits; maybe a picture of it."""
        page = visitor.open(address) if address else visitor.page
        page.wait_for_load_state()
        assert visitor.barriers() == [], page.url
        assert visitor.overflow() <= 0, page.url
        if picture:
            pictures.take(page, picture)
        return page


def log_what_was_done(steps):
    """Three taps and a number."""
    page = steps.look(steps.phone, "phone-home", "/m/")
    page.click("text=Ghi việc vừa làm")
    steps.look(steps.phone, "phone-log")
    page.click(".tile:has-text('VNeID')")
    for _person in range(12):
        page.click("button[value='people:1']")
    for _person in range(4):
        page.click("button[value='elderly:1']")
    steps.look(steps.phone, "phone-count")
    page.click(".foot-bar button")
    page.wait_for_selector("h1:has-text('Đã lưu')")
    steps.look(steps.phone)


def draft_and_send(steps):
    """The figures are there already; what must be typed is typed, the rest did not arise."""
    page = steps.look(steps.phone, address="/m/report/")
    page.click(".tasks li:first-child a")
    page.wait_for_selector("#report")
    for blank in ("last", "none"):
        page.click(f"button[name=fill][value={blank}]")
        page.wait_for_load_state()
    page.fill("[name='v.KT01']", "5")
    page.fill("[name=narrative]", WORDS)
    page.locator("h1").scroll_into_view_if_needed()
    steps.look(steps.phone, "phone-report")
    send(page)
    page.wait_for_selector("h1:has-text('Báo cáo đã đến nơi')")
    steps.look(steps.phone, "phone-sent")


def send(page):
    """Sends; where a figure looks unusual, says why and sends again."""
    button = ".report-foot button[name=send]"
    page.click(button)
    page.wait_for_load_state()
    reasons = page.locator("#unusual-figures input[type=text]")
    if reasons.count():
        for each in reasons.all():
            each.fill("Đã đếm lại, số đúng")
        page.click(button)
        page.wait_for_load_state()


def return_one_figure(steps, report):
    """The commune finds it in its inbox, sees a figure that cannot be, and returns only that."""
    page = steps.look(steps.commune, address="/desk/inbox/")
    page.click(".todo a:has-text('chờ duyệt')")
    page.click(f"tbody a[href*='/reports/{report.pk}/']")
    page.wait_for_selector(".review-table")
    page.click("th a:has-text('Sản phẩm OCOP')")
    page.wait_for_selector("#behind h2, #behind table, #behind p:not(.empty)")
    page.check("#f-KT01")
    page.fill("#n-KT01", NOTE)
    page.evaluate("scrollBy(0, 160)")
    steps.look(steps.commune, "desk-review")
    page.click("#return-form button[type=submit]")
    page.wait_for_selector("text=Đã trả lại. Chỉ các số được đánh dấu")
    steps.look(steps.commune)


def answer_the_return(steps):
    """On the phone the returned figure stands on top with its note; all else stays."""
    page = steps.look(steps.phone, "phone-returned", "/m/")
    page.click(".tasks li:first-child a")
    expect(page.locator(".reviewer-note")).to_contain_text(NOTE)
    assert page.locator("[name='v.KT02']").count() == 0
    page.fill("[name='v.KT01']", "3")
    steps.look(steps.phone)
    send(page)
    page.wait_for_selector("h1:has-text('Báo cáo đã đến nơi')")


def accept(steps, report):
    page = steps.commune.open(f"/reports/{report.pk}/")
    expect(page.locator("main")).to_contain_text("5 sản phẩm → 3 sản phẩm")
    steps.look(steps.commune)
    page.click("#accept-form button")
    page.wait_for_selector("text=Đã duyệt:")
    steps.look(steps.commune)


def confirm(steps, visitor, picture=None):
    """The unit reads its consolidated report, adds its own figures and words, sends it up."""
    page = steps.look(visitor, address="/totals/unit/")
    page.click("main a[href*='/totals/unit/confirm/']")
    page.wait_for_load_state()
    if page.locator("button[name=fill][value=none]").count():
        page.click("button[name=fill][value=none]")
        page.wait_for_load_state()
    for choice in page.locator("#asked ~ .figure-row select").all():
        choice.select_option("1")
    page.fill("[name=narrative]", "Các Tổ hoạt động đều, bà con tin tưởng.")
    steps.look(visitor)
    send(page)
    page.wait_for_selector("text=Đã chốt và gửi lên")
    steps.look(visitor, picture)


def drill_down(steps, cast):
    """The province sees the figure at once and opens it down to the single log."""
    page = steps.look(steps.province, "desk-home", "/desk/")
    steps.look(steps.province, address="/desk/brief/")
    steps.look(steps.province, "desk-grid", "/desk/grid/")
    page = steps.look(steps.province, "desk-indicator", "/desk/indicators/TC08/")
    for unit in ("Huyện Kế Sách", "Xã Nhơn Mỹ", cast.team.name):
        page.click(f"tbody th a:has-text('{unit}')")
        page.wait_for_load_state()
        steps.look(steps.province)
    expect(page.locator("main")).to_contain_text("12")
    page.click("main a[href*='/activities/']")
    page.wait_for_load_state()
    steps.look(steps.province)
    expect(page.locator("main")).to_contain_text("VNeID")


@pytest.fixture
def months(cast, programme):
    found = Months(cast)
    found.fill_the_past()
    return found


def test_one_report_from_the_hamlet_to_the_province(visit, cast, months):
    steps = Steps(visit, cast)
    log_what_was_done(steps)
    draft_and_send(steps)
    report = Report.objects.get(team=cast.team, period=months.running)
    return_one_figure(steps, report)
    answer_the_return(steps)
    accept(steps, report)
    confirm(steps, steps.commune, "desk-unit")
    confirm(steps, steps.district)
    drill_down(steps, cast)
    report.refresh_from_db()
    assert report.state == Report.State.ACCEPTED
    assert report.sent.figures["KT01"] == {"value": 3}
    assert Report.objects.get(place=cast.ke_sach, period=months.running).sent_id
