"""How campaigns stand, and what came of them in their days."""

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace

from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import children, names
from cncd.team.teams.models import Team
from cncd.team.teams.queries import unit_of
from cncd.work.activities.queries import counted
from cncd.work.directives.models import Campaign
from cncd.work.directives.rules.campaigns import Course, Span, state

UNIT = "commune"  # the lowest level with an office: below it stand teams


def course_of(campaign: Campaign) -> Course:
    """The campaign's days, as the rules know them."""
    first = Span(campaign.since_on, campaign.until_on)
    return Course(first, campaign.repeats, campaign.repeats_until)


def state_of(campaign: Campaign, day: dt.date) -> str:
    """planned, running, ended or cancelled, on that day."""
    return state(course_of(campaign), day, is_cancelled=campaign.cancelled_at is not None)


def span_shown(campaign: Campaign, day: dt.date) -> Span:
    """The time that runs or comes next; of what is over, the last one."""
    course = course_of(campaign)
    now = course.latest(day)
    if now and now[1].holds_on(day):
        return now[1]
    return course.next(day) or now[1]


def span_asked(campaign: Campaign, runs: list, asked: str, day: dt.date) -> Span:
    """The time of the run that is asked for by its id, else the one `span_shown` gives."""
    run = next((run for run in runs if str(run.pk) == asked), None)
    return Span(run.since_on, run.until_on) if run else span_shown(campaign, day)


@dataclass
class Result:
    """What the teams of one unit did for it."""

    name: str
    place: Place | None
    team: Team | None
    span: Span
    teams: int = 0
    took_part: int = 0
    activities: int = 0
    people: int = 0
    times: int = 0

    def add(self, figures: dict) -> None:
        self.teams += 1
        self.took_part += figures["activities"].value > 0
        self.activities += figures["activities"].value
        self.people += figures["people"].value
        self.times += figures["times"].value


def results(campaign: Campaign, span: Span, place: Place, today: dt.date) -> list[Result]:
    """What was counted so far from the logs of those days, per unit just below the place.

    In a commune, per team. A team that logged nothing stands there with 0.
    """
    last_day = min(span.last_day, today)
    teams = list(Team.objects.within([place.pk], last_day).order_by("sort_key"))
    if place.level.code == UNIT:
        found = {team.pk: Result(team.name, None, team, span) for team in teams}
        of_team = {team.pk: team.pk for team in teams}
    else:
        units = list(children(place, last_day).select_related("level"))
        found = {
            unit.pk: Result(f"{unit.kind_name} {unit.name}", unit, None, span) for unit in units
        }
        of_team = (
            unit_of([team.pk for team in teams], units[0].level.code, last_day) if units else {}
        )
    if span.since <= last_day:
        for team, figures in _figures(campaign, teams, span.since, last_day).items():
            if of_team.get(team) in found:
                found[of_team[team]].add(figures)
    return list(found.values())


def _figures(campaign: Campaign, teams: list[Team], first_day, last_day) -> dict[int, dict]:
    codes = list(campaign.contents.order_by("order").values_list("code", flat=True))
    counters = [
        SimpleNamespace(pk=pk, counts=counts, filters={"content": codes} if codes else {})
        for pk, counts in (("activities", "records"), ("people", "people"), ("times", "content"))
    ]
    return counted(teams, first_day, last_day, counters)


@dataclass
class Line:
    """One campaign as the list shows it."""

    campaign: Campaign
    span: Span
    state: str
    unit: str
    contents: str


def lines(campaigns, day: dt.date) -> list[Line]:
    """Each with the time that runs, comes next or came last, and its state on the day."""
    found = list(campaigns.select_related("place").prefetch_related("contents"))
    called = names({each.place_id for each in found}, day)
    return [
        Line(
            each,
            span_shown(each, day),
            state_of(each, day),
            called[each.place_id].full_name if each.place_id in called else str(each.place),
            ", ".join(content.short_name for content in each.contents.all()),
        )
        for each in found
    ]
