"""How groups stand on a day: what each is called, should be called, and what is to be put right."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from cncd.foundation.kit.text import fold, sort_key
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Level, Place, PlaceIndex
from cncd.foundation.places.rules import HAMLET, says_little
from cncd.team.teams.models import Coverage, Team
from cncd.work.channels.models import Channel, NameRule
from cncd.work.channels.queries.members import Checklist, checklists
from cncd.work.channels.queries.names import Names, heirs, naming_on, tops_of
from cncd.work.channels.rules import ACROSS, FAULT, MEMBERS, Finding, Naming, standing_of
from cncd.work.channels.rules.kinds import in_order
from cncd.work.channels.rules.spelling import key

NONE = "none"  # there is no group


@dataclass(frozen=True)
class Row:
    """A group, or a unit or team that has none."""

    channel: Channel | None
    place: int | None  # the unit whose group it is that day
    level: str  # code
    level_name: str
    unit: str  # "Xã Nhơn Mỹ"
    above: str  # what the unit belongs to
    sort: tuple
    expected: str
    findings: tuple[Finding, ...] = ()
    checklist: Checklist | None = None
    team: Team | None = None

    @property
    def state(self) -> str:
        return standing_of(self.findings) if self.channel else NONE

    @property
    def name(self) -> str:
        return self.channel.name if self.channel else ""

    @property
    def search_key(self) -> str:
        team = self.team.name if self.team else ""
        return fold(f"{self.name} {self.unit} {self.above} {team} {self.expected}")

    @property
    def of_name(self) -> tuple[Finding, ...]:
        """What is wrong with the name itself."""
        return tuple(f for f in self.findings if f.code not in ACROSS | MEMBERS)

    @property
    def of_group(self) -> tuple[Finding, ...]:
        """What is to be known besides who is in it."""
        return tuple(f for f in self.findings if f.code not in MEMBERS)

    @property
    def must_rename(self) -> bool:
        return bool(self.expected) and any(not finding.is_note for finding in self.of_name)


class Around:
    """The names of units and of what is above them, for rows of a list.

    Those of the day's tree are known already; what has ended is asked for.
    """

    def __init__(self, places: Iterable[int], day: dt.date, tree: Naming):
        self.units = tree.units
        self.ended = place_queries.names(set(places) - self.units.keys(), day)
        self.levels = {level.code: level for level in Level.objects.all()}

    def words(self, place: int) -> dict:
        """The columns of a row that say which unit it is about."""
        unit = self.units.get(place) or self.ended[place]
        above = self.units.get(unit.parent if place in self.units else unit.parent_id)
        level = self.levels[unit.level]
        called = unit.full_name if says_little(unit.name) else unit.name
        return {
            "level": unit.level,
            "level_name": level.name,
            "unit": unit.full_name,
            "above": above.full_name if above else "",
            "sort": (
                level.rank,
                sort_key(above.name, numbers=True) if above else "",
                sort_key(called, numbers=True),
            ),
        }


def standings(channels: Iterable[Channel], day: dt.date) -> list[Row]:
    """One row per group, with everything found about it; a fixed number of queries."""
    channels = list(channels)
    names = Names(channels, day)
    units = {channel.pk: names.unit(channel) for channel in channels}
    places = [units[each.pk] or each.place_id for each in channels]
    around = Around(places, day, names.naming)
    beside = _beside(channels, names, day)
    lists = checklists(channels, units, day)
    return [
        Row(
            channel=channel,
            place=units[channel.pk],
            expected=names.expected(channel),
            findings=tuple(
                in_order(
                    [
                        *names.findings(channel),
                        *beside[channel.pk],
                        *(lists[channel.pk].findings if channel.pk in lists else ()),
                    ]
                )
            ),
            checklist=lists.get(channel.pk),
            team=channel.team,
            **around.words(units[channel.pk] or channel.place_id),
        )
        for channel in channels
    ]


def _beside(channels: list[Channel], names: Names, day: dt.date) -> dict:
    """Group id → findings about groups beside it: two of one unit, one name for two units."""
    found: dict = defaultdict(list)
    others = list(Channel.objects.open_on(day).select_related("platform", "team"))
    units = Names(others, day).units
    by_unit, by_name = defaultdict(list), defaultdict(list)
    for other in others:
        unit = next(iter(units[other.pk]), other.place_id)
        by_unit[other.team_id, unit if not other.team_id else None, other.platform_id].append(other)
        by_name[key(" ".join(other.name.split())).casefold()].append((other, unit))
    mine = {channel.pk for channel in channels}
    for group in by_unit.values():
        for channel in group if len(group) > 1 else ():
            if channel.pk in mine:
                found[channel.pk].append(_second(channel, group))
    for pairs in by_name.values():
        for channel, unit in pairs if len({unit for _channel, unit in pairs}) > 1 else ():
            if channel.pk in mine:
                others_there = [other for other, place in pairs if place != unit]
                found[channel.pk].append(_namesake(channel, others_there, names))
    return found


def _second(channel: Channel, group: list[Channel]) -> Finding:
    others = ", ".join(f"“{other}”" for other in group if other != channel)
    said = _(
        "The unit has another group on %(platform)s: %(others)s. Keep one, close the other here."
    )
    return Finding("two_groups", said % {"platform": channel.platform, "others": others})


def _namesake(channel: Channel, others: list[Channel], names: Names) -> Finding:
    said = _("Another unit's group bears the same name: %(others)s.")
    whose = ", ".join(dict.fromkeys(str(other.team or other.place) for other in others))
    return Finding("two_units", said % {"others": whose}, names.expected(channel))


# -- units and teams without a group ------------------------------------------------------------


def lacking(place: Place, day: dt.date, teams) -> list[Row]:
    """Units at and below the place, and of these teams those in force, that have no open group.

    Hamlets have a group through their team; those without a team are no matter of this room.
    """
    units = _units_without(place, day)
    without = _teams_without(place, day, teams)
    covers = _first_covered(without, day)
    naming = naming_on(day, tops_of([*units, *covers.values()], day))
    around = Around([*units, *covers.values()], day, naming)
    rows = [_empty(pk, around, naming) for pk in units]
    rows += [_empty(covers[team.pk], around, naming, team) for team in without if team.pk in covers]
    return rows


class Owed(NamedTuple):
    """What the desk of a unit has to do about groups: its own, and of a commune its teams'."""

    level: str
    to_mend: int
    missing: int


def owed(roots: Iterable[int], day: dt.date) -> list[Owed]:
    """What stands to be done in these units, unit by unit; nothing of units below a commune."""
    found = []
    for place in Place.objects.filter(pk__in=list(roots)).select_related("level"):
        channels = Channel.objects.open_on(day).listed().select_related("place")
        channels = channels.within(place, day)
        is_lowest = Level.objects.filter(rank__gt=place.level.rank + 1).first() is None
        if not is_lowest:
            channels = channels.filter(place=place)
        rows = standings(channels, day)
        empty = lacking(place, day, Team.objects.all() if is_lowest else Team.objects.none())
        found.append(
            Owed(
                place.level.code,
                sum(row.state == FAULT for row in rows),
                sum(row.team is not None or row.place == place.pk for row in empty),
            )
        )
    return found


def _empty(place: int, around: Around, naming, team: Team | None = None) -> Row:
    forms = naming.forms(place) if place in naming.units else ()
    expected = forms[0].text if forms else ""
    return Row(None, place, expected=expected, team=team, **around.words(place))


def _units_without(place: Place, day: dt.date) -> list[int]:
    levels = NameRule.objects.on(day).exclude(level__code=HAMLET).values("level")
    below = PlaceIndex.objects.on(day).filter(
        ancestor=place, inherited=False, place__level__in=levels
    )
    ids = set(below.values_list("place", flat=True))
    held = Channel.objects.open_on(day).filter(team=None)
    having = set(heirs(held.values_list("place", flat=True), day).values())
    return sorted(ids - having)


def _teams_without(place: Place, day: dt.date, teams) -> list[Team]:
    having = Channel.objects.open_on(day).exclude(team=None).values("team")
    found = teams.on(day).within([place.pk], day).exclude(pk__in=having)
    return list(found.order_by("sort_key"))


def _first_covered(teams: list[Team], day: dt.date) -> dict[int, int]:
    """Team id → the unit after which its group is named."""
    rows = Coverage.objects.on(day).filter(team__in=teams).order_by("-pk")
    first = dict(rows.values_list("team", "place"))
    living = heirs(first.values(), day)
    return {team: living[place] for team, place in first.items() if place in living}
