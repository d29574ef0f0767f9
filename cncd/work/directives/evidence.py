"""How news of other rooms reaches obligations: reactions, named in `config/reactions.py`.

Each finds the obligations that look at what changed, by one indexed query, and makes their
derived columns over from the evidence as it stands now: whether something came or was withdrawn
does not matter, and twice is once.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.places.models import PlaceIndex
from cncd.team.teams.models import TeamIndex
from cncd.work.directives.actions.deriving import derive, note
from cncd.work.directives.actions.following import follow_bearers
from cncd.work.directives.models import Ask, Directive, Obligation

Evidence = Ask.Evidence


def follow_activity(entry, activity) -> None:
    """A log was added, edited, withdrawn or restored."""
    if ids := _watching_logs({activity.team_id}):
        derive(obligations=ids, now=entry.at)


def note_activity(_entry, activity) -> None:
    """As `follow_activity`, when more come with it: noted now, done by `derive_noted`."""
    if ids := _watching_logs({activity.team_id}):
        note(ids)


def follow_activities(entry, _subject) -> None:
    """A batch of logs came in: its rows name {"team"}."""
    if ids := _watching_logs({row["team"] for row in entry.rows}):
        derive(obligations=ids, now=entry.at)


def follow_report(entry, report) -> None:
    """A report was sent, returned, accepted, reopened."""
    _follow_reports(report.period_id, {report.team_id}, {report.place_id}, entry.at)


def follow_reports(entry, period) -> None:
    """Many reports of a period changed: the rows name {"team"} or {"place"}."""
    teams = {row.get("team") for row in entry.rows}
    places = {row.get("place") for row in entry.rows}
    _follow_reports(period.pk, teams, places, entry.at)


def follow_team(entry, _subject) -> None:
    """Teams were formed, changed or dissolved at `entry.place_id`: units above have another count,
    and obligations come and pass on.
    """
    teams = {row.get("team") for row in entry.rows} | {entry.team_id}
    teams -= {None}
    above = _units_of(teams, entry)
    counting = Obligation.objects.filter(watches=Evidence.TEAMS, place__in=above)
    counting = _not_ended_before(timezone.localdate(entry.at), counting)
    if ids := set(counting.values_list("pk", flat=True)):
        derive(obligations=ids, now=entry.at)
    touched = Directive.objects.in_force().filter(
        Q(obligations__team__in=teams) | Q(place__in=above)
    )
    if ids := set(touched.values_list("pk", flat=True)):
        follow_bearers(directives=ids, now=entry.at)


def follow_places(entry, _subject) -> None:
    """The tree changed: whom a directive reaches, and where hamlets stand, may differ."""
    follow_the_day(now=entry.at)


def follow_agencies(entry, _subject) -> None:
    """An agency took over from others: what these owed passes on, if they have ended by now."""
    owing = Directive.objects.in_force().filter(obligations__agency__isnull=False)
    follow_bearers(directives=owing.values_list("pk", flat=True).distinct(), now=entry.at)


def follow_the_day(*, now=None) -> None:
    """Whatever changes with the date alone: teams and units that begin or end on this day.

    Named in `config/schedule.py`; running it again changes nothing.
    """
    in_force = Directive.objects.in_force()
    follow_bearers(directives=in_force.values_list("pk", flat=True), now=now)
    rows = Obligation.objects.filter(watches=Evidence.TEAMS, directive__in=in_force)
    derive(obligations=rows.values_list("pk", flat=True), now=now)


def _watching_logs(teams: set[int]) -> set[int]:
    """Ids of the obligations that count logs of these teams: their own, those of units above them,
    and those of who took over from them. One query where nothing is asked.
    """
    stood = TeamIndex.objects.filter(team__in=teams).values("place")
    found = Obligation.objects.filter(watches=Evidence.ACTIVITIES)
    found = found.filter(Q(team__in=teams) | Q(place__in=stood))
    found = found.exclude(directive__state=Directive.State.WITHDRAWN).order_by()
    ids = set(found.values_list("pk", flat=True))
    if ids:
        heirs = Obligation.heirs.through.objects.filter(from_obligation__in=ids)
        ids |= set(heirs.values_list("to_obligation", flat=True))
    return ids


def _follow_reports(period: int, teams: Iterable, places: Iterable, at) -> None:
    teams, places = set(teams) - {None}, set(places) - {None}
    found = Obligation.objects.filter(watches=Evidence.REPORT, ask__period=period)
    found = found.filter(Q(team__in=teams) | Q(place__in=places)).order_by()
    ids = list(found.values_list("pk", flat=True))
    if ids:
        derive(obligations=ids, now=at)


def _units_of(teams: set[int], entry) -> set[int]:
    """Every unit that the teams stood under on some day, and those above where it happened."""
    stood = TeamIndex.objects.filter(team__in=teams).values_list("place", flat=True)
    day = timezone.localdate(entry.at)
    here = PlaceIndex.objects.on(day).filter(place=entry.place_id)
    return {*stood, *here.values_list("ancestor", flat=True)}


def _not_ended_before(day, rows):
    return rows.filter(Q(directive__ended_on=None) | Q(directive__ended_on__gte=day)).order_by()
