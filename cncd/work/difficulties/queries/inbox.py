"""What waits for a person in this room, and what became of a team's difficulties."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.work.difficulties.models import Case, Raising
from cncd.work.difficulties.rules import SOON

ANSWER = "difficulties.answer"
MOST = 10  # named one by one; more are told as a number


def dues(user, now: dt.datetime) -> list[Duty]:
    """Cases to answer, soonest first, then as a number; answers a team has not spoken of yet.

    At most three queries; none for who can do neither.
    """
    return [*_to_answer(user, now), *_to_judge(user, now)]


def _to_answer(user, now: dt.datetime) -> list[Duty]:
    if not authority.roots(user, ANSWER):
        return []
    rows = list(own_cases(user).order_by("due_at", "pk")[: MOST + 1])
    found = [
        Duty(
            "chat-dots",
            _("Answer a difficulty: %(what)s") % {"what": case},
            case.get_absolute_url(),
            due_at=case.due_at,
            is_soon=case.due_at <= now + SOON,
            key=f"difficulty {case.pk}",
        )
        for case in rows[:MOST]
    ]
    if len(rows) > MOST:
        more = own_cases(user).count() - MOST
        text, address = _("More difficulties to answer"), reverse("difficulties:list")
        due = rows[MOST].due_at
        found.append(
            Duty("chat-dots", text, f"{address}?whose=mine", more, due, key="difficulties")
        )
    return found


def own_cases(user):
    """Open cases the person answers: given to them by name, or to nobody at their own unit.

    At the top, past its office, they are its leaders'.
    """
    open_ = Case.objects.open()
    roots = authority.roots(user, ANSWER)
    leads = authority.roots(user, "difficulties.decide")
    reach = authority.reach(user, permission=ANSWER)
    level = reach.filter(pk__in=roots).values("level")
    mine = open_.filter(assignee=None, owner__in=reach, owner__level__in=level, with_leaders=False)
    named = open_.filter(assignee=user)
    before_me = open_.filter(assignee=None, owner__in=leads, with_leaders=True)
    return mine | named | before_me


def _to_judge(user, now: dt.datetime) -> list[Duty]:
    teams = authority.team_ids(user, "difficulties.raise")
    if not teams:
        return []
    rows = Raising.objects.standing().filter(
        team__in=teams, helped=None, case__state=Case.State.ANSWERED,
        case__answered_at__gte=now - dt.timedelta(days=60),
    )  # fmt: skip
    page = reverse("difficulties:mine")
    return [
        Duty(
            "chat-left-text",
            _("Did the answer help? %(what)s") % {"what": raising.case},
            f"{page}#r-{raising.pk}",
            team_id=raising.team_id,
            key=f"answer {raising.pk}",
        )
        for raising in rows.select_related("case").order_by("-case__answered_at")[:MOST]
    ]


def raised_by_team(team, *, most: int = 100) -> list[Raising]:
    """What the team raised, what waits first, then the newest; with its case. One query."""
    rows = Raising.objects.standing().filter(team=team)
    rows = rows.select_related("case__category", "case__owner__level", "case__answered_for", "team")
    found = list(rows.order_by("-raised_at")[:most])
    today = timezone.localdate()
    for raising in found:
        raising.is_past = raising.case.is_open and timezone.localdate(raising.case.due_at) < today
    return sorted(found, key=lambda each: not each.case.is_open)


def raised_with(activity: str) -> list[Raising]:
    """What was raised together with the logged activity of that id, and stands."""
    rows = Raising.objects.standing().filter(source=Raising.Source.LOG, source_id=activity)
    return list(rows.order_by("raised_at"))
