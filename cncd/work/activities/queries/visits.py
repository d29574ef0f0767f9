"""Households that logs name: how often each, and how many different ones over several months."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Case, Count, IntegerField, Max, Q, Sum, Value, When

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.counting import Value as Figure
from cncd.work.activities.models import Activity

Days = tuple[dt.date, dt.date]  # first and last


def with_visits(households, first_day: dt.date | None = None, last_day: dt.date | None = None):
    """The households with `visits`, how many logs name them, and `last_visit_on`.

    Within the days, of logs that stand; without days, of every log, withdrawn ones too.
    """
    named = Q()
    if first_day and last_day:
        held = {"withdrawn_at": None, "happened_on__gte": first_day, "happened_on__lte": last_day}
        named = Q(**{f"activities__{name}": value for name, value in held.items()})
    return households.annotate(
        visits=Count("activities", filter=named),
        last_visit_on=Max("activities__happened_on", filter=named),
    )


def recounted_households(stated: Mapping[tuple[int, Days], Figure]) -> Figure | None:
    """How many different households the teams reached over their months.

    `stated` is {(team id, days of the month): households stated for it}. One that was reached in
    October and in November counts once: 001–003 and 003–004 are 3 and 2, together 4. None where it
    can't be said: a log reaches households it does not name, or a month states another number than
    its logs name today (put right by hand, or changed since). At most four queries.
    """
    if not stated or all(value == NONE for value in stated.values()):
        return NONE if stated else None
    spans = sorted({days for _team, days in stated})
    which = [When(happened_on__range=days, then=Value(n)) for n, days in enumerate(spans)]
    logs = Activity.objects.standing().filter(team__in={team for team, _days in stated})
    logs = logs.annotate(month=Case(*which, output_field=IntegerField())).exclude(month=None)
    if logs.filter(households__gt=0, visited=None).exists():
        return None
    by_month = logs.order_by().values("team", "month")
    said = {_key(row): row["said"] for row in by_month.annotate(said=Sum("households"))}
    named = by_month.annotate(all=Count("visited"), different=Count("visited", distinct=True))
    found = {_key(row): (row["all"], row["different"]) for row in named}
    for (team, days), value in stated.items():
        month = (team, spans.index(days))
        every, different = found.get(month, (0, 0))
        if said.get(month, 0) != every or different != (0 if value == NONE else value):
            return None
    return _different(stated)


def _key(row: dict) -> tuple[int, int]:
    return row["team"], row["month"]


def _different(stated) -> int:
    """Households that logs of these teams' months name, each once."""
    wanted = Q()
    for days in {days for _team, days in stated}:
        teams = [team for team, month in stated if month == days]
        wanted |= Q(activity__team__in=teams, activity__happened_on__range=days)
    rows = Activity.visited.through.objects.filter(wanted, activity__withdrawn_at=None)
    return rows.aggregate(n=Count("household", distinct=True))["n"]
