"""What the registers count when a report or a total asks (KT01 to KT08, KT12, KT14)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.functional import cached_property

from cncd.foundation.kit.counting import Counted
from cncd.team.teams.queries import places_held
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

MANY = 2_000  # places, above which reading everything is quicker than naming them
LIVE = (Listing.State.LISTED, Listing.State.VERIFIED)  # to be found on a floor

Record = tuple[str, str, int]
Cited = tuple[int, list[Record]]  # the team that one thing counts for, and what shows it


def counted(
    teams, first_day: dt.date, last_day: dt.date, counters: Iterable
) -> dict[int, dict[int, Counted]]:
    """Team id → counter id → figure of the registers, for counters of the room "registers".

    A record counts for the team that holds its place on the last day (`places_held`), once only.
    As things stood that day: `recognised` OCOP products (filters rank, on_floor), `products`
    (filters kind, on_floor), `shops_open`, and owners (filter kind) that are `selling`, `payable`
    or `committed`; `shops_opened` within the days. `on_floor` names states of a listing, of which
    one is enough. Raises KeyError for another word. At most 16 queries for any number of teams.
    """
    ids = {getattr(team, "pk", team) for team in teams}
    books = _Books(ids, first_day, last_day)
    found: dict[int, dict[int, Counted]] = {pk: {} for pk in ids}
    for counter in counters:
        by_team: dict[int, list[list[Record]]] = defaultdict(list)
        for team, records in COUNTS[counter.counts](books, dict(counter.filters or {})):
            by_team[team].append(records)
        for pk in ids:
            units = by_team[pk]
            records = tuple(sorted({record for cited in units for record in cited}))
            found[pk][counter.pk] = Counted(len(units), records, pk in books.kept)
    return found


class _Row(NamedTuple):
    """An owner or a product that stands, with the team it counts for."""

    version: int
    team: int
    kind: str


class _Books:
    """The records of the teams' places, each kind read once, when a counter first needs it."""

    def __init__(self, teams: set[int], first_day: dt.date, last_day: dt.date):
        self.first_day, self.day = first_day, last_day
        self.held = places_held(teams, last_day)

    def within(self, rows, path: str):
        """Those rows whose place, found by the path, one of the teams holds."""
        if not self.held:
            return rows.none()
        return rows if len(self.held) > MANY else rows.filter(**{f"{path}__in": list(self.held)})

    def _rows(self, rows) -> dict[UUID, _Row]:
        rows = self.within(rows, "place").order_by()
        return {
            pk: _Row(version, self.held[place], kind)
            for pk, version, place, kind in rows.values_list("pk", "version", "place", "kind")
            if place in self.held
        }

    @cached_property
    def products(self) -> dict[UUID, _Row]:
        return self._rows(Product.objects.existing_on(self.day))

    @cached_property
    def owners(self) -> dict[UUID, _Row]:
        return self._rows(Owner.objects.standing())

    @cached_property
    def ranks(self) -> dict[UUID, str]:
        """Product → 3, 4, 5 or potential, of the recognitions in force."""
        rows = Recognition.objects.on(self.day).filter(product__kind=Product.Kind.OCOP)
        rows = self.within(rows, "product__place").order_by()
        return {
            product: "potential" if is_potential else str(star)
            for product, star, is_potential in rows.values_list("product", "star", "is_potential")
        }

    @cached_property
    def listings(self) -> dict[UUID, list[tuple[str, Record]]]:
        """Product → the states of its listings that day, whatever they are."""
        rows = ListingSpan.objects.on(self.day).filter(listing__withdrawn_at=None)
        rows = self.within(rows, "listing__product__place").order_by()
        fields = ("listing__product", "state", "listing", "listing__version")
        found = defaultdict(list)
        for product, state, pk, version in rows.values_list(*fields):
            found[product].append((state, ("listings", str(pk), version)))
        return found

    @cached_property
    def shops(self) -> list[tuple[UUID, dt.date, dt.date | None, Record]]:
        """(owner, opened, closed, record) of every storefront opened by that day."""
        rows = Shop.objects.standing().filter(opened_on__lte=self.day)
        rows = self.within(rows.filter(owner__withdrawn_at=None), "owner__place").order_by()
        rows = rows.values_list("owner", "opened_on", "closed_on", "pk", "version")
        return [
            (owner, opened, closed, ("shops", str(pk), version))
            for owner, opened, closed, pk, version in rows
            if owner in self.owners
        ]

    @cached_property
    def offered(self) -> dict[UUID, list[Record]]:
        """Owner → the listings through which something of theirs can be found on a floor."""
        spans = ListingSpan.objects.on(self.day).filter(state__in=LIVE)
        live = Listing.objects.standing().filter(pk__in=spans.values("listing"))
        live = live.filter(product__in=Product.objects.existing_on(self.day))
        return self._by_owner(live, "product__owner", "listings")

    def in_force(self, rows, since: str, kind: str) -> dict[UUID, list[Record]]:
        """Owner → those of the rows (accounts, commitments) that hold that day."""
        holds = Q(until_on=None) | Q(until_on__gt=self.day)
        rows = rows.standing().filter(holds, **{f"{since}__lte": self.day})
        return self._by_owner(rows, "owner", kind)

    def _by_owner(self, rows, path: str, kind: str) -> dict[UUID, list[Record]]:
        found = defaultdict(list)
        rows = self.within(rows, f"{path}__place").order_by()
        for owner, pk, version in rows.values_list(path, "pk", "version"):
            if owner in self.owners:
                found[owner].append((kind, str(pk), version))
        return found

    @cached_property
    def kept(self) -> set[int]:
        """Teams of which something in the registers counts that day, or counted before."""
        begun = Q(since_on=None) | Q(since_on__lte=self.day)
        known = Recognition.objects.filter(since_on__lte=self.day)
        counting = ~Q(kind=Product.Kind.OCOP) | Q(pk__in=known.values("product"))
        found = self._teams(Product.objects.standing().filter(begun, counting), "place")
        found |= {self.owners[owner].team for owner, *_rest in self.shops}
        for rows, since in (
            (Commitment.objects.standing(), "signed_on"),
            (PaymentAccount.objects.standing(), "since_on"),
        ):
            rows = rows.filter(owner__withdrawn_at=None, **{f"{since}__lte": self.day})
            found |= self._teams(rows, "owner__place")
        return found

    def _teams(self, rows, path: str) -> set[int]:
        places = self.within(rows, path).order_by().values_list(path, flat=True).distinct()
        return {self.held[place] for place in places if place in self.held}

    # -- what the words of counters mean -----------------------------------------------------

    def recognised(self, *, rank=None, on_floor=None) -> Iterator[Cited]:
        for pk, row in self.products.items():
            held = self.ranks.get(pk)
            if held is not None and (rank is None or held in rank):
                yield from self._product(pk, row, on_floor)

    def of_products(self, *, kind=None, on_floor=None) -> Iterator[Cited]:
        for pk, row in self.products.items():
            if kind is None or row.kind in kind:
                yield from self._product(pk, row, on_floor)

    def _product(self, pk: UUID, row: _Row, states) -> Iterator[Cited]:
        """The product, with the listings that put it on a floor when one is asked for."""
        shown = [record for state, record in self.listings[pk] if state in states] if states else []
        if shown or not states:
            yield row.team, [("products", str(pk), row.version), *shown]

    def shops_opened(self) -> Iterator[Cited]:
        for owner, opened, _closed, record in self.shops:
            if opened >= self.first_day:
                yield self.owners[owner].team, [record]

    def shops_open(self) -> Iterator[Cited]:
        for owner, record in self._open_shops():
            yield self.owners[owner].team, [record]

    def _open_shops(self) -> Iterator[tuple[UUID, Record]]:
        for owner, _opened, closed, record in self.shops:
            if closed is None or closed > self.day:
                yield owner, record

    def selling(self, *, kind=None) -> Iterator[Cited]:
        shown = {owner: list(records) for owner, records in self.offered.items()}
        for owner, record in self._open_shops():
            shown.setdefault(owner, []).append(record)
        return self._owners(shown, kind)

    def payable(self, *, kind=None) -> Iterator[Cited]:
        accounts = PaymentAccount.objects.all()
        return self._owners(self.in_force(accounts, "since_on", "accounts"), kind)

    def committed(self, *, kind=None) -> Iterator[Cited]:
        rows = Commitment.objects.all()
        return self._owners(self.in_force(rows, "signed_on", "commitments"), kind)

    def _owners(self, shown: dict[UUID, list[Record]], kind) -> Iterator[Cited]:
        for pk, records in shown.items():
            row = self.owners[pk]
            if kind is None or row.kind in kind:
                yield row.team, [("owners", str(pk), row.version), *records]


def _of(word, *filters: str):
    """How a counter asks for that word: a filter it does not know is a KeyError."""

    def ask(books: _Books, wanted: dict) -> Iterator[Cited]:
        for name in wanted.keys() - set(filters):
            raise KeyError(name)
        return word(books, **wanted)

    return ask


COUNTS = {
    "recognised": _of(_Books.recognised, "rank", "on_floor"),
    "products": _of(_Books.of_products, "kind", "on_floor"),
    "shops_opened": _of(_Books.shops_opened),
    "shops_open": _of(_Books.shops_open),
    "selling": _of(_Books.selling, "kind"),
    "payable": _of(_Books.payable, "kind"),
    "committed": _of(_Books.committed, "kind"),
}
