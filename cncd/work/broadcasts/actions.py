"""Recording what was broadcast, putting it right, taking it out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.bulk import made_of_lines
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.work.broadcasts import rules
from cncd.work.broadcasts.models import Broadcast
from cncd.work.broadcasts.wording import weekdays_in_words

RECORD = "broadcasts.record"


class BroadcastRefused(ValidationError):
    """A field says what cannot be."""


class ChangedMeanwhile(ValidationError):
    """Somebody changed the broadcast after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this broadcast meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


@dataclass(frozen=True)
class Aired:
    """What was broadcast, where, on which days, how often a day."""

    medium: Any
    title: str
    since_on: dt.date
    last_on: dt.date | None = None
    weekdays: str = ""
    times: int = 1
    link: str = ""
    content: Any = None
    item: Any = None
    origin: Any = None
    note: str = ""


NAMES = tuple(each.name for each in fields(Aired))


@transaction.atomic
def record_broadcast(*, place, aired: Aired, by, now: dt.datetime | None = None) -> Broadcast:
    """Writes down what the unit itself broadcast, counted there and nowhere else (IV.3).

    Raises BroadcastRefused, PermissionDenied.
    """
    authority.require(by, RECORD, place=place)
    now = now or timezone.now()
    made = _made(place, aired, by, now)
    made.save(force_insert=True)
    after = _told(made) | {"on": made.since_on.isoformat()}
    record(event="broadcast.recorded", subject=made, by=by, place=place, after=after, now=now)
    return made


@transaction.atomic
def import_broadcasts(
    *, place, lines: Sequence[Aired], by, file_name: str = "", now=None
) -> list[Broadcast]:
    """Writes all lines of a file down or none; one entry for all.

    Raises LinesRefused naming each line that breaks a rule, PermissionDenied.
    """
    authority.require(by, RECORD, place=place)
    now = now or timezone.now()
    made = made_of_lines(lines, lambda line: _made(place, line, by, now), BroadcastRefused)
    if not made:  # every row of the file stands already
        return []
    Broadcast.objects.bulk_create(made, batch_size=500)
    first = min(each.since_on for each in made)
    after = {"count": len(made), "file": file_name, "on": first.isoformat()}
    rows = [{"broadcast": str(each.pk), "place": place.pk} for each in made]
    record(
        event="broadcasts.imported", subject=made[0], by=by, place=place, after=after, rows=rows,
        now=now,
    )  # fmt: skip
    return made


@transaction.atomic
def change_broadcast(
    *, broadcast: Broadcast, version: int, aired: Aired, by, now=None
) -> Broadcast:
    """Puts a broadcast right; no change, no entry.

    Raises ChangedMeanwhile, BroadcastRefused, PermissionDenied.
    """
    found = _held(broadcast, version, by)
    before, first = _told(found), found.since_on
    _put(found, aired)
    after = _told(found)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return found
    found.version += 1
    found.save()
    on = min(first, found.since_on).isoformat()
    record(
        event="broadcast.changed", subject=found, by=by, place=found.place_id, now=now,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed} | {"on": on},
    )  # fmt: skip
    return found


@transaction.atomic
def withdraw_broadcast(*, broadcast: Broadcast, version: int, reason: str, by, now=None):
    """Takes out what was recorded by mistake: it then never counted.

    Raises ChangedMeanwhile, PermissionDenied.
    """
    found = _held(broadcast, version, by)
    found.withdrawn_at, found.withdrawn_reason = now or timezone.now(), tidy(reason)
    found.version += 1
    found.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(
        event="broadcast.withdrawn", subject=found, by=by, place=found.place_id,
        reason=found.withdrawn_reason, after={"on": found.since_on.isoformat()}, now=now,
    )  # fmt: skip
    return found


@transaction.atomic
def restore_broadcast(*, broadcast: Broadcast, by, now=None) -> Broadcast:
    """Brings back what was taken out; nothing happens to one that stands."""
    authority.require(by, RECORD, place=broadcast.place)
    found = Broadcast.objects.select_for_update(of=("self",)).get(pk=broadcast.pk)
    if found.withdrawn_at is None:
        return found
    found.withdrawn_at, found.withdrawn_reason = None, ""
    found.version += 1
    found.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    after = {"on": found.since_on.isoformat()}
    record(
        event="broadcast.restored", subject=found, by=by, place=found.place_id, after=after, now=now
    )
    return found


def _held(broadcast: Broadcast, version: int, by) -> Broadcast:
    authority.require(by, RECORD, place=broadcast.place)
    found = Broadcast.objects.select_for_update(of=("self",)).get(pk=broadcast.pk)
    if found.version != version or found.withdrawn_at is not None:
        raise ChangedMeanwhile
    return found


def _made(place, aired: Aired, by, now) -> Broadcast:
    made = Broadcast(place=place, recorded_at=now, recorded_by=by)
    _put(made, aired)
    return made


def _put(made: Broadcast, aired: Aired) -> None:
    """What was broadcast, written over the row, and checked."""
    for name in NAMES:
        setattr(made, name, getattr(aired, name))
    made.title, made.note, made.link = tidy(aired.title), tidy(aired.note), aired.link.strip()
    made.last_on = aired.last_on or aired.since_on
    made.weekdays = rules.tidy_weekdays(aired.weekdays)
    made.search_key = fold(made.title)[:300]
    _check(made)
    made.total = rules.Days(made.since_on, made.last_on, made.weekdays).all * made.times


def _check(made: Broadcast) -> None:
    days = rules.Days(made.since_on, made.last_on, made.weekdays)
    if made.last_on < made.since_on:
        raise BroadcastRefused({"last_on": _("The last day comes before the first day.")})
    if made.since_on.year < 2020:
        raise BroadcastRefused({"since_on": _("This day is too long ago. Check the year.")})
    if made.last_on > timezone.localdate():
        text = _("Only what was broadcast is recorded: choose today or an earlier day.")
        raise BroadcastRefused({"last_on": text})
    if (made.last_on - made.since_on).days >= rules.MOST_DAYS:
        raise BroadcastRefused({"last_on": _("One line spans at most a year. Make several.")})
    if not 1 <= made.times <= rules.MOST_TIMES:
        raise BroadcastRefused({"times": _("Between 1 and 48 times a day.")})
    if not days.all:
        raise BroadcastRefused({"weekdays": _("None of these weekdays is among the days.")})
    if made.origin_id and made.origin_id == made.pk:
        raise BroadcastRefused({"origin": _("A broadcast cannot repeat itself.")})


def check_aired(aired: Aired) -> None:
    """Raises BroadcastRefused where the line says what cannot be; writes nothing."""
    _put(Broadcast(), aired)


def _told(made: Broadcast) -> dict:
    """The fields as the journal tells them."""
    return {
        "medium": str(made.medium),
        "title": made.title,
        "since_on": made.since_on.isoformat(),
        "last_on": made.last_on.isoformat(),
        "weekdays": weekdays_in_words(made.weekdays),
        "times": made.times,
        "total": made.total,
        "link": made.link,
        "content": str(made.content or ""),
        "item": str(made.item or ""),
        "origin": str(made.origin or ""),
        "note": made.note,
    }
