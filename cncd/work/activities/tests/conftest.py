"""What the tests of this room share: a small catalogue, counters, a frozen November."""

import datetime as dt

import pytest
import time_machine

from cncd.team.programme.models import ActivityKind, Content, Counter, Language
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.households.actions import number_households
from tests.cast import BEGINNING, TODAY


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False):
        yield TODAY


@pytest.fixture
def catalogue(db):
    for order, (code, name) in enumerate(
        [("inform", "Tuyên truyền"), ("support", "Hỗ trợ trực tiếp"), ("event", "Họp dân")]
    ):
        ActivityKind.objects.create(
            code=code, name=name, short_name=name, order=order, since_on=BEGINNING
        )
    for order, (code, name, until) in enumerate(
        [("vneid", "VNeID", None), ("zalo", "Zalo", None), ("pc-covid", "PC-Covid", "2023-01-01")]
    ):
        Content.objects.create(
            code=code,
            name=f"Hướng dẫn {name}",
            short_name=name,
            order=order,
            search_key=code,
            since_on=BEGINNING,
            until_on=until,
        )
    Language.objects.create(code="khmer", name="Tiếng Khmer", order=1)
    Language.objects.create(code="hoa", name="Tiếng Hoa", order=2)


def done(day: int = 20, **said) -> Done:
    """Ten people helped with VNeID on a day of November 2026, unless said otherwise."""
    usual = {"kind": "support", "people": 10, "contents": {"vneid": 10}}
    return Done(happened_on=dt.date(2026, 11, day), **usual | said)


@pytest.fixture
def log(cast, catalogue):
    """Logs for ấp Mỹ Phước's team as its leader, unless said otherwise."""

    def write(day: int = 20, *, team=None, by=None, confirmed=False, **said):
        return log_activity(
            team=team or cast.team,
            done=done(day, **said),
            by=by or cast.tu,
            confirmed=confirmed,
        )

    return write


def counter(counts: str, **filters) -> Counter:
    return Counter.objects.create(room="activities", counts=counts, filters=filters)


@pytest.fixture
def codes(cast, catalogue):
    """Household lists: ấp Mỹ Phước 001 to 030, ấp Mỹ Hòa 1 to 9; from the beginning of the year."""
    since = dt.date(2026, 1, 1)
    for place, last in ((cast.my_phuoc, "030"), (cast.my_hoa, "009")):
        number_households(place=place, first="001", last=last, since_on=since, by=cast.lan)
