"""Teams that have sent nothing yet, and whom to call."""

from dataclasses import dataclass

from django.utils import timezone

from cncd.foundation.people.models import Person
from cncd.results.reports import queries
from cncd.results.reports.queries import Standing
from cncd.results.reports.rules import Status
from cncd.team.teams.models import Membership, Team


@dataclass(frozen=True)
class Silent:
    """One team that owes a report; `phone` only for the unit that deals with it directly."""

    standing: Standing
    leader: Person | None
    phone: str
    is_mine: bool  # the reader's unit deals with the team directly
    may_write: bool  # the reader may report for the team

    @property
    def team(self):
        return self.standing.team

    @property
    def is_overdue(self) -> bool:
        return self.standing.status == Status.MISSING


def silent_teams(teams, period, user) -> list[Silent]:
    """Those of the teams that owe a report of the period and have sent none, by unit and name."""
    waiting = (Status.MISSING, Status.NOT_YET)
    rows = [row for row in queries.standings(teams, period) if row.status in waiting]
    today = timezone.localdate()
    held = Membership.objects.on(today).filter(
        team__in=[row.team.pk for row in rows], position=Membership.Position.LEADER
    )
    leaders = {member.team_id: member.person for member in held.select_related("person")}
    units = {row.unit_id for row in rows}
    mine = {unit for unit in units if queries.speaks_for(user, unit, "reports.accept")}
    writes = set(Team.objects.visible_to(user, "reports.send").values_list("pk", flat=True))
    return [
        _silent(row, leaders.get(row.team.pk), row.unit_id in mine, row.team.pk in writes)
        for row in rows
    ]


def _silent(row: Standing, leader: Person | None, may_call: bool, may_write: bool) -> Silent:
    phone = leader.contact_phone if leader and may_call else ""
    return Silent(row, leader, phone, may_call, may_write)
