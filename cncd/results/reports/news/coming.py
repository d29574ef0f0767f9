"""Reports a person will have to send or confirm, for the calendar."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.foundation.places.models import Place
from cncd.results.reports import queries as reports
from cncd.results.reports.models import Extension, Report
from cncd.results.reports.news.about import about_place, about_team
from cncd.team.programme.models import Period, PeriodDue
from cncd.team.teams.models import Team

PAST, AHEAD = dt.timedelta(days=31), dt.timedelta(days=62)


def coming(user, now: dt.datetime) -> list[Duty]:
    """What is due from a month ago to two months ahead and was not sent: of the teams the person
    leads, and of the units whose report the person confirms.
    """
    return _of_teams(user, now) + _of_units(user, now)


def _of_teams(user, now: dt.datetime) -> list[Duty]:
    mine = authority.team_ids(user, "reports.send")
    if not mine:
        return []
    teams, found = list(Team.objects.filter(pk__in=mine)), []
    level = reports.team_level()
    near = {"due_at__range": (now - PAST, now + AHEAD)}
    periods = Period.objects.filter(
        Q(pk__in=PeriodDue.objects.filter(level=level, **near).values("period"))
        | Q(pk__in=Extension.objects.filter(team__in=mine, **near).values("period")),
        scheme__in_use=True,
    )
    sent = set(Report.objects.counting().filter(team__in=mine).values_list("team_id", "period_id"))
    for period in periods.select_related("scheme"):
        dues = reports.due_moments(period, teams)
        found += [
            Duty(
                "send",
                _("Report of %(owner)s for %(period)s") % {"owner": team.name, "period": period},
                reverse("reports:write", args=[team.pk, period.code]),
                due_at=dues[team.pk],
                team_id=team.pk,
                key=about_team(team.pk, period),
            )
            for team in teams
            if dues[team.pk] and (team.pk, period.pk) not in sent
        ]
    return found


def _of_units(user, now: dt.datetime) -> list[Duty]:
    mine = authority.roots(user, "reports.confirm")
    if not mine:
        return []
    places = Place.objects.filter(pk__in=mine).named(timezone.localdate(now))
    dues = PeriodDue.objects.filter(
        level__in={place.level_id for place in places},
        due_at__range=(now - PAST, now + AHEAD),
        period__scheme__in_use=True,
    ).select_related("period")
    sent = set(
        Report.objects.counting().filter(place__in=mine).values_list("place_id", "period_id")
    )
    later = Extension.objects.filter(place__in=mine).values_list("place", "period", "due_at")
    moved = {(place, period): due_at for place, period, due_at in later}
    return [
        Duty(
            "send",
            _("Report of %(owner)s for %(period)s")
            % {"owner": f"{place.kind_name} {place.name}", "period": due.period},
            f"{reverse('totals:unit')}?u={place.pk}&k={due.period.code}",
            due_at=moved.get((place.pk, due.period_id), due.due_at),
            key=about_place(place.pk, due.period),
        )
        for place in places
        for due in dues
        if due.level_id == place.level_id and (place.pk, due.period_id) not in sent
    ]
