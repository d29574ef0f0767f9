"""Dissolving a team (giải thể): it, its members and what it covers end on one day."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.documents.models import Document
from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.team.teams.actions.checks import commune_on, locked
from cncd.team.teams.actions.errors import BadDate
from cncd.team.teams.actions.index import rebuild_index
from cncd.team.teams.actions.rows import settled_decision
from cncd.team.teams.lines import DecisionLine
from cncd.team.teams.models import Team


@transaction.atomic
def dissolve_team(
    *,
    team: Team,
    decision: Document | DecisionLine,
    on: dt.date,
    by,
    reason: str = "",
    now=None,
) -> Team:
    """Ends the team from `on` by decision; its last day in force is the day before.

    Raises Dissolved when it has ended already, BadDate when something of it begins later.
    """
    team = locked(team, on)
    commune = commune_on(team, on)
    authority.require(by, "teams.form", place=commune)
    _check_nothing_later(team, on)
    decision = settled_decision(decision, place=commune, by=by, now=now)
    members = team.memberships.on(on).count()
    for rows in (team.memberships, team.coverages):
        rows.overlapping(on, None).update(until_on=on)
    team.until_on, team.dissolved_by = on, decision
    team.save(update_fields=["until_on", "dissolved_by"])
    rebuild_index(teams=[team.pk])
    record(
        event="team.dissolved",
        subject=team,
        by=by,
        place=commune,
        team=team,
        before={"members": members},
        after={"number": decision.number, "on": on.isoformat()},
        reason=reason,
        now=now,
    )
    return team


def _check_nothing_later(team: Team, on: dt.date) -> None:
    begins = [
        *team.memberships.filter(since_on__gte=on).values_list("since_on", flat=True),
        *team.coverages.filter(since_on__gte=on).values_list("since_on", flat=True),
    ]
    if team.since_on == on or begins:
        day = max([team.since_on, *begins])
        raise BadDate(
            _("The team changes on {day}; it can be dissolved only after that day.").format(
                day=f"{day:%d/%m/%Y}"
            )
        )
