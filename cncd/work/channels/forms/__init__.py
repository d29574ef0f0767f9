"""The forms of this room."""

from cncd.work.channels.forms.channel import (
    ChannelForm,
    CloseForm,
    EditForm,
    TeamGroupForm,
    WithdrawForm,
)
from cncd.work.channels.forms.naming import NameRuleForm, RequiredMemberForm

__all__ = [
    "ChannelForm",
    "CloseForm",
    "EditForm",
    "NameRuleForm",
    "RequiredMemberForm",
    "TeamGroupForm",
    "WithdrawForm",
]
