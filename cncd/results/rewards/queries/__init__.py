"""Questions about recognition."""

from cncd.results.rewards.queries.counted import counted_places, told
from cncd.results.rewards.queries.facts import Fact
from cncd.results.rewards.queries.proposed import Nominee, Proposed, proposal_of
from cncd.results.rewards.queries.shown import own_commendations, team_part, uses_of_document
from cncd.results.rewards.queries.waiting import dues

__all__ = [
    "Fact",
    "Nominee",
    "Proposed",
    "counted_places",
    "dues",
    "own_commendations",
    "proposal_of",
    "team_part",
    "told",
    "uses_of_document",
]
