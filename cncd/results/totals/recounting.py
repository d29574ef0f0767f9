"""Households over several months: not added, but recounted where the household lists allow."""

from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from cncd.foundation.kit.counting import Value
from cncd.foundation.places.models import Place
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.team.programme.models import Measure, Period
from cncd.team.programme.queries import sources_on
from cncd.work.activities import queries as activities_room
from cncd.work.households.models import Household

REACHED = ("activities", "reached")  # the counter that counts a household once (TC09)


def recounted(rows: list[PlaceTotal | TeamTotal | None], measure: Measure) -> Value | None:
    """The different households that one place or team reached in the months of its rows.

    None for another figure, and where the logs or the reports don't allow it: see
    `activities.queries.recounted_households`. What is provisional is left out, as in every sum over
    months; the logs count as they read today.
    """
    held = [row for row in rows if row is not None]
    if measure.kind != Measure.Kind.DISTINCT or len(rows) < 2 or not Household.objects.exists():
        return None
    periods = Period.objects.in_bulk({row.period_id for row in held})
    if not periods or not _counts_once(measure, max(p.first_day for p in periods.values())):
        return None
    said = _team_rows(held, periods).annotate(said=KeyTransform(measure.code, "figures"))
    stated = {
        (team, (periods[period].first_day, periods[period].last_day)): value
        for team, period, value in said.values_list("team", "period", "said")
        if value is not None
    }
    return activities_room.recounted_households(stated)


def _counts_once(measure: Measure, day) -> bool:
    source = sources_on(day).get(measure.pk)
    counter = source and source.counter
    return counter is not None and (counter.room, counter.counts) == REACHED


def _team_rows(rows, periods: dict[int, Period]):
    """What the teams below these rows have sent; of a team, its own."""
    sent = TeamTotal.objects.exclude(standing__in=["", TeamTotal.Standing.PROVISIONAL])
    if isinstance(rows[0], TeamTotal):
        return sent.filter(pk__in=[row.pk for row in rows])
    below = Q()
    for row in rows:
        within = Place.objects.within([row.place_id], periods[row.period_id].last_day)
        below |= Q(period=row.period_id, place__in=within.values("pk"))
    return sent.filter(below)
