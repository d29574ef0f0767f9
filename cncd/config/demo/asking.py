"""What is asked of everyone: targets handed down level by level, and figures sent back."""

import datetime as dt
from random import Random

from cncd.config.demo import clock, words
from cncd.results.reports.actions import return_figures
from cncd.results.reports.models import Report
from cncd.team.programme.actions import TargetLine, assign_targets
from cncd.team.programme.models import Indicator

MONTHLY = {"TC08": 40, "CQ06": 12, "KT06": 1}  # of one team
DOUBTED = ("TC08", "TC08", "CQ06", "CQ10", "XH15", "KT13", "TC10.num")  # what is sent back
SHARES = {"TC03": 100, "TC06": 100, "TC15": 100, "KT03": 100}  # percent, of every unit (II.2.3)


class Targets:
    """The province asks the districts, they their communes, those their teams (IV.3)."""

    def __init__(self, demo):
        self.demo = demo

    def build(self) -> None:
        demo = self.demo
        below = dict(demo.by_commune)
        for commune in demo.communes:
            for above in (commune.parent_id, demo.province.pk):
                if above != commune.pk:
                    below[above] = below.get(above, []) + demo.by_commune[commune.pk]
        officer = demo.accounts["province_officer", demo.province.pk]
        tiers = [(officer, demo.districts or demo.communes)]
        for district in demo.districts:
            mine = [c for c in demo.communes if c.parent_id == district.pk]
            tiers.append((demo.accounts["district_officer", district.pk], mine))
        hand_down(tiers=tiers, teams=below, today=demo.today)
        for commune in demo.communes:
            hand_to_teams(
                giver=demo.accounts["commune_officer", commune.pk],
                teams=[t for t in demo.by_commune[commune.pk] if t.since_on <= demo.today],
                today=demo.today,
            )


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


def send_back(random: Random, period, reviewers: dict[int, tuple], now, most: int = 12) -> None:
    """A few of the reports that waited on the last office day are returned for one figure.

    `reviewers`: {team id: (account, commune)}.
    """
    waiting = Report.objects.filter(period=period, state=Report.State.SENT).exclude(team=None)
    moments = sorted(clock.office_before(random, now) for _report in range(most))
    waiting = waiting.filter(team__in=reviewers, first_made_at__lt=moments[0])
    waiting = list(waiting.select_related("team", "sent").order_by("pk"))
    for at, report in zip(moments, random.sample(waiting, min(most, len(waiting))), strict=False):
        by, commune = reviewers[report.team_id]
        figures = report.sent.figures
        stated = [c for c in DOUBTED if figures[c]["value"] not in (0, 1, "none")]
        code = random.choice(stated or DOUBTED)
        said = words.RETURN_NOTES.get(code, []) + words.RETURN_NOTES["others"]
        note = random.choice(said).format(xa=commune.kind_name.lower())
        return_figures(report=report, notes={code: note}, by=by, now=at)
