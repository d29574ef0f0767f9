"""Documents in the demo: the decision behind the teams of a commune, numbered; last month's report
of a team and a letter that reminds, as drafts.
"""

import datetime as dt
import re

from cncd.config.demo import clock
from cncd.results.paperwork import actions
from cncd.results.paperwork.actions import NotOffered
from cncd.results.reports.models import Report
from cncd.team.teams.models import Membership

DAYS = dt.timedelta


class Papers:
    """Drawn up by who would do it in life, from what the demo holds by then."""

    def __init__(self, demo):
        self.demo, self.commune = demo, demo.example
        self.team = demo.by_commune[demo.example.pk][0]
        self.officer = demo.accounts["commune_officer", self.commune.pk]

    def build(self) -> None:
        self.decision()
        self.report()
        self.letter()

    def decision(self) -> None:
        """As it lies in the commune's archive: with the number that the teams cite."""
        known = self.team.formed_by
        number = re.match(r"\d+", known.number)
        paper = self.drawn("formation_decision", self.team.pk, self.officer, 20)
        if number:
            actions.number_paper(
                paper=paper, revision=paper.revision, number=int(number[0]),
                issued_on=known.issued_on, by=self.officer, now=self.at(20),
            )  # fmt: skip

    def report(self) -> None:
        """Last month's, for the team's own file."""
        period, leads = self.demo.periods[-2], Membership.objects.filter(team=self.team)
        sent = Report.objects.counting().filter(team=self.team, period=period).first()
        leader = leads.filter(position="leader").latest("since_on").person
        if sent and hasattr(leader, "user"):
            self.drawn("team_report", sent.pk, leader.user, 2)

    def letter(self) -> None:
        try:
            self.drawn("reminding_letter", self.commune.pk, self.officer, 0)
        except NotOffered:  # a day on which nobody owes anything
            return

    def drawn(self, kind: str, pk, by, back: int):
        return actions.draw_paper(kind=kind, subject_id=pk, by=by, now=self.at(back))

    def at(self, back: int) -> dt.datetime:
        """Office hours, that many days ago, never after now."""
        day = self.demo.today - DAYS(back)
        return min(clock.office(self.demo.random, day), self.demo.now)
