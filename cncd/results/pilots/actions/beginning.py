"""A pilot is entered, corrected, withdrawn, brought back (IV.3)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.results.pilots.actions.errors import (
    AlreadyTried,
    ChangedMeanwhile,
    HasFigures,
    NoMeasures,
    NotBelow,
    NoUnits,
)
from cncd.results.pilots.models import Moment, Pilot, PilotUnit, PilotValue

RUN = "pilots.run"
PLAIN = ("name", "document", "synthesis_days", "months")
RULES = ("same_kind", "near", "spread", "per_unit", "with_team")  # of choosing comparison hamlets
FIXED = ("issued_on", "window_days")  # what figures stand on
TERMS = {*PLAIN, *RULES, *FIXED}


@transaction.atomic
def begin_pilot(
    *, place: Place, name: str, issued_on: dt.date, places, measures, by, now=None, **terms
) -> Pilot:
    """Enters a pilot of some hamlets from the day its plan was issued (IV.3: three months).

    `terms`: document, months, window_days, synthesis_days and how comparison hamlets are chosen.
    Raises NoUnits, NotBelow, AlreadyTried, NoMeasures; PermissionDenied out of one's reach.
    """
    authority.require(by, RUN, place=place)
    assert terms.keys() <= TERMS, terms.keys()
    now = now or timezone.now()
    Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    pilot = Pilot(
        place=place, name=tidy(name), issued_on=issued_on, recorded_at=now, recorded_by=by, **terms
    )
    hamlets, measures = list(places), list(measures)
    _check(pilot, hamlets, measures)
    pilot.save(force_insert=True)
    pilot.measures.set(measures)
    PilotUnit.objects.bulk_create(
        PilotUnit(pilot=pilot, place=hamlet, kind=PilotUnit.Kind.PILOT) for hamlet in hamlets
    )
    record(
        event="pilot.begun",
        subject=pilot,
        by=by,
        place=place,
        after=told(pilot) | {"hamlets": len(hamlets), "measures": _codes(measures)},
        rows=[{"place": hamlet.pk} for hamlet in hamlets],
        now=now,
    )
    return pilot


@transaction.atomic
def change_pilot(*, pilot: Pilot, by, version: int, now=None, places=None, measures=None, **terms):
    """Corrects what was entered; no change, no entry. What figures stand on stays with them.

    It may be made longer until figures of its end stand. Other rules undo what the old ones chose.

    Raises HasFigures, ChangedMeanwhile and what `begin_pilot` raises.
    """
    row = held(pilot, by, version)
    before = told(row) | {"measures": _codes(row.measures.all())}
    for name, value in terms.items():
        setattr(row, name, tidy(value) if name == "name" else value)
    hamlets = [unit.place for unit in row.units.standing().tried().select_related("place")]
    wanted = hamlets if places is None else list(places)
    measures = list(row.measures.all() if measures is None else measures)
    _check(row, wanted, measures)
    after = told(row) | {"measures": _codes(measures)}
    moved = {one.pk for one in wanted} != {one.pk for one in hamlets}
    if moved:
        before["hamlets"], after["hamlets"] = len(hamlets), len(wanted)
    changed = [name for name in after if before[name] != after[name]]
    if not changed and not moved:
        return row
    _refuse_under_figures(row, moved, set(changed))
    if moved:
        _move(row, wanted)
    if set(changed) & set(RULES):
        _forget_choice(row)
    row.version += 1
    row.save()
    row.measures.set(measures)
    record(
        event="pilot.changed",
        subject=row,
        by=by,
        place=row.place_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        now=now,
    )
    return row


@transaction.atomic
def withdraw_pilot(*, pilot: Pilot, reason: str, by, version: int, now=None) -> Pilot:
    """Takes a pilot back, whole: entered by mistake. Raises ChangedMeanwhile, PermissionDenied."""
    row = held(pilot, by, version)
    row.withdrawn_at, row.withdrawn_reason = now or timezone.now(), tidy(reason)[:200]
    row.version += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(
        event="pilot.withdrawn", subject=row, by=by, place=row.place_id,
        reason=row.withdrawn_reason, now=now,
    )  # fmt: skip
    return row


@transaction.atomic
def restore_pilot(*, pilot: Pilot, by, now=None) -> Pilot:
    """Brings a withdrawn pilot back with its figures. Raises AlreadyTried, PermissionDenied."""
    authority.require(by, RUN, place=pilot.place)
    row = Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)
    if row.withdrawn_at is None:
        return row
    _refuse_overlap(row, [unit.place_id for unit in row.units.standing().tried()])
    row.withdrawn_at, row.withdrawn_reason = None, ""
    row.version += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(event="pilot.restored", subject=row, by=by, place=row.place_id, now=now)
    return row


def held(pilot: Pilot, by, version: int | None = None) -> Pilot:
    """The pilot under lock, for those who run it, as the writer saw it."""
    authority.require(by, RUN, place=pilot.place)
    return locked(pilot, version)


def locked(pilot: Pilot, version: int | None = None) -> Pilot:
    """The pilot under lock. Raises ChangedMeanwhile."""
    row = Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)
    if row.withdrawn_at is not None or version not in (None, row.version):
        raise ChangedMeanwhile
    return row


def told(pilot: Pilot) -> dict:
    """The fields as the journal tells them."""
    plain = ("name", "months", "window_days", "synthesis_days")
    return {name: getattr(pilot, name) for name in (*plain, *RULES)} | {
        "issued_on": pilot.issued_on.isoformat(),
        "near": str(pilot.near),
        "document": str(pilot.document) if pilot.document_id else "",
    }


def _codes(measures) -> str:
    return ", ".join(sorted(measure.code for measure in measures))


def _check(pilot: Pilot, hamlets: list[Place], measures: list) -> None:
    if not hamlets:
        raise NoUnits
    if not measures:
        raise NoMeasures
    ids = {hamlet.pk for hamlet in hamlets}
    inside = Place.objects.reached_from([pilot.place_id], pilot.issued_on).at_level("hamlet")
    if inside.filter(pk__in=ids).order_by().values("pk").distinct().count() < len(ids):
        raise NotBelow
    _refuse_overlap(pilot, ids)


def _forget_choice(pilot: Pilot) -> None:
    """What was chosen by rules that no longer stand; what an officer took stays."""
    pilot.units.standing().compared().filter(by_hand=False).delete()
    pilot.considered, pilot.compared_at = [], None


def _refuse_under_figures(pilot: Pilot, moved: bool, changed: set[str]) -> None:
    """Figures stand on days, hamlets and rules; those of the end on the length as well.

    Once anybody could have seen how it went, no figure is added to those followed or left out.
    """
    stated = set(PilotValue.objects.filter(unit__pilot=pilot).values_list("moment", flat=True))
    if stated and (moved or changed & {*FIXED, *RULES}):
        raise HasFigures
    if Moment.END in stated and "months" in changed:
        raise HasFigures
    if stated - {Moment.BASELINE} and "measures" in changed:
        raise HasFigures


def _refuse_overlap(pilot: Pilot, ids) -> None:
    """A hamlet is tried in one pilot at a time."""
    first, last = pilot.days.first_day, pilot.days.last_day
    rows = Pilot.objects.standing().exclude(pk=pilot.pk).filter(issued_on__lte=last)
    units = PilotUnit.objects.standing().tried().filter(place__in=ids)
    for other in rows.filter(pk__in=units.values("pilot")):
        if other.days.last_day >= first:
            raise AlreadyTried(other)


def _move(pilot: Pilot, wanted: list[Place]) -> None:
    """Other hamlets; what was compared with those that go, goes with them."""
    ids = {hamlet.pk for hamlet in wanted}
    units = pilot.units.standing()
    units.filter(place__in=ids).compared().delete()
    units.tried().exclude(place__in=ids).delete()
    there = set(units.tried().values_list("place", flat=True))
    PilotUnit.objects.bulk_create(
        PilotUnit(pilot=pilot, place=hamlet, kind=PilotUnit.Kind.PILOT)
        for hamlet in wanted
        if hamlet.pk not in there
    )
