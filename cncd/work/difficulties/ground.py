"""Where a difficulty goes: who owns it first, who stands above, what ended places passed into."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F

from cncd.foundation.places.models import Place, PlaceIndex, PlaceVersion
from cncd.foundation.places.queries import setting
from cncd.work.difficulties.options import LEADERS, OF_LEVEL, USUAL
from cncd.work.difficulties.rules import due_moment

LOWEST = "hamlet"  # where people live: nobody sits there to answer


class Ground:
    """The tree of one day, asked once for many cases: about three queries per level."""

    def __init__(self, day: dt.date):
        self.day = day
        self.places: dict[int, Place] = {}
        self._above: dict[int, int | None] = {}
        self._today: dict[int, int | None] = {}
        self._days: dict[tuple[int, bool], int] = {}

    def learn(self, ids: Iterable[int]) -> None:
        """Reads the places, and what is above each, in two queries or four when some have ended."""
        wanted = {pk for pk in ids if pk not in self.places}
        if not wanted:
            return
        self.places |= Place.objects.select_related("level").in_bulk(wanted)
        rows = PlaceVersion.objects.on(self.day).filter(place__in=wanted)
        alive = dict(rows.values_list("place", "parent"))
        self._above |= alive
        self._today |= {pk: pk for pk in alive}
        if ended := wanted - alive.keys():
            self._follow(ended)

    def _follow(self, ended: set[int]) -> None:
        """Of ended places: what they passed into, on their own level, else the one above."""
        rows = PlaceIndex.objects.on(self.day).filter(place__in=ended).exclude(ancestor=F("place"))
        rows = rows.filter(ancestor__level__rank__lte=F("place__level__rank"))
        rows = rows.order_by("ancestor__level__rank", "-ancestor")
        nearest = dict(rows.values_list("place", "ancestor"))  # the lowest is written last
        for pk in ended:
            self._today[pk] = nearest.get(pk) or self._last_parent(pk)
        self.learn(set(nearest.values()))

    def _last_parent(self, pk: int) -> int | None:
        """Above a place that ended without a successor: its last parent, or what that became."""
        last = PlaceVersion.objects.filter(place=pk, is_last=True).values_list("parent", flat=True)
        parent = last.first()
        if parent is None:
            return None
        self.learn([parent])
        return self._today[parent]

    def today(self, pk: int) -> int:
        """The place itself, or what it passed into."""
        self.learn([pk])
        return self._today.get(pk) or pk

    def above(self, pk: int) -> int | None:
        """One level up; None at the top."""
        pk = self.today(pk)
        self.learn([pk])
        return self._above.get(pk)

    def first_owner(self, place: int, *, has_team: bool) -> int:
        """Who answers first: the unit a team belongs to; above a unit that raises it itself."""
        place = self.today(place)
        self.learn([place])
        if has_team and self.places[place].level.code != LOWEST:
            return place
        return self.above(place) or place

    def due(self, owner: int, *, with_leaders: bool, since_at: dt.datetime) -> dt.datetime:
        """When an answer of that owner is due, for what comes to it now."""
        known = owner, with_leaders
        if known not in self._days:
            self.learn([owner])
            place = self.places[owner]
            key = LEADERS if with_leaders else OF_LEVEL.get(place.level.code, USUAL)
            self._days[known] = setting(key, place, self.day)
        return due_moment(since_at, self._days[known])
