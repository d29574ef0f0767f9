"""From the clock and from the journal to notices: the rooms say what, here it is given."""

import datetime as dt
import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from cncd.faces.notices.actions import give_notices, settle
from cncd.foundation.journal.models import Entry
from cncd.foundation.people.news import Settled, Told, of_events

logger = logging.getLogger("cncd.notices")


def remind(now: dt.datetime | None = None) -> int:
    """Tells what every room of `settings.NEWS_BY_CLOCK` has to say now; returns how many notices.

    Does no harm when run again. One room's error keeps no other room silent, and comes out at the
    end.
    """
    now, given, failed = now or timezone.now(), 0, None
    for path in settings.NEWS_BY_CLOCK:
        try:
            given += pass_on(import_string(path)(now), now)
        except Exception as error:
            logger.exception("%s told nothing", path)
            failed = error
    if failed:
        raise failed
    return given


def tell_of(entry: Entry) -> int:
    """Tells what the rooms make of what happened; returns how many notices were made."""
    told = [news for function in of_events().get(entry.event, ()) for news in function(entry)]
    return pass_on(told, entry.at)


def pass_on(told: Told, now: dt.datetime) -> int:
    """Gives the notices, after those that are done with; returns how many were made."""
    told = list(told)
    for done in told:
        if isinstance(done, Settled):
            settle(what=[done.what], kinds=done.kinds, now=now)
    return len(give_notices(news=[e for e in told if not isinstance(e, Settled)], now=now))
