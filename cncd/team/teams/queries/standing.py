"""Where teams stand in the tree, and who belongs to them, on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from cncd.foundation.kit.reading import read_once
from cncd.foundation.people.permissions import PERMISSIONS
from cncd.team.teams.models import Membership, Team, TeamIndex


def unit_of(team_ids, level: str, day: dt.date) -> dict[int, int]:
    """Team id → id of the place of that level (code) it falls under that day.

    A team that falls under none that day (not in force, nothing covered) is left out.
    """
    rows = TeamIndex.objects.on(day).filter(team__in=team_ids, level__code=level)
    return dict(rows.values_list("team", "place"))


def team_named(asked) -> Team | None:
    """The team of that id, as it came in from outside; None for anything else."""
    text = str(asked or "")
    known = Team.objects.filter(pk=text) if text.isdecimal() else Team.objects.none()
    return read_once(("team", text), known.first, of=["teams"])


def members_on(team: Team, day: dt.date):
    """Memberships of the team in force that day: leader, deputies, then members by given name."""
    rows = Membership.objects.on(day).filter(team=team)
    return rows.select_related("person__user", "component", "document")


def leads_of(teams: Iterable[int], day: dt.date) -> dict[int, list[Membership]]:
    """Team id → its members that day who may send its report and can sign in, leader first."""
    rows = Membership.objects.on(day).in_teams_in_force(day).filter(
        team__in=list(teams),
        position__in=PERMISSIONS["reports.send"],
        person__user__is_active=True,
    )  # fmt: skip
    found = defaultdict(list)
    for row in rows.select_related("person__user"):
        found[row.team_id].append(row)
    return found
