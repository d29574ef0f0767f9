"""What each person was told, where they may be reached, and what became of every try."""

from cncd.faces.notices.models.deliveries import Delivery, Gathered, Try
from cncd.faces.notices.models.feeds import Feed
from cncd.faces.notices.models.notices import Notice, Preference
from cncd.faces.notices.models.ways import ADDRESSED, Address, Manner, Subscription

__all__ = [
    "ADDRESSED",
    "Address",
    "Delivery",
    "Feed",
    "Gathered",
    "Manner",
    "Notice",
    "Preference",
    "Subscription",
    "Try",
]
