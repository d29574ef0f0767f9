"""The index of places a team falls under, by date: rebuilt whole, or for the teams touched."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q

from cncd.foundation.places.models import Place, PlaceIndex, Succession
from cncd.team.teams.models import Coverage, Team, TeamIndex
from cncd.team.teams.spans import Claim, Row, Span, overlap, settled

MANY = 2_000  # places touched, above which rebuilding everything is quicker


def follow_places(entry, subject) -> None:
    """Moves teams along when places change: a reaction to `place.changed`, in its transaction."""
    touched = _places_touched(entry, subject)
    if touched is None:
        rebuild_index()
    else:
        rebuild_index(teams=_teams_touched(touched))


@transaction.atomic
def rebuild_index(*, teams=None) -> int:
    """Rewrites the index of the teams (ids; all when None) and returns how many rows changed.

    Derived data only, so it leaves no journal entry; running it again changes nothing.
    """
    chosen = Team.objects.all() if teams is None else Team.objects.filter(pk__in=teams)
    wanted = _rows_of(chosen)
    kept = TeamIndex.objects.filter(team__in=chosen)
    stale, known = [], set()
    for row in kept:
        key = (row.team_id, Row(row.place_id, row.level_id, row.since_on, row.until_on))
        if key in wanted and key not in known:
            known.add(key)
        else:
            stale.append(row.pk)
    TeamIndex.objects.filter(pk__in=stale).delete()
    missing = sorted(wanted - known, key=lambda key: (key[0], key[1].level, key[1].since))
    TeamIndex.objects.bulk_create(_index_row(*key) for key in missing)
    return len(stale) + len(missing)


def _index_row(team: int, row: Row) -> TeamIndex:
    return TeamIndex(
        team_id=team,
        place_id=row.place,
        level_id=row.level,
        since_on=row.since,
        until_on=row.until,
    )


def _rows_of(teams) -> set[tuple[int, Row]]:
    """The rows the teams ought to have: coverage × place index, one place per level and day."""
    coverages = list(
        Coverage.objects.filter(team__in=teams).select_related("team").order_by("since_on", "pk")
    )
    above = _places_above({coverage.place_id for coverage in coverages})
    heirs = _Heirs(above)
    claims = defaultdict(list)
    for order, coverage in enumerate(coverages):
        covered = overlap(Span(coverage.since_on, coverage.until_on), _span(coverage.team))
        for row in above[coverage.place_id] if covered else ():
            shared = overlap(covered, _span(row))
            if shared:
                rank = (heirs.distance(row), order)
                claim = Claim(*shared, row.ancestor_id, row.ancestor.level_id, rank)
                claims[coverage.team_id].append(claim)
    return {(team, row) for team, found in claims.items() for row in settled(found)}


def _span(row) -> Span:
    return Span(row.since_on, row.until_on)


def _places_above(places: set[int]) -> dict[int, list[PlaceIndex]]:
    above = defaultdict(list)
    for row in PlaceIndex.objects.filter(place__in=places).select_related("ancestor"):
        above[row.place_id].append(row)
    return above


class _Heirs:
    """Where a place that ended went: when it was split, to the heir of the largest share."""

    def __init__(self, above: dict[int, list[PlaceIndex]]):
        self.main: dict[int, int] = {}
        self.lines: dict[int, set[int]] = {}
        if any(row.inherited for rows in above.values() for row in rows):
            whole = Succession.objects.exclude(kind=Succession.Kind.TRANSFER)
            for step in whole.order_by("on", "share", "-new"):
                self.main[step.old_id] = step.new_id

    def distance(self, row: PlaceIndex) -> int:
        """0 of what the place stands under itself, 1 under its main heir, 2 of anything else."""
        if not row.inherited:
            return 0
        return 1 if row.ancestor_id in self._line(row.place_id) else 2

    def _line(self, place: int) -> set[int]:
        """The main heir of the place, the heir of that…, and all that ever stood above them."""
        if place not in self.lines:
            heirs, heir = set(), self.main.get(place)
            while heir and heir not in heirs:
                heirs.add(heir)
                heir = self.main.get(heir)
            above = PlaceIndex.objects.filter(place__in=heirs, inherited=False)
            self.lines[place] = set(above.values_list("ancestor", flat=True))
        return self.lines[place]


def _places_touched(entry, subject) -> set[int] | None:
    """Ids of the places a change names; None when it does not say which (a whole import)."""
    if not isinstance(subject, Place):
        return None
    rows = [row.get("place") for row in entry.rows if isinstance(row, dict)]
    if len(rows) < len(entry.rows) or not all(isinstance(row, int) for row in rows):
        return None
    if len(rows) > MANY:
        return None
    return {subject.pk, *rows}


def _teams_touched(places: set[int]) -> set[int]:
    """Teams that fell under those places before the change, or do after it."""
    below = PlaceIndex.objects.filter(ancestor__in=places).values("place")
    teams = Team.objects.filter(
        Q(index__place__in=places) | Q(coverages__place__in=below) | Q(coverages__place__in=places)
    )
    return set(teams.values_list("pk", flat=True))
