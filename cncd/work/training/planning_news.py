"""What people are told of yearly plans: one waits, one came back, one above was approved (IV.1)."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.models import User
from cncd.foundation.people.news import Kind, News, Settled
from cncd.foundation.places.queries import children
from cncd.work.training.models import TrainingPlan

WAITS, DECIDED = "training.plan_waits", "training.plan_decided"
KEPT = dt.timedelta(days=30)  # how long it is news
KINDS = (
    Kind(
        WAITS,
        gettext_lazy("Training plans to approve"),
        gettext_lazy("When a training plan of your unit is sent for approval."),
        "mortarboard",
        for_leads=False,
        permission="training.approve",
    ),
    Kind(
        DECIDED,
        gettext_lazy("Training plans approved or returned"),
        gettext_lazy("When your unit's plan is decided, and when the unit above has its plan."),
        "mortarboard",
        for_leads=False,
        permission="training.plan",
    ),
)


def submitted(entry) -> Iterator[News]:
    """A draft waits for who approves at its unit."""
    if plan := _plan(entry, TrainingPlan.State.SUBMITTED):
        title, text = gettext_noop("A training plan waits for approval"), "%(plan)s"
        yield from _told(_at([plan.place_id], "training.approve", entry), WAITS, plan, entry,
                         title, text)  # fmt: skip


def recalled(entry) -> Iterator[Settled]:
    """It was taken back: nobody waits for it any more."""
    if plan := _plan(entry, TrainingPlan.State.DRAFT):
        yield Settled(what=_what(plan), kinds=[WAITS])


def returned(entry) -> Iterator[News | Settled]:
    """It came back to who plans at its unit, with the reason."""
    if plan := _plan(entry, TrainingPlan.State.DRAFT):
        yield Settled(what=_what(plan), kinds=[WAITS])
        title, text = (
            gettext_noop("The training plan came back"),
            gettext_noop("%(plan)s. %(reason)s"),
        )
        yield from _told(_at([plan.place_id], "training.plan", entry), DECIDED, plan, entry,
                         title, text)  # fmt: skip


def approved(entry) -> Iterator[News | Settled]:
    """Who plans at its unit may open its courses; who plans just below knows what is held above."""
    if plan := _plan(entry, TrainingPlan.State.APPROVED):
        yield Settled(what=_what(plan), kinds=[WAITS])
        own = _at([plan.place_id], "training.plan", entry)
        title = gettext_noop("The training plan is approved")
        text = gettext_noop("%(plan)s. Its courses can be opened now.")
        yield from _told(own, DECIDED, plan, entry, title, text)
        below = children(plan.place, timezone.localdate(entry.at)).values_list("pk", flat=True)
        title = gettext_noop("The unit above has its training plan")
        text = gettext_noop("%(plan)s. Look at it before you plan your own.")
        others = [user for user in _at(below, "training.plan", entry) if user not in own]
        yield from _told(others, DECIDED, plan, entry, title, text)


def _plan(entry, state: str) -> TrainingPlan | None:
    """The plan, if it still stands as the entry left it."""
    rows = TrainingPlan.objects.select_related("place").filter(state=state)
    return rows.filter(pk=entry.subject_id).first()


def _at(places: Iterable[int], permission: str, entry) -> list[User]:
    """Who acts for the units in this, each once, but for who did it."""
    found = guides_at(list(places), permission, timezone.localdate(entry.at))
    people = {user.pk: user for users in found.values() for user in users}
    people.pop(entry.actor_id, None)
    return list(people.values())


def _told(users, kind: str, plan, entry, title: str, text: str) -> Iterator[News]:
    """The same to each, in their language; `title` and `text` are msgids."""
    said = {"plan": plan, "reason": entry.reason}
    for user in users:
        with translation.override(user.language):
            yield News(
                user=user, kind=kind, what=_what(plan), moment=f"{kind} {entry.pk}",
                title=_(title), text=_(text) % said, address=plan.get_absolute_url(),
                until_at=entry.at + KEPT,
            )  # fmt: skip


def _what(plan: TrainingPlan) -> str:
    return f"training plan {plan.pk}"


EVENTS = {
    "plan.submitted": submitted,
    "plan.recalled": recalled,
    "plan.returned": returned,
    "plan.approved": approved,
}
