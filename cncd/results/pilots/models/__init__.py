"""Pilots and what follows from them (IV.1, IV.3)."""

from cncd.results.pilots.models.pilots import (
    Lesson,
    Moment,
    Pilot,
    PilotCost,
    PilotUnit,
    PilotValue,
    SynthesisText,
)
from cncd.results.pilots.models.replications import Replication, ReplicationLine

__all__ = [
    "Lesson",
    "Moment",
    "Pilot",
    "PilotCost",
    "PilotUnit",
    "PilotValue",
    "Replication",
    "ReplicationLine",
    "SynthesisText",
]
