"""Questions about what was done: figures, what a figure counted, texts, households."""

from cncd.work.activities.queries.elsewhere import photos_in_reach, touched_since
from cncd.work.activities.queries.figures import Stood, counted, counted_as_stood, explain
from cncd.work.activities.queries.texts import summed, team_text, unit_text
from cncd.work.activities.queries.visits import recounted_households, with_visits

__all__ = [
    "Stood",
    "counted",
    "counted_as_stood",
    "explain",
    "photos_in_reach",
    "recounted_households",
    "summed",
    "team_text",
    "touched_since",
    "unit_text",
    "with_visits",
]
