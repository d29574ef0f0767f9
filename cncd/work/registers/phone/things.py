"""What stands already and may end or break: named on the phone by kind, id and version seen."""

from typing import NamedTuple
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.ids import uuid_of
from cncd.work.registers.models import (
    Commitment,
    Listing,
    Owner,
    PaymentAccount,
    Product,
    Shop,
)
from cncd.work.registers.phone.fields import GONE, kept
from cncd.work.registers.rules import LIVE

CONSENT = "consent"  # an owner's, to be called: what ends is that, not the owner
MODELS = {
    "product": Product,
    "listing": Listing,
    "shop": Shop,
    "account": PaymentAccount,
    "commitment": Commitment,
    CONSENT: Owner,
}


class Thing(NamedTuple):
    """A record, what of it is meant, and the version that the page showed."""

    kind: str
    record: object
    asked: UUID | None  # the id on the page: another one when it was merged since
    seen: int | None

    @property
    def again(self) -> str:
        """The same, on top of what stands now."""
        return code_of(self.kind, self.record)


def code_of(kind: str, record) -> str:
    return f"{kind}:{record.pk}:{record.version}"


def thing_named(text: str, sender) -> Thing:
    """What the text names; what a merged record became; raises ValidationError."""
    kind, _colon, rest = text.partition(":")
    pk, _colon, version = rest.partition(":")
    if kind not in MODELS:
        raise forms.ValidationError(GONE)
    seen = int(version) if version.isdecimal() and len(version) < 10 else None
    return Thing(kind, kept(MODELS[kind], pk, sender), uuid_of(pk), seen)


def ending_things(choices) -> list:
    """All that may end, in groups, as a list to choose from."""
    agreed = [owner for owner in choices.owners if owner.consented_on]
    groups = [
        (_("A product is no longer made"), "product", choices.products),
        (_("Taken off a floor"), "listing", choices.listings),
        (_("A storefront has closed"), "shop", choices.shops),
        (_("No longer paid that way"), "account", choices.accounts),
        (_("A commitment no longer holds"), "commitment", choices.commitments),
        (_("No longer agrees to be called"), CONSENT, agreed),
    ]
    return [(label, _offered(kind, rows)) for label, kind, rows in groups if rows]


def broken_things(choices) -> list:
    """The listings that a buyer should be able to open."""
    return _offered("listing", [row for row in choices.listings if row.state in LIVE])


def _offered(kind: str, rows) -> list[tuple[str, str]]:
    return [(code_of(kind, row), named(row)) for row in rows]


def named(record) -> str:
    """The record as a volunteer knows it."""
    if isinstance(record, Shop):
        return f"{record.owner} – {record.floor}"
    return str(record)
