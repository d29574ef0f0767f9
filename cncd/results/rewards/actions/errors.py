"""Why an action of this room is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class ChangedMeanwhile(ValidationError):
    """Somebody changed the proposal after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this proposal meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


class NotNow(ValidationError):
    """The proposal, commendation or sign stands where this is no longer, or not yet, possible."""


class BadProposal(ValidationError):
    """Days, deciding unit or those named are not possible; says at which field."""


class NeedsReason(ValidationError):
    """A decision or a withdrawal says why."""

    def __init__(self, field: str = "reason"):
        super().__init__({field: _("Write the reason: it is shown to those it concerns.")})


class AlreadyGiven(ValidationError):
    """The decision names this team or member already."""

    def __init__(self, name):
        text = _("The decision already names %(name)s. Take the line out.")
        super().__init__(text % {"name": name})
