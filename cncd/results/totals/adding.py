"""Making the derived rows over: of teams first, then of every place above them, level by level."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.kit.bulk import rewrite
from cncd.foundation.places.models import PlaceVersion
from cncd.results.reports import queries as reports
from cncd.results.reports.models import FigureReturn, Report
from cncd.results.reports.rules import acting_day
from cncd.results.totals import rules
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Period
from cncd.team.teams import queries as teams_room
from cncd.team.teams.models import Team

Standing = TeamTotal.Standing
# What reports alone can answer (TC15): nobody is late before the due moment has passed.
REPORT_COUNTS = {
    "on_time": lambda row, is_past: row.is_due and row.is_on_time is True,
    "due": lambda row, is_past: row.is_due and (is_past or row.is_on_time is not None),
}


def living_teams(period: Period):
    """Teams in force on some day of the period."""
    return Team.objects.filter(since_on__lte=period.last_day).filter(
        Q(until_on=None) | Q(until_on__gt=period.first_day)
    )


def refresh_teams(period: Period, team_ids) -> set[int]:
    """Makes the teams' rows of the period over; returns the places whose sums this may change."""
    teams = list(living_teams(period).filter(pk__in=team_ids))
    rows = _locked(TeamTotal, period, "team_id", [t.pk for t in teams])
    gone = TeamTotal.objects.filter(period=period, team__in=team_ids).exclude(team__in=teams)
    touched = set(gone.values_list("place_id", flat=True)) | {r.place_id for r in rows.values()}
    gone.delete()
    _write_teams(period, teams, rows)
    return (touched | {row.place_id for row in rows.values()}) - {None}


def _write_teams(period: Period, teams: list[Team], rows: dict[int, TeamTotal]) -> None:
    sent = {
        r.team_id: r
        for r in Report.objects.counting()
        .filter(period=period, team__in=teams)
        .select_related("sent")
    }
    unsent = [team for team in teams if team.pk not in sent]
    counted = reports.team_lines(unsent, period) if unsent else {}
    editing = _open_returns(Report.objects.filter(pk__in=[r.pk for r in sent.values()]), "team_id")
    units = _units(teams, period)
    of_reports = _report_counters(period)
    due_at = programme.due_at(period, reports.team_level().code)
    is_past = due_at is not None and timezone.now() > due_at
    cutoff = reports.cutoff_days(period)
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
    fields = [
        "place",
        "standing",
        "figures",
        "registry",
        "editing",
        "state",
        "is_due",
        "is_on_time",
    ]
    rewrite(rows.values(), fields)


def _take_sent(row: TeamTotal, report: Report) -> None:
    accepted = report.state in (Report.State.ACCEPTED, Report.State.LOCKED)
    row.standing = Standing.ACCEPTED if accepted else Standing.SENT
    row.figures = {code: figure["value"] for code, figure in report.sent.figures.items()}
    row.registry = {}
    row.state, row.is_on_time = report.state, report.is_on_time
    row.is_due = row.is_due and report.due_at is not None


def _take_counted(row: TeamTotal, lines) -> None:
    """Provisional figures from the logs; zeros of a month without logs are not yet a statement."""
    row.standing, row.state, row.is_on_time = Standing.PROVISIONAL, "", None
    known = {line.code: line.counted.value for line in lines if line.counted}
    registers = {line.code for line in lines if line.counted and line.room == "teams"}
    row.registry = {code: known[code] for code in sorted(registers)}
    row.figures = {c: v for c, v in known.items() if c not in registers and v not in (0, "none")}


def _units(teams: list[Team], period: Period) -> dict[int, int]:
    """{team id: the unit it falls under at the period's end, or on its own last day}."""
    by_day = defaultdict(list)
    for team in teams:
        by_day[acting_day(team.until_on, period.last_day)].append(team.pk)
    level = reports.unit_level().code
    return {
        team: place
        for day, ids in by_day.items()
        for team, place in teams_room.unit_of(ids, level, day).items()
    }


def _report_counters(period: Period) -> dict[str, str]:
    """{measure code: what it counts} of measures that only reports themselves can answer (TC15)."""
    return {
        row.measure.code: row.counter.counts
        for row in programme.sheet_for(reports.team_level().code, period)
        if row.counter and row.counter.room == reports.MADE_HERE
    }


def _open_returns(among, key: str) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows = FigureReturn.objects.filter(report__in=among, settled_by=None)
    for owner, code in rows.values_list(f"report__{key}", "measure__code"):
        found[owner].append(code)
    return found


def _locked(model, period: Period, key: str, ids) -> dict[int, object]:
    """The period's rows of these owners, made where missing, locked in one order."""
    held = set(
        model.objects.filter(period=period, **{f"{key}__in": ids}).values_list(key, flat=True)
    )
    blank = {"level_id": reports.unit_level().pk, "updated_at": timezone.now()}
    model.objects.bulk_create(
        [
            model(period=period, **{key: pk}, **(blank if model is PlaceTotal else {}))
            for pk in sorted(set(ids) - held)
        ],
        ignore_conflicts=True,
    )
    rows = model.objects.filter(period=period, **{f"{key}__in": ids})
    return {getattr(row, key): row for row in rows.select_for_update().order_by(key)}


def refresh_places(period: Period, place_ids, *, own: bool = False, now=None) -> None:
    """Makes the places' sums over, then those of every place above, as far as something changes.

    `own` also counts anew what the places enter themselves.
    """
    now = now or timezone.now()
    pending = set(place_ids)
    while pending:
        found = _standing_in_tree(pending, period)
        PlaceTotal.objects.filter(period=period, place__in=pending - found.keys()).delete()
        if not found:
            return
        deepest = max(level.rank for _parent, level in found.values())
        now_due = {pk: f for pk, f in found.items() if f[1].rank == deepest}
        parents = _write_places(period, now_due, own, now)
        pending = (found.keys() - now_due.keys()) | parents


def _standing_in_tree(places, period: Period) -> dict[int, tuple[int | None, object]]:
    """{place id: (parent id, level)} of those alive on the period's last day."""
    versions = PlaceVersion.objects.on(period.last_day).filter(place__in=places)
    return {
        v.place_id: (v.parent_id, v.place.level) for v in versions.select_related("place__level")
    }


def _write_places(period: Period, found: dict, own: bool, now) -> set[int]:
    """Writes the sums of places of one level; returns the parents of those that changed."""
    rows = _locked(PlaceTotal, period, "place_id", found)
    parts = _parts(period, found)
    if own:
        _enter_own(period, rows, found)
    editing = _open_returns(Report.objects.filter(period=period, place__in=found), "place_id")
    changed = []
    for pk, row in rows.items():
        before = (row.figures, row.counts, row.editing, row.parent_id, row.level_id)
        row.parent_id, row.level_id = found[pk][0], found[pk][1].pk
        _add_up(row, parts[pk], editing.get(pk, []))
        if before != (row.figures, row.counts, row.editing, row.parent_id, row.level_id) or own:
            row.updated_at = now
            changed.append(row)
    fields = ["figures", "own", "counts", "editing", "parent", "level", "updated_at"]
    rewrite(changed, fields)
    return {row.parent_id for row in changed} - {None}


def _parts(period: Period, places) -> dict[int, list[tuple[dict, dict, dict]]]:
    """{place id: [(figures, counts, editing)]} of the teams and places directly below."""
    parts = defaultdict(list)
    for team in TeamTotal.objects.filter(period=period, place__in=places):
        figures = rules.team_figures(team.standing, team.figures, team.registry)
        counts = rules.team_counts(state=team.state, is_due=team.is_due, is_on_time=team.is_on_time)
        parts[team.place_id].append((figures, counts, dict.fromkeys(team.editing, 1)))
    for child in PlaceTotal.objects.filter(period=period, parent__in=places):
        parts[child.parent_id].append((child.figures, child.counts, child.editing))
    return parts


def _enter_own(period: Period, rows: dict[int, PlaceTotal], found: dict) -> None:
    """What the level itself states: its sent report, or what its registers count meanwhile."""
    level = next(iter(found.values()))[1].code
    places = [row.place for row in rows.values()]
    sent = {
        r.place_id: r
        for r in Report.objects.counting()
        .filter(period=period, place__in=found)
        .select_related("sent")
    }
    counted = reports.place_lines(places, level, period)
    for pk, row in rows.items():
        known = {line.code: line.counted.value for line in counted[pk] if line.counted}
        report = sent.get(pk)
        values = {c: f["value"] for c, f in report.sent.figures.items()} if report else {}
        standing = Standing.PROVISIONAL
        if report:
            accepted = report.state in (Report.State.ACCEPTED, Report.State.LOCKED)
            standing = Standing.ACCEPTED if accepted else Standing.SENT
        row.own = rules.team_figures(standing, values, known)


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
