"""What others ask about groups: what they should be called, what is wrong, what they add up to."""

from cncd.work.channels.queries.counted import counted, counted_places, told
from cncd.work.channels.queries.members import Checklist, checklist
from cncd.work.channels.queries.names import Names
from cncd.work.channels.queries.standing import Row, lacking, owed, standings

__all__ = [
    "Checklist",
    "Names",
    "Row",
    "checklist",
    "counted",
    "counted_places",
    "lacking",
    "owed",
    "standings",
    "told",
]
