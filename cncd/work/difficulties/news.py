"""Who should know what of difficulties: raised, climbing, answered, due, late (II.2.8)."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.news import (
    AFTER,
    SHORT,
    Kind,
    News,
    Settled,
    due_moment,
    due_step,
    told,
)
from cncd.team.teams.queries import leads_of
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case, Raising, Turn
from cncd.work.difficulties.queries.answering import ANSWER, guides_of_cases

CAME, ANSWERED, DUE, LATE = (
    "difficulty.came",
    "difficulty.answer",
    "difficulty.due",
    "difficulty.late",
)
AT_ONCE = 5  # cases told of one by one; more come as one notice
KINDS = (
    Kind(CAME, gettext_lazy("A difficulty came to us"),
         gettext_lazy("A team raised it, or it climbed or was passed to your unit."),
         "chat-left-text", for_leads=False, permission=ANSWER),
    Kind(ANSWERED, gettext_lazy("Our difficulty was answered"),
         gettext_lazy("What was answered; say whether it helped."),
         "chat-dots", permission="difficulties.raise"),
    Kind(DUE, gettext_lazy("A difficulty is due for an answer"),
         gettext_lazy("Three days before, the day before, and in the morning of the day."),
         "clock-history", for_leads=False, permission=ANSWER),
    Kind(LATE, gettext_lazy("A unit below answered late"),
         gettext_lazy("What was not answered in time below us, the day after."),
         "exclamation-triangle", for_leads=False, permission=ANSWER),
)  # fmt: skip


def came(entry) -> Iterator[News]:
    """To whoever answers there: what was raised, opened again, passed on or moved to them."""
    now = entry.at
    for case, users in _asked(_cases(entry), now):
        for user in users:
            yield _came(user, case, entry.event, now)


def climbed(entry) -> Iterator[News]:
    """To whoever answers there now: each by itself while they are few, else how many."""
    cases = _cases(entry)
    if len(cases) <= AT_ONCE:
        yield from came(entry)
        return
    for user in _asked(cases[:1], entry.at)[0][1]:
        with translation.override(user.language):
            title = _("%(n)d difficulties climbed to us") % {"n": len(cases)}
            text = _("They were not answered in time below. Look at them, soonest due first.")
        page = f"{reverse('difficulties:list')}?whose=mine"
        what = f"difficulties climbed {entry.pk}"
        yield News(user, CAME, what, "climbed", title, text, page, entry.at + SHORT)


def answered(entry) -> Iterator[News | Settled]:
    """To the leads of every team it came from, and to who raised it; whoever was asked is done."""
    [case] = _cases(entry) or [None]
    if case is None or case.state != Case.State.ANSWERED:
        return
    yield Settled(_what(case), (CAME, DUE, LATE))
    told_already = set()
    for raising in case.raisings.standing().select_related("raised_by", "team"):
        for user in _those_of(raising, timezone.localdate(entry.at)):
            if user.pk not in told_already:
                told_already.add(user.pk)
                yield _answer(user, case, raising, entry.at)


def settled(entry) -> Iterator[Settled]:
    """What was put into another, or taken back, waits for nobody."""
    for case in [*_cases(entry), *_named(entry)]:
        if not case.is_open:
            yield Settled(_what(case), (CAME, DUE, LATE))


def joined(entry) -> Iterator[News | Settled]:
    """What was put into another waits no more; into one that is answered, it is answered."""
    yield from settled(entry)
    yield from answered(entry)


EVENTS = {
    "difficulty.raised": came,
    "difficulty.reopened": came,
    "difficulty.restored": came,
    "difficulty.passed": came,
    "difficulty.moved": climbed,
    "difficulty.climbed": climbed,
    "difficulty.assigned": came,
    "difficulty.answered": answered,
    "difficulty.answer_corrected": answered,
    "difficulty.joined": joined,
    "difficulty.withdrawn": settled,
}


def by_clock(now: dt.datetime) -> Iterator[News]:
    """Reminders before an answer is due, and to the level above the day after; each once."""
    soon = Case.objects.open().filter(due_at__gt=now, due_at__lte=now + dt.timedelta(days=4))
    steps = {case: due_step(case.due_at, now) for case in soon.select_related("assignee__person")}
    yield from _reminders({c: step for c, step in steps.items() if step is not None}, now)
    yield from _lateness(now)


def _reminders(steps: dict[Case, int], now: dt.datetime) -> Iterator[News]:
    if not steps:
        return
    moments = {due_moment(case.due_at, step) for case, step in steps.items()}
    known = told({DUE}, moments)
    for case, users in _asked(list(steps), now):
        moment = due_moment(case.due_at, steps[case])
        for user in users:
            if (user.pk, _what(case), moment) not in known:
                yield _reminder(user, case, steps[case], moment)


def _lateness(now: dt.datetime) -> Iterator[News]:
    """To the guides one level above each unit: how many it let pass unanswered the day before."""
    since = now - dt.timedelta(days=3)
    rows = Turn.objects.filter(due_at__gt=since, due_at__lte=now).exclude(
        ended__in=[Turn.End.ANSWERED, Turn.End.PASSED, Turn.End.JOINED, Turn.End.WITHDRAWN]
    )
    late: dict[tuple[int, str], list[dt.datetime]] = {}
    for owner, due_at in rows.values_list("owner", "due_at"):
        if due_step(due_at, now) == AFTER:
            late.setdefault((owner, due_moment(due_at, AFTER)), []).append(due_at)
    if not late:
        return
    ground = Ground(timezone.localdate(now))
    ground.learn({owner for owner, _moment in late})
    above = {owner: ground.above(owner) for owner, _moment in late}
    guides = guides_at({pk for pk in above.values() if pk}, ANSWER, ground.day)
    known = told({LATE}, {moment for _owner, moment in late})
    for (owner, moment), dues in late.items():
        for user in guides.get(above[owner], []):
            if (user.pk, f"late at {owner}", moment) not in known:
                yield _late(user, ground.places[owner], len(dues), moment, now)


def _cases(entry) -> list[Case]:
    rows = [row["case"] for row in entry.rows if isinstance(row, dict) and row.get("case")]
    is_batch = entry.event in ("difficulty.climbed", "difficulty.moved")
    wanted = rows if is_batch else [entry.subject_id]
    found = Case.objects.filter(pk__in=wanted).select_related("assignee__person", "owner")
    return list(found)


def _named(entry) -> list[Case]:
    """The cases beside the entry's own: those put into it."""
    rows = [row["case"] for row in entry.rows if isinstance(row, dict) and row.get("case")]
    return list(Case.objects.filter(pk__in=rows))


def _asked(cases: list[Case], now: dt.datetime) -> list[tuple[Case, list]]:
    cases = [case for case in cases if case.is_open]
    found = guides_of_cases(cases, timezone.localdate(now))
    return [(case, found[case.pk]) for case in cases]


def _those_of(raising: Raising, day: dt.date) -> list:
    users = [raising.raised_by] if raising.raised_by_id else []
    if raising.team_id:
        leads = leads_of([raising.team_id], day).get(raising.team_id, [])
        users += [each.person.user for each in leads]
    return [user for user in dict.fromkeys(users) if user.is_active]


def _what(case: Case) -> str:
    return f"difficulty {case.pk}"


def _came(user, case: Case, event: str, now: dt.datetime) -> News:
    with translation.override(user.language):
        title = {
            "difficulty.climbed": _("A difficulty climbed to us"),
            "difficulty.reopened": _("The answer did not help"),
            "difficulty.assigned": _("A difficulty was given to you"),
        }.get(event, _("A difficulty to answer"))
        by = f"{timezone.localtime(case.due_at):%d/%m}"
        text = _("%(what)s. Answer by %(day)s.") % {"what": case, "day": by}
    moment = f"{event} {case.since_at.isoformat()}"
    return News(user, CAME, _what(case), moment, title, text, case.get_absolute_url(), now + SHORT)


def _answer(user, case: Case, raising: Raising, now: dt.datetime) -> News:
    is_lead = raising.team_id and user.can("phone.open")
    page = f"{reverse('difficulties:mine')}#r-{raising.pk}" if is_lead else case.get_absolute_url()
    with translation.override(user.language):
        title = _("The difficulty was answered")
        text = _("“%(what)s”: %(answer)s Say whether it helped.") % {
            "what": raising.text[:80],
            "answer": case.answer[:160],
        }
    moment = case.answered_at.isoformat()
    return News(user, ANSWERED, _what(case), moment, title, text, page, now + 2 * SHORT)


def _reminder(user, case: Case, step: int, moment: str) -> News:
    with translation.override(user.language):
        days = {0: _("today"), 1: _("tomorrow")}.get(step, _("in %(n)d days") % {"n": step})
        title = _("A difficulty is due for an answer %(when)s") % {"when": days}
        text = _("%(what)s. Unanswered, it climbs one level.") % {"what": case}
    return News(user, DUE, _what(case), moment, title, text, case.get_absolute_url(), case.due_at)


def _late(user, owner, many: int, moment: str, now: dt.datetime) -> News:
    with translation.override(user.language):
        title = _("%(n)d difficulties were not answered in time") % {"n": many}
        text = _("%(unit)s let the day pass; they have come to the level above.") % {"unit": owner}
    page = f"{reverse('difficulties:list')}?state=climbed"
    return News(user, LATE, f"late at {owner.pk}", moment, title, text, page, now + SHORT)
