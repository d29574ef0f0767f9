"""The story of one owner of the demo: what is made, recognised, listed, checked, broken, mended."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from cncd.config.demo import clock, goods
from cncd.config.demo.names import person_name
from cncd.work.registers.histories import (
    Consent,
    ListingStory,
    OwnerStory,
    ProductStory,
    RecognitionStory,
    ShopStory,
    Step,
)
from cncd.work.registers.rules import BROKEN, LISTED, PLANNED, VERIFIED, months_after

VALID = 36  # months a certificate holds
KINDS = ["household"] * 5 + ["enterprise"] * 3 + ["cooperative"] * 2 + ["group"]
FATES = {"before": 42, "since": 45, "broken": 3, "planned": 4, "missing": 6}  # of OCOP products
PLAIN_FATES = {"before": 14, "since": 26, "broken": 2, "planned": 4, "missing": 54}
BROKEN_NOTES = ("Trang báo không còn sản phẩm", "Sàn đã gỡ bài đăng", "Gian hàng tạm đóng")
CONSENT = "Phiếu đồng ý cho cán bộ liên hệ"


@dataclass
class Spot:
    """A hamlet as its owners see it."""

    place: object
    name: str
    country: str
    helper: tuple | None = None  # (agency, first day, last day) of a promise of help here


class Stories:
    """Draws owners; `number` makes every address another one."""

    def __init__(self, random: Random, demo, floors, wallets, groups):
        self.random, self.demo, self.floors = random, demo, floors
        self.wallets, self.groups = wallets, groups
        self.today, self.start = demo.today, demo.start
        self.earliest = demo.since + dt.timedelta(days=30)
        self.number = 100_000
        self.decided = 0
        self.taken: set[str] = set()

    # -- owners --------------------------------------------------------------------------------

    def ocop_owner(self, spot: Spot, ranks: list[dict], craft: str = "", fates=()) -> OwnerStory:
        """An owner of recognised products: `ranks` gives each its stars, `fates` its luck."""
        craft = goods.craft_named(craft) or goods.craft_of(self.random, spot.country)
        kind, brand = self.random.choice(KINDS), goods.brand(self.random)
        chosen = self.random.sample(craft["names"], min(len(ranks), len(craft["names"])))
        names = [goods.branded(n, brand if kind == "enterprise" else spot.name) for n in chosen]
        made = tuple(
            self._product(
                spot,
                name,
                "ocop",
                fates[order] if order < len(fates) else self._fate(FATES),
                group=self.groups[craft["group"]],
                recognitions=self._recognitions(rank),
            )
            for order, (name, rank) in enumerate(zip(names, ranks, strict=False))
        )
        agrees = "missing" in fates
        return self._owner(spot, kind, craft["craft"], made, brand=brand, agrees=agrees)

    def plain_owner(self, spot: Spot) -> OwnerStory:
        """An owner of farm products and local specialities."""
        kind = self.random.choice(["household"] * 7 + ["group", "cooperative"])
        made = {}
        for _each in range(self.random.choice([1, 1, 2, 2, 3])):
            what, name = goods.plain_goods(self.random, spot.country, spot.name)
            since = None if self.random.random() < 0.6 else self._day(self.start, self.today)
            fate = self._fate(PLAIN_FATES)
            made[name] = self._product(spot, name, what, fate, since_on=since)
        craft = self.random.choice(goods.CRAFTS[spot.country])["craft"]
        return self._owner(spot, kind, craft, tuple(made.values()))

    def _owner(
        self, spot: Spot, kind: str, craft: str, products, *, brand="", agrees=False
    ) -> OwnerStory:
        random = self.random
        person = person_name(random, random.choice("fm"))
        listed = self._first_listed(products)
        name = self._called(kind, craft, spot.name, person, brand)
        shops = self._shops(spot, listed, name)
        days = [*listed.values(), *(shop.opened_on for shop in shops)]
        days += [product.since_on for product in products if product.since_on]
        at = clock.office(random, max(self.start, min(days, default=self.start)))
        return OwnerStory(
            name=name,
            place=spot.place,
            at=min(at, clock.office_before(random, self.demo.now)),
            kind=kind,
            consent=self._consent(person) if agrees or random.random() < 0.25 else None,
            products=products,
            shops=shops,
            accounts=self._accounts() if random.random() < 0.6 else (),
            commitments=self._commitments(listed) if listed and random.random() < 0.6 else (),
        )

    def _called(self, *said: str) -> str:
        """A name that no other owner of the demo bears."""
        name = goods.owner_name(self.random, *said)
        if name in self.taken:
            more = sum(each.startswith(name) for each in self.taken) + 1
            name = f"{name} {more}"
        self.taken.add(name)
        return name

    def _consent(self, person: str) -> Consent:
        day = clock.working_day(self._day(self.start, self.today), step=-1)
        return Consent(person, self.demo.phones.next(), day, CONSENT)

    def _accounts(self) -> tuple:
        since = self._day(self.start - dt.timedelta(days=400), self.today)
        kind = self.random.choice(["bank", "bank", "bank", "wallet", "mobile_money"])
        offered = [each for each in self.wallets if each.use == kind]
        if kind != "bank" and not offered:
            return ()
        return ((kind, self.random.choice(offered) if kind != "bank" else None, since),)

    def _commitments(self, listed: dict) -> tuple:
        signed = clock.working_day(self._day(min(listed.values()), self.today), step=-1)
        return ((signed, months_after(signed, 24) if self.random.random() < 0.5 else None),)

    # -- products ------------------------------------------------------------------------------

    def _fate(self, shares: dict[str, int]) -> str:
        return self.random.choices(list(shares), list(shares.values()))[0]

    def _product(self, spot: Spot, name: str, kind: str, fate: str, **said) -> ProductStory:
        listings = ()
        if fate == "planned":
            day = self._day(self.today - dt.timedelta(days=50), self.today)
            listings = (ListingStory(self._floor(), (Step(PLANNED, day),)),)
        elif fate != "missing":
            first = self._listing(spot, fate)
            listings = (first,)
            if fate != "broken" and self.random.random() < 0.3:
                second = self._listing(spot, "since")
                listings += (second,) if second.floor.pk != first.floor.pk else ()
        return ProductStory(name, kind=kind, listings=listings, **said)

    def _recognitions(self, rank: dict) -> tuple[RecognitionStory, ...]:
        """In force today; some for the second time. `{"expired": True}`: no longer."""
        back = self.random.randint(0, VALID - 3)
        if rank.get("expired"):
            back = VALID + self.random.randint(1, 11)
        first = self._certificate(back, rank)
        if back > 8 or self.random.random() > 0.25:
            return (first,)
        return (self._certificate(back + VALID, {"star": 3}), first)

    def _certificate(self, months_back: int, rank: dict) -> RecognitionStory:
        day = self.today - dt.timedelta(days=round(months_back * 30.4))
        day = clock.working_day(day, step=-1)
        self.decided += self.random.randint(1, 3)
        stars = {name: rank[name] for name in ("star", "is_potential") if name in rank} or {
            "star": 3
        }
        number = f"{200 + self.decided}/QĐ-UBND"
        return RecognitionStory(number, day, months_after(day, VALID), **stars)

    # -- selling -------------------------------------------------------------------------------

    def _floor(self):
        shares = {
            code: share for code, (share, _url) in goods.FLOORS.items() if code in self.floors
        }
        return self.floors[self.random.choices(list(shares), list(shares.values()))[0]]

    def _listing(self, spot: Spot, fate: str) -> ListingStory:
        random, floor = self.random, self._floor()
        first = self._day(self.start, self.today)
        if fate in ("before", "broken"):
            first = self._day(self.start - dt.timedelta(days=300), self.start)
        steps = [Step(LISTED, first)]
        if random.random() < 0.2:
            steps.insert(0, Step(PLANNED, first - dt.timedelta(days=random.randint(8, 50))))
        steps += self._checks(first, fate)
        url = goods.FLOORS[floor.code][1].format(number=self._next())
        return ListingStory(floor, tuple(steps), url, self._helper(spot, first))

    def _checks(self, first: dt.date, fate: str) -> list[Step]:
        """Checked by an officer some days later, found broken now and then, mended."""
        random = self.random
        checked = clock.working_day(first + dt.timedelta(days=random.randint(3, 25)))
        if checked > self.today or (fate != "broken" and random.random() < 0.03):
            return []
        steps = [Step(VERIFIED, checked)]
        if fate == "broken" or random.random() < 0.06:
            back = random.randint(15, 160) if fate == "broken" else random.randint(90, 250)
            broken = clock.working_day(self.today - dt.timedelta(days=back), step=-1)
            if broken > checked:
                steps.append(Step(BROKEN, broken, random.choice(BROKEN_NOTES)))
                if fate != "broken":
                    mended = clock.working_day(broken + dt.timedelta(days=random.randint(5, 40)))
                    steps.append(Step(VERIFIED, mended))
        elif random.random() < 0.4:
            again = clock.working_day(self._day(checked, self.today), step=-1)
            steps += [Step(VERIFIED, again)] if again > checked else []
        return steps

    def _shops(self, spot: Spot, listed: dict, owner: str) -> tuple[ShopStory, ...]:
        """A storefront on most floors where something is listed, or one without."""
        random = self.random
        opened = {
            floor: day - dt.timedelta(days=random.randint(0, 20))
            for floor, day in listed.items()
            if random.random() < 0.7
        }
        if not listed and random.random() < 0.2:
            opened[self._floor()] = self._day(self.start - dt.timedelta(days=120), self.today)
        return tuple(
            ShopStory(
                floor,
                day,
                goods.STOREFRONTS[floor.code].format(number=self._next()),
                name=f"Gian hàng {owner.removeprefix('Hộ kinh doanh ')}",
                closed_on=self._closed(day),
                helped_by=self._helper(spot, day),
            )
            for floor, day in opened.items()
        )

    def _closed(self, opened: dt.date) -> dt.date | None:
        if self.random.random() > 0.04:
            return None
        return self._day(opened, self.today)

    @staticmethod
    def _first_listed(products) -> dict:
        """Floor → when the first of the products was to be found there."""
        found = {}
        for product in products:
            for listing in product.listings:
                for step in listing.steps:
                    if step.state == LISTED:
                        day = found.get(listing.floor, step.on)
                        found[listing.floor] = min(day, step.on)
        return found

    def _helper(self, spot: Spot, day: dt.date):
        if spot.helper is None or self.random.random() < 0.35:
            return None
        agency, first, last = spot.helper
        return agency if first <= day <= last else None

    # -- days and numbers ----------------------------------------------------------------------

    def _day(self, first: dt.date, last: dt.date) -> dt.date:
        first = min(max(first, self.earliest), last)
        return first + dt.timedelta(days=self.random.randint(0, (last - first).days))

    def _next(self) -> int:
        self.number += 1
        return self.number
