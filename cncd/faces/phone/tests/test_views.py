import datetime as dt
import re
import uuid
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cncd.faces.phone import shell
from cncd.results.reports.models import FigureReturn, Report, ReportVersion
from cncd.team.programme.models import Indicator, Period, Target
from cncd.team.teams.models import Coverage
from cncd.work.activities.actions import withdraw_activity
from cncd.work.activities.models import Activity
from tests.cast import TODAY


def texts(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def main(page) -> str:
    return texts(page).split("<main")[1].split("</main")[0]


def sent(**said) -> dict:
    return {
        "day": "today",
        "people": "12",
        "kind": "huong-dan",
        "envelope": str(uuid.uuid4()),
    } | said


def write(client, key="c-vneid", query="", **said):
    return client.post(reverse("phone:log_entry", args=[key]) + query, sent(**said))


# -- home ---------------------------------------------------------------------------------------


def test_home_tells_what_is_due_and_how_far_the_month_has_come(tu, cast, log):
    indicator = Indicator.objects.get(code="TC08")
    Target.objects.create(
        indicator=indicator,
        team=cast.team,
        value=80,
        per_month=True,
        since_on=dt.date(2026, 1, 1),
        until_on=dt.date(2027, 1, 1),
    )
    log(people=64, contents={})
    page = main(tu.get(reverse("phone:home")))
    assert "Gửi báo cáo tháng 11/2026" in page
    assert "còn 8 ngày" in page
    assert indicator.short_name in page
    assert "<strong>64</strong>" in page
    assert "/ 80" in page
    assert 'value="80"' in page  # the bar


def test_home_turns_amber_in_the_last_three_days(tu, november):
    november.move_to(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))
    before = main(tu.get(reverse("phone:home"))).count("is-pressing")
    november.move_to(dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC))
    assert main(tu.get(reverse("phone:home"))).count("is-pressing") == before + 1


def report_of(cast, state, **fields):
    """October's report of ấp Mỹ Phước, sent on the last day at 16:40."""
    october = Period.objects.get(code="2026-10")
    received = dt.datetime(2026, 10, 31, 9, 40, tzinfo=dt.UTC)
    report = Report.objects.create(
        team=cast.team,
        period=october,
        level=cast.levels["hamlet"],
        state=state,
        due_at=received,
        first_made_at=received,
        first_received_at=received,
        **fields,
    )
    report.sent = ReportVersion.objects.create(
        report=report, number=1, made_at=received, sent_at=received, sent_by=cast.tu
    )
    report.save()
    return report


def test_home_puts_returned_figures_first_with_the_reviewers_note(tu, cast):
    report = report_of(cast, Report.State.RETURNED)
    measure = Indicator.objects.get(code="TC08").measure
    FigureReturn.objects.create(
        report=report, measure=measure, note="Đếm lại giúp xã", by=cast.lan, at=timezone.now()
    )
    tasks = main(tu.get(reverse("phone:home"))).split('class="rows tasks"')[1]
    first = tasks.split("</li>")[0]
    assert "Xem lại 1 số liệu xã trả lại, báo cáo tháng 10/2026" in first
    assert f"{measure.short_name}: “Đếm lại giúp xã” – Nguyễn Thị Lan" in first
    assert reverse("reports:write", args=[cast.team.pk, "2026-10"]) in first


def test_home_says_that_the_commune_has_the_report(tu, cast):
    report = report_of(cast, Report.State.SENT)
    assert "Tháng 10/2026: xã đã nhận lúc 16:40 31/10" in main(tu.get(reverse("phone:home")))
    report.accepted_at = dt.datetime(2026, 11, 2, 1, 5, tzinfo=dt.UTC)
    report.state = Report.State.ACCEPTED
    report.save()
    assert "Tháng 10/2026: xã đã duyệt lúc 08:05 02/11" in main(tu.get(reverse("phone:home")))


def test_home_asks_the_same_however_much_was_logged(tu, log):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            tu.get(reverse("phone:home"))
        return len(asked)

    log()
    tu.get(reverse("phone:home"))
    before = questions()
    for day in range(1, 21):
        log(dt.date(2026, 11, day))
    assert questions() == before


def test_the_phone_is_for_those_who_belong_to_a_team(page_client, cast, programme):
    assert page_client.as_(cast.ha).get(reverse("phone:home")).status_code == 403


def test_a_figure_opens_the_entries_it_is_counted_from(tu, log):
    log(people=7, venue="Chợ Nhơn Mỹ")
    log(dt.date(2026, 10, 30), people=100)
    page = main(tu.get(reverse("phone:figure", args=["TC08"])))
    assert ": 7 lượt" in page
    assert page.count('<li><a href="/m/book/') == 1
    assert tu.get(reverse("phone:figure", args=["KT19"])).status_code == 404


# -- logging ------------------------------------------------------------------------------------


def test_three_taps_and_a_number(tu, cast):
    step = texts(tu.get(reverse("phone:home")))
    assert reverse("phone:log") in step
    step = main(tu.get(reverse("phone:log")))
    assert step.partition("<details")[0].count('class="tile"') == 6
    address = reverse("phone:log_entry", args=["c-vneid"])
    assert address in step
    tu.get(address)
    saved = write(tu)
    found = Activity.objects.get()
    assert saved.url == reverse("phone:saved", args=[found.pk])
    assert (found.people, found.happened_on, found.on_behalf) == (12, TODAY, False)
    assert {row.content.code: row.count for row in found.contents.all()} == {"vneid": 12}
    assert found.kind.code == "huong-dan"
    page = main(tu.get(saved.url))
    assert "12 người, VNeID 12" in page
    assert "Ghi tiếp" in page


def test_yesterday_is_one_tap_and_another_day_can_be_written(tu):
    write(tu, day="yesterday")
    write(tu, day="other", happened_on="03/11/2026")
    days = Activity.objects.order_by("happened_on").values_list("happened_on", flat=True)
    assert list(days) == [dt.date(2026, 11, 3), dt.date(2026, 11, 21)]


def test_another_day_left_empty_is_asked_for(tu):
    assert "Ghi ngày, ví dụ 20/11/2026" in texts(write(tu, day="other"))
    assert not Activity.objects.exists()


def test_a_day_before_the_content_was_in_use_is_told_at_the_day(tu):
    page = write(tu, key="c-nop-ho-so", day="other", happened_on="01/01/1990")
    assert page.status_code == 200
    assert "Chưa lưu được" in main(page)
    assert "01/01/1990" in main(page)
    assert not Activity.objects.exists()


def test_what_is_counted_in_files_is_asked_beside_the_people(tu):
    assert "hồ sơ" in main(tu.get(reverse("phone:log_entry", args=["c-nop-ho-so"]))).lower()
    write(tu, key="c-nop-ho-so", **{"content_nop-ho-so": "3"})
    first = Activity.objects.get()
    assert first.contents.get().count == 3
    write(tu, key="c-nop-ho-so")
    assert Activity.objects.exclude(pk=first.pk).get().contents.get().count == 12


def test_a_meeting_needs_no_content(tu):
    write(tu, key="k-hop-dan", kind="hop-dan", people="40")
    found = Activity.objects.get()
    assert (found.kind.code, found.contents.count()) == ("hop-dan", 0)


def test_elderly_and_language_stand_on_the_first_page(tu):
    write(tu, elderly="4", language_khmer="5")
    found = Activity.objects.get()
    assert (found.elderly, found.languages.get().people) == (4, 5)


def test_plus_and_minus_work_without_javascript(tu):
    page = write(tu, step="people:1")
    assert 'value="13"' in main(page)
    assert 'value="0"' in main(write(tu, people="", step="elderly:-1"))
    assert 'value="1"' in main(write(tu, people="hai", step="people:1"))
    assert not Activity.objects.exists()


def test_the_same_as_last_time_fills_everything_but_the_day(tu, cast):
    write(tu, day="yesterday", elderly="3", language_khmer="2", venue="Chùa")
    last = Activity.objects.get()
    page = main(tu.get(reverse("phone:log")))
    assert f"?like={last.pk}" in page
    form = main(tu.get(reverse("phone:log_entry", args=["c-vneid"]) + f"?like={last.pk}"))
    assert re.search(r'name="people" value="12"', form)
    assert re.search(r'value="today"[^>]*checked', form)
    assert "Chùa" in form


def test_the_like_of_nothing_or_of_another_team_is_an_empty_form(tu, cast, log):
    other = log(team=cast.team_my_hoa, by=cast.liem, people=9)
    for wanted in ("", "x", str(uuid.uuid4()), str(other.pk)):
        page = tu.get(reverse("phone:log_entry", args=["c-vneid"]) + f"?like={wanted}")
        assert 'name="people" value' not in main(page)


def test_what_was_used_last_comes_first(tu, log):
    log(contents={"facebook": 2})
    first = main(tu.get(reverse("phone:log"))).split('class="tile"')[1]
    assert "c-facebook" in first


def test_everything_is_found_under_something_else(tu):
    page = main(tu.get(reverse("phone:log")))
    assert "c-hoc-truc-tuyen" in page
    assert "k-hop-dan" in page
    assert "c-pc-covid" not in page


@pytest.mark.parametrize("key", ["c-pc-covid", "c-khong-co", "vneid", "k-", "x-vneid"])
def test_a_content_not_in_use_cannot_be_opened(key, tu):
    assert tu.get(f"/m/log/{key}/").status_code == 404


def test_a_double_tap_on_save_writes_once(tu):
    envelope = str(uuid.uuid4())
    assert write(tu, envelope=envelope).url == write(tu, envelope=envelope).url
    assert Activity.objects.count() == 1


def test_bad_numbers_are_told_at_the_number(tu):
    page = write(tu, people="5", elderly="9")
    assert "từ 60 tuổi không thể nhiều hơn tổng số người (5)" in texts(page)
    assert 'id="id_elderly"' in page.content.decode()
    assert not Activity.objects.exists()


def test_the_hamlet_is_asked_only_when_the_team_covers_two(tu, cast):
    address = reverse("phone:log_entry", args=["c-vneid"])
    assert 'name="place"' not in main(tu.get(address))
    Coverage.objects.create(team=cast.team, place=cast.my_hoa, since_on=dt.date(2026, 11, 1))
    assert 'name="place"' in main(tu.get(address))
    assert "Chọn ấp, khóm" in texts(write(tu))
    write(tu, place=str(cast.my_hoa.pk))
    assert Activity.objects.get().place == cast.my_hoa


def test_the_whole_month_at_once(tu):
    address = reverse("phone:log_month")
    page = main(tu.get(address))
    assert 'value="01/11/2026"' in page
    assert 'value="22/11/2026"' in page
    tu.post(
        address,
        sent(happened_on="01/11/2026", ended_on="22/11/2026", times="9", content_vneid="30"),
    )
    found = Activity.objects.get()
    assert (found.is_summary, found.times, found.people) == (True, 9, 12)


def test_the_undo_after_saving_takes_it_back_and_can_be_undone(tu):
    page = write(tu)
    found = Activity.objects.get()
    gone = tu.post(reverse("phone:withdraw", args=[found.pk]))
    assert gone.url == reverse("phone:book")
    assert not Activity.objects.standing().exists()
    assert reverse("phone:restore", args=[found.pk]) in texts(tu.get(gone.url))
    tu.post(reverse("phone:restore", args=[found.pk]))
    assert Activity.objects.standing().exists()
    assert page.status_code == 302


# -- the book -----------------------------------------------------------------------------------


def test_the_book_shows_this_month_first_and_the_months_before(tu, cast, log):
    log(venue="Chợ Nhơn Mỹ")
    log(by=cast.cuong, contents={"zalo": 2})
    log(dt.date(2026, 10, 5))
    withdraw_activity(activity=log(people=77), by=cast.tu)

    def lines(query=""):
        return main(tu.get(reverse("phone:book") + query)).count('<li><a href="/m/book/')

    assert lines() == 2
    assert lines("?month=2026-10") == 1
    assert lines("?month=2026-09") == 0
    assert lines("?q=cho+nhon+my") == 1
    assert lines("?own=1") == 1
    assert lines("?month=1999-99") == 2


def test_a_joint_event_stands_in_the_other_teams_book_as_joint(page_client, cast, log):
    joint = log(joint_teams=(cast.team_my_hoa.pk,))
    client = page_client.as_(cast.liem)
    assert "Phối hợp" in main(client.get(reverse("phone:book")))
    page = main(client.get(reverse("phone:entry", args=[joint.pk])))
    assert "chủ trì" in page
    assert "Sửa" not in page


def test_an_entry_is_corrected_on_the_phone(tu, log):
    found = log()
    address = reverse("phone:edit", args=[found.pk])
    assert 'value="22/11/2026"' in main(tu.get(address))
    answer = tu.post(address, sent(happened_on="22/11/2026", people="6", version="1"))
    assert answer.url == reverse("phone:entry", args=[found.pk])
    page = main(tu.get(answer.url))
    assert "Các lần sửa" in page
    assert re.search(r"<del>5</del>.*<ins>6</ins>", page)


def test_a_member_sees_but_does_not_change_what_the_leader_wrote(page_client, cast, log):
    found = log()
    client = page_client.as_(cast.cuong)
    assert "Rút lại" not in main(client.get(reverse("phone:entry", args=[found.pk])))
    assert client.get(reverse("phone:edit", args=[found.pk])).status_code == 404
    assert client.post(reverse("phone:withdraw", args=[found.pk])).status_code == 404


def test_a_member_who_may_not_send_is_led_to_no_closed_door(page_client, cast, tu):
    write = "/reports/write/"
    assert write in main(page_client.as_(cast.tu).get(reverse("phone:report")))
    for name in ("home", "report"):
        page = main(page_client.as_(cast.cuong).get(reverse(f"phone:{name}")))
        assert "11/2026" in page
        assert write not in page


def test_taking_back_anothers_entry_asks_why(tu, cast, log):
    found = log(by=cast.cuong)
    page = tu.post(reverse("phone:withdraw", args=[found.pk]), {"reason": ""})
    assert "Ghi vài chữ vì sao thay đổi" in texts(page)
    assert (
        tu.post(reverse("phone:withdraw", args=[found.pk]), {"reason": "trùng"}).status_code == 302
    )


def test_another_teams_entry_is_not_there(tu, cast, log):
    other = log(team=cast.team_dau_giong, by=cast.sa)
    assert tu.get(reverse("phone:entry", args=[other.pk])).status_code == 404


def test_the_roster_names_the_leader_first_and_shows_numbers_to_leaders_only(tu, page_client, cast):
    cast.bay.contact_phone = "0900000123"
    cast.bay.save()
    page = main(tu.get(reverse("phone:roster")))
    assert page.index("Sơn Văn Tư") < page.index("Thạch Thị Nhàn") < page.index("Kim Thị Bảy")
    assert "tel:0900000123" in page
    member = main(page_client.as_(cast.cuong).get(reverse("phone:roster")))
    assert "Kim Thị Bảy" in member
    assert "0900000123" not in member


def test_the_text_for_the_group(tu, log):
    log(people=9)
    page = texts(tu.get(reverse("phone:text")))
    assert "KẾT QUẢ NGÀY 22/11/2026" in page
    assert "9 lượt người được giúp" in page


def test_the_reports_page_lists_the_months_the_team_owes(tu):
    page = main(tu.get(reverse("phone:report")))
    for month in ("9/2026", "10/2026", "11/2026"):
        assert f"Tháng {month}" in page


def weight(answer) -> int:
    """Bytes of a page as it goes out."""
    return len(brotli.compress(answer.content, mode=brotli.MODE_TEXT, quality=5))


def test_a_first_visit_is_light(tu):
    page = tu.get(reverse("phone:home"))
    files = re.findall(r'(?:src|href)="/static/([^"#]+)', texts(page))
    weights = [len(brotli.compress(Path(finders.find(f)).read_bytes())) for f in set(files)]
    assert sum(weights) + weight(page) < 60_000


def test_a_whole_first_visit_is_light(tu, log):
    """With every page and file kept for when there is no network, and one report to write.

    `python -m bench --parts phone` measures the line itself, with fuller pages: 150 kB.
    """
    log()
    page = tu.get(reverse("phone:home"))
    kept = re.search(r'data-keep="([^"]+)"', page.content.decode())[1].split()
    kept = [each for each in kept if "/reports/" not in each or each.endswith("2026-11/")]
    pages = [weight(tu.get(each)) + 700 for each in kept]  # with their headers
    shell_files = [Path(finders.find(name)).read_bytes() for name in shell.names()]
    files = [len(brotli.compress(each)) + 450 for each in shell_files]
    assert sum(pages) + sum(files) + weight(page) < 137_000
