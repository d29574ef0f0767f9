"""The rows of places: sums over the teams and places directly below, made over level by level."""

from collections import defaultdict

from django.utils import timezone

from cncd.foundation.kit.bulk import rewrite
from cncd.foundation.places.models import PlaceIndex, PlaceVersion
from cncd.results.reports import queries as reports
from cncd.results.totals import rules
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.results.totals.taking import Sent, is_said, locked, open_returns, sent_of
from cncd.team.programme.models import Period

Standing = TeamTotal.Standing


def refresh_places(period: Period, place_ids, *, own: bool = False, now=None) -> None:
    """Makes the places' sums over, then those of every place above, as far as something changes.

    `own` also counts anew what the places enter themselves. The whole way up is read and written
    at once, in a handful of queries whatever its height.
    """
    asked = set(place_ids)
    tree = _upwards(asked, period)
    PlaceTotal.objects.filter(period=period, place__in=asked - tree.keys()).delete()
    if not tree:
        return
    rows = locked(PlaceTotal, period, "place_id", tree)
    parts = _parts(period, tree)
    if own:
        _enter_own(period, rows, tree)
    editing = open_returns(period, place=tree)
    changed = []
    for pk, version in tree.items():
        row = rows[pk]
        if pk in asked and (_make_over(row, version, parts[pk], editing.get(pk, [])) or own):
            row.updated_at = now or timezone.now()
            changed.append(row)
            asked.add(version.parent_id)
        parts[version.parent_id].append((row.figures, row.counts, row.editing))
    rewrite(changed, "figures own counts editing parent level updated_at".split())


def _upwards(places, period: Period) -> dict[int, PlaceVersion]:
    """{place id: its version on the period's last day} of these and all above, deepest first."""
    day = period.last_day
    above = PlaceIndex.objects.on(day).filter(place__in=places, inherited=False)
    versions = PlaceVersion.objects.on(day).filter(place__in=above.values("ancestor"))
    versions = versions.select_related("place__level").order_by("-place__level__rank", "place")
    return {version.place_id: version for version in versions}


def _parts(period: Period, tree) -> dict[int, list[tuple[dict, dict, dict]]]:
    """{place id: [(figures, counts, editing)]} of the teams directly below.

    And of the places directly below, but for those in the tree: they are about to be made over.
    """
    parts = defaultdict(list)
    for team in TeamTotal.objects.filter(period=period, place__in=tree):
        figures = rules.team_figures(team.standing, team.figures, team.registry)
        counts = rules.team_counts(state=team.state, is_due=team.is_due, is_on_time=team.is_on_time)
        parts[team.place_id].append((figures, counts, dict.fromkeys(team.editing, 1)))
    beside = PlaceTotal.objects.filter(period=period, parent__in=tree).exclude(place__in=tree)
    for parent, *part in beside.values_list("parent", "figures", "counts", "editing"):
        parts[parent].append(tuple(part))
    return parts


def _enter_own(period: Period, rows: dict[int, PlaceTotal], tree) -> None:
    """What each place itself states: its sent report, or what its registers count meanwhile."""
    sent, by_level = sent_of(period, place=tree), defaultdict(list)
    for version in tree.values():
        by_level[version.place.level.code].append(version.place)
    for level, places in by_level.items():
        counted = reports.place_lines(places, level, period)
        for place in places:
            lines = [line for line in counted[place.pk] if line.counted]
            known = {line.code: line.counted.value for line in lines if is_said(line.counted)}
            rows[place.pk].own = _own(sent.get(place.pk), known)


def _own(sent: Sent | None, known: dict) -> dict:
    if sent is None:
        return rules.team_figures(Standing.PROVISIONAL, {}, known)
    return rules.team_figures(sent.standing, sent.values, known)


def _make_over(row: PlaceTotal, version: PlaceVersion, parts, returned: list[str]) -> bool:
    """Adds the parts up anew; says whether anything is different."""
    before = (row.figures, row.counts, row.editing, row.parent_id, row.level_id)
    row.parent_id, row.level_id = version.parent_id, version.place.level_id
    _add_up(row, parts, returned)
    return before != (row.figures, row.counts, row.editing, row.parent_id, row.level_id)


def _add_up(row: PlaceTotal, parts, returned: list[str]) -> None:
    figures: dict[str, list[int]] = {}
    editing: dict[str, int] = dict.fromkeys(returned, 1)
    for part, _counts, being_edited in parts:
        rules.add_into(figures, part)
        for code, count in being_edited.items():
            editing[code] = editing.get(code, 0) + count
    rules.add_into(figures, row.own)
    row.figures = dict(sorted(figures.items()))
    row.editing = dict(sorted(editing.items()))
    row.counts = rules.add_counts(counts for _figures, counts, _editing in parts)
