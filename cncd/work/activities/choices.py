"""What one may choose from when writing down an activity: for a team, on a day."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import cached_property

from cncd.foundation.kit.reading import read_once
from cncd.foundation.places.models import Level, Place
from cncd.team.programme.models import ActivityKind, Content, Language
from cncd.team.teams.models import Coverage, Membership, Team, TeamIndex
from cncd.work.activities.ground import RESTS_ON, shared_catalogue
from cncd.work.activities.models import Activity
from cncd.work.households.queries import codes_of
from cncd.work.households.rules import shown_ranges

TILES = 6
RECENT = 40  # entries looked through for what is used most lately


class Tile(NamedTuple):
    """One thing to tap: a content, or a kind of work that needs none."""

    key: str  # "c-vneid", "k-event"
    name: str
    icon: str

    @property
    def code(self) -> str:
        return self.key[2:]

    @property
    def is_content(self) -> bool:
        return self.key.startswith("c-")


@dataclass
class Choices:
    """Each list is read when first asked for."""

    team: Team
    day: dt.date

    @cached_property
    def kinds(self) -> list[ActivityKind]:
        return list(ActivityKind.objects.on(self.day))

    @cached_property
    def contents(self) -> list[Content]:
        return list(Content.objects.on(self.day))

    @cached_property
    def languages(self) -> list[Language]:
        return list(Language.objects.all())

    @cached_property
    def hamlets(self) -> list[Place]:
        covered = Coverage.objects.on(self.day).filter(team=self.team).values("place")
        return list(Place.objects.filter(pk__in=covered).named(self.day).order_by("sort_key"))

    @cached_property
    def codes(self) -> dict[int, list[str]]:
        """The household codes of each hamlet that has a list."""
        return codes_of([hamlet.pk for hamlet in self.hamlets], self.day)

    @property
    def codes_in_short(self) -> str:
        """Which codes there are: "001–250"; with two hamlets "Mỹ Phước: 001–250; Mỹ Hòa: 01–90"."""
        listed = [hamlet for hamlet in self.hamlets if hamlet.pk in self.codes]
        ranges = {hamlet.pk: shown_ranges(self.codes[hamlet.pk]) for hamlet in listed}
        if len(self.hamlets) == 1:
            return "".join(ranges.values())
        return "; ".join(f"{hamlet.full_name}: {ranges[hamlet.pk]}" for hamlet in listed)

    @cached_property
    def members(self) -> list[Membership]:
        rows = Membership.objects.on(self.day).filter(team=self.team).select_related("person")
        return list(rows.order_by("person__sort_key"))

    @cached_property
    def neighbours(self) -> list[Team]:
        """The other teams of the same commune."""
        above = TeamIndex.objects.on(self.day).filter(team=self.team)
        lowest = Level.objects.order_by("-rank").values("pk")[:1]
        commune = above.exclude(level__in=lowest).order_by("-level__rank").values("place")[:1]
        return list(Team.objects.within(commune, self.day).on(self.day).exclude(pk=self.team.pk))

    @cached_property
    def all_tiles(self) -> list[Tile]:
        """Every content and kind in force, in the order of the catalogue."""
        return [Tile(f"c-{row.code}", row.short_name, row.icon) for row in self.contents] + [
            Tile(f"k-{row.code}", row.short_name, row.icon) for row in self.kinds
        ]

    def tile(self, key: str) -> Tile | None:
        return next((tile for tile in self.all_tiles if tile.key == key), None)

    def tiles(self, user) -> list[Tile]:
        """The few to show first: what this person used last, then the team, then the catalogue."""
        recent = _recent(self.team)
        used = [key for author, key in recent if author == user.pk]
        used += [key for _author, key in recent]
        by_key = {tile.key: tile for tile in self.all_tiles}
        order = dict.fromkeys([*used, *by_key])
        return [by_key[key] for key in order if key in by_key][:TILES]

    def kind_for(self, tile: Tile) -> str:
        """The kind of work meant by a tile; helping, the first of the catalogue, for a content."""
        return self.first_kind if tile.is_content else tile.code

    @property
    def first_kind(self) -> str:
        """Helping people stands first in the catalogue."""
        return next((kind.code for kind in self.kinds), "")

    def usual_kind(self) -> str:
        """The kind of work the team wrote down most often lately, else the catalogue's first."""
        rows = Activity.objects.standing().filter(team=self.team).order_by("-recorded_at")
        used = Counter(rows.values_list("kind__code", flat=True)[:RECENT])
        offered = {kind.code for kind in self.kinds}
        return next((code for code, _n in used.most_common() if code in offered), self.first_kind)


def tile_of_any_day(key: str) -> Tile | None:
    """The tile a page may have shown that was opened before its content was retired."""
    catalogue = shared_catalogue()
    rows = {"c-": catalogue.contents, "k-": catalogue.kinds}.get(key[:2], {})
    row = rows.get(key[2:])
    return row and Tile(key, row.short_name, row.icon)


def shared_choices(team: Team, day: dt.date) -> Choices:
    """The choices, shared by the entries of one request."""
    return read_once(("choices", team.pk, day), lambda: Choices(team, day), of=RESTS_ON)


def _recent(team) -> list[tuple[int, str]]:
    """(author, tile) of the team's latest entries, newest first."""
    rows = Activity.objects.standing().filter(team=team, is_summary=False)
    rows = rows.select_related("kind").prefetch_related("contents__content")
    return [(row.recorded_by_id, tile_of(row)) for row in rows.order_by("-recorded_at")[:RECENT]]


def tile_of(activity: Activity) -> str:
    """The key of the tile an entry was made with: its largest content, else its kind."""
    contents = sorted(activity.contents.all(), key=lambda row: -row.count)
    return f"c-{contents[0].content.code}" if contents else f"k-{activity.kind.code}"


def last_own(team, user) -> Activity | None:
    """What this person wrote down last for the team, for "the same as last time"."""
    rows = Activity.objects.standing().filter(team=team, recorded_by=user, is_summary=False)
    return rows.select_related("kind").order_by("-recorded_at").first()
