"""Who hears what, when: raised, climbed, answered, due, late."""

import datetime as dt

from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.news import News, Settled
from cncd.work.difficulties import actions
from cncd.work.difficulties.news import EVENTS, by_clock


def heard():
    """{login: kinds and titles} of what the last entry tells, and how much is settled."""
    entry = Entry.objects.latest("pk")
    found = list(EVENTS.get(entry.event, lambda _entry: ())(entry))
    told = [(each.user.login, each.kind) for each in found if isinstance(each, News)]
    return sorted(told), sum(isinstance(each, Settled) for each in found)


def test_each_event_reaches_those_it_concerns(c):
    raising = c.raised()
    assert heard() == ([("lan", "difficulty.came")], 0)
    actions.assign_case(case=raising.case, to=c.hung, by=c.lan)
    assert heard() == ([("hung", "difficulty.came")], 0)
    c.days(6)
    actions.climb_overdue()
    assert heard() == ([("minh", "difficulty.came")], 0)
    raising.case.refresh_from_db()
    actions.answer_case(case=raising.case, text="Đã lắp trạm.", by=c.minh)
    assert heard() == ([("nhan", "difficulty.answer"), ("tu", "difficulty.answer")], 1)
    actions.say_helped(raising=raising, helped=False, note="Chưa", by=c.tu)
    assert heard() == ([("minh", "difficulty.came")], 0)


def test_many_that_climb_together_are_told_of_as_one(c):
    for number in range(8):
        c.raised(f"Khó khăn {number}")
    c.days(6)
    actions.climb_overdue()
    assert heard() == ([("minh", "difficulty.came")], 0)


def test_an_answer_reaches_every_team_it_came_from(c):
    one, two = c.raised(), c.raised("Mất sóng", team=c.team_my_hoa, by=c.liem)
    case = actions.join_cases(into=one.case, cases=[two.case], by=c.lan)
    assert heard()[1] == 1
    actions.answer_case(case=case, text="Đã lắp trạm.", by=c.lan)
    told, _settled = heard()
    assert [login for login, _kind in told] == ["liem", "nhan", "tu"]


def test_reminders_three_days_one_day_before_and_on_the_day_then_the_level_above(c):
    c.raised()  # due on 07/11 at 17:00
    seen = []
    for hour in range(24 * 8):
        for each in by_clock(timezone.now()):
            if (each.user.login, each.kind, each.moment) not in seen:
                seen.append((each.user.login, each.kind, each.moment))
        if hour == 24 * 6:
            actions.climb_overdue()
        c.clock.shift(dt.timedelta(hours=1))
    assert [row for row in seen if "2026-11-07" in row[2]] == [
        ("lan", "difficulty.due", "T-3 2026-11-07"),
        ("lan", "difficulty.due", "T-1 2026-11-07"),
        ("lan", "difficulty.due", "T+0 2026-11-07"),
        ("minh", "difficulty.late", "T+1 2026-11-07"),
    ]
