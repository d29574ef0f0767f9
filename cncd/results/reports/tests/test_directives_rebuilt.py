"""Directives made over from nothing are what the small steps left: random months."""

import datetime as dt
import random
from contextlib import nullcontext
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.module_loading import import_string

from cncd.foundation.documents.actions import add_document
from cncd.results.reports.actions import (
    ReportError,
    accept_reports,
    return_figures,
    submit_report,
    undo_acceptance,
)
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.models import Report
from cncd.team.programme.actions import open_period
from cncd.team.programme.models import PeriodScheme
from cncd.team.teams.actions import dissolve_team, form_team
from cncd.team.teams.actions.errors import TeamError
from cncd.team.teams.lines import MemberLine
from cncd.team.teams.models import Team
from cncd.team.teams.queries import unit_of
from cncd.work.activities.actions import (
    edit_activity,
    log_activity,
    restore_activity,
    withdraw_activity,
)
from cncd.work.activities.actions.edit import current
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done
from cncd.work.directives import actions
from cncd.work.directives.actions import To
from cncd.work.directives.evidence import follow_the_day
from cncd.work.directives.models import Answer, Ask, Directive, Obligation
from cncd.work.directives.tests.conftest import clock, given, logged, of  # noqa: F401
from tests.cast import TODAY, person

pytestmark = pytest.mark.django_db
gathered = import_string(settings.ENVELOPES_TOGETHER)
BEGIN = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def state():
    return list(
        Obligation.objects.order_by("pk").values("pk", "status", "progress", "needed", "done_on")
    )


class History:
    """Two months of the small country, random but reproducible; refusals are part of life."""

    def __init__(self, cast, seed, traveller, give):
        self.c, self.random, self.clock, self.give = cast, random.Random(seed), traveller, give
        self.days, self.numbers = 0, 0
        self.period = open_period(scheme=PeriodScheme.objects.get(in_use=True), day=TODAY, by=None)

    @property
    def today(self) -> dt.date:
        return TODAY + dt.timedelta(days=self.days)

    def live(self, steps: int) -> None:
        moves = [self.directive, self.log, self.log, self.log, self.change_log, self.report,
                 self.review, self.answer, self.answer, self.check, self.ease, self.end, self.form,
                 self.dissolve, self.pass_days]  # fmt: skip
        for _step in range(steps):
            together = gathered() if self.random.random() < 0.3 else nullcontext()
            with together:
                try:
                    self.random.choice(moves)()
                except (ValidationError, PermissionDenied, ReportError, TeamError):
                    continue

    def officer(self, team):
        commune = unit_of([team.pk], "commune", self.today).get(team.pk)
        return {self.c.nhon_my.pk: self.c.lan, self.c.xuan_hoa.pk: self.c.dung}.get(
            commune, self.c.sa
        )

    def any(self, rows):
        rows = list(rows)
        if not rows:
            raise ValidationError("nothing there")
        return self.random.choice(rows)

    def directive(self):
        evidence = self.random.choice(Ask.Evidence.values)
        asked = {"evidence": evidence, "due_on": self.today + dt.timedelta(days=9)}
        if evidence == "activities":
            asked |= {"amount": self.random.randint(1, 3)}
        if evidence == "teams":
            asked |= {"amount": self.random.choice([None, 1, 2])}
        if evidence == "report":
            asked |= {"period": self.period}
        if evidence != "teams" and self.random.random() < 0.6:
            asked |= {"of_teams": True}
        self.give(**asked)

    def log(self):
        team = self.any(Team.objects.on(self.today))
        day = self.today - dt.timedelta(days=self.random.randint(0, 3))
        place = team.coverages.latest("pk").place
        done = Done(kind="huong-dan", happened_on=day, people=3, contents={"zalo": 3},
                    place=place.pk)  # fmt: skip
        log_activity(team=team, done=done, by=self.officer(team), confirmed=True)

    def change_log(self):
        log = self.any(Activity.objects.all())
        what, by = self.random.randint(0, 2), self.officer(log.team)
        if what == 0:
            withdraw_activity(activity=log, reason="Nhầm", by=by)
        elif what == 1:
            restore_activity(activity=log, by=by)
        else:
            day = log.happened_on - dt.timedelta(days=self.random.randint(1, 9))
            done = replace(current(log), happened_on=day)
            edit_activity(activity=log, done=done, version=log.version, by=by, reason="Nhầm",
                          confirmed=True)  # fmt: skip

    def report(self):
        team = self.any(Team.objects.on(self.today))
        submit_report(team=team, period=self.period, content=Content(nothing_happened=True),
                      by=self.officer(team))  # fmt: skip

    def review(self):
        report = self.any(Report.objects.of_teams())
        what, by = self.random.randint(0, 2), self.officer(report.team)
        if what == 0:
            accept_reports(reports=[report], by=by)
        elif what == 1:
            undo_acceptance(reports=[report], by=by)
        else:
            return_figures(report=report, notes={"KT01": "Xem lại"}, by=by)

    def answer(self):
        row = self.any(Obligation.objects.filter(watches="answer"))
        if self.random.random() < 0.3:
            actions.acknowledge(obligations=[row], by=None)
        else:
            actions.send_answer(obligation=row, text="Đã làm", by=None)

    def check(self):
        answer = self.any(Answer.objects.all())
        what = self.random.randint(0, 3)
        if what < 2:
            actions.accept_answer(answer=answer, by=None)
        elif what == 2:
            actions.return_answer(answer=answer, note="Thiếu", by=None)
        else:
            actions.withdraw_answer(answer=answer, reason="Nhầm", by=None)

    def ease(self):
        row = self.any(Obligation.objects.all())
        what = self.random.randint(0, 2)
        if what == 0:
            actions.exempt(obligations=[row], reason="Không có", by=None)
        elif what == 1:
            actions.lift_exemption(obligations=[row], by=None)
        else:
            later = row.due_on + dt.timedelta(days=3)
            actions.extend(obligations=[row], due_on=later, reason="Mưa", by=None)

    def end(self):
        directive = self.any(Directive.objects.all())
        what = self.random.choice(
            [actions.close_directive, actions.withdraw_directive, actions.reopen_directive]
        )
        reason = {} if what is actions.reopen_directive else {"reason": "Hết hạn"}
        what(directive=directive, by=None, **reason)

    def decision(self):
        self.numbers += 1
        return add_document(kind="decision", number=f"{self.numbers}/QĐ", issued_on=TODAY,
                            issuer="UBND xã", by=None)  # fmt: skip

    def form(self):
        hamlet = self.random.choice([self.c.my_phuoc, self.c.my_hoa, self.c.hoa_loc])
        leader = person(f"Tổ trưởng {self.numbers}")
        since = self.today + dt.timedelta(days=self.random.randint(0, 2))
        form_team(places=[hamlet], decision=self.decision(), since_on=since, by=None,
                  members=[MemberLine(leader, "leader")])  # fmt: skip

    def dissolve(self):
        team = self.any(Team.objects.on(self.today))
        on = self.today + dt.timedelta(days=self.random.randint(0, 2))
        dissolve_team(team=team, decision=self.decision(), on=on, by=None)

    def pass_days(self):
        self.days += self.random.randint(1, 4)
        self.clock.move_to(BEGIN + dt.timedelta(days=self.days))
        follow_the_day()


@pytest.mark.parametrize("seed", range(3))
def test_rebuilding_changes_nothing(cast, programme, clock, given, seed):  # noqa: F811
    life = History(cast, seed, clock, given)
    life.directive()
    for _month in range(2):
        life.live(steps=35)
        follow_the_day()
        before = state()
        assert actions.rebuild() == 0
        assert state() == before


def test_rebuilding_heals_whatever_was_wrong(cast, given, logged):  # noqa: F811
    directive = given(by=cast.minh, of_teams=True, evidence="activities", amount=1)
    given(by=cast.minh, to=To(Directive.Audience.UNITS, units=(cast.nhon_my,)))
    logged()
    right = state()
    Obligation.objects.filter(directive=directive).update(status="given", progress=9, needed=7,
                                                          done_on=None)  # fmt: skip
    assert actions.rebuild() > 0
    assert state() == right


def test_a_report_is_done_when_accepted_on_the_day_it_was_sent(cast, given, clock):  # noqa: F811
    scheme = PeriodScheme.objects.get(in_use=True)
    period = open_period(scheme=scheme, day=TODAY, by=None)
    directive = given(by=cast.minh, of_teams=True, evidence=Ask.Evidence.REPORT, period=period)
    report = submit_report(team=cast.team, period=period,
                           content=Content(nothing_happened=True), by=cast.tu)  # fmt: skip
    assert of(directive, cast.team).status == Obligation.Status.WAITING
    clock.move_to(BEGIN + dt.timedelta(days=10))
    accept_reports(reports=[report], by=cast.lan)
    row = of(directive, cast.team)
    assert (row.status, row.done_on, row.is_late) == (Obligation.Status.DONE, TODAY, False)
    undo_acceptance(reports=[report], by=cast.lan)
    assert of(directive, cast.team).status == Obligation.Status.WAITING
