"""What changes here: notices given and read, choices, devices allowed, deliveries."""

from cncd.faces.notices.actions.choosing import (
    NotADevice,
    allow_device,
    choose_channels,
    forget_notices_of,
    silence_device,
)
from cncd.faces.notices.actions.delivering import (
    claim_deliveries,
    drop_delivery,
    note_try,
)
from cncd.faces.notices.actions.giving import (
    forget_old_notices,
    give_notices,
    read_all,
    read_notice,
    settle,
)

__all__ = [
    "News",
    "NotADevice",
    "allow_device",
    "choose_channels",
    "claim_deliveries",
    "drop_delivery",
    "forget_notices_of",
    "forget_old_notices",
    "give_notices",
    "note_try",
    "read_all",
    "read_notice",
    "settle",
    "silence_device",
]
