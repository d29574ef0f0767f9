"""Who hears what and when, through a whole month of a moved clock."""

import datetime as dt
from collections import Counter

import pytest

from cncd.foundation.journal.models import Entry
from cncd.work.directives import news
from cncd.work.directives.actions import (
    To,
    accept_answer,
    acknowledge,
    extend,
    return_answer,
    send_answer,
)
from cncd.work.directives.models import Directive
from cncd.work.directives.tests.conftest import DUE, of
from tests.cast import TODAY

TEAMS = To(Directive.Audience.TEAMS)


def of_event(event: str) -> list:
    entry = Entry.objects.filter(event=event).latest("pk")
    return list(news.EVENTS[event](entry))


def told(found) -> set:
    return {(each.user, each.kind) for each in found if hasattr(each, "user")}


def test_who_answers_hears_what_is_asked_once_however_many_things(cast, given):
    given()
    found = of_event("directive.given")
    assert told(found) == {(cast.lan, "obligation.given"), (cast.dung, "obligation.given")}
    assert "Xã Nhơn Mỹ: làm xong chậm nhất ngày 30/11/2026" in found[0].text


def test_the_giver_hears_of_an_answer_and_the_bearer_what_became_of_it(cast, given):
    row = of(given(cast.nhon_my, TEAMS), cast.team)
    send_answer(obligation=row, text="Xong", by=cast.tu)
    assert told(of_event("obligation.answered")) == {(cast.lan, "obligation.answered")}
    return_answer(answer=row.answers.get(), note="Thiếu ảnh", by=cast.lan)
    found = of_event("obligation.answer_returned")
    assert told(found) == {(cast.tu, "obligation.returned"), (cast.nhan, "obligation.returned")}
    assert "Thiếu ảnh" in found[0].text
    send_answer(obligation=row, text="Đã thêm ảnh", by=cast.tu)
    accept_answer(answer=row.answers.get(state="sent"), by=cast.lan)
    assert (cast.tu, "obligation.accepted") in told(of_event("obligation.answer_accepted"))


def test_more_time_is_told_with_the_reason(cast, given):
    row = of(given(cast.nhon_my, TEAMS), cast.team)
    later = DUE + dt.timedelta(days=5)
    extend(obligations=[row], due_on=later, reason="Mưa bão", by=cast.lan)
    [first, *_rest] = of_event("obligation.extended")
    assert "05/12/2026" in first.title
    assert "Mưa bão" in first.text


def morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(2), dt.UTC)  # nine o'clock here


@pytest.fixture
def month(clock):
    """Every morning from 22/11 to 20/12: (day, kind, login) of what the clock tells."""

    def live(act=lambda day: None) -> list:
        found = []
        for step in range(29):
            day = TODAY + dt.timedelta(days=step)
            clock.move_to(morning(day))
            act(day)
            found += [(day.day, each.kind, each.user.login, each.moment)
                      for each in news.by_clock(morning(day))]  # fmt: skip
        return found

    return live


def test_reminders_come_at_three_days_one_day_and_on_the_day_then_the_level_above(
    cast, given, month
):
    given(cast.nhon_my, TEAMS)
    heard = Counter((day, kind, who) for day, kind, who, moment in month() if "T+2" not in moment)
    of_tu = sorted(day for day, kind, who in heard if who == "tu" and kind == "obligation.due")
    assert of_tu == [27, 28, 29, 30]  # 28 repeats what was said on 27: the notices tell it once
    late = {(day, who) for day, kind, who in heard if kind == "obligation.late_below"}
    assert {who for _day, who in late} == {"lan"}
    assert min(day for day, _who in late) == 1


def test_what_is_done_or_waits_to_be_checked_is_not_reminded_of(cast, given, month):
    directive = given(cast.nhon_my, TEAMS)
    row = of(directive, cast.team)
    acknowledge(obligations=[row], by=cast.tu)

    def act(day):
        if day == TODAY + dt.timedelta(days=2):
            send_answer(obligation=row, text="Xong", by=cast.tu)

    heard = month(act)
    assert {who for _day, kind, who, _moment in heard if kind == "obligation.due"} == {"liem"}


def test_a_withdrawn_directive_tells_nobody_anything(cast, given, month):
    from cncd.work.directives.actions import withdraw_directive

    withdraw_directive(directive=given(cast.nhon_my, TEAMS), reason="Nhầm", by=None)
    assert month() == []
