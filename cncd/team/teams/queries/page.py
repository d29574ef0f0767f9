"""What the page of one team shows, as of a day."""

import datetime as dt
from dataclasses import dataclass

from cncd.foundation.documents.models import Document
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.teams import rules
from cncd.team.teams.models import Coverage, FindingNote, Membership, Team
from cncd.team.teams.queries.composition import findings_of, reasons
from cncd.team.teams.queries.standing import members_on, unit_of


@dataclass(frozen=True)
class Noted:
    """A finding and why it stands, when somebody said so."""

    finding: rules.Finding
    title: str
    tone: str
    note: FindingNote | None


@dataclass(frozen=True)
class Covered:
    """A place the team covers or covered."""

    place: int
    name: str
    coverage: Coverage
    is_alive: bool


TONES = {rules.MUST: "soon", rules.CHECK: "info", rules.NOTE: "quiet"}


@dataclass(frozen=True)
class TeamPage:
    team: Team
    day: dt.date
    commune: str
    members: list[Membership]
    findings: list[Noted]
    coverages: list[Covered]
    decisions: list[Document]
    former: list[Membership]

    @property
    def state(self) -> str:
        if self.team.holds_on(self.day):
            return "in_force"
        return "coming" if self.team.since_on > self.day else "dissolved"


def fitting_day(team: Team, day: dt.date) -> dt.date:
    """That day, or the nearest one on which the team is in force."""
    return max(team.since_on, min(day, team.last_day or day))


def team_page(team: Team, day: dt.date) -> TeamPage:
    """Roster, findings, coverage and decisions of the team; the roster as of the day."""
    current = list(members_on(team, day))
    ids = {row.pk for row in current}
    everybody = team.memberships.select_related("person", "component", "document")
    commune = unit_of([team.pk], "commune", day).get(team.pk)
    names = place_queries.names([commune] if commune else [], day)
    return TeamPage(
        team=team,
        day=day,
        commune=names[commune].full_name if commune else "",
        members=current,
        findings=_noted(team, day),
        coverages=_coverages(team, day),
        decisions=decisions_of(team),
        former=[row for row in everybody.order_by("-since_on", "person__sort_key")
                if row.pk not in ids],
    )  # fmt: skip


def _noted(team: Team, day) -> list[Noted]:
    notes = reasons(team)
    return [
        Noted(found, rules.BY_CODE[found.rule].title, TONES[found.severity], notes.get(found.rule))
        for found in findings_of([team], day).get(team.pk, [])
    ]


def _coverages(team: Team, day) -> list[Covered]:
    rows = list(team.coverages.select_related("document").order_by("-since_on", "pk"))
    ids = {row.place_id for row in rows}
    names = place_queries.names(ids, day)
    alive = set(Place.objects.filter(pk__in=ids).alive(day).values_list("pk", flat=True))
    return [
        Covered(row.place_id, names[row.place_id].full_name, row, row.place_id in alive)
        for row in rows
    ]


def decisions_of(team: Team) -> list[Document]:
    """Every decision the team rests on, newest first."""
    ids = {team.formed_by_id, team.dissolved_by_id}
    ids |= set(team.memberships.order_by().values_list("document", flat=True))
    ids |= set(team.coverages.values_list("document", flat=True))
    return list(Document.objects.filter(pk__in=ids - {None}).select_related("file"))
