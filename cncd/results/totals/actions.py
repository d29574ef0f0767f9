"""Keeping the totals true: small steps after each change, or everything made over.

Derived data: these leave no journal entry of their own.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cncd.foundation.places.models import Place, PlaceVersion
from cncd.results.reports.actions.consolidating import keep_snapshots
from cncd.results.reports.models import Report
from cncd.results.totals import queries
from cncd.results.totals.adding import (
    living_teams,
    recount_logs,
    refresh_places,
    refresh_teams,
)
from cncd.results.totals.models import PlaceTotal, Recount, TeamTotal
from cncd.team.programme.models import Period


@transaction.atomic
def rebuild(*, periods=None, progress=lambda period: None) -> int:
    """Drops and makes over the totals of the periods (all when None); returns how many periods.

    Gives exactly what the small steps gave.
    """
    chosen = list(Period.objects.all() if periods is None else periods)
    for period in chosen:
        TeamTotal.objects.filter(period=period).delete()
        PlaceTotal.objects.filter(period=period).delete()
        refresh_teams(period, list(living_teams(period).values_list("pk", flat=True)))
        units = Place.objects.alive(period.last_day).exclude(level=queries.lowest_level())
        refresh_places(period, list(units.values_list("pk", flat=True)), own=True)
        progress(period)
    return len(chosen)


def follow_activity(entry, activity) -> None:
    """A log was added, edited or withdrawn: its team's running figures change (reaction)."""
    _recount([(day, activity.team_id) for day in _days_of(entry, activity)], entry.at)


def follow_activities(entry, _subject) -> None:
    """A batch of logs came in: its rows name {"team", "happened_on"} (reaction)."""
    _recount([(row["happened_on"], row["team"]) for row in entry.rows], entry.at)


def note_activity(entry, activity) -> None:
    """As `follow_activity`, when more come with it: noted now, counted by `recount_noted`."""
    days = sorted(_days_of(entry, activity))
    Recount.objects.create(team_id=activity.team_id, days=days, at=entry.at)


@transaction.atomic
def recount_noted() -> int:
    """Makes the totals over for all that was noted; returns how many notes that were.

    A note is seen only when its log is, so what is counted afterwards holds that log. What another
    process is counting just now is left to it.
    """
    notes = list(Recount.objects.select_for_update(skip_locked=True, of=("self",)).order_by("pk"))
    if notes:
        said = [(day, note.team_id) for note in notes for day in note.days]
        _recount(said, max(note.at for note in notes))
        Recount.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return len(notes)


def _days_of(entry, activity) -> set[str]:
    """The ISO days on which the log counts or counted."""
    sides = (entry.before, entry.after, {"happened_on": activity.happened_on.isoformat()})
    return {side["happened_on"] for side in sides if "happened_on" in side}


def _recount(said: list[tuple[str, int]], at: dt.datetime) -> None:
    """Counts the logs of (ISO day, team id) anew, period by period."""
    by_day: dict[dt.date, set[int]] = {}
    for day, team in said:
        by_day.setdefault(dt.date.fromisoformat(day), set()).add(team)
    for period in _periods_of(by_day):
        within = [d for d in by_day if period.first_day <= d <= period.last_day]
        teams = set().union(*(by_day[d] for d in within))
        refresh_places(period, recount_logs(period, teams), now=at)


def follow_report(entry, report: Report) -> None:
    """A report was sent, returned, accepted, reopened or confirmed (reaction)."""
    period = report.period
    if report.team_id:
        refresh_places(period, refresh_teams(period, [report.team_id]), now=entry.at)
        return
    refresh_places(period, [report.place_id], own=True, now=entry.at)
    if entry.event in ("report.confirmed", "report.reconfirmed"):
        _keep_snapshots(period, {report.place_id})


def follow_reports(entry, period: Period) -> None:
    """Many reports changed at once: the rows name {"team"} or {"place"} (reaction)."""
    rows = entry.rows
    teams = {row["team"] for row in rows if row.get("team")}
    places = {row["place"] for row in rows if row.get("place")}
    refresh_places(period, refresh_teams(period, teams), now=entry.at)
    if places:
        refresh_places(period, places, own=True, now=entry.at)
        if entry.event == "reports.kept":
            _keep_snapshots(period, places)


def _keep_snapshots(period: Period, places: set[int]) -> None:
    reports = Report.objects.filter(period=period, place__in=places).select_related("sent")
    taken = queries.snapshots(places, period)
    versions = [report.sent for report in reports]
    for version, report in zip(versions, reports, strict=True):
        version.snapshot = taken[report.place_id]
    keep_snapshots(versions=versions)


def follow_team(entry, team) -> None:
    """A team was formed, consolidated or dissolved: every month it lives in may change."""
    ids = {row["team"] for row in entry.rows if row.get("team")} or {team.pk}
    first = _first_day_touched(entry)
    for period in Period.objects.filter(Q(last_day__gte=first) if first else Q()):
        units = refresh_teams(period, ids)
        refresh_places(period, units, own=True, now=entry.at)


def follow_places(entry, _subject) -> None:
    """The tree changed from a day on: the months that end on or after it are made over."""
    first = _first_day_touched(entry)
    rebuild(periods=Period.objects.filter(Q(last_day__gte=first) if first else Q()))


def follow_new_places(entry, _subject) -> None:
    """Places began: their units get a row, and their parents count their hamlets anew (TC01)."""
    ids = {row["place"] for row in entry.rows if "place" in row} or {int(entry.subject_id)}
    first = _first_day_touched(entry)
    for period in Period.objects.filter(Q(last_day__gte=first) if first else Q()):
        versions = PlaceVersion.objects.on(period.last_day).filter(place__in=ids)
        lowest = queries.lowest_level().pk
        touched = {
            v.parent_id if v.place.level_id == lowest else v.place_id
            for v in versions.select_related("place")
        }
        refresh_places(period, touched - {None}, own=True, now=entry.at)


def follow_period(_entry, period: Period) -> None:
    """A month opened: its teams owe reports from now on."""
    rebuild(periods=[period])


def follow_programme(_entry, _subject) -> None:
    """A sheet, counter or source changed: the running months are counted anew."""
    today = timezone.localdate()
    rebuild(periods=Period.objects.filter(first_day__lte=today, last_day__gte=today))


def _first_day_touched(entry) -> dt.date | None:
    """The earliest day a change names, in `after["on"]` or `after["since_on"]`; None: unknown."""
    days = [side.get(key) for side in (entry.before, entry.after) for key in ("on", "since_on")]
    return min((dt.date.fromisoformat(d) for d in days if d), default=None)


def _periods_of(days):
    wanted = Q(pk=None)
    for day in days:
        wanted |= Q(first_day__lte=day, last_day__gte=day)
    return Period.objects.filter(wanted)
