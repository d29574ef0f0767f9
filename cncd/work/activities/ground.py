"""What holds for a team, gathered from the rooms below, so that the rules can judge an entry."""

from collections import defaultdict
from dataclasses import replace

from cncd.foundation.kit.reading import read_once
from cncd.team.programme.models import ActivityKind, Content, Language, Period
from cncd.team.teams.models import Coverage, Membership, Team
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Days, Done, Ground
from cncd.work.households.queries import known_households

RESTS_ON = ("places", "people", "teams", "programme")


class Catalogue:
    """Kinds, contents and languages by code, read once for as many entries as there are."""

    def __init__(self):
        self.kinds = {row.code: row for row in ActivityKind.objects.all()}
        self.contents = {row.code: row for row in Content.objects.all()}
        self.languages = {row.code: row for row in Language.objects.all()}


def shared_catalogue() -> Catalogue:
    """The catalogue, shared by the entries of one request."""
    return read_once("catalogue", Catalogue, of=["programme"])


def grounds(teams, catalogue: Catalogue, joined=()) -> dict[int, Ground]:
    """Team id → what holds for it, in five queries for any number of teams.

    `joined` are ids of further teams that some entry names.
    """
    ids = [team.pk for team in teams]
    hamlets = _days_by_team(Coverage.objects.filter(team__in=ids), "place")
    members = _days_by_team(Membership.objects.filter(team__in=ids), "person")
    others = {
        pk: Days(*days)
        for pk, *days in Team.objects.filter(pk__in=joined).values_list(
            "pk", "since_on", "until_on"
        )
    }
    shared = {
        "kinds": _days(catalogue.kinds),
        "contents": _days(catalogue.contents),
        "languages": frozenset(catalogue.languages),
        "period_ends": tuple(
            Period.objects.filter(scheme__in_use=True).values_list("last_day", flat=True)
        ),
    }
    return {
        team.pk: Ground(
            team=Days(team.since_on, team.until_on),
            hamlets=hamlets[team.pk],
            members=members[team.pk],
            other_teams={pk: days for pk, days in others.items() if pk != team.pk},
            **shared,
        )
        for team in teams
    }


def ground_of(team, done: Done, catalogue: Catalogue, besides: Activity | None = None) -> Ground:
    """What holds for one team, with what it wrote already in these days (`besides` left aside)."""
    first, last = done.happened_on, done.last_day
    written = Activity.objects.filter(team=team, withdrawn_at=None, happened_on__lte=last)
    if besides:
        written = written.exclude(pk=besides.pk)
    sums = written.filter(is_summary=True, ended_on__gte=first)
    logged_on = ()
    if done.is_summary:
        single = written.filter(is_summary=False, happened_on__gte=first)
        logged_on = tuple(single.values_list("happened_on", flat=True))
    key = ("ground", team.pk, done.joint_teams)
    ground = read_once(
        key, lambda: grounds([team], catalogue, done.joint_teams)[team.pk], of=RESTS_ON
    )
    summaries = tuple(sums.order_by().values_list("happened_on", "ended_on"))
    ground = ground.also_written(summaries=summaries, logged_on=logged_on)
    return with_lists({team.pk: ground}, [done])[team.pk] if done.visited else ground


def with_lists(ground: dict[int, Ground], entries) -> dict[int, Ground]:
    """The same, with the household lists of the teams' hamlets when an entry names a household."""
    if not any(done.visited for done in entries):
        return ground
    places = tuple(sorted({place for each in ground.values() for place in each.hamlets}))
    lists = read_once(
        ("household lists", places), lambda: known_households(places), of=[*RESTS_ON, "households"]
    )
    return {team: replace(each, households=lists) for team, each in ground.items()}


def _days(rows: dict) -> dict[str, Days]:
    return {code: Days(row.since_on, row.until_on) for code, row in rows.items()}


def _days_by_team(rows, key: str) -> dict[int, dict[int, tuple[Days, ...]]]:
    """Team id → id of the place or person → the spans in which it holds."""
    found: dict = defaultdict(lambda: defaultdict(tuple))
    for team, pk, since, until in rows.values_list("team", key, "since_on", "until_on"):
        found[team][pk] += (Days(since, until),)
    return found
