"""Who hears what of evaluations; named in `config/hooks.py`."""

import datetime as dt
from collections import defaultdict

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.dated import end_of
from cncd.foundation.kit.figures import number
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.news import AFTER, SHORT, Kind, News, due_moment, due_step
from cncd.team.teams.queries import leads_of, unit_of
from cncd.work.evaluations.models import Evaluation, Round, Step

OPENED, DUE, LATE, RETURNED, DECIDED = (
    "evaluation.opened",
    "evaluation.due",
    "evaluation.late",
    "evaluation.returned",
    "evaluation.decided",
)
SCORE, DECIDE = "evaluations.score", "evaluations.decide"
NEAR = (dt.timedelta(days=-3), dt.timedelta(days=4))
KINDS = (
    Kind(
        OPENED,
        gettext_lazy("An evaluation of teams begins"),
        gettext_lazy("To the teams, which score themselves first, and to their communes."),
        "star",
        permission=SCORE,
    ),
    Kind(
        DUE,
        gettext_lazy("A step of an evaluation is due soon"),
        gettext_lazy("Three days before, the day before, and on the day."),
        "calendar-event",
        permission=SCORE,
    ),
    Kind(
        LATE,
        gettext_lazy("A step of an evaluation was not done in time"),
        gettext_lazy("On the morning after, to the level above, which may go on without it."),
        "clock-history",
        for_leads=False,
        permission=SCORE,
    ),
    Kind(
        RETURNED,
        gettext_lazy("Marks of an evaluation were returned"),
        gettext_lazy("With a note on what has to be put right."),
        "arrow-counterclockwise",
        permission=SCORE,
    ),
    Kind(
        DECIDED,
        gettext_lazy("The evaluation of the team was decided"),
        gettext_lazy("Also when it was opened again."),
        "patch-check",
        permission=SCORE,
    ),
)


# -- from the journal -----------------------------------------------------------------------------


def opened(entry: Entry) -> list[News]:
    """Teams hear that they score themselves, communes that they score after them."""
    row, day = Round.objects.get(pk=entry.subject_id), timezone.localdate(entry.at)
    evaluations = list(row.evaluations.select_related("team"))
    leads, officers = _people(evaluations, day)
    page = reverse("evaluations:round", args=[row.pk])
    found = [
        _news(user, OPENED, row, entry, reverse("evaluations:score", args=[each.pk, Step.SELF]))
        for each in evaluations
        for user in leads.get(each.team_id, ())
    ]
    communes = {user.pk: user for users in officers.values() for user in users}
    return found + [_news(user, OPENED, row, entry, page) for user in communes.values()]


def _news(user, kind: str, row: Round, entry: Entry, address: str) -> News:
    with translation.override(user.language):
        title = _("Evaluation begins: %(round)s") % {"round": row.name}
        text = _("Teams score themselves by %(self)s, communes score by %(commune)s.")
        words = {
            "self": f"{row.self_due_on:%d/%m/%Y}",
            "commune": f"{row.score_due_on:%d/%m/%Y}",
        }
        text = text % words
    return News(
        user=user,
        kind=kind,
        what=f"round {row.pk}",
        moment=f"entry {entry.pk}",
        title=title,
        text=text,
        address=address,
        until_at=entry.at + SHORT,
    )


def decided(entry: Entry) -> list[News]:
    """The team and its commune hear the class, or that the result is open again."""
    row = Evaluation.objects.select_related("team", "round", "grade").get(pk=entry.subject_id)
    leads, officers = _people([row], timezone.localdate(entry.at))
    users = {user.pk: user for users in (*leads.values(), *officers.values()) for user in users}
    return [_of_one(user, DECIDED, row, entry) for user in users.values()]


def returned(entry: Entry) -> list[News]:
    """Those whose marks came back hear why."""
    row = Evaluation.objects.select_related("team", "round").get(pk=entry.subject_id)
    leads, officers = _people([row], timezone.localdate(entry.at))
    users = (leads if entry.after["step"] == Step.SELF else officers).get(row.team_id, ())
    return [_of_one(user, RETURNED, row, entry) for user in users]


def _of_one(user, kind: str, row: Evaluation, entry: Entry) -> News:
    with translation.override(user.language):
        title, text = {
            "evaluation.decided": (_("Decided: %(team)s"), _("%(total)s points, %(grade)s.")),
            "evaluation.reopened": (_("Opened again: %(team)s"), "%(reason)s"),
            "evaluation.returned": (_("Marks returned: %(team)s"), "%(reason)s"),
        }[entry.event]
        said = {"team": row.team.name, "reason": entry.reason, **entry.after}
        if "total" in said:
            said["total"] = number(float(said["total"]))
    return News(
        user=user,
        kind=kind,
        what=f"evaluation {row.pk}",
        moment=f"entry {entry.pk}",
        title=title % said,
        text=text % said,
        address=reverse("evaluations:evaluation", args=[row.pk]),
        until_at=entry.at + SHORT,
    )


EVENTS = {
    "evaluation.opened": opened,
    "evaluation.decided": decided,
    "evaluation.reopened": decided,
    "evaluation.returned": returned,
}


# -- by the clock ---------------------------------------------------------------------------------


def by_clock(now: dt.datetime) -> list[News]:
    """Before a step is due those whose turn it is; the day after, the step above them."""
    day = timezone.localdate(now)
    span = (day + NEAR[0], day + NEAR[1])
    due = Q(self_due_on__range=span) | Q(score_due_on__range=span) | Q(decide_due_on__range=span)
    found = []
    for row in Round.objects.filter(due, withdrawn_at=None):
        for step in Step:
            turn = due_step(end_of(row.due_on(step)), now)
            if turn is not None:
                found += _step(row, step, turn, now, day)
    return found


def _step(row: Round, step: str, turn: int, now: dt.datetime, day: dt.date) -> list[News]:
    missing = list(row.evaluations.filter(**_open(step)).select_related("team"))
    if not missing:
        return []
    asked = _asked(row, step, missing, day)
    above = _asked(row, _above(step), missing, day) if turn == AFTER else asked
    kind = LATE if turn == AFTER else DUE
    return [
        _timely(user, kind, row, step, turn, teams, now)
        for user, teams in (above if turn == AFTER else asked)
    ]


def _open(step: str) -> dict:
    if step == Step.SELF:
        return {"self_at": None, "commune_at": None, "decided_at": None}
    if step == Step.COMMUNE:
        return {"commune_at": None, "decided_at": None}
    return {"decided_at": None}


def _above(step: str) -> str:
    return Step.COMMUNE if step == Step.SELF else Step.DECIDE


def _asked(row: Round, step: str, missing: list[Evaluation], day: dt.date) -> list[tuple]:
    """(account, its teams) of whoever does the step for teams that miss it."""
    mine = defaultdict(list)
    if step == Step.DECIDE:
        for user in guides_at([row.place_id], DECIDE, day)[row.place_id]:
            mine[user] = [each.team for each in missing]
        return list(mine.items())
    leads, officers = _people(missing, day)
    for each in missing:
        users = leads if step == Step.SELF else officers
        for user in users.get(each.team_id, ()):
            mine[user].append(each.team)
    return list(mine.items())


def _people(evaluations: list[Evaluation], day: dt.date) -> tuple[dict, dict]:
    """(team id → accounts of its leads, team id → accounts of its commune)."""
    ids = [row.team_id for row in evaluations]
    leads = {pk: [row.person.user for row in rows] for pk, rows in leads_of(ids, day).items()}
    communes = unit_of(ids, "commune", day)
    officers = guides_at(set(communes.values()), SCORE, day)
    return leads, {pk: officers[place] for pk, place in communes.items()}


def _timely(user, kind, row: Round, step, turn: int, teams: list, now) -> News:
    due_on = row.due_on(step)
    due_at = end_of(due_on)
    with translation.override(user.language):
        if kind == LATE:
            title = _("Not done in time: %(round)s")
            text = _("%(n)s teams miss the step “%(step)s”. You may go on without it.")
        else:
            title = _("Due %(day)s: %(round)s")
            text = _("%(n)s teams still miss the step “%(step)s”.")
        words = {
            "round": row.name,
            "day": f"{due_on:%d/%m}",
            "n": len(teams),
            "step": Step(step).label,
        }
        title, text = title % words, text % words
    return News(
        user=user,
        kind=kind,
        what=f"round {row.pk}, {step}",
        moment=due_moment(due_at, turn),
        title=title,
        text=text,
        address=reverse("evaluations:round", args=[row.pk]),
        until_at=now + SHORT if kind == LATE else due_at,
    )
