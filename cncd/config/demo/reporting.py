"""The reports of every team and unit, month by month, as they were sent and accepted."""

import datetime as dt

from django.utils import timezone

from cncd.config import reactions
from cncd.config.demo import months, words
from cncd.config.demo.asking import send_back
from cncd.results.reports.actions import keep_past_reports
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.queries import team_level
from cncd.results.totals.actions import rebuild
from cncd.team.programme import queries as programme

REVIEWER = {"commune": "district_officer", "district": "province_officer"}


class Reporting:
    """Writes the months of a `build.Demo`, one after the other: later ones look at earlier ones."""

    def __init__(self, demo):
        self.demo, self.random = demo, demo.random
        self.sos = demo.accounts["province_officer", demo.province.pk]

    def month(self, period) -> None:
        with reactions.paused():
            self._teams(period)
        rebuild(periods=[period])
        if period.last_day < self.demo.today:
            self._units(period)
        else:
            reviewers = {
                team.pk: self.demo.accounts["commune_officer", commune.pk]
                for commune in self.demo.communes
                for team in self.demo.by_commune[commune.pk]
            }
            send_back(self.random, period, reviewers)

    def _teams(self, period) -> None:
        demo = self.demo
        sheet = programme.sheet_for(team_level().code, period)
        asked = [row.measure.code for row in sheet if row.counter is None]
        lines = [
            demo.life.report(
                team,
                demo.tempers[team.pk],
                period,
                asked,
                demo.authors[team.pk][0],
                demo.accounts["commune_officer", commune.pk],
                eager=commune.pk == demo.example.pk,
            )
            for commune in demo.communes
            for team in demo.by_commune[commune.pk]
            if team.since_on <= period.last_day
        ]
        keep_past_reports(period=period, lines=[line for line in lines if line], by=None)

    def _units(self, period) -> None:
        """Communes, districts and the province confirm, a few of them late."""
        demo = self.demo
        tiers = [
            ("commune", demo.communes, 0),
            ("district", demo.districts, 1),
            ("province", [demo.province], 2),
        ]
        for level, places, days in tiers:
            lines = [self._unit(place, level, period, days) for place in places]
            keep_past_reports(period=period, lines=[line for line in lines if line], by=None)

    def _unit(self, place, level: str, period, days: int):
        if self.random.random() < 0.02 and level != "province":
            return None
        late = self.random.random() < 0.08
        day = period.last_day + dt.timedelta(days=days + 3 if late else 0)
        if day > self.demo.today:
            return None
        made = months.moment(day, 17, self.random.randint(0, 59))
        content = Content(
            narrative=self.random.choice(words.UNIT_NARRATIVES),
            nothing_happened=True,
            explanations=months.Reasons(),
        )
        author = self.demo.accounts[f"{level}_officer", place.pk]
        above = getattr(place, "parent_id", None)
        reviewer = self.demo.accounts.get((REVIEWER.get(level), above), self.sos)
        accepted_at = min(made + dt.timedelta(hours=20), timezone.now())
        return months.PastReport(place, content, author, made, reviewer, accepted_at)
