"""What may go wrong with pilots and plans, each said at its field."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class NoUnits(ValidationError):
    """A pilot is tried somewhere."""

    def __init__(self):
        super().__init__({"places": _("Choose at least one hamlet where the pilot takes place.")})


class NotBelow(ValidationError):
    """A hamlet of the pilot lies outside the unit that runs it."""

    def __init__(self):
        super().__init__({"places": _("One of these hamlets does not belong to the unit.")})


class AlreadyTried(ValidationError):
    """A hamlet is in another pilot of the same days."""

    def __init__(self, other):
        self.other = other
        text = _("One of these hamlets is in the pilot “%(name)s” in these days.")
        super().__init__({"places": text % {"name": other}})


class NoMeasures(ValidationError):
    """Nothing to compare was chosen."""

    def __init__(self):
        super().__init__({"measures": _("Choose at least one figure to follow.")})


class HasFigures(ValidationError):
    """Values stand on the dates and hamlets: these stay as they are."""

    def __init__(self):
        super().__init__(
            _(
                "Figures are recorded already, so the date of issue, the days compared, the hamlets"
                " and the rules of choosing them stay; later on, what is followed and the length as"
                " well. Withdraw this pilot and begin another if they are wrong."
            )
        )


class ChangedMeanwhile(ValidationError):
    """Somebody else changed it after the page was opened."""

    def __init__(self):
        super().__init__(
            _("Somebody changed this meanwhile. Look at it again, then save."),
            code="changed_meanwhile",
        )


class NotChosenHere(ValidationError):
    """The hamlet is a pilot hamlet, or compared already, or outside the province."""

    def __init__(self):
        super().__init__({"place": _("Choose a hamlet that is not in this pilot already.")})


class ReasonMissing(ValidationError):
    """What departs from the rules says why."""

    def __init__(self):
        super().__init__({"reason": _("Say why, in a few words.")})


class SourceMissing(ValidationError):
    """A figure entered by hand says where it comes from."""

    def __init__(self):
        super().__init__({"source": _("Say where the figure comes from: which list, who counted.")})


class NotYet(ValidationError):
    """The days of that moment are not over."""

    def __init__(self, last_day):
        text = _("These days end on %(day)s. Come back when they are over.")
        super().__init__(text % {"day": f"{last_day:%d/%m/%Y}"})


class StillRunning(ValidationError):
    """A pilot is summed up when it is over."""

    def __init__(self, last_day):
        text = _("The pilot runs until %(day)s. Its synthesis is confirmed after that day.")
        super().__init__(text % {"day": f"{last_day:%d/%m/%Y}"})


class NothingSaid(ValidationError):
    """A synthesis holds an officer's assessment."""

    def __init__(self):
        super().__init__({"assessment": _("Write the assessment first.")})


class WrongState(ValidationError):
    """The plan is no longer, or not yet, at this step."""

    def __init__(self):
        super().__init__(_("Somebody has moved this plan on meanwhile. Look at it again."))


class AllServed(ValidationError):
    """Every hamlet has a team already."""

    def __init__(self):
        super().__init__({"place": _("Every hamlet of this unit has a team already.")})


class OutOfOrder(ValidationError):
    """A day or a wave that cannot be."""
