"""The open difficulties that stand at a unit: for its report, and for its desk."""

from cncd.foundation.places.models import Place
from cncd.work.difficulties.models import Case

MOST = 50


def standing_at(place: Place, *, most: int = MOST) -> list[Case]:
    """Open cases this unit itself has to answer, soonest due first; one query."""
    return list(Case.objects.open().filter(owner=place).listed().order_by("due_at", "pk")[:most])
