"""The month a year ago: what the teams of that time had reported in Excel, taken over.

The program was not there yet, so there are no logs and no consolidated reports: only figures, kept
as imported. They give every page its "same month last year".
"""

import datetime as dt
from random import Random

from cncd.config.demo import clock
from cncd.foundation.kit.counting import NONE
from cncd.results.reports.actions import import_reports
from cncd.results.reports.models import Report
from cncd.results.totals.actions import rebuild
from cncd.team.programme.models import Measure
from cncd.team.teams.models import Team

AS_IT_STANDS = ("TC02", "TC04", "TC05", "DC")  # were then as they are
NEWLY_LISTED = ("KT02", "KT05")  # goods that came onto a floor since
WAS_ACTIVE = "TC06.num"
IDLE = {"TC02": 1, "TC08": NONE}  # of a team that reports of later months tell nothing about


def take_over(*, period, models, by, random: Random) -> None:
    """Imports the period for every team there was, from its first report among `models`.

    `models` are later periods in order; what they say is drawn lower.
    """
    kinds = dict(Measure.objects.values_list("code", "kind"))
    teams = Team.objects.on(period.last_day).in_bulk()
    found = first_figures(teams, models)
    values = {
        team: earlier(found[pk], kinds, random) if pk in found else IDLE
        for pk, team in sorted(teams.items())
    }
    # When the file was made ready: some days into the next month, in office hours.
    now = clock.office(random, period.last_day + dt.timedelta(days=random.randint(4, 8)))
    import_reports(period=period, values=values, by=by, now=now)
    rebuild(periods=[period])


def first_figures(teams, models) -> dict[int, dict]:
    """{team id: {code: value}} of each team's first report."""
    found = {}
    for period in models:
        rows = Report.objects.filter(period=period, team__in=teams.keys() - found.keys())
        for team, figures in rows.values_list("team", "sent__figures"):
            found[team] = {code: figure["value"] for code, figure in figures.items()}
    return found


def earlier(figures: dict, kinds: dict[str, str], random: Random) -> dict:
    """A team's figures of a year before: lower by one share, so that parts stay within wholes."""
    flows, stocks = random.uniform(0.45, 0.85), random.uniform(0.8, 0.95)
    is_idle = random.random() < 0.1

    def lower(code: str, value):
        if value == NONE or code.startswith(AS_IT_STANDS):
            return value
        if code == WAS_ACTIVE:
            return 0 if is_idle else value
        if kinds[code] != "stock":
            return NONE if is_idle else round(value * flows)
        if code in NEWLY_LISTED and random.random() < 0.3:
            return NONE
        return round(value * stocks)

    return summed({code: lower(code, value) for code, value in figures.items()})


def summed(values: dict) -> dict:
    """OCOP products are as many as there are of each star, and no more are on a floor."""
    parts = [value for code, value in values.items() if code.startswith("KT01.")]
    if parts:
        whole = sum(value for value in parts if value != NONE)
        values |= {"KT01": whole}
        if values.get("KT02", NONE) != NONE:
            values |= {"KT02": min(values["KT02"], whole)}
    return values
