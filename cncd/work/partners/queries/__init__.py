"""Questions about promises: how far they have come, who could help, what is to be done where."""

from cncd.work.partners.queries.connectivity import Connectivity, connectivity_of, of_hamlets
from cncd.work.partners.queries.delivered import Standing, delivered, delivered_of, standings
from cncd.work.partners.queries.documents import uses_of_document
from cncd.work.partners.queries.helping import Helping, helping
from cncd.work.partners.queries.jobs import Job, by_unit, jobs
from cncd.work.partners.queries.partners import contacts, partners_on

__all__ = [
    "Connectivity",
    "Helping",
    "Job",
    "Standing",
    "by_unit",
    "connectivity_of",
    "contacts",
    "delivered",
    "delivered_of",
    "helping",
    "jobs",
    "of_hamlets",
    "partners_on",
    "standings",
    "uses_of_document",
]
