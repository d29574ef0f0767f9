"""Why a change of a team is refused, in words an officer can act on."""

from django.utils.translation import gettext as _


class TeamError(Exception):
    """A refusal; `field` names what to mend: places, members, since_on, on, decision, reason…"""

    field: str | None = None

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field or self.field


class TooManyMembers(TeamError):
    field = "members"

    def __init__(self, count: int, maximum: int, day):
        super().__init__(
            _(
                "On {day} the team would have {count} members; at most {maximum} are allowed "
                "(II.1.1). Let somebody leave first, or leave somebody out."
            ).format(day=f"{day:%d/%m/%Y}", count=count, maximum=maximum)
        )
        self.count, self.maximum, self.day = count, maximum, day


class BadPlaces(TeamError):
    """The covered places are none, gone, of the wrong level, or not all of one commune."""

    field = "places"


class BadMembers(TeamError):
    """Somebody is listed twice, is a member already, or is not one."""

    field = "members"


class BadDate(TeamError):
    """The day does not fit the team's own dates or a change already entered."""

    field = "on"


class Dissolved(TeamError):
    """The team is dissolved on that day, so nothing of it can change."""

    field = "on"


class NothingToChange(TeamError):
    """The consolidation would leave everything as it is."""


class ReasonMissing(TeamError):
    field = "reason"
