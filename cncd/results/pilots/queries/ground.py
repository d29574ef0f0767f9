"""The ground of a pilot: its hamlets by name, who serves them, how many households they have."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef

from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import PlaceVersion
from cncd.results.pilots.models import Pilot, PilotUnit
from cncd.team.teams.models import Coverage, Team
from cncd.work.households.queries import latest_counts

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Unit:
    """A hamlet as it stands on a day, with the team that serves it (None: none)."""

    row: PilotUnit
    name: str
    commune: str
    commune_id: int | None
    district: str
    team_id: int | None
    team: str
    households: int | None

    @property
    def is_pilot(self) -> bool:
        return self.row.kind == PilotUnit.Kind.PILOT

    @property
    def full_name(self) -> str:
        return f"{self.name}, {self.commune}" if self.commune else self.name


def place_name(place: int, day: dt.date) -> str:
    """ "ấp Mỹ Phước", as it is called that day."""
    return places_room.names([place], day)[place].full_name


def serving(places: Iterable[int], first_day: dt.date, last_day: dt.date) -> dict[int, Team]:
    """Hamlet id → the team that serves it from the first to the last of these days, whole.

    A hamlet that was merged meanwhile has nobody who could report of it.
    """
    return serving_each(places, [(first_day, last_day)])[0]


def serving_each(places: Iterable[int], spans: list[Span]) -> list[dict[int, Team]]:
    """As `serving`, for several spans of days in one query."""
    last = PlaceVersion.objects.filter(place=OuterRef("place"), is_last=True)
    rows = Coverage.objects.filter(place__in=list(places)).select_related("team")
    rows = list(rows.annotate(ended_on=last.values("until_on")).order_by("-team_id"))
    return [{row.place_id: row.team for row in rows if _served(row, *span)} for span in spans]


def _served(row, first_day: dt.date, last_day: dt.date) -> bool:
    is_there = row.ended_on is None or last_day < row.ended_on
    held = all(each.holds_on(day) for each in (row, row.team) for day in (first_day, last_day))
    return is_there and held


def teams_between(places: Iterable[int], first_day: dt.date, last_day: dt.date) -> dict[int, int]:
    """Team id → hamlet id, of teams that served one of the hamlets on any of these days."""
    rows = Coverage.objects.overlapping(first_day, last_day + dt.timedelta(days=1))
    rows = rows.filter(place__in=list(places)).order_by("pk")
    return dict(rows.values_list("team", "place"))


def households_of(places: Iterable[int], day: dt.date) -> dict[int, int]:
    """Hamlet id → its households as last stated for the year of the day, or a year before."""
    counts = latest_counts(places, day.year)
    return {
        place: row["households"].households for place, row in counts.items() if "households" in row
    }


def units_of(pilot: Pilot) -> list[Unit]:
    """The hamlets of the pilot, each followed by those compared with it; seven queries."""
    rows = list(pilot.units.standing().select_related("place"))
    day = pilot.days.last_day
    ids = [row.place_id for row in rows]
    names = places_room.names(ids, day)
    communes = places_room.names({n.parent_id for n in names.values()} - {None}, day)
    above = places_room.names({n.parent_id for n in communes.values()} - {None}, day)
    teams, homes = _teams(ids, pilot), households_of(ids, pilot.issued_on)
    found = {}
    for row in rows:
        name = names[row.place_id]
        commune = communes.get(name.parent_id)
        district = above.get(commune.parent_id) if commune else None
        team = teams.get(row.place_id)
        found[row.pk] = Unit(
            row, name.full_name, commune.full_name if commune else "", name.parent_id,
            district.full_name if district and district.level == "district" else "",
            team.pk if team else None, team.name if team else "", homes.get(row.place_id),
        )  # fmt: skip
    return _in_order(found)


def _teams(places: list[int], pilot: Pilot) -> dict[int, Team]:
    """The team of each hamlet: the one of the pilot's last days, else of its first."""
    ends = pilot.days.first_day, pilot.days.last_day
    first, last = serving_each(places, [(day, day) for day in ends])
    return first | last


def _in_order(found: dict[int, Unit]) -> list[Unit]:
    ordered = []
    for unit in found.values():
        if unit.is_pilot:
            ordered.append(unit)
            ordered += [one for one in found.values() if one.row.beside_id == unit.row.pk]
    return ordered
