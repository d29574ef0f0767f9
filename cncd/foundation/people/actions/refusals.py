"""Why an action about people may be refused, in words for the person who asked."""


class Refusal(Exception):
    """The change is not made. `message` says what happened and what to do; `field` says where."""

    field: str | None = None

    def __init__(self, message):
        super().__init__(str(message))
        self.message = message


class BadNumber(Refusal):
    field = "contact_phone"


class BadLogin(Refusal):
    field = "login"


class LoginTaken(Refusal):
    field = "login"


class PhoneTaken(Refusal):
    field = "phone"


class AccountThere(Refusal):
    """The person has an account already."""


class LinkRefused(Refusal):
    """The one-time link lets nobody in; `state` is unknown, used, expired, revoked or closed."""

    def __init__(self, message, *, state: str, link=None):
        super().__init__(message)
        self.state = state
        self.link = link


class BadDates(Refusal):
    field = "until_on"


class RoleNotInForce(Refusal):
    field = "role"


class WrongLevel(Refusal):
    field = "place"


class PlaceNotThere(Refusal):
    field = "place"


class AgencyNotThere(Refusal):
    field = "agency"


class NotYoursToGrant(Refusal):
    field = "role"


class AlreadyPosted(Refusal):
    """The person holds that role at that place on some of those days already."""

    field = "since_on"


class HandedOver(Refusal):
    """The post has a successor already."""

    field = "successor"


class AlreadySubstituted(Refusal):
    field = "since_on"


class AlreadyDelegated(Refusal):
    field = "since_on"


class SamePerson(Refusal):
    field = "person"


class StillInOffice(Refusal):
    """Personal data cannot be erased while its legal basis stands."""


class NameTaken(Refusal):
    field = "name"
