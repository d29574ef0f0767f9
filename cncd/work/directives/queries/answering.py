"""Who is asked, told and answers for what is owed, by date."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.models import Posting, User
from cncd.foundation.people.permissions import PERMISSIONS
from cncd.team.teams.queries import leads_of

ANSWER = "directives.answer"


def answerers(obligations: Iterable, day: dt.date) -> dict[int, list[User]]:
    """Obligation id → accounts that answer for it that day, the first to be called first.

    The leads of a team, the officers of an agency, of a unit those who guide it (II.2.9). At most
    nine queries, however many there are.
    """
    rows = list(obligations)
    leads = leads_of({row.team_id for row in rows if row.team_id}, day)
    units = {row.place_id for row in rows if row.place_id and not row.agency_id}
    guides = guides_at(units, ANSWER, day) if units else {}
    serving = _of_agencies({row.agency_id for row in rows if row.agency_id}, day)
    found = {}
    for row in rows:
        if row.team_id:
            found[row.pk] = [each.person.user for each in leads.get(row.team_id, ())]
        else:
            found[row.pk] = (
                serving[row.agency_id] if row.agency_id else guides.get(row.place_id, [])
            )
    return found


def _of_agencies(agencies: set[int], day: dt.date) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    if not agencies:
        return found
    held = Posting.objects.on(day).filter(agency__in=agencies, person__user__is_active=True)
    held = held.filter(role__code__in=PERMISSIONS[ANSWER]).order_by("pk")
    for each in held.select_related("person__user"):
        found[each.agency_id].append(each.person.user)
    return found
