"""A roster from a file: teams formed and members joined by one decision, as one batch."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from cncd.foundation.documents.models import Document
from cncd.foundation.journal.actions import record
from cncd.foundation.places.models import Place
from cncd.team.teams.actions.consolidate import apply_changes
from cncd.team.teams.actions.form import form_plans
from cncd.team.teams.actions.rows import settled_decision
from cncd.team.teams.lines import DecisionLine, MemberLine, TeamPlan
from cncd.team.teams.models import Team


@dataclass(frozen=True)
class RosterPart:
    """The lines of one hamlet: they join its team, or form one when it has none."""

    hamlet: Place
    team: Team | None
    members: list[MemberLine]


@transaction.atomic
def import_roster(
    *,
    commune: Place,
    parts: list[RosterPart],
    decision: Document | DecisionLine,
    on: dt.date,
    by,
    now=None,
) -> list[Team]:
    """Forms and fills teams of one commune by one decision, with one journal entry listing them.

    Raises what `form_teams` and `consolidate_team` raise, and then writes nothing at all.
    """
    decision = settled_decision(decision, place=commune, by=by, now=now)
    plans = [TeamPlan([part.hamlet], part.members) for part in parts if part.team is None]
    formed = form_plans(plans, decision, on, by, now)[2] if plans else []
    joined = [part for part in parts if part.team is not None]
    for part in joined:
        apply_changes(part.team, decision, on, by, now, part.members)
    rows = [
        *(_row(team, plan.members, True) for team, plan in zip(formed, plans, strict=True)),
        *(_row(part.team, part.members, False) for part in joined),
    ]
    record(
        event="roster.imported",
        subject=decision,
        by=by,
        place=commune,
        after={
            "number": decision.number,
            "since_on": on.isoformat(),
            "teams": len(formed),
            "members": sum(len(part.members) for part in parts),
        },
        rows=rows,
        now=now,
    )
    return [*formed, *(part.team for part in joined)]


def _row(team: Team, members: list, is_new: bool) -> dict:
    return {"team": team.pk, "name": team.name, "members": len(members), "formed": is_new}
