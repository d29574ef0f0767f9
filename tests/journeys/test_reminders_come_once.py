"""What is due is told three times and then to the level above, however often the clock asks."""

import datetime as dt

import time_machine

from cncd.faces.notices.jobs import remind
from cncd.faces.notices.models import Notice
from cncd.work.directives.actions import Source, To, Wanted, draft_directive, issue_directive
from cncd.work.directives.models import Directive

GIVEN = dt.date(2026, 11, 22)
DUE = dt.date(2026, 11, 30)


def days_of(user, kind: str) -> list[int]:
    rows = Notice.objects.filter(user=user, kind=kind).order_by("made_at")
    return [row.made_at.day for row in rows]


def test_at_three_days_one_day_on_the_day_and_the_morning_after(cast, counted):
    directive = draft_directive(
        place=cast.nhon_my, title="Lập nhóm", to=To(Directive.Audience.TEAMS), by=cast.lan,
        source=Source(said_by="Chủ tịch UBND xã", said_on=GIVEN),
        asks=(Wanted("Lập nhóm Zalo", DUE, "answer"),),
    )  # fmt: skip
    issue_directive(directive=directive, by=cast.lan)
    for step in range(20):
        moment = dt.datetime.combine(GIVEN + dt.timedelta(days=step), dt.time(2), dt.UTC)
        with time_machine.travel(moment, tick=False):
            for _two_workers in range(2):
                remind.call()
    assert days_of(cast.tu, "obligation.due") == [27, 29, 30]
    assert days_of(cast.liem, "obligation.due") == [27, 29, 30]
    assert days_of(cast.lan, "obligation.late_below") == [1]
    assert not Notice.objects.filter(user=cast.minh, kind="obligation.late_below").exists()
