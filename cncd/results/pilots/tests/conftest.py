"""A pilot of ấp Mỹ Phước and ấp Đầu Giồng, compared with ấp Mỹ Hòa and ấp Hòa Lộc."""

import datetime as dt

import pytest
import time_machine

from cncd.results.pilots import actions
from cncd.results.pilots.models import Moment, PilotUnit
from cncd.team.programme.models import Measure
from cncd.team.teams.models import Team
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.households.actions import state_counts
from cncd.work.households.actions.counts import CountLine
from tests.cast import person, team

ISSUED = dt.date(2026, 8, 15)
BEFORE, MID, AFTER = Moment.BASELINE, Moment.MID, Moment.END
HOMES = {"my_phuoc": 200, "dau_giong": 150, "my_hoa": 190, "hoa_loc": 160}


def at(year, month, day, hour=9):
    """That hour of the day in Vietnam."""
    return dt.datetime(year, month, day, hour - 7, tzinfo=dt.UTC)


ENDED = at(2026, 11, 20)


@pytest.fixture
def frozen():
    with time_machine.travel(ENDED, tick=False) as clock:
        yield clock


@pytest.fixture
def ground(cast, programme, frozen):
    """A team in every hamlet, and how many households each has."""
    team(cast, "31540.001", "Tổ CNCĐ ấp Hòa Lộc", cast.hoa_loc, (person("Thị Lan"), "leader"))
    lines = [CountLine(getattr(cast, name), homes) for name, homes in HOMES.items()]
    state_counts(year=2026, lines=lines, source="UBND xã", by=None)
    return cast


def begun(cast, **given):
    wanted = {
        "place": cast.soc_trang,
        "name": "Thí điểm Tổ CNCĐ",
        "issued_on": ISSUED,
        "places": [cast.my_phuoc, cast.dau_giong],
        "measures": Measure.objects.filter(code__in=["TC07", "TC08"]),
        "near": "province",
        "per_unit": 1,
        "by": cast.ha,
    }
    return actions.begin_pilot(**wanted | given)


@pytest.fixture
def pilot(ground):
    return begun(ground)


@pytest.fixture
def compared(pilot, ground):
    return actions.choose_comparisons(pilot=pilot, by=ground.ha)


def unit_of(pilot, place) -> PilotUnit:
    return pilot.units.standing().get(place=place)


def logged(ground, name, day, people):
    """The team of that hamlet helped so many people that day."""
    hamlet = getattr(ground, name)
    served = Team.objects.get(coverages__place=hamlet)
    done = Done(kind="huong-dan", happened_on=day, people=people, contents={"vneid": people})
    leader = served.memberships.get(position="leader").person
    by = getattr(leader, "user", None) or ground.lan
    now = at(day.year, day.month, day.day, 17)
    return log_activity(team=served, done=done, by=by, confirmed=True, now=now)
