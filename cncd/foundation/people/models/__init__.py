"""Who: people, their accounts, the agencies they serve, and what each may do where and when."""

from cncd.foundation.people.models.agencies import (
    Agency,
    AgencySuccession,
    AgencyVersion,
    Branch,
)
from cncd.foundation.people.models.people import Person, SavedView, SignInLink, User
from cncd.foundation.people.models.postings import Delegation, Posting, Role, Substitution

__all__ = [
    "Agency",
    "AgencySuccession",
    "AgencyVersion",
    "Branch",
    "Delegation",
    "Person",
    "Posting",
    "Role",
    "SavedView",
    "SignInLink",
    "Substitution",
    "User",
]
