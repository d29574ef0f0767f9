"""Pairs of records in a unit that may be one: found by what they share, then compared closely."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.db.models import Count
from rapidfuzz import fuzz

from cncd.foundation.kit.alike import read, sound
from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import Place
from cncd.work.registers.alike import ROUGHLY, WHY, communes_of
from cncd.work.registers.likeness import (
    ASKED_FROM,
    COMMON_NAME,
    Named,
    owner_likeness,
    product_likeness,
)
from cncd.work.registers.models import Distinct, Owner, OwnerKey, Product, RecordVersion, Shop
from cncd.work.registers.places import unit_names
from cncd.work.registers.vocabulary import NAMES

CROWD = 40  # owners that share one key: beyond it only those of one commune are compared
RARE = 8  # a key so few bear tells enough for two communes
MOST = 1_000  # pairs shown; a unit with more has another problem than doubles
AT_ONCE = 5_000
LARGEST = 6_000  # owners of a unit that are compared while somebody waits
Kind = RecordVersion.Kind


@dataclass
class Side:
    """One record of a pair, as a list shows it."""

    pk: Any
    name: str
    owner: str
    place: int
    hamlet: str = ""
    commune: str = ""


@dataclass
class Pair:
    """Two records that may be one."""

    kind: str
    first: Side
    second: Side
    score: float
    why: tuple[str, ...]
    is_far: bool = False
    is_apart: bool = False  # somebody said they are two

    @property
    def pk(self) -> str:
        return f"{self.first.pk}-{self.second.pk}"

    @property
    def key(self) -> tuple:
        return tuple(sorted([self.first.pk, self.second.pk]))

    @property
    def kind_name(self) -> str:
        return Kind(self.kind).label

    @property
    def reasons(self) -> str:
        return ", ".join(str(WHY[code]) for code in self.why)

    @property
    def text(self) -> str:
        """What a search looks through."""
        sides = (self.first, self.second)
        return " ".join(f"{s.name} {s.owner} {s.hamlet} {s.commune}" for s in sides)


@dataclass
class Found:
    """The pairs of a unit, likeliest first."""

    pairs: list[Pair] = field(default_factory=list)
    is_cut: bool = False  # there are more than are shown
    is_too_large: bool = False  # the unit: choose a smaller one


def pairs_in(places, day: dt.date) -> Found:
    """Pairs of owners, products and storefronts with one side at least in the places.

    Owners are compared that share a key, products of one owner or of owners alike, storefronts
    of one owner on a floor. The number of queries grows with thousands of owners only.
    """
    keys = OwnerKey.objects.filter(owner__withdrawn_at=None, owner__place__in=places)
    mine = list(keys.order_by("key", "owner").values_list("key", "owner"))
    if len({owner for _key, owner in mine}) > LARGEST:
        return Found(is_too_large=True)
    owners = list(_owner_pairs(mine, day))
    pairs = [*owners, *_product_pairs(places, owners, day), *_shop_pairs(places)]
    pairs.sort(key=lambda pair: (-pair.score, pair.kind, pair.first.name, str(pair.first.pk)))
    found = Found(pairs[:MOST], len(pairs) > MOST)
    _tell_where(found.pairs, day)
    _tell_apart(found.pairs)
    return found


# -- owners -----------------------------------------------------------------------------------


def _owner_pairs(mine: list[tuple[str, Any]], day: dt.date) -> Iterator[Pair]:
    own = {owner for _key, owner in mine}
    by_key = _sharing(mine)
    sides = _owner_sides({owner for group in by_key.values() for owner in group})
    commune = communes_of({side.place for side in sides.values()}, day)
    words = {pk: _words(side.name) for pk, side in sides.items()}
    wide = {pk for pk, side in sides.items() if read(side.name, NAMES).weight >= COMMON_NAME}
    seen = set()
    for one, other in _pairs_of(by_key, lambda pk: commune.get(sides[pk].place), wide):
        if (one, other) in seen or not (one in own or other in own):
            continue
        seen.add((one, other))
        if not _may_be_one(words[one], words[other]):
            continue
        first, second = sides[one], sides[other]
        is_far = commune.get(first.place) != commune.get(second.place)
        score, why, _w = owner_likeness(Named(first.name), Named(second.name), is_far=is_far)
        if score >= ASKED_FROM:
            yield Pair(Kind.OWNER.value, first, second, score, why, is_far)


def _words(name: str) -> frozenset[str]:
    return frozenset(sound(word.plain) for word in read(name, NAMES).heavy)


def _may_be_one(words: frozenset[str], others: frozenset[str]) -> bool:
    """Quick and coarse: words in which two names differ begin alike, or one of them runs together.

    What the close comparison would refuse anyway need not be compared closely.
    """
    left, right = words - others, others - words
    if not left or not right or abs(len(left) - len(right)) > 1:
        return True
    return any(one[0] == other[0] for one in left for other in right)


def _sharing(mine: list[tuple[str, Any]]) -> dict[str, list]:
    """{key: owners}: of keys few bear, owners anywhere; of those many bear, the ones in sight."""
    standing = OwnerKey.objects.filter(owner__withdrawn_at=None).order_by()
    keys, found = sorted({key for key, _owner in mine}), defaultdict(list)
    few, crowded = [], set()
    for some in _portions(keys):
        counted = standing.filter(key__in=some).values_list("key").annotate(many=Count("pk"))
        for key, many in counted.filter(many__gt=1):
            crowded.add(key) if many > CROWD else few.append(key)
    for some in _portions(few):
        for key, owner in standing.filter(key__in=some).values_list("key", "owner"):
            found[key].append(owner)
    for key, owner in mine:
        if key in crowded:
            found[key].append(owner)
    return {key: sorted(found[key]) for key in sorted(found)}


def _portions(items: list) -> Iterator[list]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def _pairs_of(by_key: dict[str, list], commune_of, wide: set) -> Iterator[tuple]:
    """Every two of a commune that share a key; of two communes only who may be one from afar.

    That takes a long name (`wide`), and a key that is rare, or the whole name run together.
    """
    for key, group in by_key.items():
        near = defaultdict(list)
        for each in group:
            near[commune_of(each)].append(each)
        for some in near.values():
            yield from combinations(some[:CROWD], 2)
        if len(group) <= (CROWD if key.startswith("=") else RARE):
            yield from combinations([each for each in group if each in wide], 2)


def _owner_sides(ids: Iterable) -> dict[Any, Side]:
    found = {}
    for some in _portions(list(ids)):
        rows = Owner.objects.filter(pk__in=some)
        for pk, name, place in rows.values_list("pk", "name", "place"):
            found[pk] = Side(pk, name, "", place)
    return found


# -- products ---------------------------------------------------------------------------------


def _product_pairs(places, owner_pairs: list[Pair], day: dt.date) -> Iterator[Pair]:
    alike = {(pair.first.pk, pair.second.pk): pair.is_far for pair in owner_pairs}
    fields = ("pk", "name", "owner", "owner__name", "place")
    rows = Product.objects.standing()
    mine = rows.filter(owner__in=Owner.objects.filter(products__place__in=places).order_by())
    others = rows.filter(owner__in={pk for pair in alike for pk in pair}) if alike else rows.none()
    by_owner: dict[Any, dict] = defaultdict(dict)
    for each in (mine, others):
        for pk, name, owner, owner_name, place in each.order_by().values_list(*fields):
            by_owner[owner][pk] = (Side(pk, name, owner_name, place), fold(name))
    for products in by_owner.values():
        for one, other in combinations(products.values(), 2):
            yield from _compared(one, other, is_far=False, same_owner=True)
    for (one_owner, other_owner), is_far in alike.items():
        for one in by_owner[one_owner].values():
            for other in by_owner[other_owner].values():
                yield from _compared(one, other, is_far=is_far)


def _compared(one, other, *, is_far: bool, same_owner: bool = False) -> Iterator[Pair]:
    (first, folded), (second, its_folded) = one, other
    joined = (folded.replace(" ", ""), its_folded.replace(" ", ""))
    if fuzz.token_set_ratio(folded, its_folded) < ROUGHLY and fuzz.ratio(*joined) < ROUGHLY:
        return
    named = [Named(side.name, side.owner) for side in (first, second)]
    score, why, _w = product_likeness(*named, is_far=is_far, same_owner=same_owner)
    if score >= ASKED_FROM:
        yield Pair(Kind.PRODUCT.value, first, second, score, why, is_far)


# -- storefronts ------------------------------------------------------------------------------


def _shop_pairs(places) -> Iterator[Pair]:
    """Open storefronts of one owner on one floor, at one address or one of them without."""
    rows = Shop.objects.standing().filter(owner__place__in=places, closed_on=None)
    fields = ("pk", "name", "owner", "owner__name", "owner__place", "floor", "floor__name")
    by_floor = defaultdict(list)
    for pk, name, owner, owner_name, place, floor, floor_name, key in rows.order_by(
        "opened_on", "pk"
    ).values_list(*fields, "address_key"):
        side = Side(pk, name or floor_name, owner_name, place)
        by_floor[owner, floor].append((side, key))
    for shops in by_floor.values():
        for (first, key), (second, its_key) in combinations(shops, 2):
            if len({key, its_key} - {""}) <= 1:
                yield Pair(Kind.SHOP.value, first, second, 1.0, ("address",))


# -- what a list tells besides ----------------------------------------------------------------


def _tell_where(pairs: list[Pair], day: dt.date) -> None:
    sides = [side for pair in pairs for side in (pair.first, pair.second)]
    named = unit_names({side.place for side in sides}, day)
    for side in sides:
        side.hamlet, side.commune = named.get(side.place, ("", ""))


def _tell_apart(pairs: list[Pair]) -> None:
    ids = {pair.key[0] for pair in pairs}
    rows = Distinct.objects.filter(first__in=ids) if len(ids) <= MOST else Distinct.objects.all()
    apart = set(rows.values_list("first", "second"))
    for pair in pairs:
        pair.is_apart = pair.key in apart


def within(place, day: dt.date):
    """The places of a unit, what passed into them included, as ids for a subquery."""
    return Place.objects.reached_from([place.pk], day).order_by().values("pk")
