"""Which lines of the money books were spent on the pilot (III), as an officer says."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.results.pilots.actions.beginning import held
from cncd.results.pilots.models import Pilot, PilotCost
from cncd.results.pilots.queries.costs import around


@transaction.atomic
def mark_costs(*, pilot: Pilot, spendings: Iterable, belongs: bool, by, now=None) -> int:
    """Says that lines of spending are the pilot's, or are not; how many changed; none, no entry.

    `spendings` are ids of lines that may be the pilot's; others are passed over. A line that
    cites the pilot's own document belongs to it anyway. Raises ChangedMeanwhile, PermissionDenied.
    """
    row, now = held(pilot, by), now or timezone.now()
    marked = PilotCost.objects.filter(pilot=row)
    chosen = around(row).filter(pk__in=list(spendings))
    if by is not None:
        chosen = chosen & chosen.model.objects.visible_to(by)
    is_marked = {"pk__in": marked.values("spending")}
    chosen = chosen.exclude(**is_marked) if belongs else chosen.filter(**is_marked)
    lines = list(chosen.order_by("spent_on", "pk"))
    if not lines:
        return 0
    if belongs:
        PilotCost.objects.bulk_create(
            PilotCost(pilot=row, spending=line, marked_at=now, marked_by=by) for line in lines
        )
    else:
        marked.filter(spending__in=lines).delete()
    record(
        event="pilot.costs_marked" if belongs else "pilot.costs_unmarked",
        subject=row,
        by=by,
        place=row.place_id,
        after={"lines": len(lines), "amount": sum(line.amount for line in lines)},
        rows=[{"spending": str(line.pk), "place": line.place_id} for line in lines],
        now=now,
    )
    return len(lines)
