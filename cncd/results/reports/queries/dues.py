"""Who reports at which level, who owes a report, and when it is due."""

import datetime as dt

from cncd.foundation.places.models import Level
from cncd.results.reports import rules
from cncd.results.reports.models import Extension
from cncd.team.programme import queries as programme
from cncd.team.programme.models import DueRule, Period


def lowest_levels(period: Period | None = None) -> tuple[Level, Level]:
    """The level teams report at, and the one just above it; remembered for a period."""

    def ask() -> tuple:
        return tuple(Level.objects.order_by("-rank")[:2])

    return programme.remembered(period, "levels", ask) if period else ask()


def team_level(period: Period | None = None) -> Level:
    """The level teams report at: the lowest there is."""
    return lowest_levels(period)[0]


def unit_level(period: Period | None = None) -> Level:
    """The level just above the teams: where their reports are read and summed first."""
    return lowest_levels(period)[1]


def due_moment(period: Period, level_code: str, *, team=None, place=None) -> dt.datetime | None:
    """When the report is due, an extension for this very unit included; None when never set."""
    later = Extension.objects.filter(period=period, team=team, place=place).first()
    return later.due_at if later else programme.due_at(period, level_code)


def due_moments(period: Period, teams) -> dict[int, dt.datetime | None]:
    """{team id: when its report is due}; None for a team that owes none."""
    level = team_level(period).code
    usual = programme.due_at(period, level)
    later = Extension.objects.filter(period=period, team__in=teams)
    extended = dict(later.values_list("team", "due_at"))
    cutoff = cutoff_days(period, level)
    return {
        team.pk: extended.get(team.pk, usual) if owes(team, period, cutoff) else None
        for team in teams
    }


def due_rule(period: Period, level_code: str) -> DueRule | None:
    """The rule of the level's due moment, lock and cut-off that holds at the period's end."""
    rules_of_scheme = DueRule.objects.on(period.last_day).filter(scheme=period.scheme_id)
    return rules_of_scheme.filter(level__code=level_code).first()


def cutoff_days(period: Period, level_code: str | None = None) -> int:
    """How many days before the period's end a team must have been formed to owe its report.

    Remembered: rules change only from a period not yet opened.
    """

    def ask() -> int:
        rule = due_rule(period, level_code or team_level(period).code)
        return rule.new_team_cutoff_days if rule else 0

    return programme.remembered(period, ("cutoff", level_code), ask)


def owes(team, period: Period, cutoff: int | None = None) -> bool:
    """Whether the team must report for the period (`rules.must_report`)."""
    return rules.must_report(
        team.since_on,
        team.until_on,
        period.first_day,
        period.last_day,
        cutoff_days(period) if cutoff is None else cutoff,
    )
