"""An enterprise, a union, owners and products in two communes; a frozen November."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from cncd.foundation.people.actions import create_agency, post_person
from cncd.foundation.people.models import Branch, Posting
from cncd.team.programme.models import Platform
from cncd.work.partners.actions import make_pledge
from cncd.work.partners.models import Pledge
from cncd.work.registers import actions as registers
from tests.cast import BEGINNING, TODAY, person

SINCE, UNTIL = dt.date(2026, 10, 1), dt.date(2027, 1, 1)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False):
        yield TODAY


def agency(name, branch, place, **fields):
    branch = Branch.objects.get(code=branch)
    return create_agency(
        name=name, branch=branch, place=place, since_on=BEGINNING, by=None, **fields
    )


@pytest.fixture
def help_(cast, programme):
    """`cast` with two enterprises, of which viettel's officer serves the first, and a union."""
    c = cast
    c.firm = agency("Doanh nghiệp Sóng Xanh", "telecom", c.soc_trang, is_enterprise=True)
    c.other_firm = agency("Doanh nghiệp Gió Nam", "post", c.soc_trang, is_enterprise=True)
    c.union = agency("Tỉnh đoàn", "union", c.soc_trang)
    Posting.objects.filter(person=c.viettel.person).update(agency=c.firm)
    Posting.objects.filter(person=c.doan.person).update(agency=c.union)
    other = person("Quách Văn Gió", "gio", contact_phone="0570000009")
    post_person(
        person=other, role="enterprise", place=c.soc_trang, since_on=BEGINNING, by=None,
        agency=c.other_firm, title="Nhân viên kinh doanh",
    )  # fmt: skip
    c.gio = other.user
    c.floor = Platform.objects.get(code="postmart")
    return c


@pytest.fixture
def pledged(help_):
    """make(…): a promise of ten storefronts by the first firm to Nhơn Mỹ, unless said otherwise."""

    def make(**said) -> Pledge:
        usual = {
            "agency": help_.firm, "place": help_.nhon_my, "kind": "shops", "amount": 10,
            "since_on": SINCE, "until_on": UNTIL, "by": help_.lan,
        }  # fmt: skip
        return make_pledge(**usual | said)

    return make


class Market:
    """Short ways to owners, OCOP products, listings and storefronts."""

    def __init__(self, c):
        self.c, self.number = c, 0

    def owner(self, name="Hộ Sơn Thị Hai", place=None, *, consents=False):
        place = place or self.c.my_phuoc
        found = registers.add_owner(kind="household", name=name, place=place, by=None)
        if consents:
            registers.record_consent(
                owner=found, contact_name="Sơn Thị Hai", contact_phone="0570000001",
                consented_on=TODAY, how="Phiếu đồng ý", by=None,
            )  # fmt: skip
        return found

    def product(self, name, owner, *, kind="ocop"):
        found = registers.add_product(kind=kind, name=name, owner=owner, by=None)
        if kind == "ocop":
            day = dt.date(2026, 1, 5)
            registers.recognise(product=found, number="9/QĐ", decided_on=day, by=None, star=3)
        return found

    def listing(self, product, on=TODAY, *, helped_by=None, broken=False):
        self.number += 1
        found = registers.list_product(
            product=product, floor=self.c.floor, on=on, by=None, helped_by=helped_by,
            address=f"https://postmart.vn/san-pham/{self.number}",
        )  # fmt: skip
        return registers.report_broken(listing=found, on=on, by=None) if broken else found

    def shop(self, owner, on=TODAY, *, helped_by=None):
        self.number += 1
        return registers.open_shop(
            owner=owner, floor=self.c.floor, opened_on=on, by=None, helped_by=helped_by,
            address=f"https://postmart.vn/gian-hang/{self.number}",
        )  # fmt: skip


@pytest.fixture
def market(help_) -> SimpleNamespace:
    return Market(help_)
