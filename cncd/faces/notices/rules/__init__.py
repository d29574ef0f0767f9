"""What is true without a database or a clock."""

from cncd.faces.notices.rules.quiet import digest_at, opens_at
from cncd.faces.notices.rules.reaching import (
    is_mailbox,
    is_push_service,
    is_service,
    masked_mailbox,
    masked_service,
)
from cncd.faces.notices.rules.waiting import seconds_to_live, topic, wait_after

__all__ = [
    "digest_at",
    "is_mailbox",
    "is_push_service",
    "is_service",
    "masked_mailbox",
    "masked_service",
    "opens_at",
    "seconds_to_live",
    "topic",
    "wait_after",
]
