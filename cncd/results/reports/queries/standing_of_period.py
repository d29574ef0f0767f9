"""Which reports of a month were sent, and accepted: evidence for the rooms below."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from cncd.results.reports.models import Report

ACCEPTED = (Report.State.ACCEPTED, Report.State.LOCKED)


def sent_of_period(
    period: int, *, teams: Iterable[int] = (), places: Iterable[int] = ()
) -> dict[tuple[int | None, int | None], tuple[dt.date, bool]]:
    """{(team id, place id): (day of the first sending, whether it stands accepted)}.

    Named in `settings.REPORTS_OF_PERIOD`. One query; what was never sent is left out.
    """
    rows = Report.objects.counting().filter(period=period)
    rows = rows.filter(Q(team__in=list(teams)) | Q(place__in=list(places)))
    return {
        (team, place): (timezone.localdate(made_at), state in ACCEPTED)
        for team, place, made_at, state in rows.values_list(
            "team", "place", "first_made_at", "state"
        )
    }
