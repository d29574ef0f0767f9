"""Who answers in person for what is owed: the head of the unit, the leader of the team (IV.3)."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.people.models import Posting
from cncd.team.programme.answering import heads_on
from cncd.team.teams.models import Membership
from cncd.work.directives.models import Obligation


def answerable(obligations: Iterable[Obligation], today: dt.date) -> dict[int, str]:
    """Obligation id → name of the person answerable on its due day, or today while that is to
    come; left out where nobody holds the post. Four queries for each different day.
    """
    rows = list(obligations)
    found: dict[int, str] = {}
    for day in {min(row.due_on, today) for row in rows}:
        found |= _on([row for row in rows if min(row.due_on, today) == day], day)
    return found


def _on(rows: list[Obligation], day: dt.date) -> dict[int, str]:
    units = [row.place for row in rows if row.place_id and not row.agency_id]
    heads = {place.pk: str(person) for place, person in heads_on(units, day).items()}
    leaders = _leaders({row.team_id for row in rows if row.team_id}, day)
    agencies = _of_agencies({row.agency_id for row in rows if row.agency_id}, day)
    named = {
        row.pk: leaders.get(row.team_id)
        if row.team_id
        else agencies.get(row.agency_id)
        if row.agency_id
        else heads.get(row.place_id)
        for row in rows
    }
    return {pk: name for pk, name in named.items() if name}


def _leaders(teams: set[int], day: dt.date) -> dict[int, str]:
    rows = Membership.objects.on(day).filter(team__in=teams, position="leader")
    return dict(rows.order_by("-since_on").values_list("team", "person__full_name"))


def _of_agencies(agencies: set[int], day: dt.date) -> dict[int, str]:
    """Whoever has served the agency longest."""
    if not agencies:
        return {}
    rows = Posting.objects.on(day).filter(agency__in=agencies).order_by("-since_on", "-pk")
    return dict(rows.values_list("agency", "person__full_name"))
