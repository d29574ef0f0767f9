"""The calendar of what is due: its secret address, and what has changed in it."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from cncd.faces.notices.models import Feed
from cncd.faces.notices.sealing import seal
from cncd.foundation.journal.actions import record
from cncd.foundation.people.models import User

CANCELLED_FOR = dt.timedelta(
    days=14
)  # long enough for a calendar that is seldom brought up to date


@transaction.atomic
def make_feed(*, by: User, now: dt.datetime | None = None) -> Feed:
    """Gives the person's calendar an address; a new one, if there was one, which then ends."""
    now, secret = now or timezone.now(), secrets.token_urlsafe(24)
    fields = {"secret": digest_of(secret), "sealed": seal(secret), "made_at": now}
    first = fields | {"changed_at": now}
    feed, is_new = Feed.objects.update_or_create(user=by, defaults=fields, create_defaults=first)
    event = "calendar.made" if is_new else "calendar.renewed"
    record(event=event, subject=by, by=by, now=now)
    return feed


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def end_feed(*, feed: Feed, by: User, now: dt.datetime | None = None) -> None:
    """Whoever has the address gets nothing any more."""
    feed.delete()
    record(event="calendar.ended", subject=by, by=by, now=now)


@transaction.atomic
def freshen_feed(*, feed: Feed, due: dict[str, dict], now: dt.datetime) -> Feed:
    """Notes what the calendar shows now, {UID: what is shown}, if it differs from before.

    What changed gets the next SEQUENCE; what is over stays for two weeks as cancelled, so that a
    calendar which keeps copies takes it out. No journal entry: it follows from what is due.
    """
    kept = Feed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    events, limit = {}, (now - CANCELLED_FOR).isoformat()
    for uid, shown in due.items():
        old = kept.events.get(uid)
        if old and old["shown"] == shown and not old["over"]:
            events[uid] = old
        else:
            sequence = old["sequence"] + 1 if old else 0
            changed = {"shown": shown, "sequence": sequence, "at": now.isoformat()}
            events[uid] = changed | {"over": False}
    for uid, old in kept.events.items():
        if uid in events or (old["over"] and old["at"] < limit):
            continue
        ended = {"sequence": old["sequence"] + 1, "at": now.isoformat(), "over": True}
        events[uid] = old if old["over"] else old | ended
    if events != kept.events:
        kept.events, kept.changed_at = events, now
        kept.save(update_fields=["events", "changed_at"])
    return kept
