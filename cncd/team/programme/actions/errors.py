"""Why a change of the programme is refused, in words for the page it came from."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class Refused(Exception):
    """Carries a message for the person, and the form field it belongs to (None: the whole form)."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.field = field


class PeriodHasBegun(Refused):
    """The change would reach a period that is open or past; its reports are not recomputed."""

    def __init__(self, period):
        first = date_format(period.next_day, "SHORT_DATE_FORMAT")
        super().__init__(
            _("%(period)s has been opened already. Choose %(first)s or a later period.")
            % {"period": period, "first": first},
            field="since_on",
        )


class NotSetUp(Exception):
    """The programme can't be seeded yet; says what must be loaded first."""
