"""Marking: the team itself, the commune, the unit that decides; reopening what was decided."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.team.teams.queries import unit_of
from cncd.work.evaluations import rules
from cncd.work.evaluations.actions.errors import ChangedMeanwhile, MarksRefused, NotYourTurn
from cncd.work.evaluations.actions.opening import may_decide
from cncd.work.evaluations.freezing import frozen
from cncd.work.evaluations.models import Decision, Evaluation, Score, Step
from cncd.work.evaluations.rules import Mark

SCORE_SELF, SCORE = "evaluations.score_self", "evaluations.score"
FIELDS = {Step.SELF: "self", Step.COMMUNE: "commune", Step.DECIDE: "decided"}
PREVIOUS = {Step.COMMUNE: Step.SELF, Step.DECIDE: Step.COMMUNE}


def may_score(user, evaluation: Evaluation, step: str, day: dt.date | None = None) -> bool:
    """Whether the step is the person's: the team's leads, its commune, the unit that decides."""
    day = day or timezone.localdate()
    if step == Step.DECIDE:
        return may_decide(user, evaluation.round.place_id, day)
    if user is None or authority.sees_everything(user, SCORE, day):
        return True
    if step == Step.SELF:
        return evaluation.team_id in authority.team_ids(user, SCORE_SELF, day)
    commune = unit_of([evaluation.team_id], "commune", day).get(evaluation.team_id)
    return commune in authority.roots(user, SCORE, day)


def is_open(evaluation: Evaluation, step: str, today: dt.date) -> bool:
    """Whether the step may be written on that day."""
    held = evaluation.round
    previous = PREVIOUS.get(step)
    return held.withdrawn_at is None and rules.is_open(
        step,
        self_at=evaluation.self_at,
        commune_at=evaluation.commune_at,
        decided_at=evaluation.decided_at,
        previous_due=held.due_on(previous) if previous else None,
        today=today,
    )


@transaction.atomic
def score(
    *,
    evaluation: Evaluation,
    step: str,
    marks: dict[int, Mark],
    send: bool,
    by,
    version: int,
    now: dt.datetime | None = None,
) -> Evaluation:
    """Writes the marks of a step by criterion id; sent, they count and the next step begins.

    Sent at the last step, the result is decided and frozen with its evidence (IV.3). Raises
    NotYourTurn, ChangedMeanwhile, MarksRefused (missing marks; far apart without a reason; only
    when sent), PermissionDenied.
    """
    now = now or timezone.now()
    row = _held(evaluation, step, by, version, timezone.localdate(now))
    criteria = list(row.round.rules.criteria.all())
    known = marks_of(row)
    marks = {each.pk: marks.get(each.pk, Mark()) for each in criteria}
    if send and (problems := _problems(row, step, criteria, marks, known)):
        raise MarksRefused(problems)
    _keep(row, step, marks)
    row.version += 1
    if send:
        _send(row, step, [(each.weight, marks[each.pk]) for each in criteria], by, now)
    row.save()
    if send:
        _tell(row, step, by, now)
    return row


def _held(evaluation: Evaluation, step: str, by, version: int, today: dt.date) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",))
    row = rows.select_related("round__rules", "team").get(pk=evaluation.pk)
    if not may_score(by, row, step, today):
        raise PermissionDenied(step)
    if not is_open(row, step, today):
        raise NotYourTurn
    if row.version != version:
        raise ChangedMeanwhile
    return row


def marks_of(evaluation: Evaluation) -> dict[str, dict[int, Mark]]:
    """Step → criterion id → what was marked there."""
    found: dict[str, dict[int, Mark]] = {step: {} for step in FIELDS}
    for row in evaluation.scores.all():
        found[row.step][row.criterion_id] = Mark(row.mark, row.is_na, row.note)
    return found


def compared(row: Evaluation, step: str) -> str | None:
    """The sent step a step is compared with: the nearest before it."""
    for earlier in rules.EARLIER[step]:
        if getattr(row, f"{FIELDS[earlier]}_at"):
            return earlier
    return None


def _problems(row, step: str, criteria, marks, known) -> dict[int, str]:
    earlier = compared(row, step)
    far, found = row.round.rules.far, {}
    for each in criteria:
        mark = marks[each.pk]
        other = known[earlier].get(each.pk) if earlier else None
        if not mark.is_given:
            found[each.pk] = _("Give a mark from 0 to 10, or tick “does not apply”: %(name)s.")
        elif rules.are_far(mark, other, far) and not mark.note:
            found[each.pk] = _(
                "This is far from the mark given before: write the reason. %(name)s."
            )
    names = {each.pk: each.name for each in criteria}
    return {pk: text % {"name": names[pk]} for pk, text in found.items()}


def _keep(row: Evaluation, step: str, marks: dict[int, Mark]) -> None:
    row.scores.filter(step=step).delete()
    Score.objects.bulk_create(
        Score(
            evaluation=row, criterion_id=pk, step=step, mark=held.mark, is_na=held.is_na,
            note=tidy(held.note),
        )
        for pk, held in marks.items()
        if held.is_given or held.note
    )  # fmt: skip


def _send(row: Evaluation, step: str, marks, by, now: dt.datetime) -> None:
    name = FIELDS[step]
    total = rules.total_of(marks)
    if total is None:
        raise MarksRefused({0: _("At least one criterion has to apply.")})
    setattr(row, f"{name}_at", now)
    setattr(row, f"{name}_by", by)
    setattr(row, f"{name}_total", total)
    row.returned_note = ""
    if step == Step.DECIDE:
        grades = [(each.least, each) for each in row.round.rules.grades.all()]
        row.grade = rules.grade_of(total, grades)
        number = row.decisions.count() + 1
        Decision.objects.create(
            evaluation=row, number=number, content=frozen(row), total=total, grade=row.grade,
            by=by, at=now,
        )  # fmt: skip


def _tell(row: Evaluation, step: str, by, now) -> None:
    after = {"total": float(getattr(row, f"{FIELDS[step]}_total"))}
    if step == Step.DECIDE:
        after["grade"] = row.grade.name
    event = "evaluation.decided" if step == Step.DECIDE else "evaluation.scored"
    record(
        event=event, subject=row, by=by, place=row.round.place_id, team=row.team_id,
        after=after | {"step": step}, now=now,
    )  # fmt: skip


@transaction.atomic
def return_scores(
    *, evaluation: Evaluation, step: str, reason: str, by, version: int, now=None
) -> Evaluation:
    """Gives the marks of the step before back with a note: they are kept, and may be sent again.

    The commune returns the team's, the unit that decides the commune's (IV.3). Raises NotYourTurn
    when nothing was sent, ChangedMeanwhile, PermissionDenied.
    """
    now = now or timezone.now()
    row, earlier = _held(evaluation, step, by, version, timezone.localdate(now)), PREVIOUS.get(step)
    if earlier is None or getattr(row, f"{FIELDS[earlier]}_at") is None:
        raise NotYourTurn
    for field in ("at", "by", "total"):
        setattr(row, f"{FIELDS[earlier]}_{field}", None)
    row.returned_note = tidy(reason)
    row.version += 1
    row.save()
    record(
        event="evaluation.returned", subject=row, by=by, place=row.round.place_id,
        team=row.team_id, after={"step": earlier}, reason=row.returned_note, now=now,
    )  # fmt: skip
    return row


@transaction.atomic
def reopen_evaluation(*, evaluation: Evaluation, reason: str, by, now=None) -> Evaluation:
    """Opens a decided result again with a reason; what was decided stays to be read.

    Raises NotYourTurn when nothing was decided, PermissionDenied.
    """
    now = now or timezone.now()
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("round")
    row = rows.get(pk=evaluation.pk)
    if not may_decide(by, row.round.place_id):
        raise PermissionDenied("evaluations.decide")
    if not row.decided_at:
        raise NotYourTurn
    last = row.decisions.filter(reopened_at=None).get()
    last.reopened_at, last.reopened_by, last.reopened_reason = now, by, tidy(reason)
    last.save(update_fields=["reopened_at", "reopened_by", "reopened_reason"])
    before = {"total": float(row.decided_total), "grade": last.grade.name}
    row.decided_at = row.decided_by = row.decided_total = row.grade = None
    row.version += 1
    row.save()
    record(
        event="evaluation.reopened", subject=row, by=by, place=row.round.place_id,
        team=row.team_id, before=before, reason=last.reopened_reason, now=now,
    )  # fmt: skip
    return row
