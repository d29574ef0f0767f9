"""Why something is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cncd.work.partners.models import Pledge


class NotAPartner(ValidationError):
    """The agency is neither an enterprise nor a union, or no longer there."""

    def __init__(self):
        super().__init__({"agency": _("Choose an enterprise or a union that is in office.")})


class NothingPromised(ValidationError):
    """A promise is of at least one."""

    def __init__(self):
        super().__init__({"amount": _("Promise at least 1.")})


class EndsBeforeItBegins(ValidationError):
    """The due day comes before the first day."""

    def __init__(self):
        super().__init__({"until_on": _("The due day comes before the first day.")})


class AlreadyPledged(ValidationError):
    """The same agency promised the same kind of help to the unit for some of these days.

    What is delivered would count for both: the promise there is changed instead.
    """

    def __init__(self, known: Pledge):
        self.known = known
        days = {"since": f"{known.since_on:%d/%m/%Y}", "until": f"{known.last_day:%d/%m/%Y}"}
        text = _("It promised this to the unit already, from %(since)s to %(until)s. Change that.")
        super().__init__({"since_on": text % days})


class ChangedMeanwhile(ValidationError):
    """Somebody changed or withdrew the promise after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this promise meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


class StatementRefused(ValidationError):
    """What a partner or a unit says of a delivery cannot be; at its field."""


class GapRefused(ValidationError):
    """What is said of a hamlet or a dead spot cannot be; at its field."""
