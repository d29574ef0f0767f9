"""Why a list is not changed, at which field; and who may change it."""

from django.core.exceptions import PermissionDenied, ValidationError

from cncd.foundation.places.models import Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.households.rules import NotACode, checked_code


class HouseholdRefused(ValidationError):
    """What was asked breaks a rule; `error_dict` says at which field."""

    def __init__(self, field: str, message):
        super().__init__({field: [message]})


def require(by, places) -> None:
    """Raises PermissionDenied unless the person keeps the lists of all these hamlets."""
    if by is None:
        return
    ids = {place.pk for place in places}
    reached = places_in_reach(by, "households.change").filter(pk__in=ids)
    if set(reached.values_list("pk", flat=True)) != ids:
        raise PermissionDenied("households.change")


def held(places) -> list[Place]:
    """The hamlets' rows, held in one order until the transaction ends: of two writers one waits."""
    ids = sorted({place.pk for place in places})
    rows = Place.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    return list(rows.order_by("pk"))


def code_or_refused(text: str, field: str = "code") -> str:
    """The code as it is kept; raises HouseholdRefused where it is none."""
    try:
        return checked_code(text)
    except NotACode as refused:
        raise HouseholdRefused(field, refused.message) from None
