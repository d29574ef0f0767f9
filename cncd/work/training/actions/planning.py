"""Plans of a year: begun, written, sent to the leader, approved with a document (IV.1)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.work.training.actions.errors import ChangedMeanwhile
from cncd.work.training.actions.locking import PLAN
from cncd.work.training.models import PlanLine, TrainingPlan

APPROVE = "training.approve"
TEXTS = ("title", "need", "venue", "trainer")
PLAIN = (*TEXTS, "audience", "asks_above", "classes", "sessions", "people", "quarter", "cost")
State = TrainingPlan.State


class PlanExists(ValidationError):
    """The unit has a plan of that year already."""

    def __init__(self, known: TrainingPlan):
        self.known = known
        text = _("This unit already has a plan of %(year)s. Open that one.") % {"year": known.year}
        super().__init__({"year": text})


class NotADraft(ValidationError):
    """Lines change in a draft only; an approved plan is opened again first."""

    def __init__(self):
        super().__init__(_("Only a draft can be changed. Take the plan back to a draft first."))


class WrongState(ValidationError):
    """Somebody moved the plan on meanwhile."""

    def __init__(self):
        super().__init__(_("Somebody has moved this plan on meanwhile. Look at it again."))


class NothingPlanned(ValidationError):
    """A plan without lines is not sent to anybody."""

    def __init__(self):
        super().__init__(_("The plan has no line yet. Add a course first."))


class NoDocument(ValidationError):
    """A plan is approved by a document."""

    def __init__(self):
        super().__init__(_("Write the number and the date of the document that approves the plan."))


@transaction.atomic
def begin_plan(*, place, year: int, by, note: str = "", now=None) -> TrainingPlan:
    """Begins an empty plan of a unit for a year (IV.1). Raises PlanExists, PermissionDenied."""
    authority.require(by, PLAN, place=place)
    plan = new_plan(place, year, by, note, now or timezone.now())
    record(event="plan.begun", subject=plan, by=by, place=place, after={"year": year}, now=now)
    return plan


def new_plan(place, year: int, by, note: str, now) -> TrainingPlan:
    """The row of a plan; raises PlanExists."""
    known = TrainingPlan.objects.select_for_update(of=("self",)).filter(place=place, year=year)
    if found := known.first():
        raise PlanExists(found)
    return TrainingPlan.objects.create(
        place=place, year=year, note=tidy(note), recorded_at=now, recorded_by=by
    )


@transaction.atomic
def add_line(*, plan: TrainingPlan, by, topics=(), now=None, **fields) -> PlanLine:
    """Adds courses to a draft. Raises NotADraft, PermissionDenied."""
    plan = draft_of(plan, by)
    line = PlanLine(plan=plan, order=plan.lines.count() + 1)
    _write(line, fields)
    line.save(force_insert=True)
    line.topics.set(topics)
    record(
        event="plan_line.added", subject=line, by=by, place=plan.place_id, after=told(line), now=now
    )
    return line


@transaction.atomic
def change_line(*, line: PlanLine, version: int, by, topics=None, now=None, **fields) -> PlanLine:
    """Changes a line of a draft; no change, no entry.

    Raises ChangedMeanwhile, NotADraft, PermissionDenied.
    """
    plan = draft_of(line.plan, by)
    line = PlanLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if line.version != version:
        raise ChangedMeanwhile
    before = told(line)
    _write(line, fields)
    if topics is not None:
        line.topics.set(topics)
    after = told(line)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return line
    line.version += 1
    line.save()
    record(
        event="plan_line.changed", subject=line, by=by, place=plan.place_id, now=now,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )  # fmt: skip
    return line


@transaction.atomic
def remove_line(*, line: PlanLine, by, now=None) -> None:
    """Takes a line out of a draft. Raises NotADraft, PermissionDenied."""
    plan = draft_of(line.plan, by)
    record(
        event="plan_line.removed", subject=line, by=by, place=plan.place_id, before=told(line),
        now=now,
    )  # fmt: skip
    line.delete()


@transaction.atomic
def submit_plan(*, plan: TrainingPlan, by, now=None) -> TrainingPlan:
    """Sends a draft to the leader. Raises NothingPlanned, WrongState, PermissionDenied."""
    plan = _at(plan, by, PLAN, State.DRAFT)
    if not plan.lines.exists():
        raise NothingPlanned
    return _moved(plan, State.SUBMITTED, "plan.submitted", by, now)


@transaction.atomic
def recall_plan(*, plan: TrainingPlan, by, now=None) -> TrainingPlan:
    """Whoever sent a plan takes it back, undecided as yet. Raises WrongState, PermissionDenied."""
    plan = _at(plan, by, PLAN, State.SUBMITTED)
    return _moved(plan, State.DRAFT, "plan.recalled", by, now)


@transaction.atomic
def return_plan(*, plan: TrainingPlan, reason: str, by, now=None) -> TrainingPlan:
    """The leader gives a plan back to be worked on. Raises WrongState, PermissionDenied."""
    plan = _at(plan, by, APPROVE, State.SUBMITTED)
    return _moved(plan, State.DRAFT, "plan.returned", by, now, reason=tidy(reason))


@transaction.atomic
def approve_plan(*, plan: TrainingPlan, document, by, now=None) -> TrainingPlan:
    """Approves a plan by a document with number and date (IV.1).

    Raises NoDocument, NothingPlanned, WrongState, PermissionDenied.
    """
    plan = _at(plan, by, APPROVE, State.DRAFT, State.SUBMITTED)
    if document is None:
        raise NoDocument
    if not plan.lines.exists():
        raise NothingPlanned
    plan.document, plan.approved_by, plan.approved_at = document, by, now or timezone.now()
    return _moved(plan, State.APPROVED, "plan.approved", by, now, number=document.number)


@transaction.atomic
def reopen_plan(*, plan: TrainingPlan, reason: str, by, now=None) -> TrainingPlan:
    """Makes an approved plan a draft again, with the reason; the document stays in the journal.

    Raises WrongState, PermissionDenied.
    """
    plan = _at(plan, by, APPROVE, State.APPROVED)
    number = plan.document.number if plan.document else ""
    plan.document = plan.approved_by = plan.approved_at = None
    return _moved(plan, State.DRAFT, "plan.reopened", by, now, reason=tidy(reason), number=number)


def draft_of(plan: TrainingPlan, by) -> TrainingPlan:
    """The plan under lock, while its lines may change."""
    plan = _at(plan, by, PLAN)
    if plan.state != State.DRAFT:
        raise NotADraft
    return plan


def told(line: PlanLine) -> dict:
    """The fields of a line as the journal tells them."""
    agency = str(line.trainer_agency) if line.trainer_agency_id else ""
    names = ", ".join(topic.short_name for topic in line.topics.all())
    return {name: getattr(line, name) for name in PLAIN} | {"agency": agency, "topics": names}


def _write(line: PlanLine, fields: dict) -> None:
    assert fields.keys() <= {*PLAIN, "trainer_agency"}, fields.keys()
    for name, value in fields.items():
        setattr(line, name, tidy(value) if name in TEXTS else value)
    if line.asks_above:  # a need only: the unit above counts the course and its cost
        line.classes, line.cost = 0, 0


def _at(plan: TrainingPlan, by, permission: str, *states: str) -> TrainingPlan:
    """The plan under lock, in one of the states."""
    authority.require(by, permission, place=plan.place)
    found = TrainingPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if states and found.state not in states:
        raise WrongState
    return found


def _moved(plan: TrainingPlan, state: str, event: str, by, now, *, reason="", **after):
    plan.state = state
    plan.version += 1
    plan.save()
    record(
        event=event, subject=plan, by=by, place=plan.place_id, reason=reason,
        after={"year": plan.year} | after, now=now,
    )  # fmt: skip
    return plan
