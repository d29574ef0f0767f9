"""A proposal as plain values, for the documents drawn up from it (tờ trình, quyết định)."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from cncd.foundation.documents.models import Document
from cncd.foundation.people.models import Person
from cncd.foundation.people.queries import place_names
from cncd.foundation.places.models import Place
from cncd.results.rewards.models import Candidate, Proposal
from cncd.results.rewards.queries.basis import bases_of
from cncd.results.rewards.queries.facts import Fact
from cncd.team.teams.models import Team
from cncd.team.teams.queries import unit_of

PENDING, GRANTED, REFUSED = "", Candidate.Verdict.GRANTED.value, Candidate.Verdict.REFUSED.value


@dataclass(frozen=True)
class Nominee:
    """A team, or a member of one (`person`), with why it is proposed and what was decided.

    `name` is printed; `of` says where: the team of a member, the hamlets and commune of a team;
    `position` of a member in the team ("Tổ trưởng"), "" of a team. `verdict` is PENDING, GRANTED
    or REFUSED. `facts` are frozen from the day the proposal was sent, as it stands now before that.
    """

    candidate_id: int
    team: Team
    person: Person | None
    name: str
    position: str
    of: str
    form: str
    reason: str
    verdict: str
    verdict_reason: str
    facts: tuple[Fact, ...]

    @property
    def is_team(self) -> bool:
        return self.person is None


@dataclass(frozen=True)
class Proposed:
    """Everything a submission or a decision on commendation says.

    `place` proposes (`unit`: its name in the tree of `sent_at`'s day, or today), `decider` decides
    (`deciding_unit`). `sent_at` is None of a draft. `document` is the numbered decision, if any.
    """

    proposal: Proposal
    place: Place
    unit: str
    decider: Place
    deciding_unit: str
    title: str
    first_day: dt.date
    last_day: dt.date
    note: str
    sent_at: dt.datetime | None
    proposed_by: Person | None
    decided_by: Person | None
    decided_at: dt.datetime | None
    document: Document | None
    nominees: tuple[Nominee, ...]

    @property
    def key(self) -> tuple[str, str, int]:
        """(room, id, version) for what is bound to the whole proposal."""
        return ("rewards", str(self.proposal.pk), self.proposal.version)

    @property
    def is_decided(self) -> bool:
        """Whether everybody named was decided."""
        return bool(self.nominees) and all(each.verdict for each in self.nominees)

    @property
    def teams(self) -> tuple[Nominee, ...]:
        return tuple(each for each in self.nominees if each.is_team)

    @property
    def members(self) -> tuple[Nominee, ...]:
        return tuple(each for each in self.nominees if not each.is_team)

    @property
    def granted(self) -> tuple[Nominee, ...]:
        return tuple(each for each in self.nominees if each.verdict == GRANTED)


def proposal_of(proposal: Proposal) -> Proposed:
    """The proposal with everybody named, teams first, each by name; a handful of queries."""
    rows = list(
        proposal.candidates.select_related("team", "person", "form", "decided_by__person").order_by(
            "person__sort_key", "team__sort_key", "pk"
        )
    )
    rows.sort(key=lambda row: row.person_id is not None)
    bases = [row.basis for row in rows] if proposal.sent_at else bases_of(proposal, rows)
    day = timezone.localdate(proposal.sent_at) if proposal.sent_at else timezone.localdate()
    units = place_names([proposal.place_id, proposal.decider_id], day)
    where = _where({row.team_id for row in rows}, day)
    decided = [row for row in rows if row.decided_at]
    last = max(decided, key=lambda row: row.decided_at, default=None)
    return Proposed(
        proposal=proposal,
        place=proposal.place,
        unit=units[proposal.place_id],
        decider=proposal.decider,
        deciding_unit=units[proposal.decider_id],
        title=proposal.title,
        first_day=proposal.first_day,
        last_day=proposal.last_day,
        note=proposal.note,
        sent_at=proposal.sent_at,
        proposed_by=proposal.sent_by and proposal.sent_by.person,
        decided_by=last and last.decided_by and last.decided_by.person,
        decided_at=last and last.decided_at,
        document=proposal.document,
        nominees=tuple(_nominee(row, basis, where) for row, basis in zip(rows, bases, strict=True)),
    )


def _nominee(row: Candidate, basis: dict, where: dict[int, str]) -> Nominee:
    place = where.get(row.team_id, "")
    return Nominee(
        candidate_id=row.pk,
        team=row.team,
        person=row.person,
        name=str(row.person or row.team),
        position=basis.get("position", ""),
        of=f"{row.team}, {place}" if row.person_id and place else place,
        form=row.form.name,
        reason=row.reason,
        verdict=row.verdict,
        verdict_reason=row.verdict_reason,
        facts=tuple(Fact(**each) for each in basis.get("facts", ())),
    )


def _where(teams: set[int], day: dt.date) -> dict[int, str]:
    """Team id → the commune it falls under that day."""
    communes = unit_of(teams, "commune", day)
    named = place_names(set(communes.values()), day)
    return {team: named[place] for team, place in communes.items() if place in named}
