"""Small words the tests of the actions use."""

import datetime as dt

from cncd.team.teams import queries
from cncd.team.teams.lines import MemberLine, NewPerson
from cncd.team.teams.models import Membership

ON = dt.date(2026, 11, 1)
EVE = dt.date(2026, 10, 31)


def lines(count: int) -> list[MemberLine]:
    return [MemberLine(NewPerson(f"Người Thứ {n}")) for n in range(count)]


def row_of(who) -> Membership:
    """The latest membership of a person or account."""
    rows = Membership.objects.filter(person=getattr(who, "person", who))
    return rows.order_by("-since_on").first()


def names(team, day) -> list[str]:
    return [row.person.full_name for row in queries.members_on(team, day)]


def rules_of(team, day) -> list[str]:
    return [finding.rule for finding in queries.findings_of([team], day).get(team.pk, [])]
