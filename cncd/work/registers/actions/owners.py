"""Owners ("chủ thể"): added, put right, and the contact they agreed to give or take back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import erase_personal, record
from cncd.foundation.kit.text import tidy
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.models import Owner, Product, Shop
from cncd.work.registers.names import keep_keys, owner_keys, product_keys, shop_key
from cncd.work.registers.rules import BEGINNING

CHANGEABLE = {"kind", "name", "place", "household"}
CONTACT = ("contact_name", "contact_phone")


@transaction.atomic
def add_owner(
    *, kind: str, name: str, place, by, household=None, origin=None, made_at=None, now=None
) -> Owner:
    """Adds a cooperative, cooperative group, enterprise or household that sells (II.2.3).

    Raises PermissionDenied outside `by`'s places, RecordRefused at the wrong field.
    """
    now, made_at = writing.moments(now, made_at)
    rights.require(by, place, "registers.enter", made_at=made_at)
    owner = Owner(kind=kind, name=tidy(name), place=place, household=household)
    _settle(owner)
    writing.begin(owner, by=by, now=now, made_at=made_at, origin=origin)
    keep_keys([owner])
    writing.keep_version(owner, by=by, now=now)
    record(
        event="owner.added",
        subject=owner,
        by=by,
        place=owner.place_id,
        after={"kind": owner.kind, "name": owner.name, "on": writing.today(now)},
        now=now,
    )
    return owner


@transaction.atomic
def change_owner(*, owner: Owner, by, version=None, made_at=None, now=None, **fields) -> Owner:
    """Puts right the kind, name, hamlet or household code; a new version when anything differs.

    `version` is the one the page showed. Raises PermissionDenied (at the old place and the new),
    ChangedMeanwhile, NotStanding, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    writing.only_known(fields, CHANGEABLE)
    owner = writing.held(owner, version)
    rights.require(by, owner.place_id, "registers.enter", made_at=made_at)
    if "name" in fields:
        fields["name"] = tidy(fields["name"])
    before = writing.changed(owner, fields)
    if not before:
        return owner
    if "place" in before:
        rights.require(by, owner.place_id, "registers.enter", made_at=made_at)
    _settle(owner)
    writing.next_version(owner, by=by, now=now)
    if "name" in before:
        rename_what_is_owned(owner)
        keep_keys([owner])
    on = BEGINNING if {"kind", "place"} & set(before) else writing.today(now)
    record(
        event="owner.changed",
        subject=owner,
        by=by,
        place=owner.place_id,
        before=writing.plains(before) | {"on": on},
        after=writing.plains({name: getattr(owner, name) for name in before}) | {"on": on},
        rows=_moved_from(before, owner),
        now=now,
    )
    return owner


@transaction.atomic
def record_consent(
    *,
    owner: Owner,
    contact_name: str,
    contact_phone: str,
    consented_on,
    how: str,
    by,
    version=None,
    made_at=None,
    now=None,
) -> Owner:
    """Keeps a contact together with the consent to keep it (Law 91/2025, art. 9).

    Raises PermissionDenied, RecordRefused without a day, a way of consent, or anything to keep.
    """
    now, made_at = writing.moments(now, made_at)
    owner = writing.held(owner, version)
    rights.require(by, owner.place_id, "registers.enter", made_at=made_at)
    said = {"contact_name": tidy(contact_name), "contact_phone": contact_phone.strip()}
    _refuse_consent(said, consented_on, how, now)
    old = {name: getattr(owner, name) for name in CONTACT}
    was = owner.consented_on
    writing.changed(
        owner, said | {"consented_on": consented_on, "consent_how": tidy(how), "consent_by": by}
    )
    writing.next_version(owner, by=by, now=now)
    record(
        event="owner.consented",
        subject=owner,
        by=by,
        place=owner.place_id,
        before={"consented_on": was} if was else None,
        after={"consented_on": consented_on, "consent_how": owner.consent_how},
        personal={name: (old[name], said[name]) for name in CONTACT if old[name] != said[name]},
        now=now,
    )
    return owner


@transaction.atomic
def withdraw_consent(*, owner: Owner, by, reason: str = "", made_at=None, now=None) -> Owner:
    """Erases name and phone at once, in the journal too; without consent it changes nothing.

    Raises PermissionDenied outside `by`'s places. A record taken out may still be erased.
    """
    now, made_at = writing.moments(now, made_at)
    owner = writing.held(owner, also_withdrawn=True)
    rights.require(by, owner.place_id, "registers.enter", made_at=made_at)
    if owner.consented_on is None:
        return owner
    was = owner.consented_on
    owner.contact_name = owner.contact_phone = owner.consent_how = ""
    owner.consented_on = owner.consent_by = None
    writing.next_version(owner, by=by, now=now)
    record(
        event="owner.consent_withdrawn",
        subject=owner,
        by=by,
        place=owner.place_id,
        before={"consented_on": was},
        reason=reason,
        now=now,
    )
    erase_personal(subject=owner, by=by, fields=CONTACT, now=now)
    return owner


@transaction.atomic
def show_contact(*, owner: Owner, by, reason: str = "", now=None) -> Owner:
    """The owner with its contact; the journal says who looked (Law 91/2025).

    Raises PermissionDenied for whom the owner did not agree to: `registers.contact` at its hamlet.
    """
    now, _made_at = writing.moments(now, None)
    rights.require(by, owner.place_id, "registers.contact")
    record(
        event="contact.shown",
        subject=owner,
        by=by,
        place=owner.place_id,
        after={"on": writing.today(now)},
        reason=reason,
        now=now,
    )
    return owner


def _settle(owner: Owner) -> None:
    """Fills the keys; raises RecordRefused for what does not fit together."""
    if not owner.name:
        raise RecordRefused("name", _("Give the name, as on the papers of the business."))
    writing.refuse_numbers(name=owner.name)
    if owner.kind not in Owner.Kind.values:
        raise RecordRefused("kind", _("Choose one of the four kinds."))
    if owner.household and owner.household.place_id != owner.place_id:
        raise RecordRefused("household", _("This household code belongs to another hamlet."))
    owner.search_key, owner.sort_key = owner_keys(owner.name)


def rename_what_is_owned(owner: Owner) -> None:
    """The owner's name is part of what products and storefronts are searched by."""
    products = list(Product.objects.filter(owner=owner))
    for product in products:
        product.owner = owner
        product.search_key, product.sort_key = product_keys(product)
    Product.objects.bulk_update(products, ["search_key", "sort_key"], batch_size=500)
    shops = list(owner.shops.all())
    for shop in shops:
        shop.owner = owner
        shop.search_key = shop_key(shop)
    Shop.objects.bulk_update(shops, ["search_key"], batch_size=500)


def _moved_from(before: dict, owner: Owner) -> list[dict]:
    """Both places, when the record moved between two: figures of both differ."""
    if "place" not in before:
        return []
    return [{"place": before["place"].pk}, {"place": owner.place_id}]


def _refuse_consent(said: dict, consented_on, how: str, now) -> None:
    if not any(said.values()):
        raise RecordRefused("contact_name", _("Give the name or the phone they agreed to give."))
    if not consented_on:
        raise RecordRefused("consented_on", _("Give the day on which they agreed."))
    writing.not_to_come("consented_on", consented_on, now)
    if not how.strip():
        raise RecordRefused("consent_how", _("Say how they agreed, for example: in writing."))
    writing.refuse_numbers(consent_how=how, contact_name=said["contact_name"])
