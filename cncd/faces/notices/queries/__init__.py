"""Who is told, what is due, and what a person's pages show."""

from cncd.faces.notices.queries.dues import Owing, told, unsent
from cncd.faces.notices.queries.own import devices, is_push_stuck, own_data, unread_count, wanted

__all__ = [
    "Owing",
    "devices",
    "is_push_stuck",
    "own_data",
    "told",
    "unread_count",
    "unsent",
    "wanted",
]
