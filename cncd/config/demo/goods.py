"""What owners of the demo are called and what they make, by the kind of country they live in."""

import tomllib
from pathlib import Path
from random import Random

GOODS = tomllib.loads(Path(__file__).with_name("goods.toml").read_text("utf-8"))
WHERE = {  # districts of 2022 by their country; another one is drawn
    "941": "town", "945": "orchard", "943": "orchard", "946": "coast", "950": "coast",
    "951": "coast", "942": "field", "944": "field", "947": "field", "948": "field", "949": "field",
}  # fmt: skip
COUNTRIES = ("town", "field", "coast", "orchard")
CRAFTS = {
    country: [each for each in GOODS["goods"] if each["where"] == country] for country in COUNTRIES
}
FLOORS = {  # code → share of the listings, and the address of a page there
    "postmart": (34, "https://postmart.vn/san-pham/minh-hoa-{number}"),
    "voso": (26, "https://voso.vn/minh-hoa-{number}.html"),
    "shopee": (26, "https://shopee.vn/minh-hoa-i.{number}.{number}"),
    "tiktok-shop": (9, "https://www.tiktok.com/view/product/{number}"),
    "lazada": (5, "https://www.lazada.vn/products/minh-hoa-i{number}.html"),
}
STOREFRONTS = {
    "postmart": "https://postmart.vn/gian-hang/minh-hoa-{number}",
    "voso": "https://voso.vn/gian-hang/minh-hoa-{number}",
    "shopee": "https://shopee.vn/minh_hoa_{number}",
    "tiktok-shop": "https://www.tiktok.com/@minh.hoa.{number}",
    "lazada": "https://www.lazada.vn/shop/minh-hoa-{number}",
}


def country_of(random: Random, district: str, kind_name: str) -> str:
    """Town, field, coast or orchard: what is grown and made there."""
    if kind_name in ("Phường", "Thị trấn") and random.random() < 0.6:
        return "town"
    return WHERE.get(district) or random.choice(COUNTRIES)


def craft_named(name: str) -> dict | None:
    """The craft of that name."""
    return next((each for each in GOODS["goods"] if each["craft"] == name), None)


def craft_of(random: Random, country: str) -> dict:
    """What an owner lives on: mostly of the country, sometimes something else."""
    place = country if random.random() < 0.85 else random.choice(COUNTRIES)
    return random.choice(CRAFTS[place])


def plain_goods(random: Random, country: str, where: str) -> tuple[str, str]:
    """(kind, name) of a farm product or local speciality."""
    kind = "local" if random.random() < 0.18 else "farm"
    return kind, random.choice(GOODS[kind][country]).format(noi=where)


def owner_name(random: Random, kind: str, craft: str, where: str, person: str, brand: str) -> str:
    """As on the papers of the business."""
    if kind == "cooperative":
        return f"Hợp tác xã {random.choice(['Nông nghiệp', 'Dịch vụ', 'Sản xuất'])} {where}"
    if kind == "group":
        return f"Tổ hợp tác {craft} {where}"
    if kind == "enterprise":
        return f"Cơ sở {craft} {brand}"
    return f"Hộ kinh doanh {person}"


def brand(random: Random) -> str:
    """A name to sell under."""
    return random.choice(GOODS["owners"]["brands"])


def branded(pattern: str, name: str) -> str:
    """What is written on the packet: every product bears the name of its brand or place."""
    return pattern.format(noi=name) if "{noi}" in pattern else f"{pattern} {name}"
