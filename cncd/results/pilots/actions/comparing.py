"""Hamlets to compare with: chosen by the stated rules, or replaced by an officer with a reason."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.places.models import Place
from cncd.results.pilots import queries
from cncd.results.pilots.actions.beginning import held
from cncd.results.pilots.actions.errors import HasFigures, NotChosenHere, ReasonMissing
from cncd.results.pilots.models import Pilot, PilotUnit, PilotValue
from cncd.results.pilots.rules.choosing import TAKEN
from cncd.results.pilots.wording import rules_of

COMPARISON = PilotUnit.Kind.COMPARISON


@transaction.atomic
def choose_comparisons(*, pilot: Pilot, by, now=None) -> Pilot:
    """Chooses comparison hamlets by the pilot's rules; what an officer chose by hand stays.

    Every hamlet that was looked at is kept with why it was taken or left out. Raises HasFigures
    when a hamlet of an earlier choice has figures already, or anybody could have seen how the
    pilot went; PermissionDenied.
    """
    row, now = held(pilot, by), now or timezone.now()
    before = row.units.standing().compared().filter(by_hand=False)
    if row.has_outcome or PilotValue.objects.filter(unit__in=before).exists():
        raise HasFigures
    before.delete()
    row.considered = [each.as_content() for each in queries.considered(row)]
    row.compared_at, row.version = now, row.version + 1
    row.save(update_fields=["considered", "compared_at", "version"])
    beside = {unit.place_id: unit for unit in row.units.standing().tried()}
    there = set(row.units.standing().values_list("place", flat=True))
    taken = [each for each in row.considered if each["outcome"] == TAKEN]
    made = PilotUnit.objects.bulk_create(
        PilotUnit(pilot=row, place_id=each["place"], kind=COMPARISON, beside=beside[each["beside"]])
        for each in taken
        if each["place"] not in there
    )
    record(
        event="pilot.compared",
        subject=row,
        by=by,
        place=row.place_id,
        after={"hamlets": len(made), "considered": len(row.considered), "rules": rules_of(row)},
        rows=[{"place": unit.place_id, "beside": unit.beside_id} for unit in made],
        now=now,
    )
    return row


@transaction.atomic
def add_comparison(*, pilot: Pilot, place: Place, beside: PilotUnit, reason: str, by, now=None):
    """Takes a hamlet to compare with although the rules did not choose it, with a reason.

    Raises NotChosenHere, ReasonMissing, PermissionDenied.
    """
    row = held(pilot, by)
    unit = _taken(row, place, beside, reason)
    record(
        event="pilot.comparison_added",
        subject=row,
        by=by,
        place=row.place_id,
        after={"hamlet": _name(row, place)},
        reason=unit.reason,
        now=now,
    )
    return unit


@transaction.atomic
def replace_unit(*, unit: PilotUnit, reason: str, by, place: Place | None = None, now=None):
    """Puts another hamlet in place of a comparison hamlet, or leaves it out; it says why.

    The figures of the hamlet that goes are kept and no longer counted. Raises NotChosenHere,
    ReasonMissing, PermissionDenied.
    """
    row = held(unit.pilot, by)
    unit = PilotUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.kind != COMPARISON or unit.replaced_at is not None:
        raise NotChosenHere
    why = tidy(reason)[:300]
    if not why:
        raise ReasonMissing
    unit.replaced_at, unit.replaced_reason = now or timezone.now(), why
    unit.save(update_fields=["replaced_at", "replaced_reason"])
    made = _taken(row, place, unit.beside, why) if place else None
    record(
        event="pilot.unit_replaced" if made else "pilot.unit_left_out",
        subject=row,
        by=by,
        place=row.place_id,
        before={"hamlet": _name(row, unit.place)},
        after={"hamlet": _name(row, place)} if made else {},
        reason=why,
        now=now,
    )
    return made


def _taken(pilot: Pilot, place: Place, beside: PilotUnit, reason: str) -> PilotUnit:
    why = tidy(reason)[:300]
    if not why:
        raise ReasonMissing
    is_free = not pilot.units.standing().filter(place=place).exists()
    if not is_free or beside.pilot_id != pilot.pk or beside.kind != PilotUnit.Kind.PILOT:
        raise NotChosenHere
    return PilotUnit.objects.create(
        pilot=pilot, place=place, kind=COMPARISON, beside=beside, by_hand=True, reason=why
    )


def _name(pilot: Pilot, place: Place) -> str:
    return queries.place_name(place.pk, pilot.issued_on)
