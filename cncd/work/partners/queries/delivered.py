"""What was delivered of what was promised: counted from the registers, in few queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cncd.foundation.people.models import Agency
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import PlaceIndex
from cncd.work.partners import rules
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries.elsewhere import covered_by, guides_of, people_of
from cncd.work.partners.queries.said import NOTHING_SAID, Said, said_of
from cncd.work.partners.wording import STATES, TONES, WITHDRAWN
from cncd.work.registers.models import Listing, Owner, PaymentAccount, Shop

Kind = Pledge.Kind
# kind of promise → the records of the registers that deliver it, when, where
RECORDS = {
    Kind.SHOPS.value: (Shop, "opened_on", "owner__place"),
    Kind.LISTINGS.value: (Listing, "first_listed_on", "product__place"),
    Kind.ACCOUNTS.value: (PaymentAccount, "since_on", "owner__place"),
}


@dataclass(frozen=True)
class Standing:
    """A promise with how far it has come; `agency` and `unit` are names of the day asked about."""

    pledge: Pledge
    agency: str
    unit: str
    delivered: int  # counted where a register knows, else what the unit confirmed
    day: dt.date
    said: Said = NOTHING_SAID

    @property
    def stated(self) -> int | None:
        """What the partner says it delivered; None where it has said nothing."""
        return self.said.stated if self.said.is_said else None

    @property
    def differs(self) -> bool:
        """Whether the partner says another number than is counted or confirmed."""
        return rules.differ(self.stated, self.delivered)

    @property
    def left(self) -> int:
        return rules.left(self.pledge.amount, self.delivered)

    @property
    def share(self) -> float:
        return rules.share(self.pledge.amount, self.delivered)

    @property
    def state(self) -> str:
        """As in `rules.state`, or "withdrawn"."""
        if self.pledge.withdrawn_at:
            return WITHDRAWN
        days = (self.pledge.since_on, self.pledge.until_on)
        return rules.state(self.pledge.amount, self.delivered, *days, self.day)

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


class Made(NamedTuple):
    """One thing delivered; `row` is the storefront, listing or account."""

    name: str
    owner: Owner
    hamlet: str
    floor: str
    on: dt.date
    row: Shop | Listing | PaymentAccount

    @property
    def page(self) -> str:
        """The page of the storefront or listing; of an account, its owner's."""
        if isinstance(self.row, PaymentAccount):
            return reverse("registers:owner", args=[self.row.owner_id])
        name = "shop" if isinstance(self.row, Shop) else "listing"
        return reverse(f"registers:{name}", args=[self.row.pk])


def standings(pledges: Iterable[Pledge], day: dt.date | None = None) -> list[Standing]:
    """Each promise with its names and what was delivered, in the order given.

    Six queries, and one to three for each kind of promise among them.
    """
    pledges, day = list(pledges), day or timezone.localdate()
    said = said_of(pledges)
    counts = delivered(pledges, said)
    units = places.names({pledge.place_id for pledge in pledges}, day)
    named = Agency.objects.named(day).filter(pk__in={pledge.agency_id for pledge in pledges})
    agencies = dict(named.values_list("pk", "name"))
    return [
        Standing(
            pledge,
            agencies.get(pledge.agency_id, ""),
            units[pledge.place_id].full_name,
            counts[pledge.pk],
            day,
            said[pledge.pk],
        )
        for pledge in pledges
    ]


def delivered(pledges: Iterable[Pledge], said: dict | None = None) -> dict:
    """Pledge id → how much of it was delivered there, in its days.

    Storefronts, listings, accounts, training sessions, guides and dead spots are counted from the
    registers; people of a union are its members in the teams; people of an enterprise those the
    unit confirmed, or counts itself. A hamlet belongs to the unit when it stood under it on any of
    these days.
    """
    pledges = list(pledges)
    found = {pledge.pk: 0 for pledge in pledges}
    under = _under(pledges)
    for kind in {pledge.kind for pledge in pledges}:
        asked = [pledge for pledge in pledges if pledge.kind == kind]
        if kind == Kind.PEOPLE:
            found |= people_of(asked, said or said_of(asked))
        elif kind == Kind.GUIDES:
            found |= guides_of(asked)
        else:
            _add(found, asked, _made(kind, asked), under)
    return found


def _add(found: dict, pledges: list[Pledge], made, under: dict) -> None:
    """Counts what was made by the agency of each promise, in its days and its unit."""
    mine = defaultdict(list)
    for pledge in pledges:
        mine[pledge.agency_id].append(pledge)
    for agency, place, day, many in made:
        for pledge in mine[agency]:
            if pledge.holds_on(day) and place in under[pledge.pk]:
                found[pledge.pk] += many


def _made(kind: str, pledges: list[Pledge]):
    """(agency, place, day, how many) of what these agencies did of one kind."""
    agencies = {pledge.agency_id for pledge in pledges}
    since = min(pledge.since_on for pledge in pledges)
    if kind == Kind.CONNECTIVITY:
        return covered_by(agencies, since)
    if kind == Kind.TRAINING:
        return import_string(settings.SESSIONS_HELD_WITH)(agencies, since)
    model, day, place = RECORDS[kind]
    rows = model.objects.standing().filter(helped_by__in=agencies, **{f"{day}__gte": since})
    rows = rows.order_by().values_list("helped_by", place, day)
    return rows.annotate(many=Count("pk"))


def _under(pledges: list[Pledge]) -> dict:
    """Pledge id → the places that stood under its unit on any of its days, in one query."""
    units = {pledge.place_id for pledge in pledges}
    rows = PlaceIndex.objects.filter(ancestor__in=units, inherited=False)
    spans = defaultdict(list)
    for place, unit, since, until in rows.values_list("place", "ancestor", "since_on", "until_on"):
        spans[unit].append((place, since, until))
    return {
        pledge.pk: {
            place
            for place, since, until in spans[pledge.place_id]
            if since < pledge.until_on and (until is None or until > pledge.since_on)
        }
        for pledge in pledges
    }


def delivered_of(pledge: Pledge, user) -> list:
    """What was delivered of one promise, as far as the person may see it, newest first.

    Empty where no register of goods holds it: sessions, guides, dead spots, people.
    """
    if pledge.kind not in RECORDS:
        return []
    model, day, place = RECORDS[pledge.kind]
    under = _under([pledge])[pledge.pk]
    days = {f"{day}__gte": pledge.since_on, f"{day}__lt": pledge.until_on}
    rows = model.objects.standing().visible_to(user).filter(helped_by=pledge.agency_id, **days)
    rows = rows.filter(**{f"{place}__in": under}).order_by(f"-{day}", "pk")
    return _in_words(rows, pledge.kind)


def shop_name(shop: Shop) -> str:
    """What a storefront is called; one without a name by its floor."""
    return shop.name or _("Storefront on %(floor)s") % {"floor": shop.floor}


def _in_words(rows, kind: str) -> list[Made]:
    if kind == Kind.ACCOUNTS:
        rows = list(rows.select_related("owner", "provider"))
        found = [
            (row.get_kind_display(), row.owner, row.owner.place_id, row.since_on, row)
            for row in rows
        ]
    elif kind == Kind.SHOPS:
        rows = list(rows.select_related("owner", "floor"))
        found = [
            (shop_name(row), row.owner, row.owner.place_id, row.opened_on, row) for row in rows
        ]
    else:
        rows = list(rows.select_related("product__owner", "floor"))
        found = [
            (row.product.name, row.product.owner, row.product.place_id, row.first_listed_on, row)
            for row in rows
        ]
    names = places.names({place for _name, _owner, place, *_rest in found}, timezone.localdate())
    return [
        Made(name, owner, names[place].full_name, _through(row), on, row)
        for name, owner, place, on, row in found
    ]


def _through(row) -> str:
    """The floor of a storefront or listing; who keeps an account."""
    if isinstance(row, PaymentAccount):
        return row.provider.name if row.provider else ""
    return row.floor.name
