"""A country of random records counted by hand, and what counting costs."""

import datetime as dt
import random
from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.places.actions import change_place
from cncd.foundation.places.models import PlaceIndex
from cncd.team.programme.models import Platform
from cncd.team.teams.models import Coverage
from cncd.work.registers.models import (
    Commitment,
    Listing,
    ListingSpan,
    Owner,
    PaymentAccount,
    Product,
    Recognition,
    Shop,
)
from cncd.work.registers.queries import counted
from cncd.work.registers.tests.test_counting import COUNTERS, FIRST, LAST, WORDS

pytestmark = pytest.mark.django_db


class Country:
    """Random records of the four hamlets, some of them moved or merged, written straight down."""

    def __init__(self, c, seed: int):
        self.c, self.random = c, random.Random(seed)
        self.hamlets = [c.my_phuoc, c.my_hoa, c.hoa_loc, c.dau_giong, c.nhon_my]
        self.floors = list(Platform.objects.filter(use="floor").order_by("code")[:3])
        base = {"made_at": "2026-01-01T00:00Z", "recorded_at": "2026-01-01T00:00Z"}
        for number in range(12):
            owner = Owner.objects.create(
                kind=self.random.choice(["household", "household", "cooperative"]),
                name=f"Chủ {number}",
                place=self.random.choice(self.hamlets),
                **self._perhaps_withdrawn(),
                **base,
            )
            self._sell(owner, base)

    def day(self):
        return dt.date(2026, 7, 1) + dt.timedelta(days=self.random.randint(0, 170))

    def _perhaps_withdrawn(self):
        return {"withdrawn_at": "2026-11-01T00:00Z"} if self.random.random() < 0.1 else {}

    def _span(self):
        since = self.day()
        until = since + dt.timedelta(days=self.random.randint(1, 90))
        return {"since_on": since, "until_on": self.random.choice([None, until])}

    def _sell(self, owner, base):
        common = base | {"owner": owner}
        for _number in range(self.random.randint(0, 3)):
            product = Product.objects.create(
                kind=self.random.choice(["ocop", "ocop", "farm", "local"]),
                name="x",
                place=self.random.choice([owner.place, self.random.choice(self.hamlets)]),
                since_on=self.random.choice([None, self.day()]),
                ended_on=self.random.choice([None, None, dt.date(2026, 12, 5)]),
                **self._perhaps_withdrawn(),
                **common,
            )
            if self.random.random() < 0.8:
                potential = self.random.random() < 0.3
                Recognition.objects.create(
                    product=product,
                    star=None if potential else self.random.choice([3, 4, 5]),
                    is_potential=potential,
                    number="1",
                    decided_on=self.day(),
                    **self._span(),
                )
            for floor in self.random.sample(self.floors, self.random.randint(0, 2)):
                self._list(product, floor, base)
        for _number in range(self.random.randint(0, 2)):
            opened = self.day()
            closed = self.random.choice([None, opened + dt.timedelta(days=40)])
            shop = {"floor": self.floors[0], "opened_on": opened, "closed_on": closed}
            Shop.objects.create(**shop, **self._perhaps_withdrawn(), **common)
        if self.random.random() < 0.4:
            span = self._span()
            PaymentAccount.objects.create(kind="bank", **span, **common)
            signed = {"signed_on": span["since_on"], "until_on": span["until_on"]}
            Commitment.objects.create(**signed, **common)

    def _list(self, product, floor, base):
        listing = Listing.objects.create(
            product=product, floor=floor, address="https://a.vn", state="listed",
            **self._perhaps_withdrawn(), **base,
        )  # fmt: skip
        days = sorted({self.day() for _change in range(3)})
        for number, since in enumerate(days):
            ListingSpan.objects.create(
                listing=listing,
                state=self.random.choice(["planned", "listed", "verified", "verified", "broken"]),
                since_on=since,
                until_on=days[number + 1] if number + 1 < len(days) else None,
            )


def by_hand(teams, first, last):
    """{(team, code): value}, one record after the other, with nothing but loops."""
    team_of = _teams_of(last)
    found, selling = defaultdict(int), set()
    for product in Product.objects.filter(withdrawn_at=None):
        if (product.since_on or last) <= last < (product.ended_on or LATER):
            for code in _codes_of(product, last, selling):
                found[team_of.get(product.place_id), code] += 1
    for shop in Shop.objects.filter(withdrawn_at=None, owner__withdrawn_at=None):
        team, is_open = team_of.get(shop.owner.place_id), shop.opened_on <= last
        is_open &= last < (shop.closed_on or LATER)
        found[team, "KT06"] += first <= shop.opened_on <= last
        found[team, "KT07"] += is_open
        selling |= {shop.owner} if is_open else set()
    for owner in Owner.objects.filter(withdrawn_at=None):
        for code in _codes_of_owner(owner, last, selling):
            found[team_of.get(owner.place_id), code] += 1
    return {(team.pk, code): found[team.pk, code] for team in teams for code in WORDS}


def _teams_of(day):
    """{place: the team that covers it, or what it stands under}."""
    found = {}
    for coverage in Coverage.objects.all():
        if coverage.holds_on(day) and coverage.team.holds_on(day):
            for row in PlaceIndex.objects.filter(ancestor=coverage.place):
                if row.holds_on(day):
                    found.setdefault(row.place_id, coverage.team_id)
    return found


def _codes_of(product, day, selling):
    states = {
        span.state
        for listing in product.listings.filter(withdrawn_at=None)
        for span in listing.spans.all()
        if span.holds_on(day)
    }
    live = states & {"listed", "verified"}
    if live:
        selling.add(product.owner)
    if product.kind != "ocop":
        return ["KT04", "KT05"] if live else ["KT04"]
    rank = next((r.rank for r in product.recognitions.all() if r.holds_on(day)), None)
    codes = {"4": ["KT01.s4"], "potential": ["KT01.tn5"]}.get(rank, [])
    return ["KT01", *codes, *(["KT02"] if "verified" in states else [])] if rank else []


def _codes_of_owner(owner, day, selling):
    home = owner.kind == "household"
    paid = any(a.since_on <= day < (a.until_on or LATER) for a in owner.accounts.all())
    signed = any(s.signed_on <= day < (s.until_on or LATER) for s in owner.commitments.all())
    codes = {"KT08.num": home and owner in selling, "KT12.num": home and paid, "KT14": signed}
    return [code for code, counts in codes.items() if counts]


LATER = dt.date(9999, 1, 1)


@pytest.mark.parametrize("seed", range(6))
def test_it_counts_what_one_counts_by_hand_on_any_day(cast, programme, seed):
    country = Country(cast, seed)
    if seed % 2:
        change_place(place=cast.my_hoa, on=dt.date(2026, 9, 10), by=cast.ha, parent=cast.xuan_hoa)
    if seed % 3 == 0:
        Coverage.objects.filter(team=cast.team).update(until_on=dt.date(2026, 10, 1))
        Coverage.objects.create(
            team=cast.team_my_hoa, place=cast.my_phuoc, since_on=dt.date(2026, 10, 1)
        )
    teams = [cast.team, cast.team_my_hoa, cast.team_dau_giong]
    for _try in range(3):
        last = country.day()
        first = last.replace(day=1)
        found = counted(teams, first, last, COUNTERS)
        told = {(t.pk, code): found[t.pk][code].value for t in teams for code in WORDS}
        assert told == by_hand(teams, first, last)


def test_many_teams_ask_no_more_than_one(cast, programme):
    Country(cast, 1)

    def asked(teams):
        with CaptureQueriesContext(connection) as queries:
            counted(teams, FIRST, LAST, COUNTERS)
        return len(queries)

    two = asked([cast.team, cast.team_my_hoa])
    assert asked([cast.team, cast.team_my_hoa, cast.team_dau_giong]) == two
    assert two <= 16
