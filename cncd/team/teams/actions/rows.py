"""Rows that every change writes: the decision, new people, memberships."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.documents.actions import add_document
from cncd.foundation.documents.models import Document
from cncd.foundation.people.actions import PersonLine, add_people
from cncd.foundation.places.models import Place
from cncd.team.teams.lines import DecisionLine, MemberLine, NewPerson
from cncd.team.teams.models import Membership, Team


def settled_decision(decision: Document | DecisionLine, *, place, by, now) -> Document:
    """The decision as a stored document; one that is entered with the change is stored first."""
    if not isinstance(decision, DecisionLine):
        return decision
    fields = vars(decision)
    return add_document(kind=Document.Kind.DECISION, place=place, by=by, now=now, **fields)


def new_memberships(
    rosters: Iterable[tuple[Team, Place, list[MemberLine]]],
    *,
    decision: Document,
    since_on: dt.date,
    by,
    now,
) -> list[Membership]:
    """Saves a row per line of each (team, home of its new people, lines), in that order.

    People who are not in the register yet are added to it first, as one batch.
    """
    lines = [(team, home, line) for team, home, roster in rosters for line in roster]
    people = iter(_add_new_people(lines, by, now))
    rows = [
        Membership(
            team=team,
            person=next(people) if isinstance(line.person, NewPerson) else line.person,
            position=line.position,
            hamlet_post=line.hamlet_post,
            component=line.component,
            tie=line.tie,
            union_member=line.union_member,
            document=decision,
            since_on=since_on,
        )
        for team, _home, line in lines
    ]
    return Membership.objects.bulk_create(rows)


def _add_new_people(lines, by, now) -> list:
    return add_people(
        lines=[
            PersonLine(home=home, **vars(line.person))
            for _team, home, line in lines
            if isinstance(line.person, NewPerson)
        ],
        by=by,
        now=now,
    )
