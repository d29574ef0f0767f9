"""Dead spots: who committed to connect a place, and how long each waits."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from cncd.foundation.people.models import Agency
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import PlaceIndex
from cncd.work.partners.models import Gap, Pledge
from cncd.work.partners.wording import GAP_TONES, LATE_STATES


def committed_at(place_id: int, day: dt.date) -> Pledge | None:
    """The promise to connect the place or a unit above it: the nearest, then the soonest due."""
    above = PlaceIndex.objects.on(day).filter(place=place_id)
    ranks = dict(above.values_list("ancestor", "ancestor__level__rank"))
    rows = Pledge.objects.standing().on(day).filter(kind=Pledge.Kind.CONNECTIVITY)
    rows = rows.filter(place__in=ranks).select_related("agency")
    return min(rows, key=lambda row: (-ranks[row.place_id], row.until_on, row.pk), default=None)


@dataclass(frozen=True)
class Waiting:
    """A dead spot as a list shows it."""

    gap: Gap
    hamlet: str
    unit: str
    agency: str
    day: dt.date

    @property
    def days(self) -> int:
        """Days it has waited since it was found."""
        return self.gap.waited(self.day)

    @property
    def is_late(self) -> bool:
        """Whether the answer, or what was promised, is past its day."""
        gap = self.gap
        if gap.state == Gap.State.ASKED:
            return gap.due_on < self.day
        return gap.state == Gap.State.PROMISED and bool(gap.done_by and gap.done_by < self.day)

    @property
    def state(self) -> str:
        return self.gap.state

    @property
    def words(self) -> str:
        return LATE_STATES[self.state] if self.is_late else self.gap.get_state_display()

    @property
    def tone(self) -> str:
        return "late" if self.is_late else GAP_TONES[self.state]


def waiting(gaps, day: dt.date | None = None) -> list[Waiting]:
    """Each dead spot with the names of today, in the order given; three queries."""
    gaps, day = list(gaps), day or timezone.localdate()
    names = places.names({gap.place_id for gap in gaps}, day)
    above = places.names({each.parent_id for each in names.values() if each.parent_id}, day)
    agencies = Agency.objects.named(day).filter(pk__in={gap.agency_id for gap in gaps} - {None})
    called = dict(agencies.values_list("pk", "name"))
    return [
        Waiting(
            gap,
            names[gap.place_id].full_name,
            above[parent].full_name if (parent := names[gap.place_id].parent_id) else "",
            called.get(gap.agency_id, ""),
            day,
        )
        for gap in gaps
    ]
