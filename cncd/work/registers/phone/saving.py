"""From a filled-in form of the phone to an action: one way for the web page and the outbox."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.places.models import Place
from cncd.work.registers import actions
from cncd.work.registers.actions.rights import require
from cncd.work.registers.actions.withdrawing import place_of
from cncd.work.registers.alike import Likely, likely_owners, likely_products
from cncd.work.registers.models import Listing, Origin, PaymentAccount, Product
from cncd.work.registers.phone.clashes import Clash, Clashes, changed_since, last_change
from cncd.work.registers.phone.fields import kept
from cncd.work.registers.phone.forms import MISTAKE, NEW, OTHER
from cncd.work.registers.phone.things import CONSENT
from cncd.work.registers.rules import LIVE

MOST = 3  # look-alikes shown
FIELDS = {  # of an action → of a form, where they are called differently
    "since_on": "on",
    "opened_on": "on",
    "signed_on": "on",
    "ended_on": "on",
    "closed_on": "on",
    "consented_on": "on",
    "consent_how": "how",
}


@dataclass
class LooksAlike(Exception):
    """Nothing was written: it may stand in the register already; the field says which it is."""

    field: str  # "same" of a product, "same_owner" of an owner
    likely: list[Likely]


@dataclass
class Confirm(Exception):
    """Nothing was written: the same, sent with `confirmed`, would be."""

    told: str


def save(form, *, by, made_at=None):
    """Writes down what a valid form says, as of the moment it was made; gives the record.

    Raises LooksAlike, Clashes, Confirm, PermissionDenied and what the action refuses.
    """
    about = {"by": by, "made_at": made_at}
    with transaction.atomic():
        return SAVE[form.what](form, form.cleaned_data, about)


def _require(place, about: dict) -> None:
    """What stands is shown only to those who may write there; raises PermissionDenied."""
    require(about["by"], place, "registers.enter", made_at=about["made_at"])


def _new(about: dict) -> dict:
    return about | {"origin": actions.OriginLine(way=Origin.Way.PHONE.value)}


# -- products ----------------------------------------------------------------------------------


def _product(form, said: dict, about: dict) -> Product:
    if said["same"] not in ("", OTHER):
        return kept(Product, said["same"], about["by"])
    is_new = said["owner"] == NEW
    owner = None if is_new else said["owner"]
    place = owner.place if owner and "place" not in form.fields else _place(form.place_id)
    _require(place, about)
    _refuse_likely(form, said, owner, place)
    if owner is None:
        given = {"kind": said["owner_kind"], "name": said["owner_name"], "place": place}
        owner = actions.add_owner(household=said["household"], **given, **_new(about))
    given = {"kind": said["kind"], "name": said["name"], "owner": owner, "place": place}
    return actions.add_product(**given, **_new(about))


def _place(pk: int) -> Place:
    return Place.objects.get(pk=pk)


def _refuse_likely(form, said: dict, owner, place) -> None:
    """Raises LooksAlike for what may be in the register, unless somebody said that it is not."""
    about = {"place": place, "day": form.choices.day}
    if not said["same"]:
        name = owner.name if owner else said["owner_name"]
        if found := likely_products(name=said["name"], owner_name=name, **about):
            raise LooksAlike("same", found[:MOST])
    is_new = owner is None and not said["same_owner"]
    if is_new and (found := likely_owners(name=said["owner_name"], **about)):
        raise LooksAlike("same_owner", found[:MOST])


# -- where it is sold ---------------------------------------------------------------------------


def _listing(form, said: dict, about: dict) -> Listing:
    """Lists the product; at another address than the one recorded, a person decides first."""
    product, floor, address = said["product"], said["floor"], said["address"].strip()
    _require(product.place_id, about)
    rows = Listing.objects.standing().filter(product=product, floor=floor)
    stands = rows.filter(state__in=LIVE).first()
    if stands and stands.address == address:
        return stands
    if stands and said["version"] != stands.version:
        sides = [(_("Product"), str(product), str(product)), (_("Floor"), *[str(floor)] * 2)]
        sides.append((_("Address"), stands.address, address))
        again = {"version": str(stands.version)}
        raise Clashes(Clash(sides, last_change(stands), again))
    shops = product.owner.shops.standing().filter(floor=floor, closed_on=None)[:2]
    given = {"product": product, "floor": floor, "address": address, "on": said["on"]}
    shop = shops[0] if len(shops) == 1 else None
    return actions.list_product(shop=shop, **given, **_new(about))


def _broken(form, said: dict, about: dict) -> Listing:
    listing = _thing_unchanged(said, _("Does not open"), about)
    day = form.choices.day
    return actions.report_broken(listing=listing, on=day, note=said["note"], **about)


# -- of owners ----------------------------------------------------------------------------------


def _shop(_form, said: dict, about: dict):
    given = {"owner": said["owner"], "floor": said["floor"], "opened_on": said["on"]}
    texts = {"name": said["name"], "address": said["address"]}
    return actions.open_shop(**given, **texts, **_new(about))


def _payment(_form, said: dict, about: dict):
    provider = said["provider"]
    kind = provider.use if provider else PaymentAccount.Kind.BANK.value
    given = {"owner": said["owner"], "kind": kind, "provider": provider, "since_on": said["on"]}
    return actions.record_payment(**given, **_new(about))


def _commitment(_form, said: dict, about: dict):
    given = {"owner": said["owner"], "signed_on": said["on"], "note": said["note"]}
    return actions.sign_commitment(**given, **_new(about))


def _consent(form, said: dict, about: dict):
    owner = said["owner"]
    _require(owner.place_id, about)
    if owner.consented_on and not said["confirmed"]:
        told = _("%(owner)s agreed on %(day)s already. Write this contact in place of that one?")
        raise Confirm(told % {"owner": owner, "day": f"{owner.consented_on:%d/%m/%Y}"})
    return actions.record_consent(
        owner=owner,
        contact_name=said["contact_name"],
        contact_phone=said["contact_phone"],
        consented_on=said["on"],
        how=str(form.HOW[said["how"]]),
        **about,
    )


# -- what is no longer so -----------------------------------------------------------------------


def _close(_form, said: dict, about: dict):
    kind, day, reason = said["thing"].kind, said["on"], said["reason"]
    is_mistake = said["why"] == MISTAKE and kind != CONSENT
    mine = _("Written by mistake") if is_mistake else _("No longer from %s") % f"{day:%d/%m/%Y}"
    record = _thing_unchanged(said, mine, about)
    if is_mistake:
        return actions.withdraw_record(record=record, reason=reason, **about)
    if kind == CONSENT:
        return actions.withdraw_consent(owner=record, reason=reason, **about)
    if kind == "account":
        return actions.end_payment(account=record, on=day, **about)
    if kind == "commitment":
        return actions.end_commitment(commitment=record, on=day, **about)
    if kind == "listing":
        return actions.take_off(listing=record, on=day, note=reason, **about)
    end = {"product": actions.end_product, "shop": actions.close_shop}[kind]
    return end(**{kind: record}, on=day, reason=reason, **about)


def _thing_unchanged(said: dict, mine: str, about: dict):
    """The record as the page showed it; raises Clashes when it reads differently by now."""
    thing = said["thing"]
    _require(place_of(thing.record), about)
    if differs := changed_since(thing.record, thing.asked, thing.seen):
        sides = [(label, now or "–", was or "–") for label, now, was in differs]
        sides.append((_("To be written"), "", mine))
        raise Clashes(Clash(sides, last_change(thing.record), {"thing": thing.again}))
    return thing.record


SAVE = {
    "product": _product,
    "listing": _listing,
    "shop": _shop,
    "payment": _payment,
    "commitment": _commitment,
    "consent": _consent,
    "close": _close,
    "broken": _broken,
}
