"""Who hears what of pilots and plans of replication; named in `config/hooks.py`."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.dated import end_of
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.news import SHORT, Kind, News, due_moment, due_step
from cncd.results.pilots.models import Pilot, Replication
from cncd.results.pilots.queries.waiting import open_pilots

ENDING, SYNTHESIS, PLAN = "pilot.ending", "pilot.synthesis_due", "replication.moved"
RUN, APPROVE, CONSIDER = "pilots.run", "pilots.approve", "pilots.consider"
KINDS = (
    Kind(
        ENDING,
        gettext_lazy("A pilot comes to its end"),
        gettext_lazy("A week before, the day before, and on the last day."),
        "flag",
        for_leads=False,
        permission=RUN,
    ),
    Kind(
        SYNTHESIS,
        gettext_lazy("The synthesis of a pilot is due"),
        gettext_lazy("Three days before, the day before, on the day, and when it is late."),
        "calendar-event",
        for_leads=False,
        permission=RUN,
    ),
    Kind(
        PLAN,
        gettext_lazy("A plan of replication was sent or answered"),
        gettext_lazy("To those who consider it, then to those who sent it."),
        "flag",
        for_leads=False,
        permission="pilots.plan",
    ),
)


def by_clock(now: dt.datetime) -> list[News]:
    """Who runs a pilot hears of its end and of its synthesis."""
    day, found = timezone.localdate(now), []
    for pilot in open_pilots(day):
        ending = due_step(end_of(pilot.days.last_day), now, days=(7, 1))
        due = due_step(end_of(pilot.days.synthesis_due_on), now)
        if ending is not None and ending >= 0:
            found += _of(pilot, ENDING, pilot.days.last_day, ending, now)
        if due is not None and day > pilot.days.last_day:
            found += _of(pilot, SYNTHESIS, pilot.days.synthesis_due_on, due, now)
    return found


def _of(pilot: Pilot, kind: str, due_on: dt.date, step: int, now) -> list[News]:
    due_at = end_of(due_on)
    users = guides_at([pilot.place_id], RUN, timezone.localdate(now))[pilot.place_id]
    pages = {ENDING: "pilots:pilot", SYNTHESIS: "pilots:synthesis"}
    return [
        News(
            user=user,
            kind=kind,
            what=f"pilot {pilot.pk}",
            moment=due_moment(due_at, step),
            **_said(user, kind, pilot, due_on),
            address=reverse(pages[kind], args=[pilot.pk]),
            until_at=now + SHORT,
        )
        for user in users
    ]


def _said(user, kind: str, pilot: Pilot, due_on: dt.date) -> dict:
    with translation.override(user.language):
        words = {"day": f"{due_on:%d/%m/%Y}", "pilot": pilot.name}
        if kind == ENDING:
            return {
                "title": _("Ends on %(day)s: %(pilot)s") % words,
                "text": _("Record the figures of the end, then write the synthesis."),
            }
        return {
            "title": _("Synthesis due on %(day)s: %(pilot)s") % words,
            "text": _("Write the assessment and confirm the synthesis."),
        }


def moved(entry: Entry) -> list[News]:
    """UBND tỉnh hears of a plan that was sent; those who sent it hear the answer."""
    plan, day = Replication.objects.get(pk=entry.subject_id), timezone.localdate(entry.at)
    permission = CONSIDER if entry.event == "replication.sent" else APPROVE
    users = guides_at([plan.place_id], permission, day)[plan.place_id]
    return [_moved(user, plan, entry) for user in users]


def _moved(user, plan: Replication, entry: Entry) -> News:
    with translation.override(user.language):
        titles = {
            "replication.sent": _("To be considered: %(plan)s"),
            "replication.agreed": _("Agreed: %(plan)s"),
            "replication.returned": _("Sent back: %(plan)s"),
        }
        title = titles[entry.event] % {"plan": plan.name}
        text = entry.reason or _("Open the plan for the waves, the trainers and the cost.")
    return News(
        user=user,
        kind=PLAN,
        what=f"replication {plan.pk}",
        moment=f"entry {entry.pk}",
        title=title,
        text=text,
        address=plan.get_absolute_url(),
        until_at=entry.at + SHORT,
    )


EVENTS = {
    "replication.sent": moved,
    "replication.agreed": moved,
    "replication.returned": moved,
}
