"""From the journal: a report was received, returned or accepted."""

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.news import SHORT, News, Settled
from cncd.foundation.places.queries import names
from cncd.results.reports.models import Report
from cncd.results.reports.news import kinds, wording
from cncd.results.reports.news.about import about
from cncd.team.teams import queries as teams

ASKING = (*kinds.TIMELY, kinds.RETURNED)  # done with once the report is sent
SENT = ("report.sent", "report.resent", "report.supplemented", "reports.sent")
OF_EVENT = {
    **dict.fromkeys(SENT, kinds.RECEIVED),
    **dict.fromkeys(("report.returned", "reports.returned"), kinds.RETURNED),
    **dict.fromkeys(("report.accepted", "reports.accepted"), kinds.ACCEPTED),
}


def of_entry(entry: Entry) -> list[News | Settled]:
    """A report was received, returned or accepted: those who wrote it hear of it, and with its
    arrival what asked for it is done.
    """
    kind = OF_EVENT[entry.event]
    ids = [row["report"] for row in entry.rows if "report" in row] or [entry.subject_id]
    open_returns = Count("returns", filter=Q(returns__settled_by=None))
    found = Report.objects.filter(pk__in=ids).annotate(open_returns=open_returns)
    written = list(found.select_related("team", "place", "period"))
    settled = [Settled(about(each), ASKING) for each in written if kind == kinds.RECEIVED]
    return [*settled, *report_news(kind, written, entry)]


def of_confirmation(entry: Entry) -> list[Settled]:
    """A unit's report was confirmed: nobody there need be reminded any more."""
    found = Report.objects.filter(pk=entry.subject_id).exclude(place=None)
    return [Settled(about(each), ASKING) for each in found.select_related("period")]


def report_news(kind: str, written: list[Report], entry: Entry) -> list[News]:
    """For the leads of a team, or those who confirm the report of a unit."""
    today = timezone.localdate(entry.at)
    leads = teams.leads_of({r.team_id for r in written if r.team_id}, today)
    places = {report.place_id for report in written if report.place_id}
    officers = guides_at(places, "reports.confirm", today) if places else {}
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
        what=about(report),
        moment=f"entry {entry.pk}",
        address=_address(report),
        until_at=entry.at + SHORT,
        **said._asdict(),
    )


def _said(kind: str, report: Report, owner: str, at: dt.datetime) -> wording.Words:
    if kind == kinds.RETURNED:
        return wording.returned(report, owner, report.open_returns)
    return (wording.received if kind == kinds.RECEIVED else wording.accepted)(report, owner, at)


def _address(report: Report) -> str:
    if report.team_id:
        return reverse("reports:write", args=[report.team_id, report.period.code])
    query = urlencode({"u": report.place_id, "k": report.period.code})
    return f"{reverse('totals:unit')}?{query}"
