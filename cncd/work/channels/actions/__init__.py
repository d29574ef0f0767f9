"""Verbs of the channels room: write groups down, change and end them, tick who is in them."""

from cncd.work.channels.actions.ending import (
    close_channel,
    reopen_channel,
    restore_channel,
    withdraw_channel,
)
from cncd.work.channels.actions.errors import (
    ChangedMeanwhile,
    ChannelRefused,
    NotStanding,
    RuleRefused,
)
from cncd.work.channels.actions.importing import ChannelLine, import_channels
from cncd.work.channels.actions.naming import set_name_rules, set_required_member
from cncd.work.channels.actions.presence import (
    clear_presence,
    hand_over_presence,
    tick_presence,
)
from cncd.work.channels.actions.registering import change_channel, register_channel
from cncd.work.channels.actions.seeding import seed_rules

__all__ = [
    "ChangedMeanwhile",
    "ChannelLine",
    "ChannelRefused",
    "NotStanding",
    "RuleRefused",
    "change_channel",
    "clear_presence",
    "close_channel",
    "hand_over_presence",
    "import_channels",
    "register_channel",
    "reopen_channel",
    "restore_channel",
    "seed_rules",
    "set_name_rules",
    "set_required_member",
    "tick_presence",
    "withdraw_channel",
]
