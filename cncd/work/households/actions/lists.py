"""One household of a hamlet's list: there, changed, gone, back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.figures import day as shown
from cncd.foundation.places.models import Place
from cncd.work.households.actions.errors import (
    HouseholdRefused,
    code_or_refused,
    held,
    require,
)
from cncd.work.households.models import Household
from cncd.work.households.queries import with_visits
from cncd.work.households.rules import code_key


@transaction.atomic
def add_household(
    *,
    place: Place,
    code: str,
    by,
    is_producing: bool = False,
    is_business: bool = False,
    since_on: dt.date | None = None,
    now=None,
) -> Household:
    """Puts a household on its hamlet's list, by code alone (I.1, I.2).

    Raises PermissionDenied, and HouseholdRefused for what is no code (names and numbers of people
    among it) or a code that the hamlet has already.
    """
    require(by, [place])
    code = code_or_refused(code)
    held([place])
    household = Household(
        place=place,
        code=code,
        sort_key=code_key(code),
        is_producing=is_producing,
        is_business=is_business,
        since_on=since_on or timezone.localdate(now),
    )
    _refuse_taken(household)
    household.save()
    _write_down("household.added", household, by=by, now=now, after=_said(household))
    return household


@transaction.atomic
def change_household(
    *,
    household: Household,
    by,
    code: str | None = None,
    is_producing: bool | None = None,
    is_business: bool | None = None,
    now=None,
) -> Household:
    """Puts right what the list says of a household; what is None stays.

    A code that an entry of the log names stays as it is, so that sent figures keep their ground.
    Raises PermissionDenied and HouseholdRefused.
    """
    require(by, [household.place])
    household = _locked(household)
    before = _said(household)
    if code is not None and (code := code_or_refused(code)) != household.code:
        _take_code(household, code)
    if is_producing is not None:
        household.is_producing = is_producing
    if is_business is not None:
        household.is_business = is_business
    after = _said(household)
    if after != before:
        household.save()
        changed = {name for name in after if after[name] != before[name]}
        _write_down(
            "household.changed",
            household,
            by=by,
            now=now,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return household


@transaction.atomic
def end_household(*, household: Household, last_day: dt.date, by, now=None) -> Household:
    """Ends a household of the list (moved away, joined another): it can't be ticked afterwards.

    What was counted stays. Ending twice changes nothing. Raises PermissionDenied, and
    HouseholdRefused for a day before it was on the list.
    """
    require(by, [household.place])
    household = _locked(household)
    if household.until_on:
        return household
    if last_day < household.since_on:
        message = _("The household is on the list since {day}; choose that day or a later one.")
        raise HouseholdRefused("last_day", format_lazy(message, day=shown(household.since_on)))
    household.until_on = last_day + dt.timedelta(days=1)
    household.save(update_fields=["until_on"])
    after = {name: household.until_on.isoformat() for name in ("until_on", "on")}
    _write_down("household.ended", household, by=by, now=now, after=after)
    return household


@transaction.atomic
def restore_household(*, household: Household, by, now=None) -> Household:
    """Brings an ended household back to the list: the undo of `end_household`."""
    require(by, [household.place])
    household = _locked(household)
    if not household.until_on:
        return household
    before = {name: household.until_on.isoformat() for name in ("until_on", "on")}
    household.until_on = None
    household.save(update_fields=["until_on"])
    _write_down("household.restored", household, by=by, now=now, before=before)
    return household


def _locked(household: Household) -> Household:
    held([household.place])
    return Household.objects.select_related("place").get(pk=household.pk)


def _take_code(household: Household, code: str) -> None:
    if with_visits(Household.objects.filter(pk=household.pk)).filter(visits__gt=0).exists():
        message = _(
            "Entries of the log name this household by its code. End it, and add the new code."
        )
        raise HouseholdRefused("code", message)
    household.code, household.sort_key = code, code_key(code)
    _refuse_taken(household)


def _refuse_taken(household: Household) -> None:
    """Raises HouseholdRefused when the hamlet has another household of that code."""
    same = Household.objects.filter(place=household.place_id, sort_key=household.sort_key)
    other = same.exclude(pk=household.pk).first()
    if other is None:
        return
    message = _("This hamlet has a household {code} already.")
    if other.until_on:
        message = _("Household {code} was on the list until {day}. Bring it back instead.")
    ended = shown(other.last_day) if other.until_on else ""
    raise HouseholdRefused("code", format_lazy(message, code=other.code, day=ended))


def _said(household: Household) -> dict:
    return {
        "code": household.code,
        "is_producing": household.is_producing,
        "is_business": household.is_business,
    }


def _write_down(event: str, household: Household, *, by, now, before=None, after=None) -> None:
    day = {"since_on": household.since_on.isoformat()} if event == "household.added" else {}
    record(
        event=event,
        subject=household,
        by=by,
        place=household.place_id,
        before=before,
        after=(after or {}) | day,
        now=now,
    )
