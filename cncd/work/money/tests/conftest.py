"""The country with its catalogue on a November day, and shorthands for lines of the book."""

import datetime as dt

import pytest
import time_machine

from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import PeriodScheme
from cncd.work.money.actions import Said, record_entry
from cncd.work.money.models import Purpose, Source


@pytest.fixture
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def c(programme, cast, november):
    scheme = PeriodScheme.objects.get(in_use=True)
    for month in (9, 10, 11):
        ensure_period(scheme=scheme, day=dt.date(2026, month, 1), by=None)
    cast.training, cast.equipment = (Purpose.objects.get(code=code) for code in (
        "tap-huan", "thiet-bi"))  # fmt: skip
    cast.commune_budget, cast.people = (Source.objects.get(code=code) for code in (
        "ngan-sach-xa", "xa-hoi-hoa"))  # fmt: skip
    return cast


@pytest.fixture
def said(c):
    """said(on, amount, …): a line of the book; training from the commune's budget by default."""

    def made(on=dt.date(2026, 11, 3), amount=1_250_000, **given) -> Said:
        usual = {"source": c.commune_budget, "purpose": c.training, "what": "Nước uống lớp học"}
        return Said(on=on, amount=amount, **usual | given)

    return made


@pytest.fixture
def put(c, said):
    """put(…): the line is recorded at Nhơn Mỹ unless said otherwise."""

    def made(*args, place=None, by=None, **given):
        return record_entry(place=place or c.nhon_my, by=by or c.lan, said=said(*args, **given))

    return made
