"""The evidence of obligations as it stands in the other rooms: one question per ask."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from cncd.team.teams.models import TeamIndex
from cncd.team.teams.queries.counted import covering, hamlets_below
from cncd.work.activities.models import Activity, ActivityContent
from cncd.work.directives.models import Answer, Ask, Obligation
from cncd.work.directives.rules.deriving import Proof, proof_of_parts, proof_of_steps

HOLDS = Q(team__index__until_on=None) | Q(team__index__until_on__gt=F("happened_on"))


def proofs(obligations: Iterable[Obligation], today: dt.date) -> dict[int, Proof]:
    """Obligation id → its evidence that day; the rows come with `ask` and `directive`.

    Those that wait for the teams below them read these teams' own columns. Evidence of days after
    the directive was closed does not count. At most four queries per ask.
    """
    found: dict[int, Proof] = {}
    rows = sorted(obligations, key=lambda row: (row.ask_id, row.watches))
    for (_ask, watches), some in groupby(rows, key=lambda row: (row.ask_id, row.watches)):
        some = list(some)
        last_day = some[0].directive.ended_on or today
        found |= READING[watches](some[0].ask, some, last_day)
    return found


def _of_teams_below(_ask: Ask, rows: list, _last_day) -> dict[int, Proof]:
    parts = defaultdict(list)
    for part in Obligation.objects.filter(above__in=rows):
        parts[part.above_id].append(part)
    return {row.pk: proof_of_parts(parts[row.pk]) for row in rows}


def _of_answers(_ask: Ask, rows: list, _last_day) -> dict[int, Proof]:
    """Done on the day the accepted answer was made: a late check makes nobody late."""
    states = defaultdict(dict)
    answers = Answer.objects.filter(obligation__in=rows).exclude(state=Answer.State.WITHDRAWN)
    for owner, state, day in answers.values_list("obligation", "state", "made_on"):
        states[owner][state] = day
    return {
        row.pk: Proof(
            int("accepted" in states[row.pk]),
            1,
            states[row.pk].get("accepted"),
            waits="sent" in states[row.pk],
            begun=bool(states[row.pk]),
        )
        for row in rows
    }


def _of_reports(ask: Ask, rows: list, last_day: dt.date) -> dict[int, Proof]:
    """Done on the day it was first sent, once it is accepted; sent and not accepted: it waits."""
    reports = import_string(settings.REPORTS_OF_PERIOD)(
        ask.period_id,
        teams={row.team_id for row in rows if row.team_id},
        places={row.place_id for row in rows if row.place_id},
    )
    found = {}
    for row in rows:
        sent_on, accepted = reports.get((row.team_id, row.place_id), (None, False))
        sent_on = sent_on if sent_on and sent_on <= last_day else None
        whole = sent_on if accepted else None
        found[row.pk] = Proof(int(bool(whole)), 1, whole, waits=bool(sent_on) and not accepted)
    return found


def _of_activities(ask: Ask, rows: list, last_day: dt.date) -> dict[int, Proof]:
    """Standing activities from `ask.since_on` on, each on its day, a range on its last day."""
    logs = counting_activities(ask, last_day)
    teams = _with_forebears(rows)
    steps = defaultdict(list)
    own = logs.filter(team__in=set().union(*teams.values()))
    for team, day, amount in own.values_list("team", "day", "amount"):
        steps["team", team].append((day, amount))
    places = {row.place_id for row in rows if row.place_id}
    for place, day, amount in _within(logs, places) if places else ():
        steps["place", place].append((day, amount))
    return {row.pk: proof_of_steps(_steps_of(row, teams, steps), ask.amount) for row in rows}


def _steps_of(row, teams, steps) -> list:
    if row.place_id:
        return steps["place", row.place_id]
    return [step for team in teams[row.pk] for step in steps["team", team]]


def counting_activities(ask: Ask, last_day: dt.date):
    """The activities that count for the ask, each with its `day` and `amount`."""
    logs = Activity.objects.standing().filter(happened_on__gte=ask.since_on)
    logs = logs.annotate(day=Coalesce("ended_on", "happened_on")).filter(day__lte=last_day)
    if ask.kind_id:
        logs = logs.filter(kind=ask.kind_id)
    if ask.content_id and ask.measure == Ask.Measure.COUNT:
        logs = logs.filter(contents__content=ask.content_id, contents__count__gt=0)
        return logs.annotate(amount=F("contents__count")).order_by()
    if ask.content_id:
        named = ActivityContent.objects.filter(content=ask.content_id, count__gt=0)
        logs = logs.filter(pk__in=named.values("activity"))
    amount = "people" if ask.measure == Ask.Measure.PEOPLE else "times"
    return logs.annotate(amount=F(amount)).order_by()


def _within(logs, places):
    """(place, day, amount) of the teams that stood under each of the places on the day."""
    rows = logs.filter(HOLDS, team__index__place__in=places,
                       team__index__since_on__lte=F("happened_on"))  # fmt: skip
    return rows.values_list("team__index__place", "day", "amount")


def _with_forebears(rows: list) -> dict[int, set[int]]:
    """Obligation id → its team, and those whose obligation passed to it."""
    teams = {row.pk: {row.team_id} for row in rows if row.team_id}
    passed = Obligation.heirs.through.objects.filter(to_obligation__in=teams)
    rows = passed.exclude(from_obligation__team=None)
    for heir, team in rows.values_list("to_obligation", "from_obligation__team"):
        teams[heir].add(team)
    return teams


def _of_teams_formed(ask: Ask, rows: list, last_day: dt.date) -> dict[int, Proof]:
    places = {row.place_id for row in rows}
    counted = _teams_in(places, last_day) if ask.amount else _hamlets_with_team(places, last_day)
    found = {}
    for row in rows:
        since, needed = counted[row.place_id]
        needed = ask.amount or needed
        whole = sorted(since)[needed - 1] if 0 < needed <= len(since) else None
        found[row.pk] = Proof(min(len(since), needed), needed, whole)
    return found


def _teams_in(places: set[int], day: dt.date) -> dict[int, tuple[list, int]]:
    """Place → since when its teams in force stand there."""
    found = {place: ([], 0) for place in places}
    rows = TeamIndex.objects.on(day).filter(place__in=places)
    for place, since in rows.values_list("place", "team__since_on"):
        found[place][0].append(since)
    return found


def _hamlets_with_team(places: set[int], day: dt.date) -> dict[int, tuple[list, int]]:
    """Place → since when each covered hamlet has a team, and how many hamlets there are."""
    below = defaultdict(set)
    for place, hamlet in hamlets_below(places, day).values_list("ancestor", "place"):
        below[place].add(hamlet)
    covered: dict[int, dt.date] = {}
    rows = covering(day).filter(place__in=set().union(*below.values(), ()))
    for hamlet, since in rows.values_list("place", "since_on"):
        covered[hamlet] = min(since, covered.get(hamlet, since))
    return {
        place: ([covered[each] for each in below[place] if each in covered], len(below[place]))
        for place in places
    }


READING: dict[str, Callable] = {
    "": _of_teams_below,
    Ask.Evidence.ANSWER: _of_answers,
    Ask.Evidence.REPORT: _of_reports,
    Ask.Evidence.ACTIVITIES: _of_activities,
    Ask.Evidence.TEAMS: _of_teams_formed,
}
