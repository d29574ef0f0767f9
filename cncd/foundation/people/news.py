"""What people are told of: kinds of notices and single ones, named by every room that has news.

A room's `news.py` holds `KINDS`, and functions that say who should know what; `settings` names
them, and the notices do the rest: once each, by the channels the person chose.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.models import User

PAGE, PUSH = "page", "push"
CHANNELS = {PAGE: _("At the bell"), PUSH: _("On the devices I allowed")}


@dataclass(frozen=True)
class Kind:
    """One kind of notice, for those who lead a team, or who hold a permission, or both."""

    code: str
    label: str | Promise
    hint: str | Promise
    icon: str
    for_leads: bool = True
    permission: str = ""
    channels: frozenset[str] = frozenset({PAGE, PUSH})
    urgency: str = "normal"  # of a push: whether it may wake a phone that saves its battery

    def concerns(self, user) -> bool:
        leads = self.for_leads and user.can("phone.open") and user.can("reports.send")
        return leads or bool(self.permission and user.can(self.permission))


@dataclass(frozen=True)
class News:
    """Something one person should know, in that person's language."""

    user: User
    kind: str
    what: str  # what it is about, in plain values; a newer push about it replaces an older one
    moment: str  # with the kind and what it is about: the same is never told twice
    title: str
    text: str
    address: str
    until_at: dt.datetime
