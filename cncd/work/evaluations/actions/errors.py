"""Why an action of this room is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class WeightsOff(ValidationError):
    """The weights do not add up to 100."""

    def __init__(self, total: int):
        text = _("The weights add up to %(total)s, not to 100. Change them first.")
        super().__init__(text % {"total": total})


class NoLowestGrade(ValidationError):
    """Some totals would reach no class."""

    def __init__(self):
        super().__init__(_("One class has to begin at 0 points, so that every team has one."))


class InForce(ValidationError):
    """Rules in force do not change: a new set does, from a day on."""

    def __init__(self):
        text = _("This set is in force and does not change. Draft a new one from it.")
        super().__init__(text)


class BadDay(ValidationError):
    """A set cannot begin on that day."""


class AlreadyOpened(ValidationError):
    """The unit has opened a round of this kind for some of these days."""

    def __init__(self, known):
        text = _("“%(round)s” is already open for some of these days.")
        super().__init__({"first_day": text % {"round": known}})


class BadDates(ValidationError):
    """The days of a round are not in order."""


class NoTeams(ValidationError):
    """No team stands there on the last day."""

    def __init__(self):
        text = _("No team of this level is in force there on the last day of the round.")
        super().__init__({"last_day": text})


class NotYourTurn(ValidationError):
    """The step is not open, or no longer."""

    def __init__(self):
        text = _(
            "This step is not open: the one before was not sent and its day has not passed, "
            "or it was decided already."
        )
        super().__init__(text, code="not_your_turn")


class ChangedMeanwhile(ValidationError):
    """Somebody wrote after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this evaluation meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


class MarksRefused(ValidationError):
    """Marks are missing, or lie far apart without a reason; `problems` says which, by criterion."""

    def __init__(self, problems: dict):
        self.problems = problems
        super().__init__({f"mark-{pk}": str(text) for pk, text in problems.items()})


class SomeDecided(ValidationError):
    """A round with decided results is not withdrawn."""

    def __init__(self):
        super().__init__(_("Some teams were decided already: reopen them first, with a reason."))
