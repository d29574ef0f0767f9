"""Full-text search of the library: one question, answered by either database."""

from cncd.work.library.search.finding import Found, find
from cncd.work.library.search.indexing import index

__all__ = ["Found", "find", "index"]
