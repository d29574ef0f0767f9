"""What the room refuses, in words for the page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotOffered(ValidationError):
    """The record does not exist, is out of sight, or cannot be put on paper in this kind."""

    def __init__(self, message: str = ""):
        super().__init__(message or _("This document cannot be drawn up here now."))


class NotADraft(ValidationError):
    """Words of a numbered document stand; it is replaced by another one."""

    def __init__(self):
        super().__init__(
            _("This document has its number already. Draw up another one that replaces it.")
        )


class WrongState(ValidationError):
    """The step does not fit where the document stands."""


class ChangedMeanwhile(ValidationError):
    """Somebody else changed the words since the page was opened."""

    def __init__(self):
        super().__init__(
            _("Somebody changed this document meanwhile. Open it again and look before you save.")
        )


class BadWords(ValidationError):
    """A field of the words cannot be kept; the message says why."""


class NumberGiven(ValidationError):
    """The number stands on another document of the agency and year (decree 30/2020, art. 15)."""


class NothingToSign(ValidationError):
    """There is no PDF of the numbered document yet."""


class TemplateRefused(ValidationError):
    """The template cannot be used; one message for each thing to mend."""


class RootRefused(ValidationError):
    """The file holds no certificate of an authority, or one already trusted."""
