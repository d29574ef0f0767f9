"""Who may be invited to a session, and who of them came."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.people.models import Person, Posting, Role
from cncd.foundation.people.permissions import OFFICERS
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Membership, TeamIndex
from cncd.work.training.models import Attendance, Completion, Invitation, Session

ALL, LEADS, UNTRAINED, OFFICIALS = "all", "leads", "untrained", "officials"
WHO = {
    ALL: gettext_lazy("All members of the teams"),
    LEADS: gettext_lazy("Leaders and deputies"),
    UNTRAINED: gettext_lazy("Those never trained in these topics"),
    OFFICIALS: gettext_lazy("Officials of the units"),
}


@dataclass
class Candidate:
    """Somebody who could be invited, as whose member."""

    person: Person
    team_id: int | None
    team: str
    what: str  # position, or the post


def candidates(session: Session, who: str, places: Iterable[int], day: dt.date) -> list[Candidate]:
    """People of the units (place ids) that day, each once, those invited already left out.

    At most 4 queries for any number of people.
    """
    invited = session.invitations.exclude(state=Invitation.State.WITHDRAWN).values("person")
    places = list(places)
    found = _officials(places, day) if who == OFFICIALS else _members(session, who, places, day)
    held = set(invited.values_list("person", flat=True))
    once: dict[int, Candidate] = {}
    for each in found:
        if each.person.pk not in held:
            once.setdefault(each.person.pk, each)
    return sorted(once.values(), key=lambda each: (each.team, each.person.sort_key))


def _members(session: Session, who: str, places: list[int], day: dt.date) -> list[Candidate]:
    teams = TeamIndex.objects.on(day).filter(place__in=places).values("team")
    rows = Membership.objects.on(day).in_teams_in_force(day).filter(team__in=teams)
    if who == LEADS:
        rows = rows.exclude(position=Membership.Position.MEMBER)
    if who == UNTRAINED:
        topics = session.course.topics.all()
        done = Completion.objects.standing().filter(course__topics__in=topics)
        rows = rows.exclude(person__in=done.values("person"))
    return [
        Candidate(row.person, row.team_id, row.team.name, row.get_position_display())
        for row in rows.select_related("person", "team").order_by("pk")
    ]


def _officials(places: list[int], day: dt.date) -> list[Candidate]:
    below = Place.objects.reached_from(places, day)
    roles = Role.objects.on(day).filter(code__in=OFFICERS)
    rows = Posting.objects.on(day).filter(place__in=below, role__in=roles)
    return [
        Candidate(row.person, None, "", row.title or row.role.title)
        for row in rows.select_related("person", "role").order_by("pk")
    ]


@dataclass
class Row:
    """A person of a session: what they answered, and whether they came."""

    person: Person
    team: str
    state: str  # Invitation.State, or "" of who was not invited
    words: str
    reason: str
    invitation_id: int | None
    attendance: Attendance | None = None
    turn: int | None = None  # on the waiting list

    @property
    def has_come(self) -> bool:
        return self.attendance is not None and self.attendance.withdrawn_at is None

    @property
    def way(self) -> str:
        return self.attendance.get_way_display() if self.has_come else ""

    @property
    def came_at(self) -> dt.datetime | None:
        return self.attendance.made_at if self.has_come else None

    @property
    def was_invited(self) -> bool:
        return self.state not in ("", Invitation.State.WITHDRAWN)


def people_of(session: Session) -> list[Row]:
    """Everybody invited to the session or there, by name; 3 queries."""
    rows: dict[int, Row] = {}
    invitations = session.invitations.select_related("person", "team").order_by("answered_at", "pk")
    turn = 0
    for each in invitations:
        waits = each.state == Invitation.State.WAITING
        turn += waits
        rows[each.person_id] = Row(
            each.person, each.team.name if each.team else "", each.state,
            each.get_state_display(), each.reason, each.pk, turn=turn if waits else None,
        )  # fmt: skip
    late = session.attendances.select_related("person").order_by("pk")
    for came in late:
        row = rows.get(came.person_id)
        if row is None:
            row = Row(came.person, "", "", _("Not invited"), "", None)
            rows[came.person_id] = row
        row.attendance = came
    _add_teams([row for row in rows.values() if not row.team], session.held_on)
    shown = [row for row in rows.values() if row.has_come or row.state != "withdrawn"]
    return sorted(shown, key=lambda row: row.person.sort_key)


def _add_teams(rows: list[Row], day: dt.date) -> None:
    if not rows:
        return
    held = Membership.objects.on(day).filter(person__in=[row.person.pk for row in rows])
    teams = dict(held.order_by("-pk").values_list("person", "team__name"))
    for row in rows:
        row.team = teams.get(row.person.pk, "")


def counts_of(rows: Iterable[Row]) -> dict[str, int]:
    """How many were invited, will come, wait, cannot, came."""
    found = {"invited": 0, "accepted": 0, "waiting": 0, "declined": 0, "came": 0, "uninvited": 0}
    for row in rows:
        found["invited"] += row.was_invited
        found["came"] += row.has_come
        found["uninvited"] += row.has_come and not row.was_invited
        if row.state in ("accepted", "waiting", "declined"):
            found[row.state] += 1
    return found
