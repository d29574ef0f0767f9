"""Mức giao in force, and what of it has been handed down."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.documents.queries import Use
from cncd.foundation.journal.models import Entry
from cncd.foundation.places.models import PlaceVersion
from cncd.team.programme.models import Target
from cncd.team.programme.rules import undistributed
from cncd.team.teams.models import TeamIndex


def targets_of_places(places: Iterable, day: dt.date) -> dict[int, dict[int, Target]]:
    """Place id → indicator id → the target in force on the day; one query for any number."""
    return _in_force(day, "place_id", place__in=_ids(places))


def targets_of_teams(teams: Iterable, day: dt.date) -> dict[int, dict[int, Target]]:
    """Team id → indicator id → the target in force on the day; one query for any number."""
    return _in_force(day, "team_id", team__in=_ids(teams))


def _ids(rows: Iterable) -> list[int]:
    return [getattr(row, "pk", row) for row in rows]


def _in_force(day: dt.date, key: str, **units) -> dict[int, dict[int, Target]]:
    rows = Target.objects.on(day).filter(**units)
    rows = rows.select_related(
        "indicator__measure", "indicator__numerator", "indicator__denominator", "answerable"
    )
    found: dict[int, dict[int, Target]] = {}
    for target in rows:
        found.setdefault(getattr(target, key), {})[target.indicator_id] = target
    return found


class Distribution(NamedTuple):
    """How far a target has been handed down, over its whole span in the stored unit.

    `left` is None for a ratio: percentages are not shared out; there only `missing` speaks.
    """

    given: int
    handed_down: int
    left: int | None
    units: int  # units or teams directly below, today
    missing: int  # of them, without a target of the indicator


def distributions(targets: Iterable[Target], day: dt.date) -> dict[int, Distribution]:
    """Target id (of places) → how far it has been handed down; three queries for any number."""
    targets = [target for target in targets if target.place_id]
    below = _units_below({target.place_id for target in targets}, day)
    children: dict[int, list[Target]] = {}
    rows = Target.objects.filter(handed_down_from__in=[target.pk for target in targets])
    for child in rows.select_related("indicator__measure"):
        children.setdefault(child.handed_down_from_id, []).append(child)
    return {
        target.pk: _distribution(target, children.get(target.pk, []), below.get(target.place_id, 0))
        for target in targets
    }


def _distribution(target: Target, children: list[Target], units: int) -> Distribution:
    handed = sum(child.whole for child in children)
    left = None if target.indicator.is_ratio else undistributed(target.whole, [handed])
    having = {(child.place_id, child.team_id) for child in children}
    return Distribution(target.whole, handed, left, units, max(0, units - len(having)))


def _units_below(places: set[int], day: dt.date) -> dict[int, int]:
    """Place id → number of units directly below it that may get targets: not hamlets, but teams."""
    count: dict[int, int] = {}
    versions = PlaceVersion.objects.on(day).filter(parent__in=places)
    for parent in versions.exclude(place__level__code="hamlet").values_list("parent", flat=True):
        count[parent] = count.get(parent, 0) + 1
    rows = TeamIndex.objects.on(day).filter(place__in=places, level__code="commune")
    teams = rows.filter(Q(team__until_on=None) | Q(team__until_on__gt=day))
    for place in teams.values_list("place", flat=True):
        count[place] = count.get(place, 0) + 1
    return count


class Past(NamedTuple):
    """One change of a target as the journal keeps it, values in words."""

    at: dt.datetime
    actor: str
    before: str
    after: str
    last_day: dt.date | None  # it was ended
    reason: str


def history_of(target: Target) -> list[Past]:
    """What was done to a target, alone or in a batch, latest first."""
    return [past for entry in Entry.objects.about(target) for past in _pasts(entry, target)]


def _pasts(entry: Entry, target: Target) -> list[Past]:
    if entry.event == "target.ended":
        last = dt.date.fromisoformat(entry.after["last_day"])
        return [Past(entry.at, entry.actor_name, "", "", last, entry.reason)]
    return [
        Past(entry.at, entry.actor_name, row.get("before", ""), row["after"], None, entry.reason)
        for row in entry.rows
        if row.get("target") == target.pk
    ]


def uses_of_document(document, user) -> list[Use]:
    """What of the targets rests on the document, as far as the person may see it."""
    rows = Target.objects.visible_to(user).named(timezone.localdate()).filter(document=document)
    rows = rows.select_related("indicator__measure").order_by("indicator__order", "unit_key")
    return [
        Use(
            _("Target %(code)s of %(unit)s: %(value)s")
            % {"code": target.indicator.code, "unit": target.unit_name, "value": target.text},
            target.get_absolute_url(),
        )
        for target in rows
    ]
