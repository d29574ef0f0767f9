"""What the tests of results share: the programme in use, a few months, and a frozen November."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from cncd.results.reports.actions import Content, submit_report
from cncd.results.reports.queries import team_lines
from cncd.results.reports.rules import Entry
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import DifficultyCategory
from cncd.team.programme.queries import scheme_in_use
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from tests.standing import ask_by_hand

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)  # 12:00 in Vietnam


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Months(dict):
    """The periods of 2026 by month, each opened when first asked for."""

    def __missing__(self, month):
        period = ensure_period(scheme=scheme_in_use(), day=dt.date(2026, month, 1))
        return self.setdefault(month, period)


class Season:
    """Periods by month, and short ways to log, fill in and send."""

    def __init__(self, cast):
        self.cast = cast
        ask_by_hand()  # most of what is tested of reports is how figures are typed and sent
        self.months = Months()
        self.period = self.months[11]
        lines = team_lines([cast.team], self.period)[cast.team.pk]
        self.asked = [line.code for line in lines if line.required and line.counted is None]
        self.category = DifficultyCategory.objects.first()

    def log(self, day=20, *, month=11, team=None, by=None, people=10, **said):
        """The leader of ấp Mỹ Phước helped ten people with VNeID, unless said otherwise."""
        usual = {"kind": "huong-dan", "people": people, "contents": {"vneid": people}}
        done = Done(happened_on=dt.date(2026, month, day), **usual | said)
        team = team or self.cast.team
        return log_activity(team=team, done=done, by=by or self.cast.tu, confirmed=True)

    def content(self, values=None, *, reasons=None, **said) -> Content:
        """All that is asked: "không phát sinh" where nothing else is said."""
        entries = {code: Entry("none") for code in self.asked}
        for code, value in (values or {}).items():
            entries[code] = Entry(value, (reasons or {}).get(code, ""))
        return Content(entries=entries, **said)

    def send(self, values=None, *, team=None, by=None, month=11, **options):
        said = {k: options.pop(k) for k in list(options) if k in Content.__dataclass_fields__}
        return submit_report(
            team=team or self.cast.team,
            period=self.months[month],
            content=self.content(values, reasons=options.pop("reasons", None), **said),
            by=by or self.cast.tu,
            **options,
        )


@pytest.fixture
def season(cast, programme, clock):
    return Season(cast)


@pytest.fixture
def c(cast) -> SimpleNamespace:
    return cast
