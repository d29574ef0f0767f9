"""Sending teams' reports: the moment their figures freeze."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.results.reports import queries
from cncd.results.reports.actions.drafting import Content, about, opened_of_teams
from cncd.results.reports.actions.freezing import Sending, freeze
from cncd.results.reports.actions.raising import raise_said
from cncd.results.reports.models import Report


@transaction.atomic
def submit_report(
    *, team, period, content: Content, by, made_at=None, seen=None, edition=None, now=None
) -> Report:
    """Sends a team's monthly report, or sends it again (II.2.8).

    Freezes the figures with the records counted. On time is judged by `made_at` of the first
    sending (the phone's corrected clock; default: now; never before the period), and so is the
    right to send. `seen` maps codes to the counts the person
    saw. While figures are returned only those may change; after sending or acceptance a new
    sending is a supplement, accepted anew.
    Raises PermissionDenied, OtherPeriod, Closed, Stale, Incomplete, NotOpen or FiguresChanged.
    """
    now = now or timezone.now()
    made_at = made_within(period, made_at, now)
    about_it = {"period": period, "by": by, "made_at": made_at, "now": now}
    report = opened_of_teams(teams=[team], editions={team: edition}, **about_it)[team]
    raise_said({report: content}, by=by, made_at=made_at, now=now)
    lines = queries.team_lines([team], period)[team.pk]
    [sending] = freeze([Sending(report, lines, content, seen)], by, made_at, now)
    record(
        event=f"report.{sending.what}",
        **about(report),
        by=by,
        now=now,
        before=queries.by_short_name(sending.old),
        after=queries.by_short_name(sending.new),
    )
    return report


def made_within(period, made_at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """When it was made by the sender's clock, but neither before the period nor after now."""
    begins = timezone.make_aware(dt.datetime.combine(period.first_day, dt.time.min))
    return min(max(made_at or now, begins), now)


@transaction.atomic
def submit_reports(
    *, period, contents: dict, by, made_at=None, editions=None, now=None
) -> list[Report]:
    """Sends the reports of many teams at once, {team: Content}, with one journal entry.

    The same rules as `submit_report`, in a few queries for all; all are sent or none. `editions`
    maps teams to what the caller saw. An error carries `team`.
    """
    if not contents:
        return []
    now = now or timezone.now()
    opened = opened_of_teams(period=period, teams=list(contents), by=by, now=now, editions=editions)
    said = {report: contents[team] for team, report in opened.items()}
    raise_said(said, by=by, made_at=made_at or now, now=now)
    lines = queries.team_lines(list(contents), period)
    sendings = [Sending(report, lines[team.pk], contents[team]) for team, report in opened.items()]
    freeze(sendings, by, made_at or now, now)
    sent = [sending.report for sending in sendings]
    record(
        event="reports.sent",
        subject=period,
        by=by,
        now=now,
        after={"count": len(sent)},
        rows=[{"report": r.pk, "team": r.team_id, "name": str(r.team)} for r in sent],
    )
    return sent
