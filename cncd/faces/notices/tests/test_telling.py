"""Who hears of what: by the clock, and when something happened to a report."""

import datetime as dt

import pytest

from cncd.faces.notices import telling
from cncd.faces.notices.actions import choose_channels
from cncd.faces.notices.models import Notice
from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.worker import run_ready
from cncd.foundation.people.actions import forget_person, substitute
from cncd.foundation.people.actions.postings import end_posting
from cncd.foundation.people.models import Posting
from cncd.foundation.places.actions import set_setting
from cncd.results.reports.actions import accept_reports, extend_due, return_figures
from cncd.team.programme.models import PeriodDue
from cncd.team.teams.models import Membership
from tests.cast import person

VIETNAM = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture(autouse=True)
def due(season, cast):
    """Teams' reports of November are due on the 30th at 17:00, communes' at midnight."""
    teams = PeriodDue.objects.filter(period=season.period, level__code="hamlet")
    teams.update(due_at=at(30, 17))
    return season


def at(day: int, hour: int, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=VIETNAM)


def told(user) -> list[str]:
    return [row.title for row in Notice.objects.filter(user=user).order_by("made_at")]


def missing(user) -> list[str]:
    rows = Notice.objects.filter(user=user, kind="teams.missing").order_by("made_at")
    return [row.title for row in rows]


def happened(event: str) -> None:
    """Runs what the journal's last entry of that kind sets going."""
    telling.tell_of(Entry.objects.filter(event=event).latest("pk"))


def test_a_team_hears_three_days_before_one_day_before_and_on_the_day(cast, clock):
    for moment in (at(26, 9), at(27, 9), at(28, 9), at(29, 9), at(30, 9), at(30, 16)):
        clock.move_to(moment)
        telling.remind()
    assert told(cast.tu) == told(cast.nhan) == [
        "Còn 3 ngày: báo cáo tháng 11/2026",
        "Mai là hạn báo cáo tháng 11/2026",
        "Hôm nay là hạn báo cáo tháng 11/2026",
    ]  # fmt: skip
    assert told(cast.cuong) == []  # a plain member cannot send
    notice = Notice.objects.filter(user=cast.tu).first()
    assert "17:00 ngày 30/11" in notice.text
    assert notice.address == f"/reports/write/{cast.team.pk}/2026-11/"


def test_after_the_due_day_the_leader_alone_hears_once(cast, clock):
    for moment in (at(1, 7, 12), at(1, 9, 12), at(2, 9, 12)):
        clock.move_to(moment)
        telling.remind()
    assert told(cast.tu) == ["Báo cáo tháng 11/2026 vẫn gửi được"]
    assert told(cast.nhan) == []


def test_whoever_has_sent_hears_nothing_and_open_reminders_are_done_with(cast, clock, season):
    clock.move_to(at(27, 9))
    telling.remind()
    clock.move_to(at(28, 9))
    season.send()
    happened("report.sent")
    assert told(cast.tu)[-1] == "Xã đã nhận báo cáo tháng 11/2026"
    unread = Notice.objects.filter(user=cast.tu).unread()
    assert [row.kind for row in unread] == ["report.received"]
    assert "nhận lúc 09:00 ngày 28/11" in unread[0].text
    clock.move_to(at(30, 9))
    telling.remind()
    assert len(told(cast.tu)) == 2
    assert told(cast.liem)[-1] == "Hôm nay là hạn báo cáo tháng 11/2026"


def test_whoever_left_the_team_or_whose_account_is_closed_hears_nothing(cast, clock):
    Membership.objects.filter(person=cast.tu.person).update(until_on=dt.date(2026, 11, 25))
    cast.liem.is_active = False
    cast.liem.save()
    clock.move_to(at(27, 9))
    telling.remind()
    assert told(cast.tu) == told(cast.liem) == []
    assert len(told(cast.nhan)) == 1


def test_a_later_due_day_of_one_team_moves_its_reminders(cast, clock, season):
    later = {"due_at": at(4, 17, 12), "reason": "Bão", "by": cast.lan}
    extend_due(period=season.period, team=cast.team, **later)
    clock.move_to(at(30, 9))
    telling.remind()
    assert told(cast.tu) == []
    clock.move_to(at(1, 9, 12))
    telling.remind()
    assert told(cast.tu) == ["Còn 3 ngày: báo cáo tháng 11/2026"]


def test_the_province_chooses_the_days(cast, clock):
    day = dt.date(2026, 11, 1)
    chosen = {"key": "notices.days_before", "value": 5, "place": None, "since_on": day}
    set_setting(by=cast.quan_tri, **chosen)
    clock.move_to(at(25, 9))
    telling.remind()
    assert told(cast.tu) == ["Còn 5 ngày: báo cáo tháng 11/2026"]


def test_on_the_evening_of_the_due_day_officers_hear_how_many_are_missing(cast, clock, season):
    clock.move_to(at(30, 18))
    telling.remind()
    assert missing(cast.lan) == []
    clock.move_to(at(30, 19))
    telling.remind()
    telling.remind()
    assert missing(cast.lan) == ["Còn 2 Tổ chưa gửi báo cáo tháng 11/2026"]
    assert missing(cast.hung) == missing(cast.lan)  # the head answers for them in person (IV.3)
    assert missing(cast.dung) == []  # no team of that commune owes a report
    assert missing(cast.minh) == missing(cast.outsider) == []
    address = Notice.objects.get(user=cast.lan, kind="teams.missing").address
    assert address == f"/reports/silent/?u={cast.nhon_my.pk}&k=2026-11"


def test_who_stands_in_hears_and_who_has_left_the_office_does_not(cast, clock):
    hoa = person("Sơn Thị Hoa", "hoa")
    posting = Posting.objects.get(person=cast.lan.person)
    since = dt.date(2026, 11, 20)
    substitute(posting=posting, person=hoa, since_on=since, until_on=dt.date(2027, 1, 1), by=None)
    end_posting(posting=Posting.objects.get(person=cast.hung.person), until_on=since, by=None)
    clock.move_to(at(30, 20))
    telling.remind()
    assert len(missing(hoa.user)) == len(missing(cast.lan)) == 1
    assert missing(cast.hung) == []


def test_returned_figures_and_an_acceptance_reach_those_who_wrote(cast, clock, season):
    report = season.send()
    return_figures(report=report, notes={season.asked[0]: "Xem lại"}, by=cast.lan)
    happened("report.returned")
    assert told(cast.tu) == told(cast.nhan) == ["Có 1 số của tháng 11/2026 cần xem lại"]
    report = season.send()
    happened("report.resent")
    assert not Notice.objects.filter(user=cast.tu, kind="report.returned").unread().exists()
    accept_reports(reports=[report], by=cast.lan)
    happened("report.accepted")
    assert "Báo cáo tháng 11/2026 đã được duyệt" in told(cast.nhan)
    assert told(cast.cuong) == told(cast.sa) == []


def test_many_accepted_at_once_reach_each_team(cast, season):
    teams = ((cast.team, cast.tu), (cast.team_my_hoa, cast.liem))
    reports = [season.send(team=team, by=by) for team, by in teams]
    accept_reports(reports=reports, by=cast.lan)
    happened("reports.accepted")
    assert told(cast.tu) == told(cast.liem) == ["Báo cáo tháng 11/2026 đã được duyệt"]


@pytest.mark.django_db(transaction=True)
def test_the_journal_sets_it_going_and_the_same_entry_tells_once(cast, season):
    season.send()
    run_ready()
    assert told(cast.tu) == ["Xã đã nhận báo cáo tháng 11/2026"]
    happened("report.sent")
    assert len(told(cast.tu)) == 1


def test_what_a_person_turned_off_is_not_told(cast, clock):
    choose_channels(by=cast.tu, chosen={"report.due": set()})
    choose_channels(by=cast.nhan, chosen={"report.due": {"push"}})
    clock.move_to(at(27, 9))
    telling.remind()
    assert told(cast.tu) == []
    assert Notice.objects.get(user=cast.nhan).read_at  # there for the push, not at the bell
    choose_channels(by=cast.tu, chosen={"report.due": {"page", "push"}})
    telling.remind()
    assert len(told(cast.tu)) == 1


def test_somebody_reads_it_in_the_language_they_chose(cast, clock):
    cast.tu.language = "en"
    cast.tu.save()
    clock.move_to(at(27, 9))
    telling.remind()
    assert told(cast.tu) == ["3 days left for the report of month 11/2026"]


def test_with_the_data_of_a_person_the_notices_go(cast, clock):
    clock.move_to(at(27, 9))
    telling.remind()
    Membership.objects.filter(person=cast.liem.person).update(until_on=dt.date(2026, 11, 26))
    forget_person(person=cast.liem.person, by=None, reason="Theo yêu cầu")
    assert not Notice.objects.filter(user=cast.liem).exists()
    assert Notice.objects.filter(user=cast.tu).exists()


def test_a_unit_hears_before_its_report_is_due_and_the_level_above_when_it_is_late(
    cast, clock, season
):
    due = PeriodDue.objects.get(period=season.period, level__code="commune").due_at
    due = due.astimezone(VIETNAM)
    for days in (4, 3, 2, 1, 0, -1, -1):
        clock.move_to((due - dt.timedelta(days=days)).replace(hour=9))
        telling.remind()
    told = Notice.objects.filter(user=cast.lan, kind__startswith="unit_report.")
    assert [row.moment[:3] for row in told.order_by("made_at")] == ["T-3", "T-1", "T+0", "T+1"]
    late = Notice.objects.filter(kind="units.missing")
    assert cast.lan not in {row.user for row in late}
    assert any("Nhơn Mỹ" in row.text for row in late)


def test_one_room_that_fails_keeps_no_other_silent(cast, clock, settings, monkeypatch):
    settings.NEWS_BY_CLOCK = ["cncd.no.such.room", *settings.NEWS_BY_CLOCK]
    clock.move_to(at(27, 9))
    with pytest.raises(ImportError):
        telling.remind()
    assert told(cast.tu) == ["Còn 3 ngày: báo cáo tháng 11/2026"]
