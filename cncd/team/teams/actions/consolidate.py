"""Consolidating a team (kiện toàn): who joins, leaves or changes, and which hamlets, from a day on.

Nothing is overwritten: a row that no longer holds is closed, and a new one begins.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.documents.models import Document
from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.teams.actions.checks import (
    check_maximum,
    check_people,
    check_places,
    commune_on,
    locked,
)
from cncd.team.teams.actions.errors import BadDate, BadMembers, BadPlaces, NothingToChange
from cncd.team.teams.actions.form import team_search_key
from cncd.team.teams.actions.index import rebuild_index
from cncd.team.teams.actions.rows import new_memberships, settled_decision
from cncd.team.teams.lines import CHANGEABLE, Change, DecisionLine, MemberLine, NewPerson
from cncd.team.teams.models import Coverage, Membership, Team
from cncd.team.teams.spans import Span


@dataclass(frozen=True)
class Outcome:
    """What a consolidation did, for the journal."""

    team: Team
    commune: Place | None
    decision: Document
    joined: list[Membership]
    left: list[Membership]
    altered: list[tuple[Membership, dict]]
    figures: dict[str, tuple]  # what is counted or named, before and after


@transaction.atomic
def consolidate_team(
    *,
    team: Team,
    decision: Document | DecisionLine,
    on: dt.date,
    by,
    join: list[MemberLine] = (),
    leave: list[int] = (),
    change: list[Change] = (),
    places: list[Place] | None = None,
    now=None,
) -> Team:
    """Changes members and covered hamlets from `on`, by decision, keeping what was (II.1.1).

    `leave` holds membership ids; `places` is all that is covered from then on, None to keep it.
    Raises Dissolved, BadDate, BadMembers, BadPlaces, TooManyMembers or NothingToChange.
    """
    outcome = apply_changes(team, decision, on, by, now, join, leave, change, places)
    _record(outcome, on, by, now)
    return outcome.team


def apply_changes(team, decision, on, by, now, join, leave=(), change=(), places=None) -> Outcome:
    """Checks and writes a consolidation; the caller stands in a transaction and records it."""
    team = locked(team, on)
    commune = check_places(places, on) if places is not None else commune_on(team, on)
    authority.require(by, "teams.form", place=commune)
    roster = _Roster(team, on)
    left, altered = roster.leaving(leave), roster.changing(change)
    roster.check_joining(join, by)
    moves = _coverage_moves(team, places, on) if places is not None else ([], [])
    if not (left or altered or join or any(moves)):
        raise NothingToChange(_("Nothing would change. Choose who joins, leaves or changes."))
    check_maximum(roster.spans(), roster.spans_after(left, join), commune, on)
    decision = settled_decision(decision, place=commune, by=by, now=now)
    figures = {"members": (roster.size(), roster.size() - len(left) + len(join))}
    joined = _write_members(team, left, altered, join, decision, on, by, now)
    if any(moves):
        figures |= _write_coverage(team, moves, decision, on)
    rebuild_index(teams=[team.pk])
    return Outcome(team, commune, decision, joined, left, altered, figures)


class _Roster:
    """All memberships of the team, read under its lock."""

    def __init__(self, team: Team, day: dt.date):
        self.day = day
        self.rows = {row.pk: row for row in team.memberships.select_related("person", "component")}

    def spans(self) -> list[Span]:
        return [Span(row.since_on, row.until_on) for row in self.rows.values()]

    def spans_after(self, left: list[Membership], join) -> list[Span]:
        gone = {row.pk for row in left}
        kept = [
            Span(row.since_on, self.day if row.pk in gone else row.until_on)
            for row in self.rows.values()
        ]
        return [*kept, *([Span(self.day, None)] * len(join))]

    def size(self) -> int:
        return sum(row.holds_on(self.day) for row in self.rows.values())

    def leaving(self, ids) -> list[Membership]:
        return [self._current(pk) for pk in dict.fromkeys(ids)]

    def changing(self, changes: list[Change]) -> list[tuple[Membership, dict]]:
        """Rows with the values that really differ."""
        found = []
        for change in changes:
            row = self._current(change.membership)
            values = {key: change.values[key] for key in CHANGEABLE if key in change.values}
            values = {key: new for key, new in values.items() if getattr(row, key) != new}
            found += [(row, values)] if values else []
        return found

    def check_joining(self, join, by) -> None:
        check_people(join, by)
        later = {
            row.person_id: row
            for row in self.rows.values()
            if row.until_on is None or row.until_on > self.day
        }
        for line in join:
            person = None if isinstance(line.person, NewPerson) else line.person.pk
            if person in later:
                raise BadMembers(
                    _("{name} is a member already, since {day}.").format(
                        name=line.person, day=f"{later[person].since_on:%d/%m/%Y}"
                    )
                )

    def _current(self, pk: int) -> Membership:
        """The membership, if it can end on the day; raises BadMembers or BadDate otherwise."""
        row = self.rows.get(pk)
        if row is None or not row.holds_on(self.day):
            raise BadMembers(
                _("{name} is not a member of this team on {day}.").format(
                    name=row.person if row else f"#{pk}", day=f"{self.day:%d/%m/%Y}"
                )
            )
        later = [other for other in self.rows.values() if other.person_id == row.person_id]
        if row.since_on == self.day or any(other.since_on > self.day for other in later):
            newest = max(other.since_on for other in later)
            raise BadDate(
                _(
                    "The place of {name} in the team already changed on {day}. Choose a later "
                    "day, or correct the line if it was mistyped."
                ).format(name=row.person, day=f"{newest:%d/%m/%Y}")
            )
        return row


def _coverage_moves(team: Team, places: list[Place], on: dt.date):
    """Coverages that end, and places that come in; raises BadDate over a later change."""
    wanted = {place.pk: place for place in places}
    held = list(team.coverages.overlapping(on, None))
    if any(row.since_on > on for row in held):
        raise BadDate(_("The hamlets of the team already change on a later day."))
    ending = [row for row in held if row.place_id not in wanted]
    if any(row.since_on == on for row in ending):
        raise BadPlaces(
            _("The team covers these hamlets only from {day}. Choose a later day.").format(
                day=f"{on:%d/%m/%Y}"
            )
        )
    kept = {row.place_id for row in held}
    return ending, [place for pk, place in wanted.items() if pk not in kept]


def _write_members(team, left, altered, join, decision, on, by, now) -> list[Membership]:
    """Closes, splits and adds memberships; returns those who joined."""
    split = [_continued(row, values, decision, on) for row, values in altered]
    for row in [*left, *(row for row, _values in altered)]:
        _close(row, on)
    Membership.objects.bulk_create(split)
    return new_memberships(
        [(team, _home(team, on), list(join))], decision=decision, since_on=on, by=by, now=now
    )


def _continued(row: Membership, values: dict, decision, on: dt.date) -> Membership:
    """The row from `on` to where it would have ended, with its new values."""
    same = {key: getattr(row, key) for key in CHANGEABLE}
    return Membership(
        team_id=row.team_id,
        person=row.person,
        since_on=on,
        until_on=row.until_on,
        document=decision,
        **(same | values),
    )


def _close(row, on: dt.date) -> None:
    row.until_on = on
    row.save(update_fields=["until_on"])


def _home(team: Team, on: dt.date) -> Place | None:
    coverage = team.coverages.on(on).select_related("place").order_by("since_on", "pk").first()
    return coverage.place if coverage else None


def _write_coverage(team: Team, moves, decision, on: dt.date) -> dict[str, tuple[str, str]]:
    """Closes and opens coverages; returns their names before and after."""
    ending, coming = moves
    before = _covered_names(team, on)
    for row in ending:
        _close(row, on)
    Coverage.objects.bulk_create(
        Coverage(team=team, place=place, since_on=on, document=decision) for place in coming
    )
    named = place_queries.names(team.coverages.on(on).values_list("place", flat=True), on)
    team.search_key = team_search_key(team.name, named.values())
    team.save(update_fields=["search_key"])
    return {"hamlets": (before, _covered_names(team, on))}


def _covered_names(team: Team, on: dt.date) -> str:
    covered = list(team.coverages.on(on).order_by("pk").values_list("place", flat=True))
    names = place_queries.names(covered, on)
    return ", ".join(names[pk].full_name for pk in covered)


def _record(outcome: Outcome, on: dt.date, by, now) -> None:
    people = {
        "joined": outcome.joined,
        "left": outcome.left,
        "changed": [row for row, _values in outcome.altered],
    }
    differing = {key: sides for key, sides in outcome.figures.items() if sides[0] != sides[1]}
    record(
        event="team.consolidated",
        subject=outcome.team,
        by=by,
        place=outcome.commune,
        team=outcome.team,
        before={key: before for key, (before, _after) in differing.items()},
        after={key: after for key, (_before, after) in differing.items()}
        | {"number": outcome.decision.number, "since_on": on.isoformat()},
        personal={
            key: ("", ", ".join(str(row.person) for row in rows))
            for key, rows in people.items()
            if rows
        },
        rows=[{"membership": row.pk, "what": what} for what in people for row in people[what]],
        now=now,
    )
