"""Making the derived rows over: of teams first, then of every place above them, level by level."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.kit.bulk import rewrite
from cncd.foundation.places.models import PlaceIndex, PlaceVersion
from cncd.results.reports import queries as reports
from cncd.results.reports.models import FigureReturn, Report
from cncd.results.reports.rules import acting_day, is_on_time
from cncd.results.totals import rules
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Period
from cncd.team.teams import queries as teams_room
from cncd.team.teams.models import Team
from cncd.work.activities.models import Activity

Standing = TeamTotal.Standing
# What reports alone can answer (TC15): nobody is late before the due moment has passed.
REPORT_COUNTS = {
    "on_time": lambda row, is_past: row.is_due and row.is_on_time is True,
    "due": lambda row, is_past: row.is_due and (is_past or row.is_on_time is not None),
}


def living_teams(period: Period):
    """Teams in force on some day of the period, or with work in it that was written down.

    That was so before a decision ended them from an earlier day: it must not vanish unseen.
    """
    written = Activity.objects.standing().between(period.first_day, period.last_day)
    return Team.objects.filter(since_on__lte=period.last_day).filter(
        Q(until_on=None) | Q(until_on__gt=period.first_day) | Q(pk__in=written.values("team"))
    )


def refresh_teams(period: Period, team_ids) -> set[int]:
    """Makes the teams' rows of the period over; returns the places whose sums this may change."""
    wanted = set(team_ids)
    teams = list(living_teams(period).filter(pk__in=wanted))
    rows = _locked(TeamTotal, period, "team_id", [team.pk for team in teams])
    touched = {row.place_id for row in rows.values()}
    if gone := wanted - rows.keys():
        dropped = TeamTotal.objects.filter(period=period, team__in=gone)
        touched |= set(dropped.values_list("place_id", flat=True))
        dropped.delete()
    if teams:
        _write_teams(period, teams, rows)
    return (touched | {row.place_id for row in rows.values()}) - {None}


def recount_logs(period: Period, team_ids) -> set[int]:
    """As `refresh_teams`, after nothing but logs changed: of running rows only what logs count.

    What was sent stands frozen, and a team without a row yet is made over whole.
    """
    rows = _locked(TeamTotal, period, "team_id", _living_ids(period, team_ids))
    new = {pk for pk, row in rows.items() if not row.standing}
    running = [row for row in rows.values() if row.standing == Standing.PROVISIONAL]
    if running:
        lowest = reports.team_level(period).code
        teams = [row.team_id for row in running]
        counted = reports.counted_values(teams, period, lowest, rooms={"activities"})
        for row in running:
            row.figures = _provisional(counted[row.team_id])
        rewrite(running, ["figures"])
    gone_or_new = new | (set(team_ids) - rows.keys())
    touched = refresh_teams(period, gone_or_new) if gone_or_new else set()
    return touched | {row.place_id for row in running} - {None}


def _living_ids(period: Period, team_ids) -> list[int]:
    return list(living_teams(period).filter(pk__in=team_ids).values_list("pk", flat=True))


def _write_teams(period: Period, teams: list[Team], rows: dict[int, TeamTotal]) -> None:
    lowest, unit = reports.lowest_levels(period)
    sent = _sent(period, team=teams)
    unsent = [team for team in teams if team.pk not in sent]
    counted = reports.counted_values(unsent, period, lowest.code) if unsent else {}
    editing = _open_returns(period, team=sent) if sent else {}
    units = _units(teams, period, unit.code)
    of_reports = _report_counters(period, lowest.code)
    due_at = programme.due_at(period, lowest.code)
    is_past = due_at is not None and timezone.now() > due_at
    cutoff = reports.cutoff_days(period, lowest.code)
    for team in teams:
        row = rows[team.pk]
        row.place_id = units.get(team.pk)
        row.is_due = reports.owes(team, period, cutoff)
        row.editing = sorted(editing.get(team.pk, []))
        if team.pk in sent:
            _take_sent(row, sent[team.pk])
        else:
            _take_counted(row, counted[team.pk])
        for code, word in of_reports.items():
            row.registry[code] = int(REPORT_COUNTS[word](row, is_past))
    fields = "place standing figures registry editing state is_due is_on_time"
    rewrite(rows.values(), fields.split())


class Sent(NamedTuple):
    """What counts of a report that was sent at least once."""

    state: str
    due_at: dt.datetime | None
    made_at: dt.datetime | None
    values: dict

    @property
    def standing(self) -> str:
        accepted = self.state in (Report.State.ACCEPTED, Report.State.LOCKED)
        return Standing.ACCEPTED if accepted else Standing.SENT


def _sent(period: Period, **owners) -> dict[int, Sent]:
    """{owner id: what counts}, read without making objects of rows whose records are heavy."""
    [key] = owners
    rows = Report.objects.counting().filter(period=period, **{f"{key}__in": owners[key]})
    rows = rows.values_list(key, "state", "due_at", "first_made_at", "sent__figures")
    return {
        owner: Sent(*moments, {code: figure["value"] for code, figure in figures.items()})
        for owner, *moments, figures in rows
    }


def _take_sent(row: TeamTotal, sent: Sent) -> None:
    row.standing, row.state = sent.standing, sent.state
    row.figures, row.registry = sent.values, {}
    row.is_on_time = is_on_time(sent.made_at, sent.due_at)
    row.is_due = row.is_due and sent.due_at is not None


def _take_counted(row: TeamTotal, counted: dict[str, tuple]) -> None:
    """Provisional figures from the logs; zeros of a month without logs are not yet a statement."""
    row.standing, row.state, row.is_on_time = Standing.PROVISIONAL, "", None
    row.registry = {c: value for c, (room, value) in sorted(counted.items()) if room == "teams"}
    row.figures = _provisional(counted)


def _provisional(counted: dict[str, tuple]) -> dict:
    return {
        code: value
        for code, (room, value) in counted.items()
        if room != "teams" and value not in (0, "none")
    }


def _units(teams: list[Team], period: Period, level: str) -> dict[int, int]:
    """{team id: the unit it falls under at the period's end, or on its own last day}."""
    by_day = defaultdict(list)
    for team in teams:
        by_day[acting_day(team.until_on, period.last_day)].append(team.pk)
    return {
        team: place
        for day, ids in by_day.items()
        for team, place in teams_room.unit_of(ids, level, day).items()
    }


def _report_counters(period: Period, level: str) -> dict[str, str]:
    """{measure code: what it counts} of measures that only reports themselves can answer (TC15)."""
    return {
        row.measure.code: row.counter.counts
        for row in programme.sheet_for(level, period)
        if row.counter and row.counter.room == reports.MADE_HERE
    }


def _open_returns(period: Period, **owners) -> dict[int, list[str]]:
    """{owner id: codes of figures that are returned and not yet sent again}."""
    [key] = owners
    rows = FigureReturn.objects.filter(report__period=period, settled_by=None)
    rows = rows.filter(**{f"report__{key}__in": owners[key]})
    found = defaultdict(list)
    for owner, code in rows.values_list(f"report__{key}", "measure__code"):
        found[owner].append(code)
    return found


def _locked(model, period: Period, key: str, ids) -> dict[int, object]:
    """The period's rows of these owners, made where missing, locked in one order.

    Teams before places, deep levels before high ones, then by id: whoever waits for a row holds
    none that comes later, so two senders never block each other for ever.
    """
    rows = model.objects.filter(period=period, **{f"{key}__in": ids})
    order = ("-level__rank", "place") if model is PlaceTotal else ("team",)
    rows = rows.select_for_update(of=("self",)).order_by(*order)
    found = {getattr(row, key): row for row in rows}
    if missing := sorted(set(ids) - found.keys()):
        model.objects.bulk_create(
            [model(period=period, **{key: pk}, **_blank(model, ids, pk)) for pk in missing],
            ignore_conflicts=True,
        )
        found = {getattr(row, key): row for row in rows.all()}
    return found


def _blank(model, tree, pk: int) -> dict:
    if model is TeamTotal:
        return {}
    return {"level": tree[pk].place.level, "updated_at": timezone.now()}


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
    rows = _locked(PlaceTotal, period, "place_id", tree)
    parts = _parts(period, tree)
    if own:
        _enter_own(period, rows, tree)
    editing = _open_returns(period, place=tree)
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
    sent, by_level = _sent(period, place=tree), defaultdict(list)
    for version in tree.values():
        by_level[version.place.level.code].append(version.place)
    for level, places in by_level.items():
        counted = reports.place_lines(places, level, period)
        for place in places:
            known = {line.code: line.counted.value for line in counted[place.pk] if line.counted}
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
