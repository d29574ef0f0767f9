"""What stood in a register before this program: owners with all they make and sell, told whole."""

import datetime as dt
from typing import NamedTuple

from cncd.work.registers.models import Owner, Product


class Step(NamedTuple):
    """From that day on the listing was in that state."""

    state: str
    on: dt.date
    note: str = ""


class ListingStory(NamedTuple):
    floor: object  # a Platform
    steps: tuple[Step, ...]  # in the order of their days
    address: str = ""
    helped_by: object | None = None  # an Agency


class RecognitionStory(NamedTuple):
    number: str
    decided_on: dt.date
    until_on: dt.date
    star: int | None = None
    is_potential: bool = False


class ProductStory(NamedTuple):
    name: str
    kind: str = Product.Kind.OCOP.value
    group: object | None = None  # a ProductGroup
    since_on: dt.date | None = None
    recognitions: tuple[RecognitionStory, ...] = ()
    listings: tuple[ListingStory, ...] = ()


class ShopStory(NamedTuple):
    floor: object
    opened_on: dt.date
    address: str = ""
    name: str = ""
    closed_on: dt.date | None = None
    helped_by: object | None = None


class Consent(NamedTuple):
    """A contact with the consent to keep it."""

    name: str
    phone: str
    on: dt.date
    how: str


class OwnerStory(NamedTuple):
    """An owner of a hamlet; `at` is when it was first written down."""

    name: str
    place: object
    at: dt.datetime
    kind: str = Owner.Kind.HOUSEHOLD.value
    household: object | None = None
    consent: Consent | None = None
    products: tuple[ProductStory, ...] = ()
    shops: tuple[ShopStory, ...] = ()
    accounts: tuple[tuple[str, object | None, dt.date], ...] = ()  # kind, provider, since
    commitments: tuple[tuple[dt.date, dt.date | None], ...] = ()  # signed, until
