"""What was done, added up for the text of a group (II.2.7)."""

import datetime as dt

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils.module_loading import import_string

from cncd.team.teams.models import Team
from cncd.work.activities.models import Activity, ActivityContent, ActivityLanguage
from cncd.work.activities.texts import Sums, Teams, group_text


def summed(activities) -> Sums:
    """What the given activities add up to, in four queries."""
    activities = activities.order_by()
    totals = activities.aggregate(
        *(Sum(name, default=0) for name in ("times", "people", "elderly", "households")),
        estimates=Count("pk", filter=Q(is_summary=True)),
    )
    kinds = activities.values_list("kind__short_name").annotate(number=Sum("times"))
    contents = ActivityContent.objects.filter(activity__in=activities.values("pk"))
    languages = ActivityLanguage.objects.filter(activity__in=activities.values("pk"))
    return Sums(
        *(totals[f"{name}__sum"] for name in ("times", "people", "elderly", "households")),
        kinds=tuple(kinds.order_by("-number", "kind__order")),
        contents=tuple(
            (name, number, unit)
            for name, unit, number in contents.values_list("content__short_name", "content__unit")
            .annotate(number=Sum("count"))
            .order_by("-number", "content__short_name")
        ),
        languages=tuple(
            languages.values_list("language__name")
            .annotate(number=Sum("people"))
            .order_by("-number")
        ),
        is_estimate=bool(totals["estimates"]),
    )


def team_text(team, first_day: dt.date, last_day: dt.date, *, link: str = "") -> str:
    """What a team did in these days, as text for its group; nothing is hidden from its members."""
    rows = Activity.objects.standing().between(first_day, last_day).filter(team=team)
    more = _more(team, first_day, last_day)
    return group_text(team.name, first_day, last_day, summed(rows), more=more, link=link)


def unit_text(place, name: str, first_day: dt.date, last_day: dt.date, *, link: str = "") -> str:
    """What all teams of a unit did in these days, by the tree of the last day."""
    teams = Team.objects.within([place.pk], last_day).overlapping(first_day, _after(last_day))
    rows = Activity.objects.standing().between(first_day, last_day).filter(team__in=teams)
    active = rows.order_by().values("team").distinct().count()
    return group_text(
        name,
        first_day,
        last_day,
        summed(rows),
        teams=Teams(active, teams.count()),
        more=_more(place, first_day, last_day),
        link=link,
    )


def _more(where, first_day: dt.date, last_day: dt.date) -> list[str]:
    """What rooms above or beside add about the team or place; `settings.QUICK_REPORT_PARTS`."""
    parts = (import_string(path) for path in settings.QUICK_REPORT_PARTS)
    return [line for part in parts for line in part(where, first_day, last_day)]


def _after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)
