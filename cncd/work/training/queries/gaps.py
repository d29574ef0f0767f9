"""How much each team, and each unit, lacks in each topic: counted anew whenever it is asked."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from cncd.team.teams.models import Membership
from cncd.team.teams.queries import unit_of
from cncd.work.activities.models import Activity, ActivityContent
from cncd.work.training.models import Completion, Topic
from cncd.work.training.rules.gaps import Gap, twelve_months


@dataclass
class TopicGap:
    """A topic and what is lacking in it."""

    topic: Topic
    gap: Gap


@dataclass
class Ground:
    """What gaps of some teams are worked out from; five queries for any number of teams."""

    teams: list[int]
    day: dt.date
    topics: list[Topic] = field(init=False)

    def __post_init__(self):
        self.first_day, self.last_day = twelve_months(self.day)
        topics = Topic.objects.on(self.day).prefetch_related("contents")
        self.topics = [topic for topic in topics if topic.contents.all()]
        self.topics_of = defaultdict(list)
        for topic in self.topics:
            for content in topic.contents.all():
                self.topics_of[content.pk].append(topic.pk)
        self._ask()
        self._learn()

    def _ask(self) -> None:
        """Turns of help by team and topic, and of each team in all, estimates included."""
        logs = Activity.objects.standing().between(self.first_day, self.last_day)
        rows = ActivityContent.objects.filter(
            activity__in=logs.filter(team__in=self.teams).order_by()
        )
        rows = rows.order_by().values_list("activity__team", "content").annotate(n=Sum("count"))
        self.asked, self.asked_in_all = defaultdict(int), defaultdict(int)
        for team, content, number in rows:
            self.asked_in_all[team] += number
            for topic in self.topics_of[content]:
                self.asked[team, topic] += number

    def _learn(self) -> None:
        """Who belongs to which team today, and who has finished which topic by then."""
        rows = Membership.objects.on(self.day).filter(team__in=self.teams).order_by()
        self.people = defaultdict(set)
        for team, person in rows.values_list("team", "person"):
            self.people[team].add(person)
        done = Completion.objects.standing().filter(completed_on__lte=self.day)
        done = done.filter(course__withdrawn_at=None, person__in=rows.values("person"))
        pairs = done.order_by().values_list("course__topics", "person")
        self.finished = defaultdict(set)
        for topic, person in pairs:
            self.finished[topic].add(person)

    def gap(self, team: int, topic: Topic) -> Gap:
        people = self.people[team]
        return Gap(
            self.asked[team, topic.pk],
            self.asked_in_all[team],
            len(people - self.finished[topic.pk]),
            len(people),
            topic.is_basic_skill,
        )

    def gaps(self, team: int) -> list[TopicGap]:
        """The team's gaps in the order of the topics."""
        return [TopicGap(topic, self.gap(team, topic)) for topic in self.topics]

    def together(self, teams: list[int]) -> list[TopicGap]:
        """The gaps of these teams together, in the order of the topics."""
        in_all = sum(self.asked_in_all[team] for team in teams)
        members = sum(len(self.people[team]) for team in teams)
        return [TopicGap(topic, self._sum(topic, teams, in_all, members)) for topic in self.topics]

    def _sum(self, topic: Topic, teams: list[int], in_all: int, members: int) -> Gap:
        finished = self.finished[topic.pk]
        asked = sum(self.asked[team, topic.pk] for team in teams)
        lacking = sum(len(self.people[team] - finished) for team in teams)
        return Gap(asked, in_all, lacking, members, topic.is_basic_skill)

    def by_unit(self, level: str) -> dict[int, list[TopicGap]]:
        """Place id of that level → the gaps of the teams below it together. One query more."""
        below = defaultdict(list)
        for team, place in unit_of(self.teams, level, self.day).items():
            below[place].append(team)
        return {place: self.together(mine) for place, mine in below.items()}


def ranked(gaps: list[TopicGap]) -> list[TopicGap]:
    """The largest gap first."""
    return sorted(gaps, key=lambda each: -each.gap.points)
