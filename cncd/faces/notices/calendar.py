"""What is due to a person, as a calendar other programs read (iCalendar, RFC 5545)."""

import datetime as dt
import hashlib

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cncd.faces.notices.actions import freshen_feed
from cncd.faces.notices.composing import origin
from cncd.faces.notices.models import Feed
from cncd.foundation.people.duties import Duty, duties_of
from cncd.results.reports.news import coming

REFRESH = "PT1H"  # how often a calendar may ask


def calendar_of(feed: Feed, now: dt.datetime) -> tuple[Feed, bytes]:
    """The feed brought up to date, and its text; the same bytes as long as nothing has changed."""
    user = feed.user
    with translation.override(user.language):
        duties = [*coming(user, now), *duties_of(user, now)]
        due = {_uid(user, duty): _shown(duty) for duty in duties if duty.due_at}
        feed = freshen_feed(feed=feed, due=due, now=now)
        return feed, _written(feed)


def _uid(user, duty: Duty) -> str:
    """The same as long as it is the same duty of the same person, whatever its words."""
    about = duty.key or f"{duty.address} {duty.team_id or ''}"
    return hashlib.sha256(f"{user.pk} {about}".encode()).hexdigest()[:32]


def _shown(duty: Duty) -> dict:
    local = timezone.localtime(duty.due_at)
    return {
        "title": duty.text,
        "day": local.date().isoformat(),
        "text": _("Due at %(time)s on %(day)s.")
        % {"time": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}"},
        "address": duty.address,
    }


def _written(feed: Feed) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//CNCĐ//Due dates//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("CNCĐ: due dates"))
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("x-published-ttl", REFRESH)
    for uid, kept in sorted(feed.events.items()):
        calendar.add_component(_event(uid, kept))
    return calendar.to_ical()


def _event(uid: str, kept: dict) -> Event:
    """A whole day: that is where a calendar shows what is due."""
    event, shown = Event(), kept["shown"]
    day, at = dt.date.fromisoformat(shown["day"]), dt.datetime.fromisoformat(kept["at"])
    host = origin().partition("://")[2].partition(":")[0]
    event.add("uid", f"{uid}@{host}")
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", kept["sequence"])
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", shown["title"])
    event.add("description", shown["text"])
    event.add("url", origin() + shown["address"])
    event.add("status", "CANCELLED" if kept["over"] else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
