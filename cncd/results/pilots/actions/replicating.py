"""Plans of replication: drafted by the rules, edited, approved, sent, answered (IV.1)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import names as names_of
from cncd.results.pilots import queries
from cncd.results.pilots.actions.errors import (
    AllServed,
    ChangedMeanwhile,
    OutOfOrder,
    ReasonMissing,
    WrongState,
)
from cncd.results.pilots.freezing import frozen
from cncd.results.pilots.models import Pilot, Replication, ReplicationLine
from cncd.results.pilots.queries import replicating
from cncd.results.pilots.rules.waves import Unit, waves

PLAN, APPROVE, CONSIDER = "pilots.plan", "pilots.approve", "pilots.consider"
State = Replication.State
TERMS = (
    "name", "starts_on", "wave_days", "per_wave", "members", "sessions_each", "seats",
    "trainers_each", "trainer_load", "team_cost", "session_cost", "cost_basis", "text",
)  # fmt: skip
FARTHEST = 40  # waves


@transaction.atomic
def draft_plan(
    *, place: Place, name: str, starts_on, by, pilot: Pilot | None = None, now=None, **terms
) -> Replication:
    """Drafts the plan for every hamlet of the unit without a team (IV.1, IV.3).

    Communes stand in waves by how many conditions of readiness they meet; unit costs come from the
    pilot's own spending unless given. Raises AllServed; PermissionDenied unless in reach.
    """
    authority.require(by, PLAN, place=place)
    assert terms.keys() <= set(TERMS), terms.keys()
    now = now or timezone.now()
    day = timezone.localdate(now)
    rows = replicating.waiting(place, day)
    if not rows:
        raise AllServed
    if "team_cost" not in terms:
        costs = replicating.unit_costs(pilot, day)
        terms |= {"team_cost": costs.team, "session_cost": costs.session}
        terms["cost_basis"] = costs.basis[:500]
    plan = Replication(
        place=place, pilot=pilot, name=tidy(name), starts_on=starts_on, drafted_at=now,
        drafted_by=by, **terms,
    )  # fmt: skip
    plan.save(force_insert=True)
    found = replicating.waves_of(rows, plan.per_wave)
    ReplicationLine.objects.bulk_create(_line(plan, row, found[row.place]) for row in rows)
    record(
        event="replication.drafted",
        subject=plan,
        by=by,
        place=place,
        after={
            "name": plan.name,
            "communes": len(rows),
            "hamlets": sum(row.without for row in rows),
            "waves": max(found.values()),
        },
        now=now,
    )
    return plan


def _line(plan: Replication, row, wave: int) -> ReplicationLine:
    return ReplicationLine(
        plan=plan, place_id=row.place, hamlets=row.without, met=row.met, of=row.of, wave=wave
    )


@transaction.atomic
def change_plan(*, plan: Replication, by, version: int, now=None, **terms) -> Replication:
    """Changes terms and words of a draft; another size of wave puts the communes in waves anew.

    A commune moved by hand keeps its wave. Raises WrongState, ChangedMeanwhile, PermissionDenied.
    """
    assert terms.keys() <= set(TERMS), terms.keys()
    row = _held(plan, by, PLAN, version)
    _check(row.is_open)
    before = {name: _plain(getattr(row, name)) for name in terms}
    for name, value in terms.items():
        setattr(row, name, tidy(value) if name in ("name", "cost_basis") else value)
    after = {name: _plain(getattr(row, name)) for name in terms}
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return row
    if "per_wave" in changed:
        _arrange(row)
    _save(row)
    record(
        event="replication.changed",
        subject=row,
        by=by,
        place=row.place_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        now=now,
    )
    return row


def _arrange(plan: Replication) -> None:
    """Puts the communes that nobody moved by hand in waves anew."""
    lines = [line for line in plan.lines.all() if not line.by_hand]
    day = timezone.localdate()
    names = names_of([line.place_id for line in lines], day)
    units = [
        Unit(line.place_id, line.hamlets, line.met, names[line.place_id].sort_key) for line in lines
    ]
    found = waves(units, plan.per_wave)
    for line in lines:
        line.wave = found[line.place_id]
    ReplicationLine.objects.bulk_update(lines, ["wave"])


@transaction.atomic
def move_commune(
    *, line: ReplicationLine, wave: int, reason: str, by, version: int | None = None, now=None
):
    """Puts a commune in another wave, with the reason; `version` is the one of the plan that the
    writer saw. Raises ReasonMissing, OutOfOrder, WrongState, ChangedMeanwhile, PermissionDenied.
    """
    plan = _held(line.plan, by, PLAN, version)
    _check(plan.is_open)
    why = tidy(reason)[:300]
    if not why:
        raise ReasonMissing
    if not 1 <= wave <= FARTHEST:
        raise OutOfOrder({"wave": _("A wave is a number from 1 to %(n)s.") % {"n": FARTHEST}})
    line = ReplicationLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    before = line.wave
    line.wave, line.by_hand, line.reason = wave, True, why
    line.save(update_fields=["wave", "by_hand", "reason"])
    _save(plan)
    commune = queries.place_name(line.place_id, timezone.localdate(now))
    record(
        event="replication.commune_moved",
        subject=plan,
        by=by,
        place=plan.place_id,
        before={"wave": before},
        after={"wave": wave, "commune": commune},
        reason=why,
        now=now,
    )
    return line


@transaction.atomic
def recount_plan(*, plan: Replication, by, version: int, now=None) -> Replication:
    """Works a draft out anew from the hamlets without a team today; waves set by hand stay.

    Raises AllServed, WrongState, ChangedMeanwhile, PermissionDenied.
    """
    row = _held(plan, by, PLAN, version)
    _check(row.is_open)
    rows = replicating.waiting(row.place, timezone.localdate(now))
    if not rows:
        raise AllServed
    row.lines.exclude(place__in=[each.place for each in rows]).delete()
    kept = {line.place_id: line for line in row.lines.all()}
    for each in rows:
        line = kept.get(each.place) or _line(row, each, 1)
        line.hamlets, line.met, line.of = each.without, each.met, each.of
        line.save()
    _arrange(row)
    _save(row)
    record(
        event="replication.recounted",
        subject=row,
        by=by,
        place=row.place_id,
        after={"communes": len(rows), "hamlets": sum(each.without for each in rows)},
        now=now,
    )
    return row


@transaction.atomic
def approve_plan(*, plan: Replication, by, version: int, now=None) -> Replication:
    """The department approves the plan: it stays as it is from now (IV.1).

    Raises WrongState, ChangedMeanwhile, PermissionDenied.
    """
    row, now = _held(plan, by, APPROVE, version), now or timezone.now()
    _check(row.is_open)
    row.state, row.approved_at, row.approved_by = State.APPROVED, now, by
    row.version += 1
    row.content = frozen(replicating.reckoned(row, timezone.localdate(now)))
    row.save()
    return _moved(row, "replication.approved", by, now)


@transaction.atomic
def send_plan(*, plan: Replication, by, version: int, now=None) -> Replication:
    """Sends the approved plan to UBND tỉnh, who consider teams in 100% of hamlets (IV.1).

    Raises WrongState, ChangedMeanwhile, PermissionDenied.
    """
    row, now = _held(plan, by, APPROVE, version), now or timezone.now()
    _check(row.state == State.APPROVED)
    row.state, row.sent_at = State.SENT, now
    _save(row)
    return _moved(row, "replication.sent", by, now)


@transaction.atomic
def answer_plan(*, plan: Replication, agreed: bool, answer: str, by, now=None) -> Replication:
    """UBND tỉnh agrees, or sends the plan back with what is to be done differently (IV.1).

    Raises ReasonMissing when sent back without a word, WrongState, PermissionDenied.
    """
    row, now = _held(plan, by, CONSIDER), now or timezone.now()
    _check(row.state == State.SENT)
    text = tidy(answer)[:1000]
    if not agreed and not text:
        raise ReasonMissing
    row.state = State.AGREED if agreed else State.RETURNED
    row.answer, row.considered_at, row.considered_by = text, now, by
    _save(row)
    return _moved(row, "replication.agreed" if agreed else "replication.returned", by, now, text)


@transaction.atomic
def reopen_plan(*, plan: Replication, reason: str, by, now=None) -> Replication:
    """Makes an approved plan, not yet sent, a draft again. Raises WrongState, PermissionDenied."""
    row, now = _held(plan, by, APPROVE), now or timezone.now()
    _check(row.state == State.APPROVED)
    row.state, row.approved_at, row.approved_by, row.content = State.DRAFT, None, None, None
    _save(row)
    return _moved(row, "replication.reopened", by, now, tidy(reason)[:300])


@transaction.atomic
def withdraw_plan(*, plan: Replication, reason: str, by, version: int, now=None) -> Replication:
    """Throws a draft away. Raises WrongState, ChangedMeanwhile, PermissionDenied."""
    row, now = _held(plan, by, PLAN, version), now or timezone.now()
    _check(row.is_open)
    row.withdrawn_at = now
    _save(row)
    return _moved(row, "replication.withdrawn", by, now, tidy(reason)[:300])


@transaction.atomic
def restore_plan(*, plan: Replication, by, now=None) -> Replication:
    """Brings a draft back that was thrown away. Raises PermissionDenied."""
    authority.require(by, PLAN, place=plan.place)
    row = Replication.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if row.withdrawn_at is None:
        return row
    row.withdrawn_at = None
    _save(row)
    return _moved(row, "replication.restored", by, now)


def _held(plan: Replication, by, permission: str, version: int | None = None) -> Replication:
    """The plan under lock, as the writer saw it."""
    authority.require(by, permission, place=plan.place)
    row = Replication.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if row.withdrawn_at is not None or version not in (None, row.version):
        raise ChangedMeanwhile
    return row


def _check(holds: bool) -> None:
    if not holds:
        raise WrongState


def _save(plan: Replication) -> None:
    plan.version += 1
    plan.save()


def _moved(plan: Replication, event: str, by, now, reason: str = "") -> Replication:
    record(event=event, subject=plan, by=by, place=plan.place_id, reason=reason, now=now)
    return plan


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
