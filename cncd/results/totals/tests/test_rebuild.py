"""Made over from nothing, the totals are what the small steps left: on random histories."""

import datetime as dt
import random
from contextlib import suppress

import pytest

from cncd.foundation.kit.counting import NONE
from cncd.foundation.places.actions import change_place
from cncd.results.reports.actions import (
    ReportError,
    accept_reports,
    confirm_report,
    lock_reports,
    return_figures,
    submit_report,
    undo_acceptance,
    unlock_report,
)
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.models import Report
from cncd.results.reports.queries import reviewing_unit
from cncd.results.reports.rules import Entry
from cncd.results.totals.actions import rebuild
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.results.totals.tests.learning import Training
from cncd.results.totals.tests.living import Registers
from cncd.results.totals.tests.troubling import Difficulties
from cncd.work.activities.actions import edit_activity, log_activity, withdraw_activity
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done

pytestmark = pytest.mark.django_db

ASKED = ("KT01", "KT02", "KT06", "TC13.num", "DC01", "XH10.num")
COUNTED = ("TC07", "TC08", "CQ10")


def state():
    """Every derived row, without ids and times."""
    teams = TeamTotal.objects.order_by("period", "team").values(
        *("period", "team", "place", "standing", "figures", "registry", "editing"),
        *("state", "is_due", "is_on_time"),
    )
    places = PlaceTotal.objects.order_by("period", "place").values(
        "period", "place", "parent", "level", "figures", "own", "counts", "editing"
    )
    return list(teams), list(places)


class History:
    """A random but reproducible life of the small country."""

    def __init__(self, country, seed: int):
        self.c, self.random = country, random.Random(seed)
        self.leaders = {
            country.team: country.tu,
            country.team_my_hoa: country.liem,
            country.team_dau_giong: country.sa,
        }
        self.registers = Registers(country, self.random)
        self.training = Training(country, self.random, self.registers.wrapped)
        self.difficulties = Difficulties(country, self.random, self.registers.wrapped)
        self.officers = {
            country.team: country.lan,
            country.team_my_hoa: country.lan,
            country.team_dau_giong: country.ha,
        }

    def step(self):
        choices = [self.log] * 5 + [self.edit, self.withdraw] * 2 + [self.send] * 4
        choices += [self.send_back, self.accept, self.undo] * 2
        choices += [self.unlock, self.lock, self.move, self.confirm]
        choices += self.registers.steps() + self.training.steps()
        choices += self.difficulties.steps()
        self.random.choice(choices)()

    def team(self):
        return self.random.choice(list(self.leaders))

    def done(self) -> Done:
        people = self.random.randint(0, 40)
        contents = {"vneid": self.random.randint(1, 9)} if self.random.random() < 0.5 else {}
        if not people and not contents:
            people = 1
        return Done(
            kind=self.random.choice(["huong-dan", "tuyen-truyen", "hop-dan"]),
            happened_on=dt.date(2026, self.random.randint(9, 11), self.random.randint(1, 22)),
            people=people,
            elderly=self.random.randint(0, people),
            households=self.random.randint(0, 3),
            contents=contents,
        )

    def log(self):
        team = self.team()
        log_activity(team=team, done=self.done(), by=self.leaders[team], confirmed=True)

    def activity(self):
        return self.random.choice(list(Activity.objects.standing().order_by("pk")) or [None])

    def edit(self):
        activity = self.activity()
        if activity:
            by = self.leaders[activity.team]
            edit_activity(
                activity=activity,
                done=self.done(),
                version=activity.version,
                by=by,
                reason="sửa",
                confirmed=True,
            )

    def withdraw(self):
        activity = self.activity()
        if activity:
            withdraw_activity(activity=activity, by=self.leaders[activity.team], reason="nhầm")

    def value(self):
        return self.random.choice([NONE, 0, self.random.randint(1, 30)])

    def send(self):
        team, period = self.team(), self.random.choice(self.c.periods)
        report = Report.objects.filter(team=team, period=period).first()
        codes = ASKED + COUNTED
        if report and report.state == Report.State.RETURNED:
            rows = report.returns.filter(settled_by=None)
            codes = rows.values_list("measure__code", flat=True)
        entries = {c: Entry(self.value(), "vì sao") for c in codes if self.random.random() < 0.7}
        explained = _Everything("đúng")
        content = Content(entries=entries, nothing_happened=True, explanations=explained)
        with suppress(ReportError):  # locked, or a returned figure still blank
            submit_report(team=team, period=period, content=content, by=self.leaders[team])

    def report(self, *states):
        found = Report.objects.of_teams().filter(state__in=states).order_by("pk")
        return self.random.choice(list(found) or [None])

    def send_back(self):
        report = self.report("sent", "accepted")
        if report:
            code = self.random.choice(sorted(report.sent.figures))
            # A figure goes back through the commune itself; nobody sits in the third one.
            communes = {self.c.nhon_my.pk: self.c.lan, self.c.xuan_hoa.pk: self.c.dung}
            by = communes.get(reviewing_unit(report), self.c.ha)
            return_figures(report=report, notes={code: "xem lại"}, by=by)

    def accept(self):
        report = self.report("sent")
        if report:
            accept_reports(reports=[report], by=self.officers[report.team])

    def undo(self):
        report = self.report("accepted")
        if report:
            undo_acceptance(reports=[report], by=self.officers[report.team])

    def lock(self):
        lock_reports(today=dt.date(2027, 1, 1))

    def unlock(self):
        report = self.report("locked")
        if report:
            unlock_report(report=report, reason="sai số", by=self.officers[report.team])

    def move(self):
        hamlet = self.random.choice([self.c.my_phuoc, self.c.my_hoa])
        day = dt.date(2026, self.random.randint(9, 11), self.random.randint(2, 20))
        last = hamlet.versions.order_by("-since_on").first()
        if day > last.since_on:
            there = self.random.choice([self.c.nhon_my, self.c.xuan_hoa])
            if there.pk != last.parent_id:
                change_place(place=hamlet, on=day, by=self.c.ha, parent=there)

    def confirm(self):
        period = self.random.choice(self.c.periods)
        content = Content(
            entries={"TC19": Entry(self.random.randint(1, 9) * 10**6)}, nothing_happened=True
        )
        place, by = self.random.choice(
            [(self.c.nhon_my, self.c.lan), (self.c.xuan_hoa, self.c.dung)]
        )
        with suppress(ReportError):
            confirm_report(place=place, period=period, content=content, by=by)


class _Everything(dict):
    """Gives the same reason for whatever is asked."""

    def __init__(self, reason):
        self.reason = reason

    def get(self, key, default=None):
        return self.reason


@pytest.mark.parametrize("seed", range(8))
def test_a_rebuild_gives_exactly_what_the_small_steps_gave(country, seed):
    history = History(country, seed)
    history.officers = dict.fromkeys(history.officers, country.ha)
    for _step in range(60):
        history.step()
    before = state()
    rebuild()
    assert state() == before
