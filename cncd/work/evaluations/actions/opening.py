"""Rounds: opened by a district or a province for its teams, given other days, withdrawn."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team
from cncd.work.evaluations.actions.errors import (
    AlreadyOpened,
    BadDates,
    NoTeams,
    SomeDecided,
)
from cncd.work.evaluations.models import Evaluation, Round, Rules

DECIDE = "evaluations.decide"


def may_decide(user, place_id: int, on: dt.date | None = None) -> bool:
    """Whether the person decides in the name of that very unit."""
    if user is None or authority.sees_everything(user, DECIDE, on):
        return True
    return place_id in authority.roots(user, DECIDE, on)


def require_decider(by, place_id: int) -> None:
    """Raises PermissionDenied unless the person decides for the unit."""
    if not may_decide(by, place_id):
        raise PermissionDenied(DECIDE)


def teams_for(place: Place, rules: Rules, kind: str, day: dt.date):
    """The teams a round evaluates: of the level, in force under the unit on its last day."""
    found = Team.objects.within([place.pk], day).on(day).filter(level=rules.level_id).distinct()
    return found.filter(is_pilot=True) if kind == Round.Kind.PILOT else found


@transaction.atomic
def open_round(
    *,
    place: Place,
    name: str,
    kind: str,
    first_day: dt.date,
    last_day: dt.date,
    rules: Rules,
    self_due_on: dt.date,
    score_due_on: dt.date,
    decide_due_on: dt.date,
    by,
    document=None,
    now: dt.datetime | None = None,
) -> Round:
    """Opens a round for every team of the unit, with the rules that hold now (IV.3).

    Raises BadDates, AlreadyOpened, NoTeams; PermissionDenied unless the person decides there.
    """
    require_decider(by, place.pk)
    now = now or timezone.now()
    _check_days(first_day, last_day, self_due_on, score_due_on, decide_due_on)
    teams = _free_teams(place, rules, kind, first_day, last_day)
    row = Round.objects.create(
        place=place, name=tidy(name), kind=kind, first_day=first_day, last_day=last_day,
        rules=rules, document=document, self_due_on=self_due_on, score_due_on=score_due_on,
        decide_due_on=decide_due_on, opened_at=now, opened_by=by,
    )  # fmt: skip
    Evaluation.objects.bulk_create(Evaluation(round=row, team=team) for team in teams)
    record(
        event="evaluation.opened",
        subject=row,
        by=by,
        place=place,
        after={"name": row.name, "teams": len(teams), "rules": rules.name},
        rows=[{"team": team.pk} for team in teams],
        now=now,
    )
    return row


def _free_teams(place: Place, rules: Rules, kind: str, first_day, last_day) -> list[Team]:
    """The teams of the round; raises AlreadyOpened, NoTeams. Two at once wait for each other."""
    Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    same = Round.objects.filter(place=place, kind=kind, withdrawn_at=None, rules__level=rules.level)
    if clash := same.filter(first_day__lte=last_day, last_day__gte=first_day).first():
        raise AlreadyOpened(clash)
    teams = list(teams_for(place, rules, kind, last_day))
    if not teams:
        raise NoTeams
    return teams


def _check_days(first_day, last_day, *dues: dt.date) -> None:
    if last_day < first_day:
        raise BadDates({"last_day": _("The last day comes before the first day.")})
    names = ("self_due_on", "score_due_on", "decide_due_on")
    for name, earlier, later in zip(names[1:], dues, dues[1:], strict=False):
        if later < earlier:
            raise BadDates({name: _("This step cannot end before the one it waits for.")})


@transaction.atomic
def change_dues(
    *,
    round: Round,
    self_due_on: dt.date,
    score_due_on: dt.date,
    decide_due_on: dt.date,
    by,
    now=None,
) -> Round:
    """Gives the steps of a round other days; no change, no entry.

    Raises BadDates, PermissionDenied.
    """
    row = _held(round, by)
    dues = (self_due_on, score_due_on, decide_due_on)
    _check_days(row.first_day, row.last_day, *dues)
    names = ("self_due_on", "score_due_on", "decide_due_on")
    before = {name: getattr(row, name).isoformat() for name in names}
    after = dict(zip(names, (day.isoformat() for day in dues), strict=True))
    changed = [name for name in names if before[name] != after[name]]
    if not changed:
        return row
    for name, day in zip(names, dues, strict=True):
        setattr(row, name, day)
    row.save(update_fields=names)
    record(
        event="evaluation.dues_changed",
        subject=row,
        by=by,
        place=row.place_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        now=now,
    )
    return row


@transaction.atomic
def withdraw_round(*, round: Round, reason: str, by, now=None) -> Round:
    """Takes a round back in which nothing was decided. Raises SomeDecided, PermissionDenied."""
    row = _held(round, by)
    if row.evaluations.exclude(decided_at=None).exists():
        raise SomeDecided
    row.withdrawn_at, row.withdrawn_reason = now or timezone.now(), tidy(reason)
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(
        event="evaluation.withdrawn", subject=row, by=by, place=row.place_id,
        reason=row.withdrawn_reason, now=now,
    )  # fmt: skip
    return row


@transaction.atomic
def restore_round(*, round: Round, by, now=None) -> Round:
    """Brings a withdrawn round back with all marks. Raises AlreadyOpened, PermissionDenied."""
    row = _held(round, by)
    if row.withdrawn_at is None:
        return row
    same = Round.objects.filter(place=row.place_id, kind=row.kind, withdrawn_at=None)
    clash = same.filter(first_day__lte=row.last_day, last_day__gte=row.first_day).first()
    if clash:
        raise AlreadyOpened(clash)
    row.withdrawn_at, row.withdrawn_reason = None, ""
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(event="evaluation.restored", subject=row, by=by, place=row.place_id, now=now)
    return row


def _held(round: Round, by) -> Round:
    row = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    require_decider(by, row.place_id)
    return row
