"""Figures of the hamlets: taken from records and reports, or stated by hand with their source."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.results.pilots import queries
from cncd.results.pilots.actions.beginning import RUN, held, locked
from cncd.results.pilots.actions.errors import NotYet, SourceMissing
from cncd.results.pilots.models import Pilot, PilotUnit, PilotValue
from cncd.results.pilots.queries.figures import known, stored

Origin = PilotValue.Origin
KEY = ["unit", "measure", "moment"]
REST = ["value", "origin", "first_day", "last_day", "source", "records", "behind", "by", "at"]


@transaction.atomic
def take_values(*, pilot: Pilot, moment: str, by, now=None) -> int:
    """Takes what records and sent reports state for one moment; how many figures it found.

    What was stated by hand stays; what was taken before is taken anew, and goes when records no
    longer state it. Raises NotYet before the days of the moment are over; PermissionDenied.
    """
    row, now = held(pilot, by), now or timezone.now()
    _check_over(row, moment, now)
    units = {unit.place_id: unit for unit in row.units.standing()}
    found = known(row, list(units), moment)
    rows = PilotValue.objects.filter(unit__in=units.values(), moment=moment)
    by_hand = set(rows.filter(origin=Origin.HAND).values_list("unit", "measure"))
    made = [
        PilotValue(unit=units[place], measure_id=pk, moment=moment, by=by, at=now, **stored(taken))
        for (place, pk), taken in found.items()
        if (units[place].pk, pk) not in by_hand
    ]
    kept = {(each.unit_id, each.measure_id) for each in made}
    taken = rows.exclude(origin=Origin.HAND).values_list("pk", "unit", "measure")
    gone = [pk for pk, *about in taken if tuple(about) not in kept]
    PilotValue.objects.filter(pk__in=gone).delete()
    PilotValue.objects.bulk_create(  # the same row again: what was frozen with it still opens it
        made, update_conflicts=True, unique_fields=KEY, update_fields=REST
    )
    record(
        event="pilot.values_taken",
        subject=row,
        by=by,
        place=row.place_id,
        after={"moment": moment, "figures": len(made)},
        rows=[{"unit": v.unit_id, "measure": v.measure_id, "value": v.value} for v in made],
        now=now,
    )
    return len(made)


@transaction.atomic
def state_value(
    *, unit: PilotUnit, measure, moment: str, value: int | str, source: str, by, now=None
) -> PilotValue:
    """States a figure by hand: a number, 0, or "none" (không phát sinh), with where it comes from.

    Raises SourceMissing, NotYet; PermissionDenied unless the hamlet or the pilot is in reach.
    """
    row = _writable(unit, by)
    now, text = now or timezone.now(), tidy(source)[:300]
    _check_over(row, moment, now)
    if not text:
        raise SourceMissing
    first, last = row.days.window_of(moment)
    before = PilotValue.objects.filter(unit=unit, measure=measure, moment=moment).first()
    kept = {
        "value": None if value == NONE else value,
        "origin": Origin.HAND,
        "first_day": first,
        "last_day": last,
        "source": text,
        "records": [],
        "behind": "",
        "by": by,
        "at": now,
    }
    found, _made = PilotValue.objects.update_or_create(
        unit=unit, measure=measure, moment=moment, defaults=kept
    )
    record(
        event="pilot.value_stated",
        subject=row,
        by=by,
        place=unit.place_id,
        before={"value": shown(before)} if before else {},
        after=_about(row, unit, measure, moment) | {"value": shown(found), "source": text},
        now=now,
    )
    return found


@transaction.atomic
def clear_value(*, value: PilotValue, reason: str, by, now=None) -> None:
    """Takes a figure away: nothing is stated there any more. Raises PermissionDenied."""
    row = _writable(value.unit, by)
    about = _about(row, value.unit, value.measure, value.moment)
    before = about | {"value": shown(value)}
    value.delete()
    record(
        event="pilot.value_cleared",
        subject=row,
        by=by,
        place=row.place_id,
        before=before,
        reason=tidy(reason)[:300],
        now=now,
    )


def _writable(unit: PilotUnit, by) -> Pilot:
    """The pilot under lock, for those who run it and those of the district of the hamlet."""
    pilot = unit.pilot
    if by is not None and not authority.can(by, RUN, place=pilot.place):
        authority.require(by, RUN, place=unit.place)
    return locked(pilot)


def _check_over(pilot: Pilot, moment: str, now) -> None:
    _first, last = pilot.days.window_of(moment)
    if timezone.localdate(now) <= last:
        raise NotYet(last)


def _about(pilot: Pilot, unit: PilotUnit, measure, moment: str) -> dict:
    hamlet = queries.place_name(unit.place_id, pilot.issued_on)
    return {"hamlet": hamlet, "measure": measure.code, "moment": str(moment)}


def shown(value: PilotValue):
    """As the journal tells it: a number, or "none"."""
    return NONE if value.value is None else value.value
