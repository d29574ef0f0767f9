"""Who may do what with a directive and what it asks: at the very place, not from above it."""

from django.core.exceptions import PermissionDenied

from cncd.foundation.people import authority
from cncd.work.directives.models import Directive, Obligation

GIVE, ANSWER = "directives.give", "directives.answer"


def may_give_at(user, place, agency=None) -> bool:
    """Whether the person acts for the place (and, of a department or union, for that agency)."""
    return Directive(place=place, agency=agency) in _Given(user)


class _Given:
    """The directives a person gives, without asking the database about each."""

    def __init__(self, user):
        self.user = user
        self.everywhere = authority.sees_everything(user, GIVE)
        self.places = authority.roots(user, GIVE)
        self.agencies = authority.own_agencies(user)

    def __contains__(self, directive: Directive) -> bool:
        if self.everywhere:
            return True
        own = directive.agency_id is None or directive.agency_id in self.agencies
        return own and directive.place_id in self.places


def require_giver(by, directive: Directive) -> None:
    """Raises PermissionDenied unless the person acts for the giver; the system may."""
    if by is not None and directive not in _Given(by):
        raise PermissionDenied(GIVE)


def may_check(user, obligation: Obligation) -> bool:
    """The giver's side: the giver, and of a team's part also the unit it stands under."""
    given = _Given(user)
    if obligation.directive in given:
        return True
    above = obligation.above
    return bool(above and above.place_id in given.places and above.agency_id is None)


def require_checker(by, obligation: Obligation) -> None:
    """Raises PermissionDenied unless `may_check`; the system may."""
    if by is not None and not may_check(by, obligation):
        raise PermissionDenied(GIVE)


def may_answer(user, obligation: Obligation) -> bool:
    """Whoever acts for the unit or agency; a team's leads, or its commune on its behalf."""
    if obligation.agency_id:
        return user.can(ANSWER) and obligation.agency_id in authority.own_agencies(user)
    if obligation.place_id:
        return obligation.place_id in authority.roots(user, ANSWER)
    return user.can(ANSWER, team=obligation.team) or is_on_behalf(user, obligation)


def is_on_behalf(user, obligation: Obligation) -> bool:
    """Whether the person answers a team's part for it, from the unit above."""
    if not obligation.team_id or user.can(ANSWER, team=obligation.team):
        return False
    return obligation.team.index.filter(
        place__in=authority.roots(user, ANSWER), level__code="commune", until_on=None
    ).exists()


def require_bearer(by, obligation: Obligation) -> None:
    """Raises PermissionDenied unless `may_answer`; the system may."""
    if by is not None and not may_answer(by, obligation):
        raise PermissionDenied(ANSWER)
