"""Putting a case under another kind of difficulty."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.work.difficulties.actions import turning
from cncd.work.difficulties.actions.answering import ANSWER
from cncd.work.difficulties.models import Case, Step


@transaction.atomic
def sort_case(*, case: Case, category, by, version=None, now=None) -> Case:
    """Gives a case another kind; its origins keep the kind they were raised with.

    Raises PermissionDenied, ChangedMeanwhile; the same kind again changes nothing.
    """
    authority.require(by, ANSWER, place=case.owner)
    now = now or timezone.now()
    case = turning.locked(case, version, open_only=False)
    if case.category_id == category.pk:
        return case
    before, case.category = str(case.category), category
    case.version += 1
    case.save(update_fields=["category", "version"])
    turning.step(case, Step.What.SORTED, by=by, now=now, before=before, after=str(category)).save()
    record(
        event="difficulty.sorted",
        subject=case,
        by=by,
        place=case.place_id,
        before={"category": before},
        after={"category": str(category)},
        now=now,
    )
    return case
