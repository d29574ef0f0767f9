"""Keeping status, progress and the day of completion true to the evidence.

Derived data: these leave no journal entry of their own.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from cncd.foundation.kit.bulk import rewrite
from cncd.work.directives.models import Obligation, Pending
from cncd.work.directives.queries.proofs import proofs
from cncd.work.directives.rules.deriving import Standing, standing_of

DERIVED = ("status", "progress", "needed", "done_on")


@transaction.atomic
def derive(*, obligations: Iterable[int], now=None) -> int:
    """Makes the derived columns of these obligations (ids) over, then those of what stands above.

    Returns how many rows changed. Rows are locked before their evidence is read, teams before
    units, each kind by id, so that two who derive wait for each other and the last sees all.
    """
    changed, ids, due = 0, set(obligations), set()
    today = timezone.localdate(now)
    while ids:
        rows = _held(ids)
        done = _derived(rows, today)
        changed += len(done)
        due |= {(row.due_on, row.team_id) for row in done if row.team_id}
        ids = {row.above_id for row in rows if row.above_id} if done else set()
    if due:
        import_string(settings.OBLIGATIONS_DERIVED)(due, now or timezone.now())
    return changed


def _held(ids: set[int]) -> list[Obligation]:
    rows = Obligation.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("ask", "directive"))


def _derived(rows: list[Obligation], today) -> list[Obligation]:
    """Writes those that differ, and returns them."""
    found = proofs(rows, today)
    changed = []
    for row in rows:
        standing = standing_of(
            found[row.pk],
            given_on=row.given_on,
            acknowledged=row.acknowledged_at is not None,
            exempt=row.exempted_at is not None,
            passed=row.passed_on is not None,
        )
        if standing != Standing(row.status, row.progress, row.needed, row.done_on):
            for name in DERIVED:
                setattr(row, name, getattr(standing, name))
            changed.append(row)
    rewrite(changed, DERIVED)
    return changed


@transaction.atomic
def rebuild(*, directives=None, now=None) -> int:
    """Makes all derived columns over (of these directives); returns how many rows were wrong.

    Gives exactly what the small steps gave; running it again changes nothing.
    """
    rows = Obligation.objects.order_by()
    rows = rows if directives is None else rows.filter(directive__in=directives)
    teams = rows.exclude(team=None).values_list("pk", flat=True)
    units = rows.exclude(place=None).values_list("pk", flat=True)
    return derive(obligations=list(teams), now=now) + derive(obligations=list(units), now=now)


def note(obligations: Iterable[int]) -> None:
    """As `derive`, when more comes with it: noted in this transaction, done by `derive_noted`."""
    Pending.objects.bulk_create([Pending(obligation_id=pk) for pk in obligations])


@transaction.atomic
def derive_noted(*, now=None) -> int:
    """Derives all that was noted; returns how many obligations that were.

    What another process is deriving just now is left to it.
    """
    notes = Pending.objects.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    held = dict(notes.values_list("pk", "obligation"))
    if held:
        derive(obligations=set(held.values()), now=now)
        Pending.objects.filter(pk__in=held).delete()
    return len(set(held.values()))
