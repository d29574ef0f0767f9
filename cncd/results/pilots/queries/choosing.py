"""The hamlets around a pilot hamlet, as the rules of the pilot ask for them."""

from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import PlaceIndex
from cncd.results.pilots.models import Pilot
from cncd.results.pilots.queries.ground import households_of, serving
from cncd.results.pilots.rules import choosing
from cncd.results.pilots.rules.choosing import Candidate, Considered, Terms
from cncd.team.teams.models import Team


def considered(pilot: Pilot) -> list[Considered]:
    """What the stated rules make of every hamlet around; the same today and tomorrow.

    "Has values from before" means: a team served the hamlet on all days of the window before the
    issue, so that records can state what happened there.
    """
    day = pilot.issued_on
    mine = list(pilot.units.standing().tried().values_list("place", flat=True))
    around = _around(mine, pilot, day)
    ids = {place for places in around.values() for place in places} | set(mine)
    names = places_room.names(ids, day)
    homes = households_of(ids, day)
    served = serving(ids, *pilot.days.window_of("baseline"))
    tried = set(mine) | _other_pilots(pilot, ids)
    rows = {
        pk: Candidate(
            pk, names[pk].kind, names[pk].parent_id, homes.get(pk), names[pk].sort_key,
            pk in served, pk in tried,
        )
        for pk in ids
    }  # fmt: skip
    terms = Terms(pilot.same_kind, pilot.spread, pilot.per_unit, pilot.with_team)
    near = {pk: [rows[each] for each in sorted(places)] for pk, places in around.items()}
    return choosing.chosen([rows[pk] for pk in mine], near, terms)


def _around(mine: list[int], pilot: Pilot, day) -> dict[int, set[int]]:
    """Pilot hamlet id → hamlets under the same unit of the stated level, itself left out.

    In a province of two levels "the same district" is the same province.
    """
    above = PlaceIndex.objects.on(day).filter(place__in=mine, inherited=False)
    rows = above.select_related("ancestor__level").order_by("ancestor__level__rank")
    held: dict[int, dict[str, int]] = {}
    for row in rows:
        held.setdefault(row.place_id, {})[row.ancestor.level.code] = row.ancestor_id
    roots = {pk: levels.get(pilot.near, levels.get("province")) for pk, levels in held.items()}
    below = PlaceIndex.objects.on(day).filter(
        ancestor__in=set(roots.values()), inherited=False, place__level__code="hamlet"
    )
    under: dict[int, set[int]] = {}
    for ancestor, place in below.values_list("ancestor", "place"):
        under.setdefault(ancestor, set()).add(place)
    return {pk: under.get(root, set()) - {pk} for pk, root in roots.items()}


def _other_pilots(pilot: Pilot, ids: set[int]) -> set[int]:
    """Hamlets that other pilots try in, and those of teams marked as pilot teams."""
    teams = Team.objects.filter(is_pilot=True).on(pilot.issued_on)
    rows = teams.values_list("coverages__place", flat=True)
    others = Pilot.objects.standing().exclude(pk=pilot.pk).filter(units__replaced_at=None)
    running = others.filter(units__kind="pilot").values_list("units__place", "issued_on", "months")
    overlapping = {place for place, on, _months in running if on <= pilot.days.last_day}
    return (set(rows) | overlapping) & ids
