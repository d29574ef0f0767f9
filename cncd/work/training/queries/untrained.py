"""Members and officials with what they have attended and finished: who was never trained."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from cncd.foundation.people.models import Posting
from cncd.foundation.people.permissions import OFFICERS
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Membership, Team
from cncd.work.training.models import Attendance, Audience, Completion, Invitation, Session


@dataclass
class Learner:
    """A person as a member of a team, or as an official of a unit."""

    key: str  # "person-team", the team 0 for an official
    person: int
    team: int | None
    name: str
    sort_key: str
    unit: str
    audience: str
    post: str
    came: int = 0  # sessions attended
    last_on: dt.date | None = None
    finished: set[int] = field(default_factory=set)  # ids of topics
    invited: bool = False  # to a session still to come

    @property
    def state(self) -> str:
        if self.invited:
            return "invited"
        return "never" if not self.came else "came"


def learners(user, place, day: dt.date) -> list[Learner]:
    """Everybody in office or in a team below the unit (or in one's own teams), by name.

    Seven queries for any number of people.
    """
    rows = _members(user, place, day)
    if place:
        rows += _officials(place, day)
    people = {row.person for row in rows}
    if not people:
        return []
    came, last = defaultdict(int), {}
    there = Attendance.objects.counting().order_by("session__held_on")
    for person, on in there.values_list("person", "session__held_on"):
        came[person] += 1
        last[person] = on
    finished = defaultdict(set)
    done = Completion.objects.standing().filter(course__withdrawn_at=None).order_by()
    for person, topic in done.values_list("person", "course__topics"):
        finished[person].add(topic)
    ahead = Session.objects.standing().filter(held_on__gte=day)
    asked = Invitation.objects.standing().filter(session__in=ahead).order_by()
    invited = set(asked.exclude(state=Invitation.State.DECLINED).values_list("person", flat=True))
    for row in rows:
        row.came, row.last_on = came.get(row.person, 0), last.get(row.person)
        row.finished, row.invited = finished.get(row.person, set()), row.person in invited
    return rows


def _members(user, place, day) -> list[Learner]:
    teams = Team.objects.visible_to(user, "people.view").on(day)
    if place:
        teams = teams.within([place.pk], day)
    held = Membership.objects.on(day).filter(team__in=teams.order_by()).order_by("person__sort_key")
    posts = dict(Membership.Position.choices)
    return [
        Learner(f"{person}-{team}", person, team, name, key, unit, Audience.TEAMS, posts[position])
        for person, team, name, key, unit, position in held.values_list(
            "person", "team", "person__full_name", "person__sort_key", "team__name", "position"
        )
    ]


def _officials(place, day) -> list[Learner]:
    below = Place.objects.within([place.pk], day)
    posts = Posting.objects.on(day).filter(place__in=below, role__code__in=OFFICERS)
    posts = list(posts.select_related("person", "role").order_by("person__sort_key"))
    names = places.names({post.place_id for post in posts}, day)
    found = {}
    for post in posts:
        unit = names[post.place_id].full_name if post.place_id in names else ""
        found.setdefault(
            post.person_id,
            Learner(f"{post.person_id}-0", post.person_id, None, post.person.full_name,
                    post.person.sort_key, unit, Audience.OFFICIALS,
                    post.title or post.role.title),
        )  # fmt: skip
    return list(found.values())


def sessions_to_invite_to(user, place, day: dt.date) -> list[Session]:
    """Sessions still to come that the person may hold, soonest first; none for citizens."""
    rows = Session.objects.standing().visible_to(user).filter(
        held_on__gte=day, state=Session.State.PLANNED
    ).exclude(course__audience=Audience.CITIZENS)  # fmt: skip
    rows = rows.select_related("course__place").order_by("starts_at")[:50]
    return [row for row in rows if user.can("training.hold", place=row.course.place)]
