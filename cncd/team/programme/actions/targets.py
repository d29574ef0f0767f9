"""Mức giao: assigned to units and teams by the level above, handed down, ended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.team.programme.answering import heads_on
from cncd.team.programme.models import Indicator, Measure, Target
from cncd.team.programme.standing import givers_of

from .errors import Refused


@dataclass(frozen=True)
class TargetLine:
    """A value for one place or team and one indicator, in the stored unit; % for a ratio."""

    indicator: Indicator
    value: int
    place: object = None
    team: object = None

    @property
    def unit(self):
        """The place or the team."""
        return self.team or self.place

    @property
    def key(self) -> tuple:
        """(indicator id, place id, team id)."""
        return (
            self.indicator.pk,
            self.place.pk if self.place else None,
            self.team.pk if self.team else None,
        )


class TargetOverlap(Refused):
    """The unit has a target of the indicator for other days that meet these."""

    def __init__(self, line: TargetLine, standing: Target):
        self.line = line
        super().__init__(
            _("%(unit)s has a target of %(code)s from %(since)s to %(last)s already. End it first.")
            % {
                "unit": line.unit,
                "code": line.indicator.code,
                "since": f"{standing.since_on:%d/%m/%Y}",
                "last": f"{standing.last_day:%d/%m/%Y}" if standing.last_day else "…",
            }
        )


@transaction.atomic
def assign_targets(
    *,
    lines: Sequence[TargetLine],
    since_on: dt.date,
    until_on: dt.date,
    per_month: bool = False,
    document=None,
    by,
    now=None,
) -> list[Target]:
    """Gives the units their targets for [since_on, until_on), all or none (IV.3).

    A unit's target for the same days is replaced; other days that meet them raise TargetOverlap.
    Who answers is the head of the unit's commune (or district, province) then, and is kept.
    `per_month` holds for flows only. Only the level above may give a target: PermissionDenied.
    """
    today = timezone.localdate(now)
    _check_days(since_on, until_on)
    ids = _lock_indicators(lines)
    givers = givers_of([line.unit for line in lines], today)
    _may_give(by, set(givers.values()))
    heads = heads_on([line.unit for line in lines], max(since_on, today))
    standing = _standing(lines, since_on, until_on)
    above = _given_to(set(givers.values()), ids, since_on, until_on)
    targets, rows = [], []
    for line in lines:
        target = _replaced(line, standing.get(line.key, ()), since_on, until_on)
        before = target.text if target.pk else ""
        target.given_by_id = giver = givers[line.unit]
        parent = above.get((line.indicator.pk, giver))
        target.handed_down_from = parent if giver != _place_id(line) else None
        target.answerable = heads.get(line.unit)
        target.value, target.per_month = _checked(line), per_month and _is_flow(line.indicator)
        target.document = document or target.document
        target.save()
        _adopt(target)
        targets.append(target)
        rows.append(_row(line, target, before))
    _record_assigned(targets, rows, document, by, now)
    return targets


def _check_days(since_on: dt.date, until_on: dt.date) -> None:
    if until_on <= since_on:
        raise Refused(_("The last day lies before the first day."), field="last_day")


def _lock_indicators(lines: Sequence[TargetLine]) -> list[int]:
    """Ids of the indicators; whoever assigns one of them at the same moment waits here."""
    ids = sorted({line.indicator.pk for line in lines})
    list(Indicator.objects.select_for_update().filter(pk__in=ids))
    return ids


def _may_give(by, givers: set[int]) -> None:
    if by is None or authority.sees_everything(by, "targets.assign"):
        return
    reach = authority.reach(by, permission="targets.assign").filter(pk__in=givers)
    if set(reach.values_list("pk", flat=True)) != givers:
        raise PermissionDenied("targets.assign")


def _standing(lines, since_on, until_on) -> dict[tuple, list[Target]]:
    """The targets these lines may replace or meet, by unit and indicator."""
    places = {line.place.pk for line in lines if line.place}
    teams = {line.team.pk for line in lines if line.team}
    rows = Target.objects.overlapping(since_on, until_on).filter(
        Q(place__in=places) | Q(team__in=teams),
        indicator__in={line.indicator.pk for line in lines},
    )
    found: dict[tuple, list[Target]] = {}
    for target in rows.select_related("document"):
        key = (target.indicator_id, target.place_id, target.team_id)
        found.setdefault(key, []).append(target)
    return found


def _given_to(places: set[int], indicators, since_on, until_on) -> dict[tuple[int, int], Target]:
    """(indicator, place) → the target of the unit that hands down, if it has one for these days."""
    rows = Target.objects.overlapping(since_on, until_on)
    rows = rows.filter(indicator__in=indicators, place__in=places)
    return {(row.indicator_id, row.place_id): row for row in rows}


def _replaced(line: TargetLine, standing: Sequence[Target], since_on, until_on) -> Target:
    for target in standing:
        if (target.since_on, target.until_on) == (since_on, until_on):
            return target
        raise TargetOverlap(line, target)
    return Target(
        indicator=line.indicator,
        place=line.place,
        team=line.team,
        since_on=since_on,
        until_on=until_on,
    )


def _checked(line: TargetLine) -> int:
    if line.indicator.is_ratio and line.value > 100:
        raise Refused(_("%(code)s is a percentage: at most 100.") % {"code": line.indicator.code})
    return line.value


def _is_flow(indicator: Indicator) -> bool:
    return not indicator.is_ratio and indicator.measure.kind == Measure.Kind.FLOW


def _place_id(line: TargetLine) -> int | None:
    return line.place.pk if line.place else None


def _adopt(target: Target) -> None:
    """Targets given below before this one came belong to it from now on."""
    if target.place_id and target.until_on:
        below = Target.objects.overlapping(target.since_on, target.until_on)
        below.filter(
            indicator=target.indicator_id, given_by=target.place_id, handed_down_from=None
        ).exclude(pk=target.pk).update(handed_down_from=target)


def _row(line: TargetLine, target: Target, before: str) -> dict:
    """What the journal keeps of one line; the key "target" lets the target's history find it."""
    row = {
        "target": target.pk,
        "name": f"{line.unit} · {line.indicator.code}",
        "after": target.text,
    }
    return row | ({"before": before} if before else {})


def _record_assigned(targets: list[Target], rows: list[dict], document, by, now) -> None:
    if not targets:
        return
    first, one = targets[0], len(targets) == 1
    after = {"since_on": first.since_on.isoformat(), "last_day": first.last_day.isoformat()}
    after |= {"value": first.text} if one else {"targets": len(targets)}
    after |= {"document": str(document)} if document else {}
    record(
        event="target.assigned" if one else "targets.assigned",
        subject=first,
        by=by,
        place=first.given_by_id,
        team=first.team_id if one else None,
        before={"value": rows[0]["before"]} if one and "before" in rows[0] else {},
        after=after,
        rows=rows,
        now=now,
    )


@transaction.atomic
def end_target(*, target: Target, until_on: dt.date, reason: str, by, now=None) -> Target:
    """Ends a target before its time; `until_on` is the first day it no longer holds."""
    target = Target.objects.select_for_update().get(pk=target.pk)
    _may_give(by, {target.given_by_id})
    if not reason.strip():
        raise Refused(_("Say why the target ends."), field="reason")
    if until_on <= target.since_on:
        raise Refused(_("The last day lies before the first day."), field="last_day")
    if target.until_on and until_on >= target.until_on:
        raise Refused(_("The target ends before that day anyway."), field="last_day")
    before = target.last_day
    target.until_on = until_on
    target.save(update_fields=["until_on"])
    record(
        event="target.ended",
        subject=target,
        by=by,
        place=target.given_by_id,
        before={"last_day": before and before.isoformat()},
        after={"last_day": target.last_day.isoformat()},
        reason=reason.strip(),
        now=now,
    )
    return target
