"""A life of some phones and their teams, told by a seed; at the end all is calm and looked at."""

import datetime as dt
import random

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cncd.results.reports.actions import lock_reports
from cncd.results.totals.actions import recount_noted
from cncd.team.programme.models import Content
from cncd.team.teams.actions import consolidate_team, dissolve_team
from cncd.team.teams.lines import DecisionLine
from cncd.team.teams.models import Membership
from tests.drill.looking import check
from tests.drill.phone import Full, Phone
from tests.drill.truth import Rules, Truth
from tests.drill.wire import Wire
from tests.forms import fields

BEGIN = dt.datetime(2026, 10, 29, 1, tzinfo=dt.UTC)
STEPS = 40
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


class Life:
    """`story` is what happened, line by line, to be read when something was wrong."""

    def __init__(self, cast, seed: int, clock):
        self.cast, self.chance, self.clock = cast, random.Random(seed), clock
        self.story: list[str] = []
        self.truth = Truth(self._rules())
        self.wire = Wire(self.chance, self.truth, self.story.append)
        self.wire.meanwhile = self._meanwhile
        self.phones = [self._phone(user) for user in (cast.tu, cast.nhan, cast.cuong, cast.liem)]
        self.number = (
            0  # of people helped: never the same twice, so that no entry passes for another
        )

    def _rules(self) -> Rules:
        cast = self.cast
        teams = {cast.team.pk: (cast.tu, cast.nhan, cast.cuong), cast.team_my_hoa.pk: (cast.liem,)}
        members = {(team, user.pk): None for team, users in teams.items() for user in users}
        leaders = {(cast.team.pk, cast.tu.pk), (cast.team.pk, cast.nhan.pk)}
        leaders |= {(cast.team_my_hoa.pk, cast.liem.pk)}
        return Rules(members, leaders, dict.fromkeys(teams))

    def _phone(self, user) -> Phone:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        phone = Phone(user, client, self.chance, self.wire)
        phone.team = self.cast.team_my_hoa if user == self.cast.liem else self.cast.team
        return phone

    def live(self) -> None:
        for _step in range(STEPS):
            self.step()
        self.come_to_rest()
        check(self)

    def step(self) -> None:
        phone = self.chance.choice(self.phones)
        names = [*self.EVENTS]
        weights = [weight for weight, _event in self.EVENTS.values()]
        name = self.chance.choices(names, weights)[0]
        self.story.append(f"{timezone.localtime():%d/%m %H:%M} {phone.user.login}: {name}")
        self.EVENTS[name][1](self, phone)
        self.clock.shift(MINUTE * self.chance.randint(0, 40))

    # -- what people do -------------------------------------------------------------------------

    def write(self, phone) -> None:
        tile = self.chance.choice(["c-vneid", "c-vneid", "c-zalo", "k-hop-dan"])
        kind = "hop-dan" if tile == "k-hop-dan" else "huong-dan"
        self._keep(phone, "activity.log", {"team": phone.team.pk, "tile": tile}, self._said(kind))

    def write_many(self, phone) -> None:
        for _each in range(self.chance.randint(5, 24)):
            self.write(phone)

    def _said(self, kind: str) -> dict:
        self.number += 1
        day = self.chance.choice(["today", "today", "yesterday"])
        return {"day": day, "people": self.number, "kind": kind, "note": "ở nhà văn hóa"}

    def _keep(self, phone, kind: str, about: dict, fields: dict) -> None:
        try:
            envelope = phone.keep(kind, about, fields)
        except Full:
            self.story.append("  the phone is full, and says so")
        else:
            self.truth.written(phone, envelope)

    def alter(self, phone) -> None:
        """Opens one that waits, or was not accepted, and saves it with another number."""
        mine = [each for each in phone.held.values() if each.state != "recorded"]
        mine = [each for each in mine if each.kind == "activity.log"]
        if mine:
            held = self.chance.choice(mine)
            fields = self._said(held.fields["kind"]) | {"day": held.fields["day"]}
            try:
                if held.state == "waiting":
                    phone.alter(held, fields)
                else:
                    phone.held.pop(held.id)
                    self._keep(phone, held.kind, held.about, fields)
            except Full:
                self.story.append("  the phone is full, and says so")

    def take_out(self, phone) -> None:
        if phone.held:
            phone.held.pop(self.chance.choice([*phone.held]))

    def correct(self, phone) -> None:
        if entry := self._seen(phone):
            self.number += 1
            said = {"version": entry.version, "people": self.number, "kind": "huong-dan"}
            said |= {"happened_on": f"{entry.day:%d/%m/%Y}", "reason": "đếm lại"}
            said |= {"content_vneid": entry.vneid or ""}
            self._keep(phone, "activity.edit", {"activity": entry.pk}, said)

    def withdraw(self, phone) -> None:
        if entry := self._seen(phone):
            said = {"version": entry.version, "reason": "ghi nhầm"}
            self._keep(phone, "activity.withdraw", {"activity": entry.pk}, said)

    def restore(self, phone) -> None:
        if entry := self._seen(phone):
            self._keep(phone, "activity.restore", {"activity": entry.pk}, {})

    def report(self, phone) -> None:
        """The page of the month as it stands now, filled in and kept: it may be sent much later."""
        if self.chance.random() < 0.6:
            phone.flush(now=True)
        month = f"{timezone.localdate():%Y-%m}"
        page = phone.client.get(reverse("reports:write", args=[phone.team.pk, month]))
        if page.status_code == 200 and phone.online and b'id="report"' in page.content:
            said = fields(page, "report")
            blank = [name[2:] for name, held in said.items() if held == [""]]
            asked = [code for code in blank if f"v.{code}" in said and f"r.{code}" not in said]
            said |= dict.fromkeys((f"v.{code}" for code in asked), "không phát sinh")
            about = {"team": phone.team.pk, "period": month}
            self._keep(phone, "report.send", about, said)

    def _seen(self, phone):
        """An entry of the team as its page shows it now; it may be changed before this is sent."""
        mine = [each for each in self.truth.entries.values() if each.team == phone.team.pk]
        return self.chance.choice(mine) if mine else None

    def send(self, phone) -> None:
        phone.flush(now=self.chance.random() < 0.5)

    def _meanwhile(self, phone) -> None:
        if not self.wire.calm and self.chance.random() < 0.15:
            self.chance.choice([self.alter, self.take_out])(phone)

    def sign_out(self, phone) -> None:
        phone.client.logout()

    def another_signs_in(self, phone) -> None:
        phone.client.force_login(self.chance.choice(self.phones).user)

    def sign_in(self, phone) -> None:
        phone.client.force_login(phone.user)

    # -- what happens to phones -----------------------------------------------------------------

    def lose_network(self, phone) -> None:
        phone.online = False

    def find_network(self, phone) -> None:
        phone.online = True

    def clock_jumps(self, phone) -> None:
        hours = self.chance.choice([0, 0, 1, -1]) * self.chance.uniform(0, 26)
        phone.skew = round(hours * 3600_000)

    def fill_up(self, phone) -> None:
        phone.full = not phone.full

    def days_pass(self, _phone) -> None:
        self.clock.shift(self.chance.choice([HOUR * 7, DAY, DAY * 3]))

    def long_time_passes(self, _phone) -> None:
        if self.chance.random() < 0.1 and timezone.localdate().year == BEGIN.year:
            self.clock.shift(DAY * 91)

    def late_ones_arrive(self, _phone) -> None:
        self.clock.shift(MINUTE * self.chance.choice([0, 1, 5]))
        self.wire.deliver_late()

    def job_runs(self, _phone) -> None:
        recount_noted()

    # -- what the office does meanwhile ---------------------------------------------------------

    def member_leaves(self, phone) -> None:
        """Somebody else than the leader; what was written before counts as theirs."""
        team, today, rules = self.cast.team, timezone.localdate(), self.truth.rules
        key = (team.pk, self.cast.cuong.pk)
        if rules.members[key] is None and rules.ends[team.pk] is None:
            row = Membership.objects.get(team=team, person=self.cast.cuong.person)
            paper = DecisionLine("12/QĐ", today, "UBND xã")
            consolidate_team(team=team, decision=paper, on=today, by=self.cast.lan, leave=[row.pk])
            rules.members[key] = today

    def team_ends(self, phone) -> None:
        team, today, rules = self.cast.team, timezone.localdate(), self.truth.rules
        if self.chance.random() < 0.3 and rules.ends[team.pk] is None:
            paper = DecisionLine("13/QĐ", today, "UBND xã")
            dissolve_team(team=team, decision=paper, on=today, by=self.cast.lan)
            rules.ends[team.pk] = today
            for key, until in rules.members.items():
                if key[0] == team.pk and until is None:
                    rules.members[key] = today

    def content_is_retired(self, phone) -> None:
        if self.chance.random() < 0.3 and self.truth.rules.retired_on is None:
            self.truth.rules.retired_on = today = timezone.localdate()
            Content.objects.filter(code="vneid").update(until_on=today)

    def month_is_locked(self, _phone) -> None:
        lock_reports(today=timezone.localdate() + 40 * DAY)

    EVENTS = {
        "writes": (16, write),
        "writes many": (2, write_many),
        "alters what waits": (4, alter),
        "takes one out": (2, take_out),
        "corrects": (4, correct),
        "withdraws": (3, withdraw),
        "brings back": (2, restore),
        "reports": (2, report),
        "sends": (18, send),
        "signs out": (1, sign_out),
        "signs in": (2, sign_in),
        "lends the phone": (1, another_signs_in),
        "loses the network": (2, lose_network),
        "finds the network": (3, find_network),
        "the clock jumps": (2, clock_jumps),
        "the phone fills up or is cleared": (1, fill_up),
        "days pass": (2, days_pass),
        "a long time passes": (1, long_time_passes),
        "late ones arrive": (4, late_ones_arrive),
        "the job runs": (1, job_runs),
        "a member leaves": (1, member_leaves),
        "the team ends": (1, team_ends),
        "a content is retired": (1, content_is_retired),
        "the month is locked": (1, month_is_locked),
    }

    # -- the end --------------------------------------------------------------------------------

    def come_to_rest(self) -> None:
        """Network, room and the right person everywhere: all that waits gets its answer."""
        self.wire.calm = True
        while self.wire.late:
            self.wire.deliver_late()
        for phone in self.phones:
            phone.online, phone.full = True, False
            self.sign_in(phone)
            phone.flush(now=True)
        recount_noted()
