"""Deliveries that other books know: guides in the library, members of teams, dead spots."""

import datetime as dt
from collections.abc import Iterable
from operator import add
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from cncd.foundation.people.models import Agency
from cncd.team.teams.models import Membership, TeamIndex
from cncd.work.activities.models import Activity
from cncd.work.library.models import Edition, Item
from cncd.work.partners.models import Gap, Pledge
from cncd.work.partners.queries.said import Said

UNION = "union"
RECENT = dt.timedelta(days=91)


def guides_of(pledges: list[Pledge]) -> dict:
    """Pledge id → guides of the agency first approved in its days; a guide serves every unit."""
    items = Item.objects.filter(
        withdrawn_at=None, from_enterprise=True, agency__in={p.agency_id for p in pledges}
    )
    published = Q(editions__state=Edition.State.PUBLISHED)
    rows = items.annotate(first=Min("editions__decided_at", filter=published)).exclude(first=None)
    known = [
        (agency, timezone.localdate(first))
        for agency, first in rows.order_by().values_list("agency", "first")
    ]
    return {
        pledge.pk: sum(agency == pledge.agency_id and pledge.holds_on(day) for agency, day in known)
        for pledge in pledges
    }


def people_of(pledges: list[Pledge], said: dict[object, Said]) -> dict:
    """Pledge id → people sent: of a union its members in the teams of the unit on the last day of
    the promise, or today; of an enterprise what the unit confirmed.
    """
    ids = {pledge.agency_id for pledge in pledges}
    unions = set(Agency.objects.filter(pk__in=ids, branch__code=UNION).values_list("pk", flat=True))
    found = {pledge.pk: said[pledge.pk].confirmed for pledge in pledges}
    sent = [pledge for pledge in pledges if pledge.agency_id in unions]
    on = {pledge.pk: min(pledge.last_day, timezone.localdate()) for pledge in sent}
    for day in set(on.values()):
        there = [pledge for pledge in sent if on[pledge.pk] == day]
        shares = union_shares({pledge.place_id for pledge in there}, day)
        found |= {pledge.pk: shares[pledge.place_id].union for pledge in there}
    return found


class InTeams(NamedTuple):
    """Members of the teams of a unit: of the union and all, and those of each who took part."""

    union: int = 0
    everybody: int = 0
    active: int = 0
    named: int = 0


def union_shares(places: Iterable[int], day: dt.date) -> dict[int, InTeams]:
    """Place id → the members of its teams that day; three queries.

    Who took part is named in an activity of the three months up to that day (IV.4).
    """
    found = dict.fromkeys(places, InTeams())
    teams = TeamIndex.objects.on(day).filter(place__in=found)
    rows = Membership.objects.on(day).filter(team__in=teams.values("team"))
    done = Activity.participants.through.objects.filter(
        activity__withdrawn_at=None,
        activity__happened_on__range=(day - RECENT, day),
        activity__team=OuterRef("team"),
        person=OuterRef("person"),
    )
    union = Q(union_member=True)
    counts = rows.annotate(took_part=Exists(done)).order_by().values_list("team").annotate(
        union=Count("person", filter=union, distinct=True),
        everybody=Count("person", distinct=True),
        active=Count("person", filter=union & Q(took_part=True), distinct=True),
        named=Count("person", filter=Q(took_part=True), distinct=True),
    )  # fmt: skip
    of_team = {team: InTeams(*numbers) for team, *numbers in counts}
    for place, team in teams.values_list("place", "team").distinct():
        there = of_team.get(team, InTeams())
        found[place] = InTeams(*map(add, found[place], there))
    return found


def covered_by(agencies: Iterable[int], since: dt.date):
    """(agency, hamlet, day, how many) of dead spots these agencies closed, as teams saw."""
    rows = Gap.objects.standing().filter(
        state=Gap.State.COVERED, agency__in=agencies, covered_on__gte=since
    )
    rows = rows.order_by().values_list("agency", "place", "covered_on")
    return rows.annotate(many=Count("pk"))
