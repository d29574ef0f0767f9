"""What is to be done, and what was done, in the units an agency promised to help: by name."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from cncd.foundation.places import queries as places
from cncd.foundation.places.models import PlaceIndex
from cncd.team.teams.authority import places_in_reach
from cncd.work.partners.queries.delivered import Standing, shop_name
from cncd.work.partners.wording import BROKEN, LISTED, MISSING, OPENED, WHATS
from cncd.work.registers.models import Listing, ListingSpan, Owner, Product, Shop

LIVE = (Listing.State.LISTED, Listing.State.VERIFIED)


@dataclass
class Job:
    """One line: a product to be listed, a listing to be mended, something done already."""

    what: str
    name: str  # of the product or the storefront
    owner: Owner
    place_id: int
    floor: str = ""
    on: dt.date | None = None  # broken since, opened on, first listed on
    address: str = ""  # on the floor
    product_id: object = None
    shop_id: object = None
    unit_id: int = 0
    unit: str = ""
    hamlet: str = ""
    contact_name: str = ""
    contact_phone: str = ""

    @property
    def urgency(self) -> int:
        """What is to be done comes before what is done."""
        return list(WHATS).index(self.what)

    @property
    def page(self) -> str:
        """The page of the product or storefront."""
        if self.shop_id:
            return reverse("registers:shop", args=[self.shop_id])
        return reverse("registers:product", args=[self.product_id])


def by_unit(rows: Iterable[Standing], day: dt.date) -> dict[int, list[Standing]]:
    """Unit of today → the promises that hold there; what has ended is found in its heir."""
    rows = list(rows)
    index = PlaceIndex.objects.on(day).filter(
        place__in={row.pledge.place_id for row in rows}, ancestor__level=F("place__level")
    )
    heirs = defaultdict(set)
    for place, unit in index.values_list("place", "ancestor"):
        heirs[place].add(unit)
    found = defaultdict(list)
    for row in rows:
        for unit in heirs[row.pledge.place_id]:
            found[unit].append(row)
    return found


def jobs(user, units: Iterable[int], agencies: Iterable[int], day: dt.date) -> list[Job]:
    """Every line of these units that the person may see; about nine queries for any number.

    OCOP products on no floor, listings that do not open, and the storefronts and listings made
    with the help of these agencies. A contact only where the owner agreed and the person may see it
    (decree 356/2025).
    """
    under = _units_of(units, day)
    found = [
        *_missing(user, under, day),
        *_broken(user, under, day),
        *_opened(user, under, agencies, day),
        *_listed(user, under, agencies),
    ]
    _name(found, under, day)
    _add_contacts(found, user, day)
    return found


def _units_of(units: Iterable[int], day: dt.date) -> dict[int, int]:
    """Place → the nearest of the units it stands under or passed into."""
    rows = PlaceIndex.objects.on(day).filter(ancestor__in=list(units))
    rows = rows.order_by("ancestor__level__rank").values_list("place", "ancestor")
    return dict(rows)  # a commune comes after its district, and stands


def _missing(user, under, day) -> list[Job]:
    """Recognised OCOP products that are on no floor; whose listing is broken is told as that."""
    live = Listing.objects.standing().filter(state__in=(*LIVE, Listing.State.BROKEN))
    rows = Product.objects.recognised_on(day).of_places(under).visible_to(user)
    rows = rows.exclude(pk__in=live.values("product")).select_related("owner").order_by("sort_key")
    return [Job(MISSING, row.name, row.owner, row.place_id, product_id=row.pk) for row in rows]


def _broken(user, under, day) -> list[Job]:
    rows = Listing.objects.standing().filter(state=Listing.State.BROKEN)
    rows = rows.filter(product__in=Product.objects.existing_on(day).values("pk"))
    rows = rows.of_places(under).visible_to(user).select_related("product__owner", "floor")
    rows = list(rows.order_by("product__sort_key"))
    spans = ListingSpan.objects.on(day).filter(listing__in=[row.pk for row in rows])
    since = dict(spans.values_list("listing", "since_on"))
    return [_of_listing(BROKEN, row, since.get(row.pk)) for row in rows]


def _opened(user, under, agencies, day) -> list[Job]:
    """Storefronts opened with the agencies' help that still sell."""
    rows = Shop.objects.open_on(day).filter(helped_by__in=list(agencies))
    rows = rows.of_places(under).visible_to(user).select_related("owner", "floor")
    return [
        Job(OPENED, shop_name(row), row.owner, row.owner.place_id, row.floor.name, row.opened_on,
            row.address, shop_id=row.pk)
        for row in rows.order_by("-opened_on", "pk")
    ]  # fmt: skip


def _listed(user, under, agencies) -> list[Job]:
    rows = Listing.objects.standing().filter(helped_by__in=list(agencies), state__in=LIVE)
    rows = rows.of_places(under).visible_to(user).select_related("product__owner", "floor")
    return [
        _of_listing(LISTED, row, row.first_listed_on)
        for row in rows.order_by("-first_listed_on", "pk")
    ]


def _of_listing(what: str, row: Listing, on: dt.date | None) -> Job:
    product = row.product
    return Job(what, product.name, product.owner, product.place_id, row.floor.name, on,
               row.address, product.pk)  # fmt: skip


def _name(found: list[Job], under: dict[int, int], day: dt.date) -> None:
    names = places.names({*under.values(), *(job.place_id for job in found)}, day)
    for job in found:
        job.unit_id = under[job.place_id]
        job.unit = names[job.unit_id].full_name
        job.hamlet = names[job.place_id].full_name


def _add_contacts(found: list[Job], user, day: dt.date) -> None:
    wanted = {job.place_id for job in found if job.owner.consented_on}
    reach = places_in_reach(user, "registers.contact", day).filter(pk__in=wanted)
    open_to = set(reach.values_list("pk", flat=True)) if wanted else set()
    for job in found:
        if job.owner.consented_on and job.place_id in open_to:
            job.contact_name = job.owner.contact_name
            job.contact_phone = job.owner.contact_phone
