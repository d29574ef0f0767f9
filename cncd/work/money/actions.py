"""Writing down budgets and spending, putting them right, taking them out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.amounts import AmountField
from cncd.foundation.kit.bulk import made_of_lines
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.work.money import rules
from cncd.work.money.models import Budget, Closing, Entry, Spending

RECORD = "money.record"
WORDS = {Budget: "budget", Spending: "spending"}


class EntryRefused(ValidationError):
    """A field says what cannot be."""


class ChangedMeanwhile(ValidationError):
    """Somebody changed the entry after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this entry meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


@dataclass(frozen=True)
class Said:
    """A line of the book; `on` is the year of a budget, the day of a spending."""

    on: int | dt.date
    source: Any
    purpose: Any
    amount: int
    what: str = ""
    document: Any = None

    @property
    def model(self) -> type[Entry]:
        return Budget if isinstance(self.on, int) else Spending


@transaction.atomic
def record_entry(*, place, said: Said, by, now: dt.datetime | None = None) -> Entry:
    """Writes down money the unit itself was given for a year, or spent on a day (III).

    `said.amount` in whole đồng. Raises EntryRefused, PermissionDenied.
    """
    authority.require(by, RECORD, place=place)
    now = now or timezone.now()
    made = _made(place, said, by, now)
    made.save(force_insert=True)
    after = _told(made) | {"on": _first_day(made)}
    record(event=_event(made, "recorded"), subject=made, by=by, place=place, after=after, now=now)
    return made


@transaction.atomic
def import_entries(*, place, lines: Sequence[Said], by, file_name: str = "", now=None) -> list:
    """Writes all lines of a file down or none; one journal entry for all. Lines are of one kind.

    Raises LinesRefused naming each line that breaks a rule, PermissionDenied.
    """
    authority.require(by, RECORD, place=place)
    now = now or timezone.now()
    made = made_of_lines(lines, lambda said: _made(place, said, by, now), EntryRefused)
    if not made:  # every row of the file stands already
        return []
    model = type(made[0])
    model.objects.bulk_create(made, batch_size=500)
    after = {"count": len(made), "file": file_name, "on": min(map(_first_day, made))}
    rows = [{WORDS[model]: str(each.pk), "place": place.pk} for each in made]
    record(
        event=f"{WORDS[model]}s.imported", subject=made[0], by=by, place=place, after=after,
        rows=rows, now=now,
    )  # fmt: skip
    return made


@transaction.atomic
def change_entry(*, entry: Entry, version: int, said: Said, reason: str, by, now=None) -> Entry:
    """Puts a line right, with the reason; no change, no journal entry.

    Raises ChangedMeanwhile, EntryRefused, PermissionDenied.
    """
    found = _held(entry, version, by)
    before, first = _told(found), _first_day(found)
    _put(found, said)
    after = _told(found)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return found
    found.version += 1
    found.save()
    on = min(first, _first_day(found))
    record(
        event=_event(found, "changed"), subject=found, by=by, place=found.place_id, now=now,
        before={name: before[name] for name in changed}, reason=tidy(reason),
        after={name: after[name] for name in changed} | {"on": on},
    )  # fmt: skip
    return found


@transaction.atomic
def withdraw_entry(*, entry: Entry, version: int, reason: str, by, now=None) -> Entry:
    """Takes out what was written by mistake: it then never counted.

    Raises ChangedMeanwhile, PermissionDenied.
    """
    found = _held(entry, version, by)
    found.withdrawn_at, found.withdrawn_reason = now or timezone.now(), tidy(reason)
    found.version += 1
    found.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(
        event=_event(found, "withdrawn"), subject=found, by=by, place=found.place_id,
        reason=found.withdrawn_reason, after={"on": _first_day(found)}, now=now,
    )  # fmt: skip
    return found


@transaction.atomic
def restore_entry(*, entry: Entry, by, now=None) -> Entry:
    """Brings back what was taken out; nothing happens to a line that stands."""
    authority.require(by, RECORD, place=entry.place)
    found = type(entry).objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if found.withdrawn_at is None:
        return found
    _check_open(found)
    found.withdrawn_at, found.withdrawn_reason = None, ""
    found.version += 1
    found.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    after = {"on": _first_day(found)}
    record(
        event=_event(found, "restored"), subject=found, by=by, place=found.place_id, after=after,
        now=now,
    )  # fmt: skip
    return found


@transaction.atomic
def close_year(*, place, year: int, by, now: dt.datetime | None = None) -> Closing:
    """Settles the unit's own book of a year that has ended: no line of it changes any more.

    Nothing happens to a year that is closed. Raises EntryRefused, PermissionDenied.
    """
    authority.require(by, RECORD, place=place)
    now = now or timezone.now()
    if not rules.FIRST_YEAR <= year < timezone.localdate(now).year:
        raise EntryRefused(_("A year is closed once it has ended."))
    found, made = Closing.objects.standing().get_or_create(
        place=place, year=year, defaults={"closed_at": now, "closed_by": by}
    )
    if made:
        record(event="money_year.closed", subject=found, by=by, place=place, now=now)
    return found


@transaction.atomic
def reopen_year(*, closing: Closing, reason: str, by, now: dt.datetime | None = None) -> Closing:
    """Opens a closed year again, with the reason; nothing happens to one that is open."""
    authority.require(by, RECORD, place=closing.place)
    found = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    if found.reopened_at is None:
        found.reopened_at, found.reopened_reason = now or timezone.now(), tidy(reason)
        found.save(update_fields=["reopened_at", "reopened_reason"])
        record(event="money_year.reopened", subject=found, by=by, place=found.place_id,
               reason=found.reopened_reason, now=now)  # fmt: skip
    return found


def check_said(place, said: Said) -> None:
    """Raises EntryRefused where a line says what cannot be; writes nothing."""
    _put(said.model(place=place), said)


def _event(entry: Entry, done: str) -> str:
    return f"{WORDS[type(entry)]}.{done}"


def _first_day(entry: Entry) -> str:
    """From which day figures may differ."""
    if isinstance(entry, Budget):
        return dt.date(entry.year, 1, 1).isoformat()
    return entry.spent_on.isoformat()


def _held(entry: Entry, version: int, by) -> Entry:
    authority.require(by, RECORD, place=entry.place)
    rows = type(entry).objects.select_for_update(of=("self",))
    found = rows.select_related("place__level", "source", "purpose", "document").get(pk=entry.pk)
    if found.version != version or found.withdrawn_at is not None:
        raise ChangedMeanwhile
    _check_open(found)
    return found


def _made(place, said: Said, by, now) -> Entry:
    made = said.model(place=place, recorded_at=now, recorded_by=by)
    _put(made, said)
    return made


def _put(made: Entry, said: Said) -> None:
    """What was said, written over the row, and checked."""
    setattr(made, "year" if isinstance(made, Budget) else "spent_on", said.on)
    made.source, made.purpose, made.document = said.source, said.purpose, said.document
    made.amount, made.what = said.amount, tidy(said.what)
    made.search_key = fold(made.what)[:300]
    _check(made)


def _check(made: Entry) -> None:
    try:
        AmountField().within(made.amount)
    except ValidationError as refusal:
        raise EntryRefused({"amount": refusal}) from None
    if made.place.level.code not in rules.KEEPERS:
        text = _("Communes, districts and the province keep this book. Choose the commune.")
        raise EntryRefused({"amount": text})
    if rules.names_an_account(made.what):
        text = _("This looks like the number of an account. Leave it out: it is never kept here.")
        raise EntryRefused({"what": text})
    _check_when(made)
    _check_open(made, "on")


def _check_open(entry: Entry, field: str = "") -> None:
    year = entry.year if isinstance(entry, Budget) else entry.spent_on.year
    if Closing.objects.standing().filter(place=entry.place_id, year=year).exists():
        text = _("The book of %(year)s is closed. Open the year again first, with the reason.")
        refusal = text % {"year": year}
        raise EntryRefused({field: refusal} if field else refusal)


def _check_when(made: Entry) -> None:
    today = timezone.localdate()
    if isinstance(made, Budget):
        if not rules.FIRST_YEAR <= made.year <= today.year + 5:
            raise EntryRefused({"on": _("Check the year.")})
        return
    if not made.what:
        raise EntryRefused({"what": _("Say what it was spent on.")})
    if made.spent_on.year < rules.FIRST_YEAR:
        raise EntryRefused({"on": _("This day is too long ago. Check the year.")})
    if made.spent_on > today:
        text = _("Only what was spent is recorded: choose today or an earlier day.")
        raise EntryRefused({"on": text})


def _told(made: Entry) -> dict:
    """The fields as the journal tells them."""
    when = {"year": made.year} if isinstance(made, Budget) else {
        "spent_on": made.spent_on.isoformat()
    }  # fmt: skip
    return when | {
        "source": str(made.source),
        "purpose": str(made.purpose),
        "amount": made.amount,
        "what": made.what,
        "document": str(made.document or ""),
    }
