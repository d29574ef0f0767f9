"""The reports of a unit's teams as one list; those of one team; the quick texts."""

import datetime as dt
from collections import Counter
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.text import fold
from cncd.foundation.people.access import allow
from cncd.results.reports import queries
from cncd.results.reports.marks import MARKS
from cncd.results.reports.models import ReportVersion
from cncd.results.reports.rules import Status
from cncd.results.reports.views.reach import face_of, unit_and_period
from cncd.team.teams.models import Team

STATES = [
    ("sent", _("Waiting to be accepted")),
    ("returned", _("Returned to be corrected")),
    ("accepted", _("Accepted or locked")),
    ("unsent", _("Nothing sent")),
]
OF_STATE = {"locked": "accepted", "": "unsent"}
PUNCTUALITY = [
    Status.ON_TIME,
    Status.LATE,
    Status.MISSING,
    Status.NOT_YET,
    Status.NOT_DUE,
    Status.IMPORTED,
]


def in_words(mark) -> str:
    return f"{mark.shape} {mark.word}"


def _tally(rows) -> list[tuple]:
    """How many reports stand where, in the order of the marks."""
    count = Counter(row.punctuality for row in rows)
    return [(MARKS[status], count[status.value]) for status in PUNCTUALITY if count[status.value]]


def address_of(row) -> str:
    """The report of the row, or where it is written."""
    if row.is_sent:
        return reverse("reports:report", args=[row.report.pk])
    if row.may_write and row.status != Status.NOT_DUE:
        return reverse("reports:write", args=[row.team.pk, row.period.code])
    return ""


class ReportList(List):
    title = _("Reports of the teams")
    name = "bao-cao"
    template = "reports/list.html"
    columns = [
        Column("team", _("Team"), value="team.name", sort="team.sort_key", link=address_of),
        Column("unit", _("Unit"), sort="unit_key"),
        Column(
            "state",
            _("State"),
            value=lambda row: in_words(row.state_mark),
            sort=lambda row: row.state,
            kind="badge",
            tone=lambda row: row.state_mark.tone,
        ),
        Column(
            "punctuality",
            _("Punctuality"),
            value=lambda row: in_words(row.punctuality_mark),
            sort="punctuality",
        ),
        Column("warnings", _("Unusual figures"), kind="number", sort="warnings"),
        Column("sent_at", _("Sent at"), kind="datetime", sort="sent_at"),
        Column(
            "accepted_at",
            _("Accepted at"),
            value=lambda row: row.report and row.report.accepted_at,
            kind="datetime",
            sort=lambda row: row.report and row.report.accepted_at,
        ),
        Column("due_at", _("Due moment"), kind="datetime", sort="due_at", hidden=True),
        Column(
            "origin",
            _("Written by"),
            value=lambda row: (
                ReportVersion.Origin(row.report.sent.origin).label if row.is_sent else ""
            ),
            hidden=True,
        ),
    ]
    filters = [
        Choice(
            "state",
            _("State"),
            choices=STATES,
            apply=lambda rows, value: [
                row for row in rows if OF_STATE.get(row.state, row.state) == value
            ],
        ),
        Choice(
            "when",
            _("Punctuality"),
            choices=[(status.value, MARKS[status].word) for status in PUNCTUALITY],
            apply=lambda rows, value: [row for row in rows if row.punctuality == value],
        ),
        Choice(
            "unusual",
            _("Unusual figures"),
            choices=[("yes", _("with")), ("no", _("without"))],
            apply=lambda rows, value: [
                row for row in rows if row.is_sent and bool(row.warnings) == (value == "yes")
            ],
        ),
    ]
    search_hint = _("Find a team or unit")
    order = ("unit_key", "team.sort_key")
    size = 50
    empty = _("No team owes a report here in this period.")

    @staticmethod
    def search(rows, text):
        words = text.split()
        return [
            row
            for row in rows
            if all(word in f"{row.team.search_key} {fold(row.unit)}" for word in words)
        ]


@allow("reports.view")
def listed(request):
    """Every team of the unit in sight: where its report of the period in sight stands."""
    place, period = unit_and_period(request)
    teams = queries.teams_under(place, period) & Team.objects.visible_to(
        request.user, "reports.view"
    )
    rows = queries.standings(teams.distinct(), period)
    may_accept = request.user.can("reports.accept", place=place)
    quiet = [row for row in rows if row.state == "sent" and not row.warnings]
    context = {
        "quiet": len(quiet) if may_accept else 0,
        "tally": _tally(rows),
        "waiting": next((row.report for row in rows if row.state == "sent"), None),
        "may_enter": request.user.can("reports.send"),
        "may_import": request.user.can("reports.import"),
    }
    for row in rows:
        row.may_write = context["may_enter"]
    return ReportList(request, rows, context=context).response()


@allow("reports.view")
def of_team(request, team_id):
    """The reports of one team, month by month."""
    teams = Team.objects.visible_to(request.user, "reports.view")
    team = get_object_or_404(teams, pk=team_id)
    rows = team.reports.counting().select_related("period", "sent", "team")
    context = {"team": team, "reports": rows[:60], "face": face_of(request, team)}
    return render(request, "reports/of_team.html", context)


@allow("reports.view")
def quick(request):
    """Where the texts for the group are: of today, of this week, of a month's report."""
    team = request.scope.team
    texts = [(label, _days_address(team, *days)) for label, *days in _ranges()]
    if team and (last := team.reports.counting().select_related("period").first()):
        label = _("Report for %(period)s") % {"period": str(last.period).lower()}
        texts.append((label, reverse("reports:text", args=[last.pk])))
    elif request.scope.place and request.scope.period:
        label = _("Report for %(period)s") % {"period": str(request.scope.period).lower()}
        texts.append((label, f"{reverse('totals:text')}?{urlencode(request.scope.query)}"))
    context = {"texts": texts, "face": face_of(request, team)}
    return render(request, "reports/quick.html", context)


def _ranges() -> list[tuple]:
    today = timezone.localdate()
    monday = today - dt.timedelta(days=today.weekday())
    return [(_("Today"), today, today), (_("This week"), monday, today)]


def _days_address(team, since: dt.date, until: dt.date) -> str:
    """The text of activities of these days: of the team, or of the unit in sight."""
    query = {"since": f"{since:%Y-%m-%d}", "until": f"{until:%Y-%m-%d}"}
    if team:
        return f"{reverse('phone:text')}?{urlencode(query)}"
    return f"{reverse('activities:text')}?{urlencode(query)}"
