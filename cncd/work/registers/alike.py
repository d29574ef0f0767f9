"""Which records may be the same thing written twice, within a hamlet and across the province.

The web form, the phone and the Excel import ask here before they save; people decide. What is of
another commune is told by its name, its owner and its commune only, never with a contact.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from cncd.foundation.kit.alike import REASONS
from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.foundation.places.queries import Named as PlaceNamed
from cncd.foundation.places.queries import names
from cncd.work.registers.addresses import address_key
from cncd.work.registers.likeness import ASKED_FROM, Named, owner_likeness, product_likeness
from cncd.work.registers.models import Distinct, Listing, Owner, OwnerKey, Product, Shop
from cncd.work.registers.names import keys_of

MOST = 5  # shown; more would not be read
CANDIDATES = 150  # looked at closely
ROUGHLY = 55  # of 100: below it two names have next to nothing in common
WHY = REASONS | {
    "owner": _("the owner's name differs"),
    "address": _("the same address"),
}


@dataclass
class Likely:
    """A record that may be the same: how likely (0 to 1), why it is doubted, and where it is."""

    record: object
    score: float
    why: tuple[str, ...] = ()
    place_name: str = ""
    commune_name: str = ""
    is_far: bool = False  # of another commune

    @property
    def commune(self) -> str:
        """Where it is, said when that is not the commune asked from."""
        return self.commune_name if self.is_far else ""

    @property
    def reasons(self) -> list[str]:
        return [str(WHY[code]) for code in self.why]

    @property
    def percent(self) -> int:
        return round(self.score * 100)


@dataclass
class Ground:
    """The commune of a place, all hamlets of it, and what they are called."""

    day: dt.date
    commune: int | None
    near: set[int]
    words: frozenset[str]
    communes: dict[int, int] = field(default_factory=dict)
    called: dict[int, PlaceNamed] = field(default_factory=dict)

    def look_up(self, places: Iterable[int]) -> None:
        """Learns the names and communes of places, in two queries."""
        places = {pk for pk in places if pk not in self.called}
        self.communes |= communes_of(places, self.day)
        self.called |= names({*places, *self.communes.values()}, self.day)

    def told(self, found: "Likely", place: int) -> "Likely":
        """The same with the names of where it is."""
        commune = self.called.get(self.communes.get(place))
        found.place_name = self.called[place].full_name if place in self.called else ""
        found.commune_name = commune.full_name if commune else ""
        return found


def communes_of(places: Iterable[int], day: dt.date) -> dict[int, int]:
    """{place: its commune that day}, of ended places the commune they passed into."""
    rows = PlaceIndex.objects.on(day).filter(
        place__in=list(places), ancestor__level__code="commune"
    )
    found = rows.order_by("-inherited", "ancestor").values_list("place", "ancestor")
    return dict(found)


def ground_of(place, day: dt.date | None = None) -> Ground:
    """Where likenesses are looked for first: four queries."""
    day = day or timezone.localdate()
    pk = getattr(place, "pk", place)
    commune = communes_of([pk], day).get(pk)
    near = {pk, *Place.objects.reached_from([commune or pk], day).values_list("pk", flat=True)}
    ground = Ground(day, commune, near, frozenset())
    ground.look_up([pk])
    said = [named.name for named in ground.called.values()]
    ground.words = frozenset(word for name in said for word in fold(name).split())
    return ground


def likely_products(
    *, name: str, owner_name: str, place, day: dt.date | None = None, exclude=None, ground=None
) -> list[Likely]:
    """Products that may be this one, likeliest first: of the same commune, then of owners elsewhere
    whose names are alike. `exclude` is the record itself while it is changed; a fixed number of
    queries. `ground` saves asking again for many names of one place."""
    ground = ground or ground_of(place, day)
    asked = Named(name, owner_name, ground.words)
    fields = ("pk", "name", "owner__name", "place_id")
    rows = _products(exclude)
    near = list(rows.filter(place__in=ground.near).values_list("search_key", *fields))
    owners = [pk for pk, _key in alike_owner_ids(owner_name)]
    far = list(rows.filter(owner__in=owners).values_list("search_key", *fields))
    found = {}
    for _key, pk, its_name, its_owner, its_place in _roughly_alike(fold(name), [*near, *far]):
        is_far = its_place not in ground.near
        other = Named(its_name, its_owner, ground.words)
        score, why, _shared = product_likeness(asked, other, is_far=is_far)
        if score >= ASKED_FROM:
            found[pk] = Likely(None, score, why, is_far=is_far)
    return _with_records(found, Product.objects.select_related("owner", "group"), ground)


def likely_owners(
    *, name: str, place, day: dt.date | None = None, exclude=None, ground=None
) -> list[Likely]:
    """Owners that may be this one, likeliest first; a fixed number of queries."""
    ground = ground or ground_of(place, day)
    asked = Named(name, place_words=ground.words)
    rows = Owner.objects.standing().exclude(pk=_distinct_pk(exclude))
    rows = rows.exclude(pk__in=_decided(exclude))
    fields = ("search_key", "pk", "name", "place_id")
    near = list(rows.filter(place__in=ground.near).values_list(*fields))
    keyed = {pk for pk, _many in alike_owner_ids(name, ground.near)}
    keyed |= {pk for pk, _many in alike_owner_ids(name)}
    sharing = list(rows.filter(pk__in=keyed).values_list(*fields))
    found = {}
    for _key, pk, its_name, its_place in {*_roughly_alike(fold(name), near), *sharing}:
        is_far = its_place not in ground.near
        score, why, _shared = owner_likeness(
            asked, Named(its_name, place_words=ground.words), is_far=is_far
        )
        if score >= ASKED_FROM:
            found[pk] = Likely(None, score, why, is_far=is_far)
    return _with_records(found, Owner.objects.all(), ground)


def likely_shops(*, address: str, exclude=None) -> list[Likely]:
    """Storefronts recorded at this very address."""
    rows = _at(Shop.objects.select_related("owner", "floor"), address, exclude)
    return [Likely(row, 1.0, ("address",)) for row in rows]


def likely_listings(*, address: str, exclude=None) -> list[Likely]:
    """Listings that lead to this very address."""
    rows = _at(Listing.objects.select_related("product__owner", "floor"), address, exclude)
    return [Likely(row, 1.0, ("address",)) for row in rows]


def alike_owner_ids(name: str, places: Iterable[int] | None = None) -> list[tuple[object, int]]:
    """(id, how many keys they share) of owners that may have this name, nearest first.

    Anywhere, unless `places` are given.
    """
    rows = OwnerKey.objects.filter(key__in=keys_of(name), owner__withdrawn_at=None)
    rows = rows if places is None else rows.filter(owner__place__in=places)
    shared = rows.values_list("owner").annotate(many=Count("pk")).order_by("-many", "owner")
    return list(shared[:CANDIDATES])


def _products(exclude):
    rows = Product.objects.standing().exclude(pk=_distinct_pk(exclude))
    return rows.exclude(pk__in=_decided(exclude))


def _distinct_pk(exclude):
    return getattr(exclude, "pk", exclude)


def _decided(exclude) -> list:
    """Records that somebody said are not this one."""
    pk = _distinct_pk(exclude)
    if pk is None:
        return []
    pairs = Distinct.objects.filter(first=pk) | Distinct.objects.filter(second=pk)
    return [
        second if first == pk else first for first, second in pairs.values_list("first", "second")
    ]


def _roughly_alike(name: str, rows: list[tuple]) -> list[tuple]:
    """Of rows that begin with a folded text, those that share much of the name; quick and coarse.

    Once word by word, whatever the order, and once without spaces, wherever they were put.
    """
    rows = list({row[1]: row for row in rows}.values())
    texts = [row[0] for row in rows]
    joined = [text.replace(" ", "") for text in texts]
    close: dict[int, float] = {}
    for asked, among, scorer in (
        (name, texts, fuzz.token_set_ratio),
        (name.replace(" ", ""), joined, fuzz.partial_ratio),
    ):
        found = process.extract(asked, among, scorer=scorer, score_cutoff=ROUGHLY, limit=CANDIDATES)
        for _text, score, place in found:
            close[place] = max(close.get(place, 0), score)
    best = sorted(close, key=lambda place: (-close[place], place))
    return [rows[place] for place in best[:CANDIDATES]]


def _with_records(found: dict, rows, ground: Ground) -> list[Likely]:
    best = sorted(found.items(), key=lambda item: (-item[1].score, item[1].is_far, str(item[0])))
    best = best[:MOST]
    records = rows.in_bulk([pk for pk, _likely in best])
    ground.look_up(record.place_id for record in records.values())
    for pk, likely in best:
        likely.record = records[pk]
        ground.told(likely, likely.record.place_id)
    return [likely for _pk, likely in best]


def _at(rows, address: str, exclude) -> list:
    key = address_key(address)
    rows = rows.filter(withdrawn_at=None, address_key=key).exclude(pk=_distinct_pk(exclude))
    return list(rows[:MOST]) if key else []
