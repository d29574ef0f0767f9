"""What the actions of this room refuse."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class NothingSaid(ValidationError):
    """A difficulty, an answer or a reason without a word."""

    def __init__(self, field: str = "text"):
        super().__init__({field: _("Say it in a few words.")})


class ChangedMeanwhile(ValidationError):
    """Somebody answered, passed on or joined the case after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this difficulty meanwhile. Look at it again, then decide.")
        super().__init__(text, code="changed_meanwhile")


class NotOpen(ValidationError):
    """Only what waits for an answer can be answered, given to somebody, passed on or joined."""

    def __init__(self):
        super().__init__(_("This difficulty no longer waits for an answer. Look at it again."))


class NotAnswered(ValidationError):
    """Whether an answer helped can be said only once there is one."""

    def __init__(self):
        text = _("There is no answer yet. You can say whether it helped once there is one.")
        super().__init__(text)


class NotJoined(ValidationError):
    """Only what was put together can be set apart."""

    def __init__(self):
        super().__init__(_("This difficulty stands alone already."))


class NotInOffice(ValidationError):
    """A case is given only to somebody who may answer at its owner that day."""

    def __init__(self):
        text = _("Choose somebody who answers difficulties at this unit today.")
        super().__init__({"assignee": text})


class NowhereToPass(ValidationError):
    """The case is there already, or nobody stands above."""

    def __init__(self):
        text = _("It cannot be passed there. Choose another unit, or answer it here.")
        super().__init__({"to": text})
