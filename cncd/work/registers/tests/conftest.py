"""A small register: an owner of Mỹ Phước with a product, and the floors of the catalogue."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from cncd.team.programme.models import Platform
from cncd.work.registers import actions
from cncd.work.registers.models import ProductGroup

NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def register(cast, programme):
    """`cast` with one owner, one OCOP product of four stars, and the catalogue rows they use."""
    cast.voso = Platform.objects.get(code="voso")
    cast.postmart = Platform.objects.get(code="postmart")
    cast.momo = Platform.objects.get(code="momo")
    cast.food = ProductGroup.objects.get(code="food")
    cast.owner = actions.add_owner(
        kind="cooperative", name="HTX Mỹ Phước", place=cast.my_phuoc, by=cast.tu
    )
    cast.product = actions.add_product(
        kind="ocop", name="Cốm dẹp Ba Tý", owner=cast.owner, group=cast.food, by=cast.tu
    )
    return cast


def recognised(c, product=None, **fields):
    """A recognition of four stars since 01/03/2026, unless told otherwise."""
    told = {"star": 4, "number": "12/QĐ-UBND", "decided_on": dt.date(2026, 3, 1), "by": c.lan}
    return actions.recognise(product=product or c.product, **told | fields)


def listed(c, product=None, **fields):
    """A listing on Vỏ Sò since 01/10/2026, unless told otherwise."""
    told = {
        "floor": c.voso,
        "address": "https://voso.vn/com-dep-ba-ty-p1",
        "on": dt.date(2026, 10, 1),
        "by": c.tu,
    }
    return actions.list_product(product=product or c.product, **told | fields)


@pytest.fixture
def c(register) -> SimpleNamespace:
    return register
