"""Figures of what was done, and what a figure counted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Value

from cncd.foundation.kit.counting import Counted
from cncd.work.activities.counting import Logged, additions, count, weigher
from cncd.work.activities.ground import Catalogue
from cncd.work.activities.models import (
    Activity,
    ActivityContent,
    ActivityLanguage,
    ActivityVersion,
)
from cncd.work.activities.rules import Done
from cncd.work.activities.wording import counts_in_words
from cncd.work.households.queries import teams_with_lists
from cncd.work.households.rules import code_key

YEARLY = "reached_year"
VISITS = Activity.visited.through.objects.all()


def counted(
    teams, first_day: dt.date, last_day: dt.date, counters: Iterable
) -> dict[int, dict[int, Counted]]:
    """Team id → counter id → figure of what the team did within the days, both included.

    Counts standing activities by the day they happened, for the team that owns them; a team that
    logged nothing gets 0 everywhere. `reached` (TC09) counts each household named by its code once,
    and adds what logs state beyond the codes: an estimate where there is no household list.
    `reached_year` (TC10) counts the named households since 1 January of the last day's year: at
    least so many were reached, since a log may state more than it names. It is left out, and asked
    by hand, for a team with a hamlet that has no list on the last day.
    Three database queries for any number of teams; where households are named, one more for
    `reached` and up to seven for the year.
    """
    ids = [getattr(team, "pk", team) for team in teams]
    counters = list(counters)
    words = {counter.counts for counter in counters}
    standing = Activity.objects.standing()
    logs = _logs_by_team(standing.between(first_day, last_day), ids, named="reached" in words)
    of_year: dict[int, list[Logged]] = {}
    if YEARLY in words:
        listed = teams_with_lists(ids, last_day)
        since = standing.between(last_day.replace(month=1, day=1), last_day)
        found = _logs_by_team(since.naming_households(), list(listed), named=True) if listed else {}
        of_year = {team: found.get(team, []) for team in listed}
    weighers = [(c.pk, c.counts, weigher(c.counts, c.filters)) for c in counters]
    return {
        team: {
            counter: count((of_year if counts == YEARLY else logs).get(team, ()), counts, weigh)
            for counter, counts, weigh in weighers
            if counts != YEARLY or team in of_year
        }
        for team in ids
    }


def _logs_by_team(activities, teams: list[int], *, named: bool) -> dict[int, list[Logged]]:
    """The teams' activities as they are counted, oldest first; `named` with their households."""
    activities = activities.filter(team__in=teams)
    contents = _counts_by_activity(ActivityContent, activities, "content__code", "count")
    languages = _counts_by_activity(ActivityLanguage, activities, "language__code", "people")
    visits = VISITS.filter(activity=OuterRef("pk"))
    asked = activities.annotate(names=Exists(visits) if named else Value(False))
    rows = asked.order_by("happened_on", "pk").values_list(
        "names", "team", "pk", "version", "kind__code", "people", "elderly", "households", "times"
    )
    rows = list(rows)
    # Where nobody names households, nothing more is asked.
    visited = _visits_by_activity(activities) if any(row[0] for row in rows) else {}
    found: dict[int, list[Logged]] = defaultdict(list)
    for _names, team, pk, *plain in rows:
        counts = (contents.get(pk, {}), languages.get(pk, {}), visited.get(pk, frozenset()))
        found[team].append(Logged(str(pk), *plain, *counts))
    return found


def _visits_by_activity(activities) -> dict:
    """Activity id → the households it names, each as (hamlet, key of its code)."""
    found: dict = defaultdict(set)
    rows = VISITS.filter(activity__in=activities.order_by())
    for activity, *home in rows.values_list("activity", "household__place", "household__sort_key"):
        found[activity].add(tuple(home))
    return {activity: frozenset(homes) for activity, homes in found.items()}


def _counts_by_activity(model, activities, code: str, number: str) -> dict:
    """Activity id → {code: number}."""
    found: dict = defaultdict(dict)
    rows = model.objects.filter(activity__in=activities.order_by())
    for activity, key, value in rows.values_list("activity", code, number):
        found[activity][key] = value
    return found


def counted_as_stood(records: Iterable, counters: Iterable) -> dict[int, Counted]:
    """Counter id → figure over exactly these (room, id, version), as those versions read.

    What a sent report counted can so be counted again, whatever became of the logs since.
    """
    logs = [_as_logged(version) for version in _versions(records)]
    return {c.pk: count(logs, c.counts, weigher(c.counts, c.filters)) for c in counters}


def _as_logged(version: ActivityVersion) -> Logged:
    content = version.content
    plain = (content[key] for key in ("kind", "people", "elderly", "households", "times"))
    return Logged(
        str(version.activity_id),
        version.number,
        *plain,
        content["contents"],
        content["languages"],
        frozenset((content["place"], code_key(code)) for code in content.get("visited", ())),
    )


def explain(records: Iterable, counter=None) -> list["Stood"]:
    """The activities behind a figure as they stood when it was counted, oldest first.

    With the counter, `amount` is what each added to the figure, in the unit of the measure.
    """
    catalogue, versions = Catalogue(), _versions(records)
    amounts = _amounts(versions, counter) if counter else {}
    return [
        Stood(
            activity=version.activity,
            version=version.number,
            done=Done.from_content(version.content),
            kind=str(catalogue.kinds.get(version.content["kind"], version.content["kind"])),
            contents=counts_in_words(version.content["contents"], catalogue.contents),
            by=str(version.by),
            at=version.at,
            amount=amounts.get(str(version.activity_id), 0) if counter else None,
        )
        for version in versions
    ]


def _amounts(versions: list[ActivityVersion], counter) -> dict[str, int]:
    """Activity id → what it added to the figure."""
    logs = map(_as_logged, versions)
    weigh = weigher(counter.counts, counter.filters)
    return {log.id: added for log, added in additions(logs, counter.counts, weigh)}


class Stood(NamedTuple):
    """One activity as a version of it reads; `activity` is the row as it is now."""

    activity: Activity
    version: int
    done: Done
    kind: str
    contents: str
    by: str
    at: dt.datetime
    amount: int | None

    @property
    def has_changed(self) -> bool:
        """Whether it was edited or withdrawn since."""
        return self.activity.version != self.version or self.activity.withdrawn_at is not None


def _versions(records: Iterable) -> list[ActivityVersion]:
    """The versions cited, in the order of the days they speak of; other rooms' are left out."""
    wanted = {(str(pk), number) for room, pk, number in records if room == "activities"}
    rows = ActivityVersion.objects.filter(activity__in={pk for pk, _number in wanted})
    rows = rows.select_related("activity__kind", "activity__team", "by__person")
    found = [row for row in rows if (str(row.activity_id), row.number) in wanted]
    return sorted(found, key=lambda row: (row.content["happened_on"], str(row.activity_id)))
