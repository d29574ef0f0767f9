"""A team's card: its gaps, worked out in the open, and how its help changed with training."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from cncd.team.teams.models import Membership, Team
from cncd.work.activities.models import ActivityContent
from cncd.work.training.models import Session, Topic
from cncd.work.training.queries.gaps import Ground, TopicGap, ranked
from cncd.work.training.rules.gaps import FLOOR
from cncd.work.training.wording_of_gaps import (
    GRADES,
    TONES,
    lack_in_words,
    need_in_words,
    sum_in_words,
)

AROUND = 3  # months before and after a session
MONTH = dt.timedelta(days=30)


@dataclass
class Line:
    """One topic on the card, every step in words."""

    topic: Topic
    points: int
    need: str
    lack: str
    sum: str
    words: str
    tone: str


@dataclass
class Effect:
    """Turns of help in a session's topics, in the ninety days before and after it."""

    session: Session
    topics: str
    came: int
    before: int
    after: int
    is_over: bool  # whether the ninety days after are over

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass
class Card:
    team: Team
    formula: dict
    lines: list[Line]
    effects: list[Effect]


def formula(ground: Ground) -> dict:
    """The days the need is counted in, and the floor."""
    return {"first": ground.first_day, "last": ground.last_day, "floor": FLOOR}


def card_of(team: Team, day: dt.date) -> Card:
    """The card of one team on a day. Eight queries."""
    ground = Ground([team.pk], day)
    lines = [line_of(each) for each in ranked(ground.gaps(team.pk))]
    return Card(team, formula(ground), lines, effects_of(team, day))


def line_of(each: TopicGap) -> Line:
    gap = each.gap
    return Line(
        each.topic, gap.points, need_in_words(gap), lack_in_words(gap), sum_in_words(gap),
        str(GRADES[gap.grade]), TONES[gap.grade],
    )  # fmt: skip


def effects_of(team: Team, day: dt.date, limit: int = 4) -> list[Effect]:
    """The latest sessions that members of the team came to, with the help before and after them.

    It says what happened around a session, not that the session caused it.
    """
    people = Membership.objects.on(day).filter(team=team).order_by().values("person")
    there = Q(attendances__person__in=people, attendances__withdrawn_at=None)
    held = Session.objects.standing().filter(held_on__lte=day).filter(there)
    held = held.annotate(n=Count("attendances", filter=there, distinct=True))
    held = held.select_related("course").prefetch_related("course__topics__contents")
    held = list(held.order_by("-held_on", "-pk")[:limit])
    if not held:
        return []
    logs = _logged(team, held[-1].held_on - AROUND * MONTH, day)
    return [_effect(session, logs, day) for session in held]


def _logged(team: Team, first: dt.date, last: dt.date) -> list[tuple]:
    """(day, content, turns) of what the team logged."""
    rows = ActivityContent.objects.filter(
        activity__team=team, activity__withdrawn_at=None, activity__happened_on__range=(first, last)
    )
    return list(
        rows.order_by().values_list("activity__happened_on", "content").annotate(n=Sum("count"))
    )


def _effect(session: Session, logs: list[tuple], day: dt.date) -> Effect:
    topics = list(session.course.topics.all())
    contents = {content.pk for topic in topics for content in topic.contents.all()}
    on, span = session.held_on, AROUND * MONTH
    mine = [(at, n) for at, content, n in logs if content in contents]
    return Effect(
        session=session,
        topics=", ".join(topic.short_name for topic in topics),
        came=session.n,
        before=sum(n for at, n in mine if on - span <= at < on),
        after=sum(n for at, n in mine if on < at <= on + span),
        is_over=on + span <= day,
    )


def gaps_part(team: Team, user, day: dt.date):
    """The team's gaps on its own page; for `settings.TEAM_PARTS`. Five queries."""
    if not user.can("training.view") or not team.holds_on(day):
        return None
    ground = Ground([team.pk], day)
    lines = [line_of(each) for each in ranked(ground.gaps(team.pk))]
    return "training/part.html", {"team": team, "lines": lines}
