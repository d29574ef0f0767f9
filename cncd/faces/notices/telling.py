"""From the clock and from the journal to news for people. A new kind of notice begins here."""

import datetime as dt
from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation

from cncd.faces.notices import kinds, queries, wording
from cncd.faces.notices.actions import give_notices, settle
from cncd.faces.notices.rules import AFTER, due_step, is_evening
from cncd.foundation.journal.models import Entry
from cncd.foundation.people.coordination import officers_at
from cncd.foundation.people.news import News
from cncd.foundation.places.queries import names, setting
from cncd.results.reports import queries as reports
from cncd.results.reports.models import Report
from cncd.team.teams import queries as teams
from cncd.team.teams.models import Membership

SHORT = dt.timedelta(days=3)  # how long a push may wait for a phone that is off
ASKING = (*kinds.TIMELY, kinds.RETURNED)  # done with once the report is sent
SENT = ("report.sent", "report.resent", "report.supplemented", "reports.sent")
OF_EVENT = {
    **dict.fromkeys(SENT, kinds.RECEIVED),
    **dict.fromkeys(("report.returned", "reports.returned"), kinds.RETURNED),
    **dict.fromkeys(("report.accepted", "reports.accepted"), kinds.ACCEPTED),
}


# -- by the clock -------------------------------------------------------------------------------


def remind(now: dt.datetime | None = None) -> int:
    """Tells teams that a report is due, and officers on the evening how many are missing.

    Does no harm when run again; returns how many notices were made.
    """
    now = now or timezone.now()
    days = {setting("notices.days_before"), setting("notices.days_before_again")}
    silent = queries.unsent(now, max(days))
    if not silent:
        return 0
    given = give_notices(news=due_news(silent, days, setting("notices.morning"), now), now=now)
    evening = [row for row in silent if is_evening(row.due_at, now, setting("notices.evening"))]
    return len(given) + len(give_notices(news=missing_news(evening, now), now=now))


def due_news(silent: list, days: set[int], hour: int, now: dt.datetime) -> list[News]:
    """For whoever may send the team's report; after the due day for the leader alone.

    What the same person was told already is left out, so that asking again costs little.
    """
    turns = [(row, due_step(row.due_at, now, days, hour)) for row in silent]
    turns = [(row, step, _turn(row, step)) for row, step in turns if step is not None]
    leads = teams.leads_of({row.team.pk for row, *_rest in turns}, timezone.localdate(now))
    told = queries.told(kinds.TIMELY, {moment for *_rest, moment in turns})
    return [
        _due(member.person.user, row, step, moment, now)
        for row, step, moment in turns
        for member in _addressed(leads.get(row.team.pk, []), step)
        if (member.person.user.pk, _about_team(row.team.pk, row.period), moment) not in told
    ]


def _turn(owing, step: int) -> str:
    """T-3, T+0, T+1 of the due day; a due day that moved is told of anew."""
    return f"T{-step:+d} {timezone.localdate(owing.due_at)}"


def _addressed(members: list[Membership], step: int) -> list[Membership]:
    leaders = [m for m in members if m.position == Membership.Position.LEADER]
    return (leaders or members) if step == AFTER else members


def _due(user, owing, step: int, moment: str, now: dt.datetime) -> News:
    with translation.override(user.language):
        said = wording.late(owing) if step == AFTER else wording.due(owing, now)
    return News(
        user=user,
        kind=kinds.LATE if step == AFTER else kinds.DUE,
        what=_about_team(owing.team.pk, owing.period),
        moment=moment,
        address=reverse("reports:write", args=[owing.team.pk, owing.period.code]),
        until_at=now + SHORT if step == AFTER else owing.due_at,
        **said._asdict(),
    )


def missing_news(silent: list, now: dt.datetime) -> list[News]:
    """One for each officer of a commune and month, however many of its teams are missing."""
    if not silent:
        return []
    today = timezone.localdate(now)
    placed = teams.unit_of([row.team.pk for row in silent], reports.unit_level().code, today)
    units = defaultdict(list)
    for row in silent:
        if row.team.pk in placed:
            units[placed[row.team.pk], row.period].append(row)
    places = set(placed.values())
    called, officers = names(places, today), officers_at(places, "reports.accept", today)
    return [
        _missing(user, place, called[place].full_name, mine, now)
        for (place, _period), mine in units.items()
        for user in officers.get(place, ())
    ]


def _missing(user, place: int, unit: str, silent: list, now: dt.datetime) -> News:
    with translation.override(user.language):
        said = wording.missing(unit, len(silent), silent[0])
    period = silent[0].period
    query = urlencode({"u": place, "k": period.code})
    return News(
        user=user,
        kind=kinds.MISSING,
        what=f"place {place}, {period.code}",
        moment=f"T {timezone.localdate(now)}",
        address=f"{reverse('reports:silent')}?{query}",
        until_at=now + dt.timedelta(hours=12),
        **said._asdict(),
    )


# -- from the journal ---------------------------------------------------------------------------


def tell_of_report(entry: Entry) -> int:
    """A report was received, returned or accepted: those who wrote it hear of it.

    Returns how many notices were made.
    """
    kind = OF_EVENT.get(entry.event)
    ids = [row["report"] for row in entry.rows if "report" in row] or [entry.subject_id]
    open_returns = Count("returns", filter=Q(returns__settled_by=None))
    found = Report.objects.filter(pk__in=ids).annotate(open_returns=open_returns)
    found = found.select_related("team", "place", "period")
    written = list(found) if kind else []
    if kind == kinds.RECEIVED:
        settle(what={_about(report) for report in written}, kinds=ASKING, now=entry.at)
    return len(give_notices(news=report_news(kind, written, entry), now=entry.at))


def report_news(kind: str, written: list[Report], entry: Entry) -> list[News]:
    """For the leads of a team, or those who confirm the report of a unit."""
    today = timezone.localdate(entry.at)
    leads = teams.leads_of({r.team_id for r in written if r.team_id}, today)
    places = {report.place_id for report in written if report.place_id}
    officers = officers_at(places, "reports.confirm", today) if places else {}
    called, found = names(places, today), []
    for report in written:
        users = [member.person.user for member in leads.get(report.team_id, ())]
        users += officers.get(report.place_id, [])
        owner = report.team.name if report.team_id else called[report.place_id].full_name
        found += [_of_report(user, kind, report, owner, entry) for user in users]
    return found


def _of_report(user, kind: str, report: Report, owner: str, entry: Entry) -> News:
    with translation.override(user.language):
        said = _said(kind, report, owner, entry.at)
    return News(
        user=user,
        kind=kind,
        what=_about(report),
        moment=f"entry {entry.pk}",
        address=_address(report),
        until_at=entry.at + SHORT,
        **said._asdict(),
    )


def _said(kind: str, report: Report, owner: str, at: dt.datetime) -> wording.Words:
    if kind == kinds.RETURNED:
        return wording.returned(report, owner, report.open_returns)
    return (wording.received if kind == kinds.RECEIVED else wording.accepted)(report, owner, at)


def _about(report: Report) -> str:
    if report.team_id:
        return _about_team(report.team_id, report.period)
    return f"report of place {report.place_id}, {report.period.code}"


def _about_team(team_id: int, period) -> str:
    return f"team {team_id}, {period.code}"


def _address(report: Report) -> str:
    if report.team_id:
        return reverse("reports:write", args=[report.team_id, report.period.code])
    query = urlencode({"u": report.place_id, "k": report.period.code})
    return f"{reverse('totals:unit')}?{query}"
