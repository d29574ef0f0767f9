"""Who can sign in to the demo: one login per role, on this machine only."""

from cncd.config.demo.officers import PASSWORD
from cncd.foundation.people.models import Posting, User
from cncd.team.teams.models import Membership

TEAM = ["totruong", "topho", "tovien"]
DESKS = [
    "canboxa",
    "lanhdaoxa",
    "canbohuyen",
    "lanhdaohuyen",
    "canbotinh",
    "ubndtinh",
    "congthuong",
    "nongnghiep",
    "tinhdoan",
    "doanhnghiep",
    "nguoixem",
    "quantri",
]

__all__ = ["DESKS", "PASSWORD", "TEAM", "logins"]


def logins() -> list[tuple[str, str]]:
    """(login name, who it is), one per role that this tree has; all with PASSWORD."""
    here = User.objects.filter(is_demo=True, login__in=[*TEAM, *DESKS])
    accounts = {user.login: user for user in here}
    told = {login: _of_team(accounts[login]) for login in TEAM if login in accounts}
    told |= {login: _of_desk(accounts[login]) for login in DESKS if login in accounts}
    return list(told.items())


def _of_team(user) -> str:
    row = Membership.objects.select_related("team").get(person=user.person_id)
    return f"{row.get_position_display()}: {row.team}"


def _of_desk(user) -> str:
    row = Posting.objects.select_related("role", "agency").get(person=user.person_id)
    return f"{row.role}: {row.agency}"
