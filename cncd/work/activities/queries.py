"""Questions about what was done: figures, and what a figure counted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from cncd.foundation.kit.counting import Counted
from cncd.team.teams.models import Team
from cncd.work.activities.counting import Logged, count, weigher
from cncd.work.activities.ground import Catalogue
from cncd.work.activities.models import (
    Activity,
    ActivityContent,
    ActivityLanguage,
    ActivityPhoto,
    ActivityVersion,
)
from cncd.work.activities.rules import Done
from cncd.work.activities.texts import Sums, Teams, group_text
from cncd.work.activities.wording import counts_in_words


def counted(
    teams, first_day: dt.date, last_day: dt.date, counters: Iterable
) -> dict[int, dict[int, Counted]]:
    """Team id → counter id → figure of what the team did within the days, both included.

    Counts standing activities by the day they happened, for the team that owns them; a team that
    logged nothing gets 0 everywhere. Three database queries for any number of teams.
    """
    ids = [getattr(team, "pk", team) for team in teams]
    logs = _logs_by_team(Activity.objects.standing().between(first_day, last_day), ids)
    weighers = [(c.pk, c.counts, weigher(c.counts, c.filters)) for c in counters]
    return {
        team: {
            counter: count(logs.get(team, ()), counts, weigh) for counter, counts, weigh in weighers
        }
        for team in ids
    }


def _logs_by_team(activities, teams: list[int]) -> dict[int, list[Logged]]:
    """The teams' activities as they are counted, oldest first."""
    activities = activities.filter(team__in=teams)
    contents = _counts_by_activity(ActivityContent, activities, "content__code", "count")
    languages = _counts_by_activity(ActivityLanguage, activities, "language__code", "people")
    rows = activities.order_by("happened_on", "pk").values_list(
        "team", "pk", "version", "kind__code", "people", "elderly", "households", "times"
    )
    found: dict[int, list[Logged]] = defaultdict(list)
    for team, pk, *plain in rows:
        found[team].append(Logged(str(pk), *plain, contents.get(pk, {}), languages.get(pk, {})))
    return found


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
    )


def explain(records: Iterable, counter=None) -> list["Stood"]:
    """The activities behind a figure as they stood when it was counted, oldest first.

    With the counter, `amount` is what each added to the figure, in the unit of the measure.
    """
    catalogue = Catalogue()
    weigh = weigher(counter.counts, counter.filters) if counter else None
    return [
        Stood(
            activity=version.activity,
            version=version.number,
            done=Done.from_content(version.content),
            kind=str(catalogue.kinds.get(version.content["kind"], version.content["kind"])),
            contents=counts_in_words(version.content["contents"], catalogue.contents),
            by=str(version.by),
            at=version.at,
            amount=weigh(_as_logged(version)) if weigh else None,
        )
        for version in _versions(records)
    ]


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


def touched_since(team_id: int, first_day: dt.date, last_day: dt.date, at: dt.datetime) -> int:
    """How many entries of these days were written, corrected or withdrawn after that moment."""
    rows = Activity.objects.filter(team=team_id).between(first_day, last_day)
    changed = ActivityVersion.objects.filter(activity__in=rows, at__gt=at).values("activity")
    return rows.filter(Q(pk__in=changed) | Q(withdrawn_at__gt=at)).count()


def team_text(team, first_day: dt.date, last_day: dt.date, *, link: str = "") -> str:
    """What a team did in these days, as text for its group; nothing is hidden from its members."""
    rows = Activity.objects.standing().between(first_day, last_day).filter(team=team)
    return group_text(team.name, first_day, last_day, summed(rows), link=link)


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
        link=link,
    )


def _after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def photos_in_reach(user):
    """Ids of the stored files that are photos of activities the person may see."""
    activities = Activity.objects.visible_to(user)
    return ActivityPhoto.objects.filter(activity__in=activities).values("file")
