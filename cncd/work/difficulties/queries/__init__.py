"""The questions of this room."""

from .answering import answerable, guides_of_cases
from .counted import counted, counted_places, told
from .inbox import dues, raised_by_team, raised_with
from .standing import standing_at
from .suggesting import Suggestion, suggestions

__all__ = [
    "Suggestion",
    "answerable",
    "counted",
    "counted_places",
    "dues",
    "guides_of_cases",
    "raised_by_team",
    "raised_with",
    "standing_at",
    "suggestions",
    "told",
]
