"""What a proposal keeps of the evidence: the lines read, the score, the signs asked about."""

from cncd.results.rewards.models import Candidate, Proposal
from cncd.results.rewards.queries.compared import compare
from cncd.results.rewards.queries.facts import facts_of_member, facts_of_team
from cncd.results.rewards.queries.members import members_did
from cncd.team.teams.models import Membership


def bases_of(proposal: Proposal, rows: list[Candidate]) -> list[dict]:
    """The evidence of each of those named as plain values, as it stands now; in their order."""
    first, last = proposal.first_day, proposal.last_day
    teams = {row.team_id: row.team for row in rows if row.person_id is None}
    compared = {
        each.team.pk: each for each in compare(teams.values(), proposal.place, first, last)
    } if teams else {}  # fmt: skip
    did = _did([row for row in rows if row.person_id], first, last)
    return [
        _of_member(did.get((row.team_id, row.person_id)))
        if row.person_id
        else _of_team(compared[row.team_id])
        for row in rows
    ]


def _did(rows: list[Candidate], first, last) -> dict:
    if not rows:
        return {}
    held = Membership.objects.filter(
        team__in=[row.team_id for row in rows], person__in=[row.person_id for row in rows],
        since_on__lte=last,
    ).order_by("since_on")  # fmt: skip
    return {(each.team.pk, each.person.pk): each for each in members_did(held, first, last)}


def _of_team(row) -> dict:
    return {
        "facts": [vars(each) for each in facts_of_team(row)],
        "score": None if row.score is None else str(row.score),
        "parts": [[name, None if value is None else str(value)] for name, value in row.parts],
        "signs": row.signs,
    }


def _of_member(row) -> dict:
    if row is None:
        return {"facts": []}
    facts = [vars(each) for each in facts_of_member(row)]
    return {"facts": facts, "position": row.membership.get_position_display()}
