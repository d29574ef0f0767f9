"""Questions about household lists: which codes a hamlet has, and the figures counted from here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.utils.module_loading import import_string

from cncd.foundation.kit.counting import Counted
from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import Level, Place, PlaceIndex
from cncd.team.teams.models import Coverage
from cncd.team.teams.queries import places_held
from cncd.work.households.models import Household, HouseholdCount

COUNTS = ("households", "businesses", "adults")


class Known(NamedTuple):
    """A household that an entry may name; ended ones until the day before `until`."""

    pk: int
    code: str
    until: dt.date | None


def known_households(places: Iterable[int]) -> dict[int, dict[str, Known]]:
    """{hamlet id: {key of the code: household}}, ended ones included; one query."""
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    rows = Household.objects.filter(place__in=list(places))
    for place, key, *known in rows.values_list("place", "sort_key", "pk", "code", "until_on"):
        found[place][key] = Known(*known)
    return dict(found)


def codes_of(places: Iterable[int], day: dt.date) -> dict[int, list[str]]:
    """{hamlet id: the codes on its list that day, in order}; those without a list are left out."""
    found = defaultdict(list)
    rows = Household.objects.on(day).filter(place__in=list(places)).order_by("place", "sort_key")
    for place, code in rows.values_list("place", "code"):
        found[place].append(code)
    return dict(found)


def hamlets_with_list(places: Iterable[int], day: dt.date) -> set[int]:
    """Those of the hamlets that have a household list that day."""
    rows = Household.objects.on(day).filter(place__in=list(places))
    return set(rows.order_by().values_list("place", flat=True).distinct())


def listed_in_numbers(places: Iterable[int], day: dt.date) -> dict[int, dict[str, int]]:
    """{hamlet id: {"households": codes on its list, "businesses": those that produce or sell}}."""
    rows = Household.objects.on(day).filter(place__in=list(places)).order_by()
    marked = Q(is_producing=True) | Q(is_business=True)
    rows = rows.values("place").annotate(all=Count("pk"), some=Count("pk", filter=marked))
    return {row["place"]: {"households": row["all"], "businesses": row["some"]} for row in rows}


def teams_with_lists(teams: Iterable[int], day: dt.date) -> set[int]:
    """Those of the teams all of whose hamlets have a household list that day; one to three queries.

    A list of half the hamlets would leave the other half uncounted.
    """
    ids = list(teams)
    covered = Coverage.objects.on(day).filter(team__in=ids)
    below = PlaceIndex.objects.on(day).filter(
        ancestor__in=covered.values("place"), inherited=False, place__level__in=_lowest()
    )
    households = Household.objects.on(day).filter(place__in=below.values("place"))
    listed = set(households.order_by().values_list("place", flat=True).distinct())
    if not listed:
        return set()
    hamlets = defaultdict(set)
    for ancestor, place in below.values_list("ancestor", "place"):
        hamlets[ancestor].add(place)
    held = defaultdict(set)
    for team, place in covered.values_list("team", "place"):
        held[team] |= hamlets[place]
    return {team for team, places in held.items() if places and places <= listed}


def _lowest():
    return Level.objects.order_by("-rank").values("pk")[:1]


def with_visits(households, first_day: dt.date | None = None, last_day: dt.date | None = None):
    """The households with `visits` (how many logs name them) and `last_visit_on`, as told upstairs.

    Within the days, of logs that stand; without days, of every log there ever was.
    """
    return import_string(settings.HOUSEHOLD_VISITS)(households, first_day, last_day)


# -- figures ------------------------------------------------------------------------------------


def counted(teams, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Team id → counter id → what its hamlets state for the year of the last day (DC01, DC02).

    `households` and `businesses` are summed over the hamlets that count for the team that day
    (`places_held`), each as stated last, for that year or one before. A figure that one of them
    lacks is left out, and asked by hand. At most seven queries; KeyError for an unknown word.
    """
    ids = [getattr(team, "pk", team) for team in teams]
    held = places_held(ids, last_day)
    hamlets = defaultdict(list)
    for place in _hamlets(held, last_day):
        hamlets[held[place]].append(place)
    return _summed(ids, hamlets, last_day.year, counters)


def counted_places(communes, _first_day, day: dt.date, counters) -> dict[int, dict]:
    """Commune id → counter id → what its hamlets state for the year of the day (DC03: `adults`).

    As `counted`, over the hamlets under the commune that day; left out when one lacks the figure.
    """
    ids = [getattr(place, "pk", place) for place in communes]
    below = PlaceIndex.objects.on(day).filter(
        ancestor__in=ids, inherited=False, place__level__in=_lowest()
    )
    hamlets = defaultdict(list)
    for commune, place in below.order_by("place").values_list("ancestor", "place"):
        hamlets[commune].append(place)
    return _summed(ids, hamlets, day.year, counters)


def _hamlets(places: Iterable[int], day: dt.date) -> list[int]:
    """Of the places, the hamlets in force that day."""
    rows = Place.objects.alive(day).filter(pk__in=list(places), level__in=_lowest())
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _summed(ids, hamlets: dict[int, list[int]], year: int, counters) -> dict[int, dict]:
    wanted = {counter.pk: _word(counter.counts) for counter in counters}
    stated = latest_counts({place for places in hamlets.values() for place in places}, year)
    found: dict[int, dict] = {pk: {} for pk in ids}
    for pk in ids:
        for counter, word in wanted.items():
            rows = [stated.get(place, {}).get(word) for place in hamlets.get(pk, ())]
            if rows and all(rows):
                value = sum(getattr(row, word) for row in rows)
                records = tuple(("household_counts", row.pk, 1) for row in rows)
                found[pk][counter] = Counted(value, records)
    return found


def _word(counts: str) -> str:
    if counts not in COUNTS:
        raise KeyError(counts)
    return counts


def latest_counts(places: Iterable[int], year: int) -> dict[int, dict[str, HouseholdCount]]:
    """{hamlet id: {figure: the row that states it for that year, or the last year before}}."""
    rows = HouseholdCount.objects.current().filter(place__in=list(places), year__lte=year)
    found: dict[int, dict[str, HouseholdCount]] = defaultdict(dict)
    for row in rows.order_by("year"):
        found[row.place_id] |= {word: row for word in COUNTS if getattr(row, word) is not None}
    return dict(found)


class Stated(NamedTuple):
    """A row behind a figure, with what its hamlet is called."""

    count: HouseholdCount
    hamlet: str


def explain(records: Iterable) -> list[Stated]:
    """The rows of yearly counts behind a figure, by hamlet; they never change."""
    ids = [int(pk) for room, pk, _version in records if room == "household_counts"]
    rows = list(HouseholdCount.objects.filter(pk__in=ids).select_related("replaced_by"))
    days = {row.pk: dt.date(row.year, 12, 31) for row in rows}
    names = places_room.names(
        {row.place_id for row in rows}, max(days.values(), default=dt.date.min)
    )
    found = [Stated(row, names[row.place_id].full_name) for row in rows]
    return sorted(found, key=lambda each: names[each.count.place_id].sort_key)
