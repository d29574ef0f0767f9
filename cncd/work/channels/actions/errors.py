"""Why a group is not written down: each says at which field, and what to do next."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class ChannelRefused(ValidationError):
    """The record breaks a rule; `error_dict` says at which field."""

    def __init__(self, field: str, message):
        super().__init__({field: [message]})


class ChangedMeanwhile(ValidationError):
    """Somebody changed the group after this page was opened.

    `channel` is how it stands now, `content` what was to be written.
    """

    def __init__(self, channel, content: dict):
        self.channel, self.content = channel, content
        super().__init__(
            _("Somebody changed this group meanwhile. Look at both versions, then decide."),
            code="changed_meanwhile",
        )


class NotStanding(ValidationError):
    """A group that was taken out of the register is brought back first."""

    def __init__(self):
        super().__init__(
            _("This group was taken out of the register. Bring it back first, then change it."),
            code="not_standing",
        )


class RuleRefused(ValidationError):
    """The naming rules cannot be so."""
