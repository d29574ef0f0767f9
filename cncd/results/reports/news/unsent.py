"""Reports of teams that are due about now and were never sent."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from cncd.foundation.places.models import Level
from cncd.results.reports import queries as reports
from cncd.results.reports.models import Report
from cncd.team.programme.models import Period
from cncd.team.teams.models import Team

PAST = dt.timedelta(days=3)


@dataclass(frozen=True)
class Owing:
    """A team that owes a report and has sent none."""

    team: Team
    period: Period
    due_at: dt.datetime  # an extension included


def unsent(now: dt.datetime, days: int) -> list[Owing]:
    """What is due within so many days, or was due in the last three; a few queries a month."""
    lowest = Level.objects.order_by("-rank").values("pk")[:1]
    near = (now - PAST, now + dt.timedelta(days=days + 1))
    periods = Period.objects.filter(
        Q(dues__level__in=lowest, dues__due_at__range=near)
        | Q(extension__due_at__range=near, extension__place=None),
        scheme__in_use=True,
    )
    found = []
    for period in periods.select_related("scheme").distinct():
        lived = Q(until_on=None) | Q(until_on__gt=period.first_day)
        teams = list(Team.objects.filter(lived, since_on__lte=period.last_day))
        dues = reports.due_moments(period, teams)
        sent = set(Report.objects.counting().filter(period=period).values_list("team", flat=True))
        for team in teams:
            due_at = dues[team.pk]
            if due_at and team.pk not in sent and near[0] <= due_at <= near[1]:
                found.append(Owing(team, period, due_at))
    return found
