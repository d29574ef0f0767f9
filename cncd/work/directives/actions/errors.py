"""Why something about a directive is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Refused(ValidationError):
    """Base of what this room refuses, with the field it belongs to."""

    field = ""
    said = ""

    def __init__(self, **words):
        text = self.said % words if words else self.said
        super().__init__({self.field: text} if self.field else text, code=type(self).__name__)


class NotADraft(Refused):
    """What was issued is no longer rewritten: extend, exempt, close or withdraw it instead."""

    said = _("This directive was issued already. Extend, exempt, close or withdraw it instead.")


class ChangedMeanwhile(Refused):
    """Somebody changed the draft after the page was opened."""

    said = _("Somebody changed this directive meanwhile. Look at it again, then save.")


class NothingAsked(Refused):
    """A directive asks for at least one thing."""

    said = _("Add at least one thing to be done before you issue it.")


class NobodyAsked(Refused):
    """No unit, agency or team is reached on the day of issue."""

    said = _("Nobody is reached. Choose a level with units below you, or name some units.")


class OutOfReach(Refused):
    """A unit or team that is named does not stand under the giver."""

    said = _("%(name)s does not stand under you, so it cannot be asked.")


class DuePassed(Refused):
    """The due day lies before the day of issue."""

    field = "due_on"
    said = _("The due day has passed. Choose today or a later day.")


class Incomplete(Refused):
    """An ask lacks what its evidence needs, or needs what the audience cannot give."""

    def __init__(self, field: str, text):
        ValidationError.__init__(self, {field: text}, code="Incomplete")


class NotOpen(Refused):
    """The directive is not in force, or the obligation is exempt, passed on or done."""

    said = _("This is no longer asked: it is done, exempt, passed on, or the directive has ended.")


class AnswerWaits(Refused):
    """An answer was sent already and waits to be checked, or was accepted."""

    said = _("An answer was sent already. Wait until it is checked, or take it back first.")


class NothingSaid(Refused):
    """An answer has neither text nor file."""

    field = "text"
    said = _("Write what was done, or attach a file.")


class FileMissing(Refused):
    """A file is required."""

    field = "files"
    said = _("A file is required here. Attach it, then send again.")


class NotAnswered(Refused):
    """This ask is shown by other evidence, not by an answer."""

    said = _("This is not answered in words: it is done when the evidence is there.")


class AlreadyChecked(Refused):
    """Somebody has checked, or taken back, this answer meanwhile."""

    said = _("This answer was checked or taken back meanwhile. Look at it again.")


class ReasonMissing(Refused):
    """A reason is required, because others read it."""

    field = "reason"
    said = _("Write the reason, so that others understand it.")


class NotLater(Refused):
    """An extension is to a day after the present due day."""

    field = "due_on"
    said = _("Choose a day after the present due day, %(day)s.")
