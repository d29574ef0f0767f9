"""What others ask about pilots and plans of replication.

For documents: `synthesis_of(pilot, day) -> Synthesis` and `replication_of(plan) ->
ReplicationPlan`; both in `given.py`, frozen once confirmed or approved.
"""

from cncd.results.pilots.queries.by_day import Ground, days_of, happened
from cncd.results.pilots.queries.choosing import considered
from cncd.results.pilots.queries.ground import place_name, units_of
from cncd.results.pilots.queries.readiness import ready_communes, ready_districts
from cncd.results.pilots.queries.replicating import replication_of, unit_costs
from cncd.results.pilots.queries.synthesis import assembled, synthesis_of
from cncd.results.pilots.queries.waiting import documents_of_pilots, dues, uses_of_document

__all__ = [
    "Ground",
    "assembled",
    "considered",
    "days_of",
    "documents_of_pilots",
    "dues",
    "happened",
    "place_name",
    "ready_communes",
    "ready_districts",
    "replication_of",
    "synthesis_of",
    "unit_costs",
    "units_of",
    "uses_of_document",
]
