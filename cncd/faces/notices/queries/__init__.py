"""Who was told, how people are reached, and what a person's pages show."""

from cncd.faces.notices.queries.own import devices, own_data, told, unread_count, wanted
from cncd.faces.notices.queries.reaching import (
    addresses_of,
    is_stuck,
    manner_of,
    manners_of,
    ways_of,
)

__all__ = [
    "addresses_of",
    "devices",
    "is_stuck",
    "manner_of",
    "manners_of",
    "own_data",
    "told",
    "unread_count",
    "wanted",
    "ways_of",
]
