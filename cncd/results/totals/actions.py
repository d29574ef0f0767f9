"""Keeping the totals true: small steps after each change, or everything made over.

Derived data: these leave no journal entry of their own.
"""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cncd.foundation.places.models import Level, Place, PlaceIndex, PlaceVersion
from cncd.results.reports import queries as reports
from cncd.results.reports.actions.consolidating import keep_snapshots
from cncd.results.reports.models import Report
from cncd.results.totals import queries
from cncd.results.totals.adding import refresh_places
from cncd.results.totals.models import PlaceTotal, Recount, TeamTotal
from cncd.results.totals.team_rows import living_teams, recount, refresh_teams
from cncd.team.programme.models import Period
from cncd.team.teams import queries as teams_room
from cncd.work.channels.models import Presence

# Which rooms count otherwise when a register changes: itself, and who counts what it lists.
COUNT_FROM = {"households": {"households", "activities"}}
# Rooms whose records belong to places, and count for the team that holds the place.
OF_PLACES = reports.REGISTERS - {"teams"}


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
        at = max(note.at for note in notes)
        _recount([(day, note.team_id) for note in notes for day in note.days], at)
        for changed in _together(notes):
            _recount_register(changed, at)
        Recount.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return len(notes)


class Changed(NamedTuple):
    """What an entry says of a register: in which places figures differ, from which day on."""

    room: str
    places: set[int]
    teams: set[int]  # named beside those that hold the places
    since_on: dt.date | None  # None: from the beginning


def follow_register(entry, _subject) -> None:
    """A record of a register changed: months that end on or after its first day are recounted.

    The entry names `place`, or rows of {"place"}, and `after["on"]`; one without a place changed
    what holds everywhere (reaction).
    """
    changed = _changed(entry)
    if changed.places or changed.teams:
        _recount_register(changed, entry.at)
    else:
        rebuild(periods=_ending_from(changed.since_on))


def note_register(entry, subject) -> None:
    """As `follow_register`, when more come with it: noted now, counted by `recount_noted`."""
    changed = _changed(entry)
    if changed.places and not changed.teams:
        since_on, places = changed.since_on, sorted(changed.places)
        Recount.objects.create(room=changed.room, places=places, since_on=since_on, at=entry.at)
    else:
        follow_register(entry, subject)


def follow_posting(entry, posting) -> None:
    """Somebody left office: the common groups that count on them may be complete no more."""
    mine = Q(posting=posting) | Q(posting__successor=posting)
    places = set(Presence.objects.filter(mine).values_list("channel__place", flat=True))
    if places:
        day = entry.after.get("until_on") or entry.after.get("since_on")
        day = day and dt.date.fromisoformat(day)
        _recount_register(Changed("channels", places, set(), day), entry.at)


def _changed(entry) -> Changed:
    rows = [row for row in entry.rows if isinstance(row, dict)]
    places = {row["place"] for row in rows if row.get("place")} or {entry.place_id} - {None}
    teams = {row["team"] for row in rows if row.get("team")} | {entry.team_id} - {None}
    room = entry.subject_kind.partition(".")[0]
    return Changed(room, places, teams, _first_day_touched(entry))


def _together(notes: list[Recount]) -> list[Changed]:
    """One change for each room, from the first of their days on."""
    found: dict[str, Changed] = {}
    for note in notes:
        if note.places:
            held = found.get(note.room, Changed(note.room, set(), set(), note.since_on))
            days = (held.since_on, note.since_on)
            first = min(days) if all(days) else None
            places = held.places | set(note.places)
            found[note.room] = Changed(note.room, places, set(), first)
    return list(found.values())


def _recount_register(changed: Changed, at: dt.datetime) -> None:
    """Counts the register anew where a report has not yet frozen what it said."""
    rooms = COUNT_FROM.get(changed.room, {changed.room})
    periods = _ending_from(changed.since_on)
    if changed.room not in reports.COUNTING_PLACES:
        held = teams_room.may_hold(changed.places) | changed.teams
        unsent = TeamTotal.objects.filter(team__in=held)
        unsent = unsent.filter(standing__in=["", TeamTotal.Standing.PROVISIONAL])
        periods = periods.filter(pk__in=unsent.values("period"))
    for period in periods:
        touched, above = set(), set()
        if rooms & reports.rooms_counted(period, reports.team_level(period).code):
            held = teams_room.holders(period.last_day, changed.places)
            touched = recount(period, set(held.values()) | changed.teams, rooms)
        if _is_counted_above(changed.room, period):
            above = _units_of(changed.places, period)
        if touched or above:
            refresh_places(period, touched | above, own=bool(above), now=at)


def _units_of(places: set[int], period: Period) -> set[int]:
    """The places themselves and all above them, but for the level of teams."""
    rows = PlaceIndex.objects.on(period.last_day).filter(place__in=places)
    rows = rows.exclude(ancestor__level=reports.team_level(period))
    return set(rows.values_list("ancestor", flat=True))


def _is_counted_above(room: str, period: Period) -> bool:
    """Whether the room counts something for units themselves, beside what it counts for teams."""
    if room not in reports.COUNTING_PLACES:
        return False
    lowest = reports.team_level(period).pk
    levels = Level.objects.exclude(pk=lowest).values_list("code", flat=True)
    return any(room in reports.rooms_counted(period, level) for level in levels)


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
        teams = set().union(*(by_day[d] for d in by_day if _adds_to(period, d)))
        if teams:
            refresh_places(period, recount(period, teams, {"activities"}), now=at)


def _adds_to(period: Period, day: dt.date) -> bool:
    """Whether a log of that day is in the period, or in what it counts since January."""
    if period.first_day <= day <= period.last_day:
        return True
    is_earlier = day < period.first_day and day.year == period.last_day.year
    return is_earlier and reports.counts_since_january(period, reports.team_level(period).code)


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
    """A team was formed, consolidated or dissolved: every month it lives in may change.

    Records of its places may pass to or from a team beside it.
    """
    ids = {row["team"] for row in entry.rows if row.get("team")} or {team.pk}
    for period in _ending_from(_first_day_touched(entry)):
        units = refresh_teams(period, ids)
        if rooms := OF_PLACES & reports.rooms_counted(period, reports.team_level(period).code):
            beside = teams_room.sharing(ids, period.last_day) - ids
            units |= recount(period, beside, rooms)
        refresh_places(period, units, own=True, now=entry.at)


def follow_places(entry, _subject) -> None:
    """The tree changed from a day on: the months that end on or after it are made over."""
    rebuild(periods=_ending_from(_first_day_touched(entry)))


def follow_new_places(entry, _subject) -> None:
    """Places began: their units get a row, and their parents count their hamlets anew (TC01)."""
    ids = {row["place"] for row in entry.rows if "place" in row} or {int(entry.subject_id)}
    for period in _ending_from(_first_day_touched(entry)):
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


def _ending_from(first: dt.date | None):
    """The periods that end on or after the day; None: all there are."""
    return Period.objects.filter(Q(last_day__gte=first) if first else Q())


def _periods_of(days):
    """The periods that hold one of the days, and those of its year that come later."""
    wanted = Q(pk=None)
    for day in days:
        wanted |= Q(first_day__lte=day, last_day__gte=day)
        wanted |= Q(last_day__gte=day, last_day__year=day.year)
    return Period.objects.filter(wanted)
