"""Looking again: rounds of listings drawn for officers, and what was found (IV.2)."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.places.models import Place
from cncd.work.registers import rules, sampling
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.actions.listings import report_broken, verify_listing
from cncd.work.registers.models import Listing, Round, RoundItem

LARGEST = 200
SEEDS = 2**31 - 1


@transaction.atomic
def draw_round(
    *, place, size: int, by, due_on: dt.date | None = None, seed: int | None = None, now=None
) -> Round:
    """Draws listings of a unit to look at again: never or longest unchecked first, then by chance.

    The same seed draws the same listings from the same register. Raises PermissionDenied,
    RecordRefused for a size out of range or when the unit has nothing listed.
    """
    now, _made = writing.moments(now, None)
    rights.require(by, place, "registers.verify")
    if not 1 <= size <= LARGEST:
        message = format_lazy(_("Choose between 1 and {most} listings."), most=LARGEST)
        raise RecordRefused("size", message)
    rows = candidates(place, timezone.localdate(now))
    found = [sampling.Candidate(str(pk), day) for pk, day in rows]
    if not found:
        raise RecordRefused("__all__", _("Nothing is listed in this unit, so nothing to check."))
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    made = Round.objects.create(
        place=place, size=size, seed=seed, due_on=due_on, made_at=now, made_by=by
    )
    ids = sampling.drawn(found, size, seed)
    RoundItem.objects.bulk_create(
        RoundItem(round=made, listing_id=pk, order=order) for order, pk in enumerate(ids, 1)
    )
    record(
        event="round.drawn",
        subject=made,
        by=by,
        place=place,
        after={"count": len(ids), "due_on": due_on},
        now=now,
    )
    return made


def candidates(place, day: dt.date):
    """(id, last checked) of every listing a buyer should find, of the unit as it stands today."""
    places = Place.objects.reached_from([place.pk], day)
    rows = Listing.objects.standing().of_places(places).filter(state__in=rules.LIVE)
    return rows.filter(product__withdrawn_at=None).values_list("pk", "last_verified_on")


@transaction.atomic
def check_item(*, item: RoundItem, outcome: str, by, note: str = "", now=None) -> RoundItem:
    """Writes down what an officer found at the address; the listing follows at once.

    An answer may be put right by another. Raises PermissionDenied, RecordRefused when the listing
    was taken off meanwhile, or when another product is there and the note does not say which.
    """
    now, _made = writing.moments(now, None)
    rows = RoundItem.objects.select_for_update(of=("self",))
    item = rows.select_related("listing__product", "listing__floor", "round").get(pk=item.pk)
    note = tidy(note)[:200]
    if outcome not in RoundItem.Outcome.values or not outcome:
        raise RecordRefused("outcome", _("Choose what you found at the address."))
    if outcome == RoundItem.Outcome.OTHER and not note:
        raise RecordRefused("note", _("Say in a few words what is at that address instead."))
    rights.require(by, item.listing.product.place_id, "registers.verify")
    if outcome == RoundItem.Outcome.RIGHT:
        verify_listing(listing=item.listing, by=by, note=note, now=now)
    else:
        told = note or str(RoundItem.Outcome.BROKEN.label)
        report_broken(listing=item.listing, by=by, note=told, now=now)
    before = item.outcome
    item.outcome, item.note, item.checked_at, item.checked_by = outcome, note, now, by
    item.save()
    record(
        event="round.checked",
        subject=item.round,
        by=by,
        place=item.listing.product.place_id,
        before={"outcome": before} if before else None,
        after={"listing": str(item.listing), "outcome": outcome},
        reason=note,
        now=now,
    )
    return item


@transaction.atomic
def drop_round(*, drawn: Round, by, now=None) -> None:
    """Takes a round back that nobody has begun: the undo of `draw_round`.

    Raises PermissionDenied, RecordRefused once something was checked in it.
    """
    now, _made = writing.moments(now, None)
    rights.require(by, drawn.place_id, "registers.verify")
    if drawn.items.exclude(outcome="").exists():
        raise RecordRefused("__all__", _("Something was checked in this round: it stays."))
    record(event="round.dropped", subject=drawn, by=by, place=drawn.place_id, now=now)
    drawn.delete()
