"""The reports of every team and unit, month by month, as they were sent and accepted."""

import datetime as dt

from django.utils import timezone

from cncd.config import reactions
from cncd.config.demo import clock, last_year, months, words
from cncd.config.demo.asking import send_back
from cncd.config.demo.difficulties import ANSWERS
from cncd.results.reports.actions import keep_past_reports
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.queries import team_level
from cncd.results.totals.actions import rebuild
from cncd.team.programme import queries as programme
from cncd.team.programme.models import DifficultyCategory
from cncd.work.training.queries import counted

REVIEWER = {"commune": "district_officer", "district": "province_officer", "province": ""}
OVER_LISTS = {"reached_year"}


def _untrained(sheet, teams: list[int], period) -> dict[int, list[str]]:
    """Team id → what it says by hand of training, as nobody's attendance was ever recorded."""
    of_training = {r.counter: r.measure.code for r in sheet if r.counter and _is_trained(r.counter)}
    found = counted(teams, period.first_day, period.last_day, list(of_training))
    return {
        team: [code for counter, code in of_training.items() if counter.pk not in figures]
        for team, figures in found.items()
    }


def _is_trained(counter) -> bool:
    return (counter.room, counter.counts) == ("training", "trained")


class Reporting:
    """Writes the months of a `build.Demo`, one after the other: later ones look at earlier ones."""

    def __init__(self, demo):
        self.demo, self.random = demo, demo.random
        self.now = timezone.localtime()
        sos = demo.accounts["province_officer", demo.province.pk]
        leader = demo.accounts["province_leader", demo.province.pk]
        # With three levels the province reads its communes itself.
        self.highest = {"commune": sos, "district": sos, "province": leader}

    def build(self) -> None:
        demo, periods = self.demo, self.demo.periods
        categories = dict(DifficultyCategory.objects.values_list("code", "pk"))
        demo.life.categories = categories
        demo.life.answers = {categories[code]: text for code, text in ANSWERS.items()}
        for number, period in enumerate(periods):
            demo.tell(f"Báo cáo {str(period).lower()}", 0.64 + 0.35 * number / len(periods))
            self.month(period)
        officer = demo.accounts["province_officer", demo.province.pk]
        with reactions.paused():
            last_year.take_over(
                period=demo.last_year, models=periods, by=officer, random=self.random
            )

    def month(self, period) -> None:
        is_over = period.last_day < self.demo.today
        with reactions.paused():
            self._teams(period)
            if not is_over:
                self._send_back(period)
        rebuild(periods=[period])
        if is_over:
            self._units(period)

    def _send_back(self, period) -> None:
        reviewers = {
            team.pk: (self.demo.accounts["commune_officer", commune.pk], commune)
            for commune in self.demo.communes
            for team in self.demo.by_commune[commune.pk]
        }
        send_back(self.random, period, reviewers, self.now)

    def _teams(self, period) -> None:
        demo = self.demo
        sheet = programme.sheet_for(team_level().code, period)
        asked = [row.measure.code for row in sheet if row.counter is None]
        # What is counted over household codes is asked by hand where a team keeps no list.
        listed = [r.measure.code for r in sheet if r.counter and r.counter.counts in OVER_LISTS]
        untrained = _untrained(sheet, list(demo.tempers), period)
        lines = [
            demo.life.report(
                team,
                demo.tempers[team.pk],
                period,
                [
                    *asked,
                    *(() if demo.tempers[team.pk].codes else listed),
                    *untrained.get(team.pk, ()),
                ],
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
        """Communes, districts and the province confirm, a few of them late.

        The plan asks all of them for the last day (II.2.8, IV.3): one after the other, that night.
        """
        demo = self.demo
        tiers = [
            ("commune", demo.communes, 21),
            ("district", demo.districts, 22),
            ("province", [demo.province], 23),
        ]
        for level, places, hour in tiers:
            lines = [self._unit(place, level, period, hour) for place in places]
            keep_past_reports(period=period, lines=[line for line in lines if line], by=None)

    def _unit(self, place, level: str, period, hour: int):
        if self.random.random() < 0.02 and level != "province":
            return None
        late = self.random.random() < 0.08
        made = clock.evening(self.random, period.last_day, hour, hour)
        if late:
            made = clock.office(self.random, made.date() + dt.timedelta(days=hour - 19))
        if made > self.now:
            return None
        content = Content(
            narrative=self.random.choice(words.UNIT_NARRATIVES),
            nothing_happened=True,
            explanations=months.Reasons(self.random),
        )
        author = self.demo.accounts[f"{level}_officer", place.pk]
        above = getattr(place, "parent_id", None)
        reviewer = self.demo.accounts.get((REVIEWER[level], above), self.highest[level])
        accepted = clock.office(self.random, made.date() + dt.timedelta(self.random.randint(1, 3)))
        seen = (reviewer, accepted) if accepted <= self.now else ()
        return months.PastReport(place, content, author, made, *seen)
