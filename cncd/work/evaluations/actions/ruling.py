"""Criteria, weights and classes: drafted, changed as a draft, put in force from a day on."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.foundation.places.models import Level
from cncd.work.evaluations import packaged
from cncd.work.evaluations.actions.errors import BadDay, InForce, NoLowestGrade, WeightsOff
from cncd.work.evaluations.models import Criterion, Grade, Rules
from cncd.work.evaluations.rules import weight_problem

RULES = "evaluations.rules"
COPIED = ("code", "name", "guide", "clause", "weight", "evidence", "order")


@transaction.atomic
def draft_rules(
    *, level: Level, name: str, since_on: dt.date, by, based_on: Rules | None = None, now=None
) -> Rules:
    """Drafts a set for teams of a level, copied from another or from the packaged one (IV.3).

    Raises PermissionDenied.
    """
    authority.require(by, RULES)
    row = Rules.objects.create(level=level, name=tidy(name), since_on=since_on)
    if based_on:
        row.far = based_on.far
        row.save(update_fields=["far"])
    criteria, grades = _copied(based_on) if based_on else _packaged()
    Criterion.objects.bulk_create(Criterion(rules=row, **values) for values in criteria)
    Grade.objects.bulk_create(Grade(rules=row, **values) for values in grades)
    _note("criteria.drafted", row, by, now, after={"name": row.name, "level": level.name})
    return row


def _copied(old: Rules) -> tuple[list, list]:
    criteria = [{name: getattr(each, name) for name in COPIED} for each in old.criteria.all()]
    return criteria, [{"name": each.name, "least": each.least} for each in old.grades.all()]


def _packaged() -> tuple[list, list]:
    criteria = [
        dict(zip(("code", "name", "guide", "clause", "weight", "evidence"), line, strict=True))
        | {"order": number * 10}
        for number, line in enumerate(packaged.CRITERIA, 1)
    ]
    return criteria, [{"name": name, "least": least} for name, least in packaged.GRADES]


@transaction.atomic
def set_criterion(
    *,
    rules: Rules,
    name: str,
    weight: int,
    by,
    criterion: Criterion | None = None,
    guide: str = "",
    clause: str = "",
    evidence=(),
    order: int = 0,
    now=None,
) -> Criterion:
    """Adds a criterion to a draft, or changes one of it. Raises InForce, PermissionDenied."""
    held = _draft(rules, by)
    row = criterion or Criterion(rules=held, code=_code(held, name))
    before = {"weight": row.weight} if criterion else {}
    row.name, row.guide, row.clause = tidy(name), tidy(guide), tidy(clause)
    row.weight, row.evidence, row.order = weight, list(evidence), order
    row.save()
    after = {"criterion": row.name, "weight": weight}
    _note("criterion.set", held, by, now, before=before, after=after)
    return row


def _code(rules: Rules, name: str) -> str:
    return f"{'-'.join(fold(name).split()[:4])[:30]}-{rules.criteria.count() + 1}"


@transaction.atomic
def drop_criterion(*, criterion: Criterion, by, now=None) -> None:
    """Takes a criterion out of a draft. Raises InForce, PermissionDenied."""
    held = _draft(criterion.rules, by)
    _note("criterion.dropped", held, by, now, after={"criterion": criterion.name})
    criterion.delete()


@transaction.atomic
def set_grades(*, rules: Rules, grades: list[tuple[str, Decimal]], far: int, by, now=None) -> Rules:
    """Says the classes of a draft, and how many marks apart ask for a reason.

    Raises NoLowestGrade, InForce, PermissionDenied.
    """
    held = _draft(rules, by)
    if not any(least == 0 for _name, least in grades):
        raise NoLowestGrade
    held.grades.all().delete()
    Grade.objects.bulk_create(
        Grade(rules=held, name=tidy(name), least=least) for name, least in grades
    )
    held.far = far
    held.save(update_fields=["far"])
    told = [f"{name}: {least}" for name, least in grades]
    _note("grades.set", held, by, now, after={"grades": told, "far": far})
    return held


@transaction.atomic
def enforce_rules(*, rules: Rules, since_on: dt.date, by, document=None, now=None) -> Rules:
    """Puts a draft in force from a day on; the set before ends there, past rounds keep theirs.

    Raises WeightsOff unless the weights add up to 100, NoLowestGrade, BadDay, InForce,
    PermissionDenied.
    """
    held = _draft(rules, by)
    off = weight_problem(held.criteria.values_list("weight", flat=True))
    if off is not None:
        raise WeightsOff(off)
    if not held.grades.filter(least=0).exists():
        raise NoLowestGrade
    _end_others(held, since_on)
    held.since_on, held.in_force, held.document = since_on, True, document or held.document
    held.save(update_fields=["since_on", "in_force", "document"])
    after = {"name": held.name, "since_on": since_on.isoformat()}
    _note("criteria.enforced", held, by, now, after=after)
    return held


def _end_others(held: Rules, since_on: dt.date) -> None:
    others = Rules.objects.select_for_update().filter(level=held.level, in_force=True)
    for row in others.filter(until_on=None):
        if row.since_on >= since_on:
            text = _("“%(name)s” holds from %(day)s on: choose a later day.")
            words = {"name": row.name, "day": f"{row.since_on:%d/%m/%Y}"}
            raise BadDay({"since_on": text % words})
        row.until_on = since_on
        row.save(update_fields=["until_on"])


@transaction.atomic
def drop_draft(*, rules: Rules, by, now=None) -> None:
    """Throws a draft away. Raises InForce, PermissionDenied."""
    held = _draft(rules, by)
    _note("criteria.dropped", held, by, now, after={"name": held.name})
    held.delete()


def _draft(rules: Rules, by) -> Rules:
    authority.require(by, RULES)
    held = Rules.objects.select_for_update(of=("self",)).get(pk=rules.pk)
    if held.in_force:
        raise InForce
    return held


def _note(event: str, row: Rules, by, now, **more) -> None:
    record(event=event, subject=row, by=by, now=now, **more)
