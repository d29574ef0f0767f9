"""What a member did: own activity days and classes, by name only to those who may see the team."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from cncd.results.rewards.models import Commendation
from cncd.team.teams.models import Membership
from cncd.work.activities.models import Activity
from cncd.work.training.models import Attendance

SHOWN = (
    *("person__full_name", "person__sort_key", "team__name", "team__sort_key"),
    *("position", "since_on", "until_on", "version"),
)
A_MONTH = 4  # days of activity a month from which a member is suggested


@dataclass(frozen=True)
class Did:
    """One member within the days: days with an activity one is named in, activities, courses."""

    membership: Membership
    days: int
    activities: int
    courses: int
    months: int  # begun months in the team, within the days
    given: int  # commendations of the twelve months before

    @property
    def key(self) -> str:
        """How a page names it among those chosen."""
        return f"m{self.membership.pk}"

    @property
    def person(self):
        return self.membership.person

    @property
    def team(self):
        return self.membership.team

    @property
    def is_suggested(self) -> bool:
        """Often at work and trained: only a suggestion."""
        return self.months > 0 and self.days >= A_MONTH * self.months and self.courses > 0


def members_did(memberships, first_day: dt.date, last_day: dt.date) -> list[Did]:
    """Each of the memberships (a queryset) with what the member did there; four queries."""
    rows = list(memberships.select_related("person", "team").only(*SHOWN))
    people = {row.person_id for row in rows}
    days, done = _worked(people, first_day, last_day)
    courses = _courses(people, first_day, last_day)
    given = _given(people, last_day)
    return [
        Did(
            row,
            len(days[row.team_id, row.person_id]),
            done[row.team_id, row.person_id],
            courses.get(row.person_id, 0),
            _months(max(first_day, row.since_on), min(last_day, row.last_day or last_day)),
            given.get(row.person_id, 0),
        )
        for row in rows
    ]


def members_of(teams, day: dt.date):
    """Who belongs to the teams that day."""
    return Membership.objects.on(day).filter(team__in=teams)


def _worked(people: Iterable[int], first_day, last_day) -> tuple:
    """(days, activities) by (team, person): of the standing logs that name the person."""
    held = Activity.participants.through.objects.filter(
        person__in=people,
        activity__withdrawn_at=None,
        activity__is_summary=False,
        activity__happened_on__range=(first_day, last_day),
    )
    days, done = defaultdict(set), defaultdict(int)
    for team, person, day in held.values_list("activity__team", "person", "activity__happened_on"):
        days[team, person].add(day)
        done[team, person] += 1
    return days, done


def _courses(people, first_day, last_day) -> dict[int, int]:
    rows = Attendance.objects.counting().filter(
        person__in=people, session__held_on__range=(first_day, last_day)
    )
    counts = rows.order_by().values_list("person")
    return dict(counts.annotate(n=Count("session__course", distinct=True)))


def _given(people, last_day: dt.date) -> dict[int, int]:
    span = (last_day - dt.timedelta(days=364), last_day)
    rows = Commendation.objects.standing().filter(person__in=people, given_on__range=span)
    return dict(rows.order_by().values_list("person").annotate(n=Count("pk")))


def _months(first: dt.date, last: dt.date) -> int:
    """Begun calendar months between two days, both included."""
    if last < first:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1
