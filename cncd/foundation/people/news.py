"""What people are told of: kinds of notices and single ones, named by every room that has news.

A room's `news.py` says who should know what, and `config/hooks.py` names it:

    KINDS = (Kind("obligation.due", …), …)                        # NEWS_KINDS
    EVENTS = {"obligation.given": given}      # given(entry)        NEWS_OF_EVENTS
    def by_clock(now): …                                          # NEWS_BY_CLOCK

The functions return (or yield) `News`, and `Settled` where something asked is done. The notices do
the rest, in a job: told once each, by the channels and at the hours the person chose.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.models import User

PAGE, PUSH, EMAIL, SERVICE = "page", "push", "email", "service"
CHANNELS = {
    PAGE: _("At the bell"),
    PUSH: _("On the devices I allowed"),
    EMAIL: _("By e-mail"),
    SERVICE: _("By another service"),
}
AFTER = -1  # the step after the due day
LATEST = dt.timedelta(days=2)  # after which the step after the due day is left out
SHORT = dt.timedelta(days=3)  # how long news may wait for a phone that is off


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
    urgency: str = "normal"  # "high": wakes a phone that saves its battery; may pass quiet hours

    @property
    def usual(self) -> frozenset[str]:
        """Where it is told unless the person chose: what may wake a device goes by e-mail and by
        the other service too, once the person has set them up.
        """
        return self.channels | {EMAIL, SERVICE} if PUSH in self.channels else self.channels

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


@dataclass(frozen=True)
class Settled:
    """What was asked is done, by whomever: notices of these kinds about it are no longer unread."""

    what: str
    kinds: Collection[str]


Told = Iterable[News | Settled]


# -- what the rooms say, each list read once -------------------------------------------------------


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of `settings.NEWS_KINDS` by its code, in the order of the rooms."""
    return {each.code: each for path in settings.NEWS_KINDS for each in import_string(path)}


@cache
def rooms_of_kinds() -> dict[str, str | Promise]:
    """The code of a kind → what its room is called."""
    return {
        each.code: apps.get_app_config(path.split(".")[2]).verbose_name
        for path in settings.NEWS_KINDS
        for each in import_string(path)
    }


@cache
def of_events() -> dict[str, tuple[Callable[..., Told], ...]]:
    """Event → what the rooms of `settings.NEWS_OF_EVENTS` make of its journal entry."""
    found: dict[str, tuple[Callable[..., Told], ...]] = {}
    for path in settings.NEWS_OF_EVENTS:
        for event, function in import_string(path).items():
            found[event] = (*found.get(event, ()), function)
    return found


def told(kinds: Iterable[str], moments: Iterable[str]) -> set[tuple[int, str, str]]:
    """Who was told of what at these moments, (account id, what, moment); for a room that would
    otherwise write thousands of words anew at every turn of the clock.
    """
    return import_string(settings.NEWS_TOLD)(kinds, moments)


# -- when to remind --------------------------------------------------------------------------------


def due_step(
    due_at: dt.datetime, now: dt.datetime, days: Collection[int] = (3, 1), hour: int = 8
) -> int | None:
    """The reminder whose turn it is: so many days before the due day, 0 on it, AFTER it; or None.

    Each begins at the hour of its day (Vietnamese time), if that is before the due moment. Of
    several the latest counts, so that a server that stood still does not tell three at once.
    """
    due_day = localtime(due_at).date()
    if now > due_at:
        morning = _at(due_day - dt.timedelta(days=AFTER), hour)
        return AFTER if morning <= now < morning + LATEST else None
    steps = [
        step for step in {*days, 0} if (at := _at(due_day - dt.timedelta(days=step), hour)) <= now
        and at < due_at
    ]  # fmt: skip
    return min(steps, default=None)


def due_moment(due_at: dt.datetime, step: int) -> str:
    """The `moment` of a reminder: T-3, T+0, T+1 of the due day; a due day that moved is told of
    anew.
    """
    return f"T{-step:+d} {localtime(due_at).date()}"


def days_left(due_at: dt.datetime, now: dt.datetime) -> int:
    """Calendar days in Vietnam to the due day; negative when it has passed."""
    return (localtime(due_at).date() - localtime(now).date()).days


def is_evening(due_at: dt.datetime, now: dt.datetime, hour: int) -> bool:
    """Whether it is the evening of the due day, from the hour on."""
    due_day = localtime(due_at).date()
    return localtime(now).date() == due_day and now >= _at(due_day, hour)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return make_aware(dt.datetime.combine(day, dt.time(hour)))
