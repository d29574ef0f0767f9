"""Hours of quiet and the moments of digests, in Vietnamese time."""

import datetime as dt

from django.utils.timezone import localtime, make_aware


def opens_at(now: dt.datetime, since: dt.time, until: dt.time) -> dt.datetime:
    """When somebody may be told who wants quiet from `since` to `until`, across midnight too: now,
    or when the quiet ends. Equal times are no quiet at all.
    """
    local = localtime(now)
    clock, day = local.time(), local.date()
    if since <= until:
        return _at(day, until) if since <= clock < until else now
    if clock < until:
        return _at(day, until)
    return _at(day + dt.timedelta(days=1), until) if clock >= since else now


def digest_at(now: dt.datetime, at: dt.time, weekday: int | None = None) -> dt.datetime:
    """The next moment after now of a digest: daily, or weekly on that weekday (Monday is 0)."""
    day = localtime(now).date()
    if weekday is not None:
        day += dt.timedelta(days=(weekday - day.weekday()) % 7)
    moment = _at(day, at)
    step = dt.timedelta(days=1 if weekday is None else 7)
    return moment if moment > now else _at(day + step, at)


def _at(day: dt.date, at: dt.time) -> dt.datetime:
    return make_aware(dt.datetime.combine(day, at))
