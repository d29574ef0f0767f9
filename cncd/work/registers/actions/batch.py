"""The rows of one import, gathered in memory and laid down table by table."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from cncd.foundation.kit.text import spelling, tidy
from cncd.foundation.places.models import Setting
from cncd.foundation.places.options import option
from cncd.foundation.places.queries import setting
from cncd.work.registers.actions import writing
from cncd.work.registers.actions.batch_listings import Listings
from cncd.work.registers.actions.recognising import VALID_MONTHS
from cncd.work.registers.lines import ProductLine, Wrong
from cncd.work.registers.models import (
    Origin,
    Owner,
    Product,
    Recognition,
    RecordVersion,
)
from cncd.work.registers.names import keep_keys, owner_keys, product_keys
from cncd.work.registers.rules import months_after

AT_ONCE = 500
FIELDS = "kind group note since_on version star is_potential recognised_until".split()
FIELDS += ["search_key", "sort_key"]


class Outcome(NamedTuple):
    """What a line comes to: which product, is it new, updated or unchanged, what cannot be."""

    product: Product
    state: str
    wrong: list[Wrong]


class Batch:
    """What stands already, and what the lines make of it; nothing is written before `lay_down`."""

    def __init__(self, lines, *, by, now, file_name: str):
        self.by, self.now, self.file_name = by, now, file_name
        self.today = writing.today(now)
        self.new_owners: list[Owner] = []
        self.new_products: list[Product] = []
        self.touched: dict[object, Product] = {}
        self.recognitions: dict[int, Recognition] = {}
        self.origins: list[Origin] = []
        self.months = _Months()
        self._look_up({line.place.pk for line in lines}, [line.same_as for line in lines])
        said = [each for line in lines for each in line.listings]
        self.listings = Listings(self.by_id, said, now=now, by=by, origin=self._origin)

    def _look_up(self, places: set[int], named: list) -> None:
        owners = Owner.objects.standing().filter(place__in=places)
        self.owners = {(spelling(owner.name), owner.place_id): owner for owner in owners}
        products = Product.objects.select_for_update(of=("self",)).filter(withdrawn_at=None)
        within = products.filter(place__in=places) | products.filter(
            pk__in=[pk for pk in named if pk]
        )
        found = list(within.select_related("owner", "group").prefetch_related("recognitions"))
        self.by_id = {product.pk: product for product in found}
        self.products = {
            (spelling(product.name), spelling(product.owner.name), product.place_id): product
            for product in found
        }
        self.held = {p.pk: sorted(p.recognitions.all(), key=attrgetter("since_on")) for p in found}

    # -- one line --------------------------------------------------------------------------------

    def take(self, line: ProductLine) -> Outcome:
        """The product the line is about, as the line wants it, and what that changes."""
        product = self.product_of(line)
        is_new = product.pk not in self.held
        self.held.setdefault(product.pk, [])
        changed = self._bring_up_to_date(product, line) or is_new
        changed |= self._recognise(product, line)
        listed, wrong = self.listings.take(product, line, self.today)
        if changed:
            self._touch(product)
        if changed or listed:
            self._origin(product, line)
        state = "new" if is_new else "updated" if changed or listed else "unchanged"
        return Outcome(product, state, [Wrong(*each) for each in wrong])

    def product_of(self, line: ProductLine) -> Product:
        """The standing product the line means, or a new one with its owner."""
        key = (spelling(line.name), spelling(line.owner_name), line.place.pk)
        known = self.by_id.get(line.same_as) if line.same_as else self.products.get(key)
        if known:
            return known
        product = Product(
            kind=line.kind, name=tidy(line.name), owner=self._owner_of(line), place=line.place
        )
        self.products[key] = self.by_id[product.pk] = product
        self.new_products.append(product)
        return product

    def _owner_of(self, line: ProductLine) -> Owner:
        key = (spelling(line.owner_name), line.place.pk)
        if key not in self.owners:
            name, known = tidy(line.owner_name), self._written()
            owner = Owner(kind=line.owner_kind, name=name, place=line.place, **known)
            owner.search_key, owner.sort_key = owner_keys(name)
            self.owners[key] = owner
            self.new_owners.append(owner)
            self._origin(owner, line)
        return self.owners[key]

    def _bring_up_to_date(self, product: Product, line: ProductLine) -> bool:
        said = {"group": line.group, "note": tidy(line.note), "since_on": line.since_on}
        kind = Product.Kind.OCOP.value if self.held.get(product.pk) else line.kind
        wanted = {"kind": kind} | {name: value for name, value in said.items() if value}
        before = writing.changed(product, wanted)
        product.search_key, product.sort_key = product_keys(product)
        return bool(before)

    def _recognise(self, product: Product, line: ProductLine) -> bool:
        """Adds or puts right the recognition of the day; those around it end and begin with it."""
        if not line.is_recognised:
            return False
        held = self.held[product.pk]
        same = next((row for row in held if row.since_on == line.decided_on), None)
        row = same or Recognition(product=product, since_on=line.decided_on)
        until = line.until_on or (
            row.until_on
            if same
            else months_after(line.decided_on, self.months.at(line.place, line.decided_on))
        )
        said = {
            "star": None if line.is_potential else line.star,
            "is_potential": line.is_potential,
            "number": tidy(line.number),
            "decided_on": line.decided_on,
            "until_on": until,
        }
        if not writing.changed(row, said):
            return False
        if same is None:
            held.append(row)
            held.sort(key=attrgetter("since_on"))
        for each in [row, *_end_before_next(held)]:
            self.recognitions[id(each)] = each
        _show_latest(product, held)
        return True

    def _touch(self, product: Product) -> None:
        if product.pk not in self.touched:
            self.touched[product.pk] = product
            if not product._state.adding:
                product.version += 1

    def _origin(self, row, line: ProductLine) -> None:
        known = writing.OriginLine(line.way, self.file_name, line.row_number, line.raw)
        self.origins.append(writing.origin_of(row, known, by=self.by, now=self.now))

    def _written(self) -> dict:
        return {"made_at": self.now, "recorded_at": self.now, "recorded_by": self.by}

    # -- all of them -----------------------------------------------------------------------------

    def lay_down(self) -> None:
        """Writes every table, then the versions of what was touched."""
        for product in self.new_products:
            for name, value in self._written().items():
                setattr(product, name, value)
        Owner.objects.bulk_create(self.new_owners, batch_size=AT_ONCE)
        keep_keys(self.new_owners)
        Product.objects.bulk_create(self.new_products, batch_size=AT_ONCE)
        new = {product.pk for product in self.new_products}
        changed = [product for product in self.touched.values() if product.pk not in new]
        Product.objects.bulk_update(changed, FIELDS, batch_size=AT_ONCE)
        self._lay_down_recognitions()
        self.listings.lay_down()
        Origin.objects.bulk_create(self.origins, batch_size=AT_ONCE)
        for product in changed:
            product._prefetched_objects_cache = {}
        self._keep_versions(self.new_owners)
        self._keep_versions(self.touched.values(), "recognitions")
        self._keep_versions(self.listings.touched.values(), "spans")

    def _lay_down_recognitions(self) -> None:
        old = [row for row in self.recognitions.values() if row.pk]
        # An end moves before the row that begins there comes.
        Recognition.objects.bulk_update(
            old, ["star", "is_potential", "number", "decided_on", "until_on"], batch_size=AT_ONCE
        )
        new = [row for row in self.recognitions.values() if not row.pk]
        Recognition.objects.bulk_create(new, batch_size=AT_ONCE)

    def _keep_versions(self, rows: Iterable, *related: str) -> None:
        rows = list(rows)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            prefetch_related_objects(some, *related)
            RecordVersion.objects.bulk_create(
                writing.version_of(row, by=self.by, now=self.now) for row in some
            )


class _Months:
    """For how many months a recognition holds; asked row by row only where somebody chose."""

    def __init__(self):
        self.chosen = Setting.objects.filter(key=VALID_MONTHS).exists()
        self.known: dict[tuple[int, dt.date], int] = {}

    def at(self, place, day: dt.date) -> int:
        if not self.chosen:
            return option(VALID_MONTHS).default
        if (place.pk, day) not in self.known:
            self.known[place.pk, day] = setting(VALID_MONTHS, place, day)
        return self.known[place.pk, day]


def _end_before_next(held: list[Recognition]) -> list[Recognition]:
    """Ends each recognition where the next begins, when it would last longer; returns those cut."""
    cut = []
    for row, following in pairwise(held):
        if row.until_on > following.since_on:
            row.until_on = following.since_on
            cut.append(row)
    return cut


def _show_latest(product: Product, held: list[Recognition]) -> None:
    latest = held[-1]
    product.star, product.is_potential = latest.star, latest.is_potential
    product.recognised_until = latest.until_on
