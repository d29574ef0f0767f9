"""One document each about several records: certificates of a whole course."""

from collections.abc import Iterable

from django.db import transaction

from cncd.results.paperwork.actions.drawing_up import draw_paper
from cncd.results.paperwork.models import Paper


@transaction.atomic
def draw_papers(*, kind: str, subjects: Iterable, by, now=None) -> list[Paper]:
    """Draws up a document about each record; one that stands already is given back as it is.

    All or none: raises what `draw_paper` raises for the first record at fault.
    """
    ids = [str(pk) for pk in subjects]
    known = Paper.objects.visible_to(by).standing().filter(kind=kind, subject_id__in=ids)
    standing = {row.subject_id: row for row in known.order_by("drawn_at")}
    return [standing.get(pk) or draw_paper(kind=kind, subject_id=pk, by=by, now=now) for pk in ids]
