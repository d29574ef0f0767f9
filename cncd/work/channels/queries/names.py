"""The right names of groups on a day, from the tree and the rules of that day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cncd.foundation.kit import figures
from cncd.foundation.kit.reading import read_once
from cncd.foundation.places.models import Level, PlaceIndex, PlaceKind, PlaceVersion, Succession
from cncd.team.teams.models import Coverage
from cncd.work.channels.models import Channel, NameRule
from cncd.work.channels.rules import (
    BadPattern,
    Context,
    Finding,
    Form,
    Former,
    Naming,
    Unit,
    findings,
    is_named_right,
    read_pattern,
)

RESTS_ON = ("places", "channels")


def naming_on(day: dt.date, tops: Iterable[int]) -> Naming:
    """The right names under these highest units on that day; shared in a request."""
    tops = tuple(sorted(tops))

    def ask() -> Naming:
        below = PlaceIndex.objects.on(day).filter(ancestor__in=tops, inherited=False)
        versions = PlaceVersion.objects.on(day).filter(place__in=below.values("place"))
        rows = versions.order_by().values_list(
            "place", "place__level__code", "name", "kind__name", "kind__short_name", "parent"
        )
        return Naming({pk: Unit(*words) for pk, *words in rows}, patterns_on(day))

    return read_once(("naming", day, tops), ask, of=RESTS_ON)


def patterns_on(day: dt.date) -> dict[str, list]:
    """Level code → its rules of that day as (Pattern, is_canonical); a broken one is left out."""
    found = defaultdict(list)
    for rule in NameRule.objects.on(day).select_related("level"):
        try:
            found[rule.level.code].append((read_pattern(rule.pattern), rule.is_canonical))
        except BadPattern:
            continue
    return found


def tops_of(places: Iterable[int], day: dt.date) -> set[int]:
    """The highest units above the places (ids) that day, through what has ended too."""
    highest = Level.objects.order_by("rank").values("pk")[:1]
    rows = PlaceIndex.objects.on(day).filter(place__in=list(places))
    found = rows.filter(ancestor__level__in=list(highest.values_list("pk", flat=True)))
    return set(found.values_list("ancestor", flat=True))


def heirs(places: Iterable[int], day: dt.date) -> dict[int, int]:
    """{place: itself, or the unit of its level that (the largest part of) it passed into}.

    Of what has ended without one, nothing.
    """
    rows = PlaceIndex.objects.on(day).filter(
        place__in=list(places), ancestor__level=F("place__level")
    )
    rows = list(rows.values_list("inherited", "place", "ancestor"))
    ended = {place for inherited, place, _heir in rows if inherited}
    passed = Succession.objects.filter(old__in=ended)
    shares = {(old, new): share for old, new, share in passed.values_list("old", "new", "share")}
    found: dict[int, tuple] = {}
    for inherited, place, heir in rows:
        claim = (inherited, -shares.get((place, heir), 0), heir)
        if (inherited or place == heir) and claim < found.get(place, (2,)):
            found[place] = claim
    return {place: claim[-1] for place, claim in found.items()}


class Names:
    """The right names of these groups on a day, and what is wrong with theirs; few queries."""

    def __init__(self, channels: Iterable[Channel], day: dt.date):
        self.channels, self.day = list(channels), day

    @cached_property
    def units(self) -> dict:
        """Group id → ids of the units it may be named after, the first one its own; () for none."""
        teams = {each.team_id for each in self.channels} - {None}
        covered = defaultdict(list)
        rows = Coverage.objects.on(self.day).filter(team__in=teams).order_by("pk")
        for team, place in rows.values_list("team", "place"):
            covered[team].append(place)
        places = {each.place_id for each in self.channels}
        places.update(*covered.values())
        living = heirs(places, self.day)
        found = {}
        for each in self.channels:
            named = [each.place_id, *covered[each.team_id]] if each.team_id else [each.place_id]
            if (
                each.team_id
                and each.place_id not in covered[each.team_id]
                and covered[each.team_id]
            ):
                named = covered[each.team_id]
            now = dict.fromkeys(living[pk] for pk in named if pk in living)
            found[each.pk] = tuple(now)
        return found

    @cached_property
    def naming(self) -> Naming:
        places = {pk for units in self.units.values() for pk in units}
        return naming_on(self.day, tops_of(places, self.day))

    def unit(self, channel: Channel) -> int | None:
        """The unit whose group it is that day."""
        return next(iter(self.units[channel.pk]), None)

    def forms(self, channel: Channel) -> tuple[Form, ...]:
        """Its right names, the expected one first."""
        return tuple(form for pk in self.units[channel.pk] for form in self.naming.forms(pk))

    def expected(self, channel: Channel) -> str:
        return next((form.text for form in self.forms(channel)), "")

    def findings(self, channel: Channel, name: str | None = None) -> tuple[Finding, ...]:
        """What is wrong with its name, or with the name it had."""
        unit = self.unit(channel)
        if unit is None:
            said = _("Its unit has ended and no unit of this level took over: close the group.")
            return (Finding("unit_ended", said),)
        name, forms = channel.name if name is None else name, self.forms(channel)
        if forms and name in {form.text for form in forms[:1]}:
            return ()  # nearly all are right: nothing more is asked
        return findings(name, forms, self._context(unit))

    def is_right(self, channel: Channel, name: str | None = None) -> bool:
        """Whether `findings` would tell nothing but that the other form is used; told much sooner.

        A count asks it for every group of a province, wherein hundreds of names may be wrong.
        """
        forms = self.forms(channel) if self.unit(channel) is not None else ()
        return is_named_right(channel.name if name is None else name, forms)

    # -- what else is known, asked only when a name is not right ------------------------------

    def _context(self, unit: int) -> Context:
        forms, names = self._former.get(unit, ((), ()))
        own = self.naming.units[unit]
        chain = [each for _pk, each in self.naming.chain(unit)]
        beside = [
            (each, other.full_name)
            for pk, each in self.naming.chain(unit)
            for other in self.naming.namesakes(pk)
        ]
        current = {each.name for each in chain} | {own.name}
        return Context(
            former_forms=forms,
            former_names=tuple(name for name in names if name.text not in current),
            types=self._types,
            namesakes=tuple(beside),
            levels=self._levels,
        )

    @cached_property
    def _types(self) -> tuple[str, ...]:
        rows = PlaceKind.objects.order_by("pk").values_list("name", "short_name")
        return tuple(dict.fromkeys(word for row in rows for word in row))

    @cached_property
    def _levels(self) -> tuple[tuple[str, str], ...]:
        return tuple(Level.objects.values_list("code", "name"))

    @cached_property
    def _former(self) -> dict[int, tuple[tuple[Former, ...], tuple[Former, ...]]]:
        """Unit id → what its group, and what it and the units above it, were called before."""
        units = {pk for named in self.units.values() for pk in named}
        return former_names(units, self.day)


def former_names(units: set[int], day: dt.date) -> dict[int, tuple]:
    """Unit id → (former names of its group, former names of it and of those above it).

    Its predecessors' count too. One tree is read for each day on which something of it changed.
    """
    rows = PlaceIndex.objects.on(day).filter(ancestor__in=units, ancestor__level=F("place__level"))
    before = defaultdict(set)
    for place, unit in rows.values_list("place", "ancestor"):
        before[unit].add(place)
    places = {place for found in before.values() for place in found}
    above = defaultdict(set)
    held = PlaceIndex.objects.filter(place__in=places, inherited=False)
    for place, ancestor in held.values_list("place", "ancestor"):
        above[place].add(ancestor)
    changed = defaultdict(set)
    ended = PlaceVersion.objects.filter(until_on__lte=day, place__in=held.values("ancestor"))
    for place, until in ended.values_list("place", "until_on"):
        changed[place].add(until)
    days = {until for found in changed.values() for until in found}
    trees = {until: _tree_before(until, places) for until in days}
    return {
        unit: _told(
            [(place, until)
             for place in places_before
             for until in set().union(*(changed[each] for each in above[place]))],
            trees,
        )
        for unit, places_before in before.items()
    }  # fmt: skip


def _tree_before(day: dt.date, places: set[int]) -> Naming:
    last = day - dt.timedelta(days=1)
    return naming_on(last, tops_of(places, last))


def _told(changes, trees: dict[dt.date, Naming]) -> tuple[tuple[Former, ...], tuple[Former, ...]]:
    """The names that ended with these changes (place, day), the latest first."""
    forms: dict[str, Former] = {}
    names: dict[str, Former] = {}
    for place, until in sorted(changes, key=lambda change: change[1], reverse=True):
        tree = trees[until]
        if place not in tree.units:
            continue
        since = _("Since %(day)s") % {"day": figures.day(until)}
        for form in tree.forms(place):
            forms.setdefault(form.text, Former(form.text, since))
        for _pk, unit in tree.chain(place):
            for name in (unit.name, unit.full_name):
                names.setdefault(name, Former(name, since))
    return tuple(forms.values()), tuple(names.values())
