"""Why a record is not written: each says at which field, and what to do next."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class RecordRefused(ValidationError):
    """The record breaks a rule; `error_dict` says at which field."""

    def __init__(self, field: str, message):
        super().__init__({field: [message]})


class ChangedMeanwhile(ValidationError):
    """The record was changed after this page was opened; `record` is how it stands now."""

    def __init__(self, record):
        self.record = record
        super().__init__(
            _("Somebody changed this meanwhile. Compare with what stands now, then save again."),
            code="changed_meanwhile",
        )


class NotStanding(ValidationError):
    """A record that was withdrawn or merged is not changed; it is brought back first."""

    def __init__(self):
        super().__init__(
            _("This record was taken out of the register. Bring it back first, then change it."),
            code="not_standing",
        )


class StillUsed(ValidationError):
    """Other records rest on this one."""
