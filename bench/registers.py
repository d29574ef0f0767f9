"""The list of 100,000 products, as a province officer asks for it: whole requests, server time."""

import datetime as dt
import itertools
import random
import time
from urllib.parse import quote

from django.db import connection
from django.utils import timezone

from bench.browser import in_process
from bench.pages import counted_queries, told
from bench.people import Cast, signed_in
from cncd.foundation.kit.text import fold, sort_key
from cncd.foundation.places.models import Place
from cncd.team.programme.models import Platform
from cncd.work.registers.actions.offers import show_offers
from cncd.work.registers.models import (
    Listing,
    ListingSpan,
    Owner,
    Product,
    ProductGroup,
    Recognition,
)
from cncd.work.registers.rules import months_after

MANY = 100_000
OWNERS = 30_000
AT_ONCE = 2_000
WORDS = ["com dep", "bánh pía sầu riêng", "tu", "htx phuoc", "gạo", "khong co", "ruou nep 77"]
SORTS = ["name", "-name", "kind", "-rank", "rank", "owner.name", "-owner.name"]
PAGES = [2, 10, 100, 1000, 2400, 4000, MANY // 20]
LISTINGS = ["", "?state=verified", "?q=com dep", "?sort=-first_listed_on", "?page=1000"]
WARES = """
    Bánh pía,Bánh in,Bánh cóng,Cốm dẹp,Lạp xưởng,Mắm cá,Khô cá,Tôm khô,Gạo thơm,Gạo lứt,
    Trà mãng cầu,Rượu nếp,Nước mắm,Mật ong,Bưởi năm roi,Vú sữa,Hành tím,Củ cải muối,Nấm rơm,
    Chả cá,Dưa bồn bồn,Đường thốt nốt,Tương hột,Chao,Khô trâu,Trà sâm,Cao gừng,Chiếu lát,Hoa kiểng
"""
MARKS = "sầu riêng,đậu xanh,sữa,lá dứa,truyền thống,hữu cơ,đặc biệt,một nắng,rim mặn,sấy dẻo"
NAMES = "Tư,Năm,Sáu,Bảy,Tám,Út,Lan,Hoa,Mỹ,Phước,Lộc,Thành,Hưng,Phát,Bình,An,Thiện,Sơn,Thạch,Kim"
WARES, MARKS, NAMES = (
    [word.strip() for word in words.split(",")] for words in (WARES, MARKS, NAMES)
)
KINDS = (
    ("HTX", "cooperative"),
    ("Cơ sở", "household"),
    ("Hộ", "household"),
    ("Công ty", "enterprise"),
)


def measure(cast: Cast, rounds: int, limit: float) -> dict:
    """{"made": seconds, what is asked: {"p50_ms", "p95_ms", …, "queries", "kb"}}."""
    from cncd.config.wsgi import application

    clock = time.perf_counter()
    make(MANY - Product.objects.count())
    settle()
    found = {"products": Product.objects.count(), "made_s": round(time.perf_counter() - clock, 1)}
    officer = signed_in(in_process(application), "canbotinh")
    for name, addresses in questions(cast).items():
        asked = itertools.cycle(addresses)
        with counted_queries() as count:
            first = officer.get(addresses[0])
        assert first.status == 200, first.text[:2000]
        end, answers = time.monotonic() + limit, []
        while len(answers) < rounds and time.monotonic() < end:
            answers.append(officer.get(next(asked)))
            assert answers[-1].status == 200, answers[-1].text[:2000]
        size = round(len(first.text.encode()) / 1024, 1)
        found[name] = told(answers) | count | {"kb": size}
    return found


def questions(cast: Cast) -> dict[str, list[str]]:
    """What is asked of the list, each in several ways."""
    floors = Platform.objects.filter(use="floor").values_list("pk", flat=True)[:3]
    groups = ProductGroup.objects.values_list("pk", flat=True)
    day = timezone.localdate()
    units = Place.objects.alive(day).at_level("district").values_list("pk", flat=True)[:4]
    filters = [
        "kind=ocop&standing=valid",
        "standing=ending",
        "standing=expired",
        "rank=4",
        "rank=potential",
        "offered=off&kind=ocop",
        "offered=on",
        "offered=4",
        "offered=2",
        "kind=farm&made=ended",
        *[f"floor={pk}" for pk in floors],
        *[f"group={pk}" for pk in groups],
        *[f"unit={pk}" for pk in units],
    ]
    asked = {
        "open": [""],
        "filter": [f"?{each}" for each in filters],
        "search": [f"?q={each}" for each in WORDS],
        "sort": [f"?sort={each}" for each in SORTS],
        "page": [f"?page={each}" for each in PAGES],
        "filter, search and sort": [
            f"?{one}&q={word}&sort={sort}"
            for one, word, sort in zip(filters, itertools.cycle(WORDS), itertools.cycle(SORTS))
        ],
    }
    found = {
        name: [f"/registers/products/{each}" for each in addresses]
        for name, addresses in asked.items()
    }
    found["listings"] = [f"/registers/listings/{each}" for each in LISTINGS]
    found["owners"] = [f"/registers/owners/{each}" for each in ["", "?q=phuoc", "?page=500"]]
    return {name: [quote(each, safe="/?=&") for each in found[name]] for name in found}


def make(count: int) -> None:
    """Products with owners, recognitions and listings, straight into the tables."""
    if count <= 0:
        return
    dice, now, day = random.Random(4), timezone.now(), timezone.localdate()
    written = {"made_at": now, "recorded_at": now}
    hamlets = list(Place.objects.alive(day).at_level("hamlet").values_list("pk", flat=True))
    owners = [_owner(dice, hamlets, written) for _each in range(OWNERS)]
    Owner.objects.bulk_create(owners, batch_size=AT_ONCE)
    groups, floors = list(ProductGroup.objects.all()), list(Platform.objects.filter(use="floor"))
    for start in range(0, count, AT_ONCE):
        some = range(start, min(start + AT_ONCE, count))
        products = [_product(dice, owners, groups, number, day, written) for number in some]
        Product.objects.bulk_create(products)
        Recognition.objects.bulk_create(_recognition(each) for each in products if each.rank)
        listings = [
            _listing(dice, product, floor, day, written)
            for product in products
            for floor in dice.sample(floors, dice.choice((0, 0, 1, 1, 2)))
        ]
        Listing.objects.bulk_create(listings)
        show_offers(each.pk for each in products)
        ListingSpan.objects.bulk_create(
            ListingSpan(listing=each, state=each.state, since_on=each.first_listed_on)
            for each in listings
        )


def _owner(dice, hamlets, written) -> Owner:
    word, kind = dice.choice(KINDS)
    name = f"{word} {' '.join(dice.choices(NAMES, k=3))}"
    keys = {"search_key": fold(name), "sort_key": sort_key(name)}
    return Owner(kind=kind, name=name, place_id=dice.choice(hamlets), **keys, **written)


def _product(dice, owners, groups, number: int, day, written) -> Product:
    owner = dice.choice(owners)
    name = f"{dice.choice(WARES)} {dice.choice(MARKS)} {number}"
    kind = dice.choice(("ocop", "ocop", "farm", "local"))
    found = Product(
        kind=kind,
        name=name,
        owner=owner,
        place_id=owner.place_id,
        group=dice.choice(groups),
        ended_on=day if dice.random() < 0.03 else None,
        search_key=fold(f"{name} {owner.name}"),
        sort_key=sort_key(name),
        **written,
    )
    found.rank = (
        dice.choice(("3", "3", "3", "4", "4", "5", "potential", "")) if kind == "ocop" else ""
    )
    if found.rank:
        found.decided_on = day - dt.timedelta(days=dice.randrange(1, 1_500))
        found.is_potential = found.rank == "potential"
        found.star = None if found.is_potential else int(found.rank)
        found.recognised_until = months_after(found.decided_on, 36)
    return found


def _recognition(product: Product) -> Recognition:
    return Recognition(
        product=product,
        star=product.star,
        is_potential=product.is_potential,
        number="1/QĐ-UBND",
        decided_on=product.decided_on,
        since_on=product.decided_on,
        until_on=product.recognised_until,
    )


def _listing(dice, product, floor, day, written) -> Listing:
    state = dice.choice(("listed", "verified", "verified", "broken", "withdrawn"))
    key = f"{floor.code}.vn/{product.pk}"
    return Listing(
        product=product,
        floor=floor,
        address=f"https://{key}",
        address_key=key,
        state=state,
        first_listed_on=day - dt.timedelta(days=dice.randrange(1, 700)),
        last_verified_on=day if state == "verified" else None,
        **written,
    )


def settle() -> None:
    """Lets the database learn how its rows are spread, as it does by itself over a night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
