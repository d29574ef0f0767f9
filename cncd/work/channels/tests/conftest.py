"""The country of the tests with the packaged programme, on a November day of 2026."""

import datetime as dt

import pytest
import time_machine

from cncd.team.programme.models import Platform
from cncd.work.channels.actions import register_channel

TODAY = dt.date(2026, 11, 22)
OPENED = dt.date(2026, 3, 1)
RIGHT_TEAM = "Tổ CNCĐ_Mỹ Phước_Nhơn Mỹ_Kế Sách"
RIGHT_COMMUNE = "CNCĐ_Nhơn Mỹ_Kế Sách"


@pytest.fixture
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def c(programme, cast, november):
    cast.zalo, cast.viber = (Platform.objects.get(code=code) for code in ("zalo", "viber"))
    return cast


@pytest.fixture
def team_group(c):
    """The group of the team of Mỹ Phước, named right."""
    return register_channel(
        place=c.my_phuoc, team=c.team, platform=c.zalo, name=RIGHT_TEAM, opened_on=OPENED, by=c.tu
    )


@pytest.fixture
def commune_group(c):
    """The common group of xã Nhơn Mỹ, named right."""
    return register_channel(
        place=c.nhon_my,
        platform=c.zalo,
        name=RIGHT_COMMUNE,
        opened_on=OPENED,
        link="https://zalo.me/g/nhonmy",
        by=c.lan,
    )
