"""Who hears what of directives; named in `config/hooks.py`."""

from cncd.work.directives.news.clock import by_clock
from cncd.work.directives.news.entries import EVENTS
from cncd.work.directives.news.kinds import KINDS

__all__ = ["EVENTS", "KINDS", "by_clock"]
