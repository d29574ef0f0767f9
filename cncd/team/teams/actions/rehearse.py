"""Doing a change and taking it back at once, to show what it would do before it is confirmed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from cncd.foundation.places import queries as place_queries
from cncd.team.teams.changes import Changes, Standing, changes_between
from cncd.team.teams.models import Team
from cncd.team.teams.queries import findings_of, members_on
from cncd.team.teams.rules import Finding


@dataclass(frozen=True)
class Rehearsal:
    """What a change would come to: the differences, and what would then be found."""

    changes: Changes
    findings: list[Finding]


def rehearse(*, run: Callable[[], Team], day: dt.date, team: Team | None = None) -> Rehearsal:
    """Runs the change, looks at the team on that day, and undoes everything.

    Raises whatever the change itself raises; nothing stays in the database, the journal included.
    """
    before = _seen(team, day)
    with transaction.atomic():
        changed = run()
        after, findings = _seen(changed, day), findings_of([changed], day).get(changed.pk, [])
        transaction.set_rollback(True)
    return Rehearsal(changes_between(before[0], after[0], before[1], after[1]), findings)


def _seen(team: Team | None, day: dt.date) -> tuple[list[Standing], list[str]]:
    if team is None:
        return [], []
    covered = list(team.coverages.on(day).order_by("pk").values_list("place", flat=True))
    names = place_queries.names(covered, day)
    members = [_standing(row) for row in members_on(team, day)]
    return members, [names[place].full_name for place in covered]


def _standing(row) -> Standing:
    fields = {name: row._meta.get_field(name).verbose_name for name in SHOWN}
    values = {
        "position": row.get_position_display(),
        "hamlet_post": row.get_hamlet_post_display() if row.hamlet_post else "–",
        "component": str(row.component or "–"),
        "tie": row.get_tie_display(),
        "union_member": "✓" if row.union_member else "–",
    }
    labelled = tuple((str(fields[name]), str(values[name])) for name in SHOWN)
    return Standing(row.person_id, row.person.full_name, labelled)


SHOWN = ("position", "hamlet_post", "component", "tie", "union_member")
