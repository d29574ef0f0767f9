"""Giving notices, once each, and their being read.

No journal entry: a notice tells of an entry that stands there already, or of the clock.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from cncd.faces.notices import queries
from cncd.faces.notices.actions.sending_out import send_out
from cncd.faces.notices.models import Delivery, Notice
from cncd.foundation.kit.text import fold
from cncd.foundation.people.models import User
from cncd.foundation.people.news import PAGE, News

DELIVER = "cncd.faces.notices.jobs.deliver"
BATCH = 500
KEPT = dt.timedelta(days=180)


@transaction.atomic
def give_notices(*, news: Iterable[News], now: dt.datetime | None = None) -> list[Notice]:
    """Tells each person by the channels they chose; what was told already is left out.

    Two workers may be given the same news: the database lets one of them in. Devices are woken by
    a job afterwards. Returns the notices made.
    """
    now, news, given = now or timezone.now(), iter(news), []
    while part := list(islice(news, BATCH)):
        given += _give(part, now)
    if given:
        transaction.on_commit(lambda: import_string(DELIVER).enqueue())
    return given


def _give(part: list[News], now: dt.datetime) -> list[Notice]:
    before = queries.told({each.kind for each in part}, {each.moment for each in part})
    part = [each for each in part if (each.user.pk, each.what, each.moment) not in before]
    if not part:
        return []
    channels = queries.wanted((each.user.pk for each in part), (each.kind for each in part))
    rows = [
        _notice(each, now, channels[each.user.pk, each.kind])
        for each in part
        if channels[each.user.pk, each.kind]
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    given = list(Notice.objects.filter(pk__in=[row.pk for row in rows]))
    send_out(given=given, channels=channels, now=now)
    return given


def _notice(news: News, now: dt.datetime, channels: set[str]) -> Notice:
    """Kept even for a push alone, whose address it is; then it does not count at the bell."""
    return Notice(
        user=news.user,
        kind=news.kind,
        what=news.what,
        moment=news.moment,
        title=news.title[:120],
        text=news.text[:300],
        address=news.address,
        made_at=now,
        until_at=news.until_at,
        read_at=None if PAGE in channels else now - dt.timedelta(seconds=1),
        search_key=fold(f"{news.title} {news.text}")[:450],
    )


@transaction.atomic
def settle(*, what: Collection[str], kinds: Collection[str], now: dt.datetime | None = None) -> int:
    """What these notices asked for is done, so they are no longer unread; returns how many."""
    rows = Notice.objects.unread().filter(what__in=what, kind__in=kinds)
    return rows.update(read_at=now or timezone.now())


@transaction.atomic
def read_notice(*, notice: Notice, now: dt.datetime | None = None) -> None:
    """Marks one notice as read, at the first time."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=now or timezone.now())


@transaction.atomic
def read_all(*, by: User, now: dt.datetime | None = None) -> int:
    """Marks every notice of the person as read; returns how many were not."""
    return Notice.objects.visible_to(by).unread().update(read_at=now or timezone.now())


@transaction.atomic
def forget_old_notices(*, now: dt.datetime | None = None) -> int:
    """Deletes notices of 180 days ago with the log of their deliveries; returns how many rows."""
    limit = (now or timezone.now()) - KEPT
    Delivery.objects.filter(notice=None, made_at__lt=limit).delete()  # digests
    return Notice.objects.filter(made_at__lt=limit).delete()[0]
