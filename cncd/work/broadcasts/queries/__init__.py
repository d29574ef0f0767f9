"""Questions about broadcasts."""

from cncd.work.broadcasts.queries.counted import TIMES, counted_places, told
from cncd.work.broadcasts.queries.rebroadcasts import may_repeat

__all__ = ["TIMES", "counted_places", "may_repeat", "told"]
