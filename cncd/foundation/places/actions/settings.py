"""Choices with dates: from a day on, for a place and all below it."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.places.actions.index import lock_tree
from cncd.foundation.places.checks import Refused, shown
from cncd.foundation.places.models import Place, Setting
from cncd.foundation.places.options import known_options, option


@transaction.atomic
def set_setting(
    *,
    key: str,
    value,
    place: Place | None,
    since_on: dt.date,
    by,
    until_on: dt.date | None = None,
    reason: str = "",
    now=None,
) -> Setting:
    """From a day on (until another, when given) the option has this value at the place and below.

    What held there ends on that day; on its own first day it is corrected. Raises Refused when the
    value is out of bounds or a later choice stands in the way. `place=None` is everywhere.
    """
    lock_tree()
    _allowed(by, place)
    _check(key, value, since_on, until_on, place)
    standing = _standing(key, place, since_on, until_on)
    before = _plain(standing)
    chosen = _succeeding(standing, key, place, since_on)
    chosen.value, chosen.until_on = value, until_on
    chosen.save()
    journal.record(
        event="setting.changed",
        subject=chosen,
        by=by,
        place=place,
        before=before,
        after=_plain(chosen),
        reason=reason,
        now=now,
    )
    return chosen


def _succeeding(standing: Setting | None, key: str, place: Place | None, since_on: dt.date):
    """The choice to fill in: the standing one on its own first day, else one that ends it."""
    if standing and standing.since_on == since_on:
        return standing
    if standing:
        standing.until_on = since_on
        standing.save(update_fields=["until_on"])
    return Setting(key=key, place=place, since_on=since_on)


@transaction.atomic
def withdraw_setting(*, setting: Setting, by, reason: str = "", now=None) -> None:
    """Removes a choice that has not begun to matter; the one before it goes on in its stead."""
    lock_tree()
    _allowed(by, setting.place)
    before = _plain(setting)
    previous = Setting.objects.filter(
        key=setting.key, place=setting.place, until_on=setting.since_on
    ).first()
    journal.record(
        event="setting.withdrawn",
        subject=setting,
        by=by,
        place=setting.place,
        before=before,
        after=_plain(previous),
        reason=reason,
        now=now,
    )
    until = setting.until_on
    setting.delete()
    if previous:
        previous.until_on = until
        previous.save(update_fields=["until_on"])


def _standing(key, place: Place | None, since_on, until_on) -> Setting | None:
    """The choice that holds on the first day; raises Refused when another begins in the span."""
    held = Setting.objects.filter(key=key, place=place)
    standing = held.on(since_on).first()
    others = held.overlapping(since_on, until_on).exclude(pk=standing and standing.pk)
    if later := others.first():
        raise Refused(
            {
                "since_on": _("Another choice holds from %(day)s. Let this one end before it.")
                % {"day": shown(later.since_on)}
            }
        )
    return standing


def _allowed(by, place: Place | None) -> None:
    if by is None:
        return
    permission = "places.change" if place else "settings.everywhere"
    if not by.can(permission, place=place):
        raise PermissionDenied(permission)


def _check(key, value, since_on, until_on, place) -> None:
    if key not in known_options():
        raise Refused({"key": _("There is no option “%(key)s”.") % {"key": key}})
    chosen = option(key)
    if place and chosen.everywhere:
        raise Refused({"value": _("This is chosen once for everywhere, not for one unit.")})
    if not chosen.allows(value):
        message = _("Choose one of the values on offer.")
        if not chosen.choices:
            message = _("Write a whole number from %(least)s to %(most)s.") % {
                "least": chosen.least,
                "most": chosen.most,
            }
        raise Refused({"value": message})
    if until_on is not None and until_on <= since_on:
        raise Refused({"until_on": _("It would end before it begins.")})


def _plain(row: Setting | None) -> dict:
    if row is None:
        return {}
    found = {"value": option(row.key).shown(row.value), "since_on": row.since_on.isoformat()}
    return found | ({"until_on": row.until_on.isoformat()} if row.until_on else {})
