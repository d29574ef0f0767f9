"""Planning inspections, changing and withdrawing them, opening them on the day."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.models import Team
from cncd.team.teams.queries import unit_of
from cncd.work.inspections.actions.checks import grown, held, moment, require_inspector
from cncd.work.inspections.actions.errors import NobodyChosen, NotBelow, NothingToLookAt
from cncd.work.inspections.models import Finding, Inspection, Item

State = Inspection.State


@transaction.atomic
def plan_inspections(
    *,
    inspecting: Place,
    subjects: list,
    planned_on: dt.date,
    leader,
    by,
    party: str = "",
    document=None,
    now: dt.datetime | None = None,
) -> list[Inspection]:
    """Plans one inspection of each team or commune by a unit above it, on a day (IV.1).

    Raises NobodyChosen, NotBelow; PermissionDenied unless the person inspects for that unit.
    """
    require_inspector(by, inspecting.pk)
    if not subjects:
        raise NobodyChosen
    now = moment(now)
    rows = [
        Inspection(
            inspecting=inspecting,
            team=subject if isinstance(subject, Team) else None,
            place_id=commune,
            planned_on=planned_on,
            leader=leader,
            party=tidy(party),
            document=document,
            recorded_at=now,
            recorded_by=by,
        )
        for subject, commune in _communes(subjects, inspecting, planned_on)
    ]
    Inspection.objects.bulk_create(rows)
    _record_planned(rows, by, now)
    return rows


def _record_planned(rows: list[Inspection], by, now: dt.datetime) -> None:
    first = rows[0]
    record(
        event="inspection.planned",
        subject=first,
        by=by,
        place=first.inspecting,
        after={
            "planned_on": first.planned_on.isoformat(),
            "count": len(rows),
            "leader": str(first.leader),
        },
        rows=[
            {"inspection": str(row.pk), "place": row.place_id, "team": row.team_id} for row in rows
        ],
        now=now,
    )


def _communes(subjects: list, inspecting: Place, day: dt.date) -> list[tuple]:
    """(subject, id of its commune); raises NotBelow for one that is not under the unit."""
    teams = [subject.pk for subject in subjects if isinstance(subject, Team)]
    communes = unit_of(teams, "commune", max(day, timezone.localdate())) if teams else {}
    pairs = [
        (subject, communes.get(subject.pk) if isinstance(subject, Team) else subject.pk)
        for subject in subjects
    ]
    below = PlaceIndex.objects.on(day).filter(ancestor=inspecting)
    below = set(below.filter(place__in=[pk for _s, pk in pairs]).values_list("place", flat=True))
    for subject, commune in pairs:
        is_itself = commune == inspecting.pk and not isinstance(subject, Team)
        if commune not in below or is_itself:
            raise NotBelow(subject)
    return pairs


@transaction.atomic
def change_inspection(
    *, inspection: Inspection, planned_on: dt.date, leader, by, version: int, party="", now=None
) -> Inspection:
    """Moves an inspection that was not opened, or changes who carries it out; no change, no entry.

    Raises WrongState, ChangedMeanwhile, PermissionDenied.
    """
    found = held(inspection, by, version, State.PLANNED)
    before = _told(found)
    found.planned_on, found.leader, found.party = planned_on, leader, tidy(party)
    after = _told(found)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return found
    grown(found, "planned_on", "leader", "party")
    record(
        event="inspection.changed",
        subject=found,
        by=by,
        place=found.place_id,
        team=found.team_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        now=now,
    )
    return found


def _told(row: Inspection) -> dict:
    return {
        "planned_on": row.planned_on.isoformat(),
        "leader": str(row.leader),
        "party": row.party,
    }


@transaction.atomic
def withdraw_inspection(*, inspection: Inspection, reason: str, by, version: int, now=None):
    """Takes an inspection back that was not concluded: it is no longer asked, nor counted.

    Raises WrongState, ChangedMeanwhile, PermissionDenied.
    """
    found = held(inspection, by, version, State.PLANNED, State.OPEN)
    found.withdrawn_at, found.withdrawn_reason = moment(now), tidy(reason)
    grown(found, "withdrawn_at", "withdrawn_reason")
    _note("inspection.withdrawn", found, by, now, reason=found.withdrawn_reason)
    return found


@transaction.atomic
def restore_inspection(*, inspection: Inspection, by, now=None) -> Inspection:
    """Brings a withdrawn inspection back as it was; nothing happens to one that stands.

    Raises PermissionDenied.
    """
    found = held(inspection, by)
    if found.withdrawn_at is None:
        return found
    found.withdrawn_at, found.withdrawn_reason = None, ""
    grown(found, "withdrawn_at", "withdrawn_reason")
    _note("inspection.restored", found, by, now)
    return found


@transaction.atomic
def open_inspection(*, inspection: Inspection, by, now=None) -> Inspection:
    """Begins: the checklist of the day is laid out. Opened twice, it begins once.

    Raises WrongState, NothingToLookAt, PermissionDenied.
    """
    found = held(inspection, by, None, State.PLANNED, State.OPEN)
    if found.opened_at:
        return found
    found.opened_at = moment(now)
    items = Item.objects.on(timezone.localdate(found.opened_at)).filter(subject=found.subject)
    rows = [
        Finding(inspection=found, item=item, text=item.text, clause=item.clause, order=item.order)
        for item in items
    ]
    if not rows:
        raise NothingToLookAt
    Finding.objects.bulk_create(rows)
    grown(found, "opened_at")
    _note("inspection.opened", found, by, now, after={"items": len(rows)})
    return found


def _note(event: str, row: Inspection, by, now, **more) -> None:
    record(event=event, subject=row, by=by, place=row.place_id, team=row.team_id, now=now, **more)
