"""What changes here: notices given and read, choices, ways to reach a person, deliveries."""

from cncd.faces.notices.actions.addressing import (
    NotAnAddress,
    TooManyCodes,
    WrongCode,
    confirm_address,
    end_address,
    enter_address,
    make_code,
    stop_address,
)
from cncd.faces.notices.actions.choosing import (
    NotADevice,
    allow_device,
    choose_channels,
    choose_manner,
    forget_notices_of,
    silence_device,
)
from cncd.faces.notices.actions.delivering import (
    claim_deliveries,
    drop_deliveries,
    note_tries,
)
from cncd.faces.notices.actions.feeding import digest_of, end_feed, freshen_feed, make_feed
from cncd.faces.notices.actions.giving import (
    forget_old_notices,
    give_notices,
    read_all,
    read_notice,
    settle,
)

__all__ = [
    "NotADevice",
    "NotAnAddress",
    "TooManyCodes",
    "WrongCode",
    "allow_device",
    "choose_channels",
    "choose_manner",
    "claim_deliveries",
    "confirm_address",
    "digest_of",
    "drop_deliveries",
    "end_address",
    "end_feed",
    "enter_address",
    "forget_notices_of",
    "forget_old_notices",
    "freshen_feed",
    "give_notices",
    "make_code",
    "make_feed",
    "note_tries",
    "read_all",
    "read_notice",
    "settle",
    "silence_device",
    "stop_address",
]
