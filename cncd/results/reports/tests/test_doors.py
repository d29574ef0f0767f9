"""A report sent by a phone that had no network: when it was made, what was seen, who else wrote."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.journal.models import Entry as JournalEntry
from cncd.results.reports.actions import accept_reports, save_draft
from cncd.results.reports.later import later_of
from cncd.results.reports.models import Report
from cncd.results.reports.queries import drift
from cncd.team.teams.models import Membership
from tests.cast import TODAY
from tests.forms import fields
from tests.outbox import HOUR, Phone, decided

DAY = dt.timedelta(days=1)


@pytest.fixture
def tu(page_client, c, season):
    return page_client.as_(c.tu)


@pytest.fixture
def phone(tu):
    return Phone(tu)


@pytest.fixture
def about(c):
    return {"team": c.team.pk, "period": "2026-11"}


@pytest.fixture
def shown(season, c):
    """What the report's page holds, everything asked answered."""

    def read(client, month="2026-11", **values):
        page = client.get(reverse("reports:write", args=[c.team.pk, month]))
        asked = {f"v.{code}": "không phát sinh" for code in season.asked}
        asked |= {f"v.{code}": text for code, text in values.items()}
        return fields(page, "report") | asked

    return read


def test_a_report_is_on_time_by_the_moment_it_was_made(phone, tu, season, about, shown, clock):
    said = shown(tu, KT01="3")
    clock.move_to(dt.datetime(2026, 12, 3, 3, tzinfo=dt.UTC))
    made = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)  # eight hours before it was due
    answer = phone.send("report.send", about, said, ago=timezone.now() - made)
    assert answer["state"] == "recorded"
    report = Report.objects.get()
    assert answer["answer"]["page"] == reverse("reports:sent", args=[report.pk])
    assert report.is_on_time
    assert (report.first_made_at, report.first_received_at) == (made, timezone.now())
    assert report.sent.figures["KT01"] == {"value": 3}
    assert report.sent.origin == "own"
    page = tu.get(answer["answer"]["page"]).content.decode()
    assert "Anh/chị bấm gửi lúc 16:00 30/11/2026" in page
    assert "đúng hạn" in page


def test_no_clock_makes_a_report_earlier_than_its_month(phone, tu, c, about, shown):
    answer = phone.send("report.send", about, shown(tu), ago=40 * DAY)
    assert answer["state"] == "recorded"
    begins = timezone.make_aware(dt.datetime(2026, 11, 1))
    assert Report.objects.get().first_made_at == begins


def test_figures_that_moved_come_back_with_both_and_one_tap_sends_the_new(
    phone, tu, season, about, shown
):
    season.log(18)
    said = shown(tu, KT01="3")
    season.log(20, people=4)  # what waited on the phone arrives before the report
    answer = phone.send("report.send", about, said)
    assert answer["state"] == "refused"
    assert answer["told"].startswith("Số đã đổi")
    assert ["Lượt người được giúp", "10", "14 lượt"] in answer["choice"]["sides"]
    assert not Report.objects.counting().exists()
    again = decided(said, answer)
    assert phone.send("report.send", about, again)["state"] == "recorded"
    assert Report.objects.get().sent.figures["TC08"]["value"] == 14


def test_a_draft_kept_on_the_phone_arrives_and_the_page_shows_it(phone, tu, about, shown):
    said = shown(tu, KT01="3") | {"narrative": "Đã đến từng nhà"}
    assert phone.send("report.save", about, said)["state"] == "recorded"
    page = tu.get(reverse("reports:write", args=[about["team"], "2026-11"]))
    assert "Đã đến từng nhà" in page.content.decode()
    assert not Report.objects.counting().exists()


def test_ones_own_earlier_draft_gives_way_and_a_later_one_does_not(
    phone, tu, season, about, shown, c
):
    said = shown(tu, KT01="3")
    draft = {"team": c.team, "period": season.period, "by": c.tu}
    content = season.content({"KT01": 8})
    save_draft(content=content, made_at=timezone.now() - 5 * HOUR, **draft)
    assert phone.send("report.save", about, said | {"v.KT01": "4"})["state"] == "recorded"
    save_draft(content=content, **draft)
    answer = phone.send("report.send", about, said, ago=3 * HOUR)
    assert [
        "Giấy chứng nhận" in row[0] or row[1:] == ["8", "3"] for row in answer["choice"]["sides"]
    ]


def test_two_people_at_one_report_see_both_and_one_decides(phone, tu, season, about, shown, c):
    said = shown(tu, KT01="3") | {"narrative": "Lời của ông Tư"}
    season.send({"KT01": 5}, by=c.nhan, narrative="Lời của bà Nhàn")
    answer = phone.send("report.send", about, said)
    choice = answer["choice"]
    assert [row[1:] for row in choice["sides"]] == [
        ["5", "3"],
        ["Lời của bà Nhàn", "Lời của ông Tư"],
    ]
    assert "Thạch Thị Nhàn" in choice["other"]
    assert Report.objects.get().sent.figures["KT01"] == {"value": 5}
    accept_reports(reports=[Report.objects.get()], by=c.lan)  # a third change meanwhile
    mine = decided(said, answer)
    answer = phone.send("report.send", about, mine)
    assert answer["state"] == "refused"
    assert phone.send("report.send", about, decided(mine, answer))["state"] == "recorded"
    report = Report.objects.get()
    assert report.sent.figures["KT01"] == {"value": 3}
    assert report.versions.count() == 2


def test_what_the_other_one_is_still_writing_is_not_overwritten(phone, tu, season, about, shown, c):
    said = shown(tu, KT01="3")
    content = season.content({"KT01": 5})
    save_draft(team=c.team, period=season.period, by=c.nhan, content=content)
    answer = phone.send("report.save", about, said)
    assert [row[1:] for row in answer["choice"]["sides"]] == [["5", "3"]]
    assert phone.send("report.save", about, decided(said, answer))["state"] == "recorded"


def test_the_same_report_from_two_taps_is_one_version(phone, tu, about, shown):
    said = shown(tu, KT01="3")
    first, second = (phone.send("report.send", about, said) for _tap in range(2))
    assert first["answer"] == second["answer"]
    assert Report.objects.get().versions.count() == 1


def test_what_is_missing_is_named_and_nothing_is_sent(phone, tu, about, shown):
    answer = phone.send("report.send", about, shown(tu) | {"v.KT01": ""})
    assert answer["faults"][0][0] == "v.KT01"
    assert answer["page"] == reverse("reports:write", args=[about["team"], "2026-11"])
    assert not Report.objects.counting().exists()


def test_a_locked_report_is_refused_with_what_to_do(phone, tu, season, about, shown):
    said = shown(tu)
    report = season.send()
    Report.objects.update(state=Report.State.LOCKED)
    said |= {"edition_seen": str(report.edition)}
    answer = phone.send("report.send", about, said)
    assert "khóa" in answer["told"]
    assert Report.objects.get().versions.count() == 1


def test_a_leader_who_has_left_brings_what_was_made_as_leader(phone, tu, about, shown, c):
    said = shown(tu, KT01="3")
    Membership.objects.filter(team=c.team, person=c.tu.person).update(until_on=TODAY)
    late = phone.send("report.send", about, said)
    assert "không có quyền" in late["told"]
    answer = phone.send("report.send", about, said, ago=DAY)
    assert ["Thành viên Tổ", "4", "3 người"] in answer["choice"]["sides"]  # he counts no more
    answer = phone.send("report.send", about, decided(said, answer), ago=DAY)
    assert answer["state"] == "recorded"
    report = Report.objects.get()
    assert (report.sent.sent_by, report.sent.origin) == (c.tu, "own")


def test_nobody_reports_for_others_and_no_month_is_made_up(page_client, about, c, phone, season):
    for user in (c.cuong, c.liem, c.outsider):
        answer = Phone(page_client.as_(user)).send("report.send", about, {})
        assert answer["state"] == "refused"
    for wrong in ({}, {"team": "x"}, about | {"period": "2026-13"}):
        assert phone.send("report.save", wrong, {})["state"] == "refused"
    assert not Report.objects.exists()


def test_what_was_logged_after_sending_is_added_with_one_tap(phone, tu, season, about, clock):
    season.log(18)
    report = season.send({"KT01": 3}, narrative="Đã đến từng nhà")
    clock.shift(2 * HOUR)
    season.log(19, people=4)
    season.log(20, people=2)
    report.refresh_from_db()
    later = later_of(report)
    assert later.entries == 2
    assert ("Lượt người được giúp", "10", "16 lượt") in later.rows
    for page in ("phone:home", "phone:report"):
        text = tu.get(reverse(page)).content.decode()
        assert "2 việc ghi sau khi gửi" in text
        assert "Bổ sung vào báo cáo" in text
    seen = {"seen": later.seen}
    season.log(21, people=1)
    answer = phone.send("report.supplement", about, seen)
    assert ["Lượt người được giúp", "16", "17 lượt"] in answer["choice"]["sides"]
    answer = phone.send("report.supplement", about, decided(seen, answer))
    assert answer["state"] == "recorded"
    report.refresh_from_db()
    assert report.sent.figures["TC08"]["value"] == 17
    assert report.sent.narrative == "Đã đến từng nhà"
    assert drift(report) == {}
    assert JournalEntry.objects.filter(event="report.supplemented").count() == 1
    assert phone.send("report.supplement", about, seen)["state"] == "recorded"
    assert report.versions.count() == 2


def test_one_tap_does_not_send_what_somebody_is_writing(phone, season, about, c):
    season.log(18)
    season.send()
    season.log(19)
    content = season.content({"KT01": 1})
    save_draft(team=c.team, period=season.period, by=c.nhan, content=content)
    answer = phone.send("report.supplement", about, {"seen": json.dumps({})})
    assert "sửa dở" in answer["told"]
    assert answer["page"]


def test_a_locked_month_says_so_and_offers_no_tap(tu, season, clock):
    season.log(18)
    season.send()
    clock.shift(HOUR)
    season.log(19)
    Report.objects.update(state=Report.State.LOCKED)
    text = tu.get(reverse("phone:home")).content.decode()
    assert "Báo cáo đã khóa" in text
    assert "Bổ sung vào báo cáo" not in text


def test_the_web_page_shows_what_the_other_one_wrote_in_words_too(tu, season, shown, c, about):
    said = shown(tu, KT01="3") | {"narrative": "Lời của ông Tư", "send": "1"}
    season.send({"KT01": 5}, by=c.nhan, narrative="Lời của bà Nhàn")
    page = tu.post(reverse("reports:write", args=[about["team"], "2026-11"]), said)
    text = page.content.decode()
    assert "Lời của bà Nhàn" in text
    assert "Lời của ông Tư" in text
    assert Report.objects.get().sent.narrative == "Lời của bà Nhàn"
