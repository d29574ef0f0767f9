"""Where teams stand in the tree, and who belongs to them, on a day."""

import datetime as dt

from cncd.team.teams.models import Membership, Team, TeamIndex


def unit_of(team_ids, level: str, day: dt.date) -> dict[int, int]:
    """Team id → id of the place of that level (code) it falls under that day.

    A team that falls under none that day (not in force, nothing covered) is left out.
    """
    rows = TeamIndex.objects.on(day).filter(team__in=team_ids, level__code=level)
    return dict(rows.values_list("team", "place"))


def members_on(team: Team, day: dt.date):
    """Memberships of the team in force that day: leader, deputies, then members by given name."""
    rows = Membership.objects.on(day).filter(team=team)
    return rows.select_related("person__user", "component", "document")
