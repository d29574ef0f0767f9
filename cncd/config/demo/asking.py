"""What is asked of everyone: targets handed down level by level, and figures sent back."""

import datetime as dt
from random import Random

from cncd.config.demo import words
from cncd.results.reports.actions import return_figures
from cncd.results.reports.models import Report
from cncd.team.programme.actions import TargetLine, assign_targets
from cncd.team.programme.models import Indicator

MONTHLY = {"TC08": 40, "CQ06": 12, "KT06": 1}  # of one team
SHARES = {"TC03": 100, "TC06": 100, "TC15": 100, "KT03": 100}  # percent, of every unit (II.2.3)


def hand_down(*, tiers, teams: dict[int, list], today: dt.date) -> None:
    """Targets of the year: `tiers` are (giver's account, units), highest first; then the teams.

    `teams` maps a unit to its teams; a unit above is asked for what its teams are asked together.
    """
    found = {i.code: i for i in Indicator.objects.filter(code__in=[*MONTHLY, *SHARES])}
    span = {"since_on": dt.date(today.year, 1, 1), "until_on": dt.date(today.year + 1, 1, 1)}
    for giver, units in tiers:
        shares = [TargetLine(found[c], v, place=unit) for unit in units for c, v in SHARES.items()]
        assign_targets(lines=shares, by=giver, **span)
        flows = [
            TargetLine(found[code], value * len(teams[unit.pk]), place=unit)
            for unit in units
            for code, value in MONTHLY.items()
            if teams.get(unit.pk)
        ]
        assign_targets(lines=flows, per_month=True, by=giver, **span)


def hand_to_teams(*, giver, teams, today: dt.date) -> None:
    """The commune's share for each of its teams."""
    found = {i.code: i for i in Indicator.objects.filter(code__in=MONTHLY)}
    lines = [
        TargetLine(found[code], value, team=t) for t in teams for code, value in MONTHLY.items()
    ]
    assign_targets(
        lines=lines,
        since_on=dt.date(today.year, 1, 1),
        until_on=dt.date(today.year + 1, 1, 1),
        per_month=True,
        by=giver,
    )


def send_back(random: Random, period, reviewers: dict[int, object], most: int = 12) -> None:
    """A few of the reports that wait are returned for one figure; `reviewers` by team."""
    waiting = Report.objects.filter(period=period, state=Report.State.SENT).exclude(team=None)
    waiting = [r for r in waiting.select_related("team", "sent") if r.team_id in reviewers]
    for report in random.sample(waiting, min(most, len(waiting) // 4)):
        numbers = [c for c, f in report.sent.figures.items() if f["value"] not in (0, "none")]
        return_figures(
            report=report,
            notes={random.choice(sorted(numbers) or ["TC08"]): random.choice(words.RETURN_NOTES)},
            by=reviewers[report.team_id],
        )
