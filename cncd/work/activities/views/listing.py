"""The log of a unit's teams as one list: searched, filtered, exported."""

import datetime as dt

from django import forms
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.text import fold
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import PlaceVersion
from cncd.team.programme.models import ActivityKind, Content
from cncd.team.teams.models import Team
from cncd.work.activities.models import Activity, ActivityContent
from cncd.work.households.models import Household

MOST_TEAMS = 60  # offered in the filter; more are found by search

MARKS = {
    "summary": (_("Summary, estimate"), Q(is_summary=True)),
    "on_behalf": (_("Entered on behalf"), Q(on_behalf=True)),
    "joint": (_("Joint"), Q(pk__in=Activity.joint_teams.through.objects.values("activity"))),
    "paper": (_("From a paper sheet"), ~Q(sheet_code="")),
    "withdrawn": (_("Withdrawn"), Q(withdrawn_at__isnull=False)),
}


class DaysForm(forms.Form):
    """Any range of days."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("to"), required=False)


def named(model) -> list[tuple[int, str]]:
    """The rows of a catalogue to choose from, also those no longer in use."""
    return [(row.pk, row.short_name) for row in model.objects.all()]


def narrowed_to_mark(rows, value):
    """What carries the mark; withdrawn entries are seen only when asked for."""
    return rows.filter(MARKS[value][1])


def searched(rows, text: str):
    """Entries that hold each word in their own text, their team, kind or contents."""
    kinds = {kind.pk: fold(kind.name) for kind in ActivityKind.objects.all()}
    contents = dict(Content.objects.values_list("pk", "search_key"))
    for word in text.split():
        kind_ids = [pk for pk, name in kinds.items() if word in name]
        content_ids = [pk for pk, name in contents.items() if word in name]
        counted = ActivityContent.objects.filter(activity=OuterRef("pk"), content__in=content_ids)
        rows = rows.filter(
            Q(search_key__contains=word)
            | Q(team__search_key__contains=word)
            | Q(kind__in=kind_ids)
            | Exists(counted)
        )
    return rows


def marks_of(activity: Activity) -> list[str]:
    """What to know about an entry at a glance."""
    found = {
        "withdrawn": activity.withdrawn_at,
        "summary": activity.is_summary,
        "on_behalf": activity.on_behalf,
        "joint": activity.joint_teams.all(),
        "paper": activity.sheet_code,
    }
    return [str(MARKS[name][0]) for name, holds in found.items() if holds]


def teams_offered(request) -> list[tuple[int, str]]:
    """The teams of the unit in sight, unless they are too many for a list of choices."""
    found = Team.objects.visible_to(request.user, "activities.view")
    if request.scope.place:
        found = found.within([request.scope.place.pk], request.scope.day)
    rows = list(found.values_list("pk", "name")[: MOST_TEAMS + 1])
    return rows if len(rows) <= MOST_TEAMS else []


class ActivityList(List):
    title = _("Activity log")
    name = "hoat-dong"
    template = "activities/list.html"
    columns = [
        Column(
            "days",
            _("Date"),
            excel=lambda row: None if row.ended_on else row.happened_on,
            sort="happened_on",
            link=lambda row: reverse("activities:activity", args=[row.pk]),
        ),
        Column("team.name", _("Team"), sort="team__sort_key"),
        Column("place_name", _("Hamlet"), sort="place_name", hidden=True),
        Column("kind.short_name", _("Kind of work"), sort="kind__order"),
        Column("contents_in_words", _("Contents"), template="activities/contents_cell.html"),
        Column("people", _("People"), kind="number", sort="people", total=True),
        Column("elderly", _("Aged 60 and over"), kind="number", sort="elderly"),
        Column("households", _("Households"), kind="number", sort="households", hidden=True),
        Column("venue", _("Venue"), sort="venue", hidden=True),
        Column("note", _("Note"), hidden=True),
        Column("recorded_by", _("Entered by"), value=lambda row: str(row.recorded_by)),
        Column("recorded_at", _("Entered at"), kind="datetime", sort="recorded_at", hidden=True),
        Column("marks", _("Remarks"), value=lambda row: ", ".join(marks_of(row))),
    ]
    filters = [
        Choice("kind", _("Kind of work"), choices=lambda _request: named(ActivityKind)),
        Choice(
            "content",
            _("Content"),
            choices=lambda _request: named(Content),
            apply=lambda rows, value: rows.filter(
                pk__in=ActivityContent.objects.filter(content=value).values("activity")
            ),
        ),
        Choice("team", _("Team"), choices=teams_offered),
        Choice(
            "mark",
            _("Remarks"),
            choices=[(value, label) for value, (label, _condition) in MARKS.items()],
            apply=narrowed_to_mark,
        ),
    ]
    search = searched
    search_hint = _("Team, content, venue, note")
    order = ("-happened_on", "-recorded_at")
    empty = _("Nothing has been written down for these days yet.")


@allow("activities.view")
def listed(request):
    """The entries of the unit and period in sight, or of the days in the address."""
    form = DaysForm(request.GET if {"since", "until"} & request.GET.keys() else None)
    rows = Activity.objects.visible_to(request.user).between(*_days(request, form)).listed()
    if request.scope.place:
        rows = rows.of_teams(Team.objects.within([request.scope.place.pk], request.scope.day))
    if request.GET.get("mark") != "withdrawn":
        rows = rows.standing()
    household = _household(request)
    if household:
        rows = rows.filter(visited=household)
    latest = PlaceVersion.objects.filter(place=OuterRef("place")).order_by("-since_on")
    called = latest.values(called=Concat("kind__name", Value(" "), "name"))
    rows = rows.annotate(place_name=Subquery(called[:1]))
    context = {
        "days": form,
        "team_filter": request.GET.get("team", ""),
        "household": household,
        "may_log": request.user.can("activities.log"),
    }
    return ActivityList(request, rows, context=context).response()


def _household(request) -> Household | None:
    """The household in the address (?household=) whose entries are asked for."""
    asked = request.GET.get("household", "")
    seen = Household.objects.visible_to(request.user).select_related("place")
    return seen.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None


def _days(request, form: DaysForm) -> tuple[dt.date, dt.date]:
    """The first and last day asked for; without any, the period's."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    since, until = said.get("since"), said.get("until")
    if since or until:
        return since or dt.date.min, until or timezone.localdate()
    if "household" in request.GET:  # whenever it was
        return dt.date.min, dt.date.max
    period = request.scope.period
    return (period.first_day, period.last_day) if period else (dt.date.min, dt.date.max)
