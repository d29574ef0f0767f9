"""Forming teams (thành lập): one decision of the commune, one or several teams."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.documents.models import Document
from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import expand, nfc, sort_key, tidy
from cncd.foundation.people import authority
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.teams.actions.checks import (
    check_day,
    check_places,
    check_reach,
    check_spans,
    check_twice,
    maxima_from,
)
from cncd.team.teams.actions.errors import BadPlaces
from cncd.team.teams.actions.index import rebuild_index
from cncd.team.teams.actions.rows import new_memberships, settled_decision
from cncd.team.teams.lines import DecisionLine, MemberLine, TeamPlan
from cncd.team.teams.models import Coverage, Team
from cncd.team.teams.spans import Span


@transaction.atomic
def form_team(
    *,
    places: list[Place],
    decision: Document | DecisionLine,
    since_on: dt.date,
    members: list[MemberLine],
    by,
    name: str | None = None,
    level=None,
    code: str | None = None,
    is_pilot: bool = False,
    now=None,
) -> Team:
    """Forms one team of the commune by decision, in force from `since_on` (I.2, II.1).

    Raises BadPlaces, BadDate, BadMembers or TooManyMembers, and writes nothing then.
    """
    plan = TeamPlan(places, members, name, level, code, is_pilot)
    commune, decision, [team] = form_plans([plan], decision, since_on, by, now)
    record(
        event="team.formed",
        subject=team,
        by=by,
        place=commune,
        team=team,
        after={
            "number": decision.number,
            "since_on": since_on.isoformat(),
            "members": len(members),
            "hamlets": _names_of(places, since_on),
        },
        personal={"joined": ("", _people(team))} if members else {},
        now=now,
    )
    return team


@transaction.atomic
def form_teams(
    *,
    plans: list[TeamPlan],
    decision: Document | DecisionLine,
    since_on: dt.date,
    by,
    now=None,
) -> list[Team]:
    """Forms several teams of one commune by one decision, with one journal entry listing them.

    Raises what `form_team` raises, for the first team at fault, and then forms none.
    """
    commune, decision, teams = form_plans(plans, decision, since_on, by, now)
    record(
        event="teams.formed",
        subject=decision,
        by=by,
        place=commune,
        after={
            "number": decision.number,
            "since_on": since_on.isoformat(),
            "teams": len(teams),
            "members": sum(len(plan.members) for plan in plans),
        },
        rows=[
            {"team": team.pk, "name": team.name, "members": len(plan.members)}
            for team, plan in zip(teams, plans, strict=True)
        ],
        now=now,
    )
    return teams


def form_plans(plans, decision, since_on, by, now) -> tuple[Place, Document, list[Team]]:
    """Checks everything, then writes; the caller stands in a transaction and records it."""
    check_day(since_on, "since_on")
    commune = check_places_of(plans, since_on)
    authority.require(by, "teams.form", place=commune)
    Place.objects.select_for_update().get(pk=commune.pk)  # codes are given out one at a time
    check_reach([line for plan in plans for line in plan.members], by)
    maxima = maxima_from(commune, since_on)
    for plan in plans:
        check_twice(plan.members)
        check_spans([], [Span(since_on, None)] * len(plan.members), since_on, maxima)
    decision = settled_decision(decision, place=commune, by=by, now=now)
    codes = _Codes()
    names = place_queries.names({place.pk for plan in plans for place in plan.places}, since_on)
    teams = Team.objects.bulk_create(
        _team(plan, [names[place.pk] for place in plan.places], decision, since_on, codes)
        for plan in plans
    )
    _write_rows(teams, plans, decision, since_on, by, now)
    rebuild_index(teams=[team.pk for team in teams])
    return commune, decision, teams


def check_places_of(plans: list[TeamPlan], day: dt.date) -> Place:
    """The one commune of all plans; raises BadPlaces for places that cannot be teams' places."""
    if not all(plan.places for plan in plans):
        raise BadPlaces(_("Choose at least one hamlet."))
    everywhere = [place for plan in plans for place in plan.places]
    return check_places(everywhere, day)


def _write_rows(teams, plans, decision, since_on, by, now) -> None:
    pairs = list(zip(teams, plans, strict=True))
    Coverage.objects.bulk_create(
        Coverage(team=team, place=place, since_on=since_on, document=decision)
        for team, plan in pairs
        for place in plan.places
    )
    new_memberships(
        [(team, plan.places[0], plan.members) for team, plan in pairs],
        decision=decision,
        since_on=since_on,
        by=by,
        now=now,
    )


def _team(plan: TeamPlan, named, decision, since_on, codes: "_Codes") -> Team:
    name = tidy(plan.name or "") or usual_name(named)
    return Team(
        code=plan.code or codes.next(named[0].code),
        name=name,
        level=plan.level or plan.places[0].level,
        formed_by=decision,
        is_pilot=plan.is_pilot,
        since_on=since_on,
        search_key=team_search_key(name, named),
        sort_key=sort_key(name, numbers=True),
    )


def usual_name(named) -> str:
    """ "Tổ CNCĐ ấp Mỹ Phước": what a team is called when its decision gives no other name."""
    parts = [f"{place.kind.lower()} {place.name}" for place in named]
    return nfc("Tổ CNCĐ " + ", ".join(parts))[:160]


def team_search_key(name: str, named) -> str:
    """What a search for the team looks through: its name, synonyms folded, and its hamlets."""
    return " ".join([expand(name), *(expand(place.full_name) for place in named)])[:300]


class _Codes:
    """Gives out team codes: the hamlet's own code, then -2, -3… since codes of places come back."""

    def __init__(self):
        self.given: set[str] = set()

    def next(self, stem: str) -> str:
        taken = self.given | set(
            Team.objects.filter(code__startswith=stem).values_list("code", flat=True)
        )
        code, number = stem, 1
        while code in taken:
            number += 1
            code = f"{stem}-{number}"
        self.given.add(code)
        return code


def _names_of(covered: list[Place], day) -> str:
    names = place_queries.names([place.pk for place in covered], day)
    return ", ".join(names[place.pk].full_name for place in covered)


def _people(team: Team) -> str:
    return ", ".join(str(row.person) for row in team.memberships.select_related("person"))
