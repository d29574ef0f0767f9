"""A random but reproducible life of asking and answering, and what comes of it by hand (TC18)."""

import calendar
import datetime as dt
import random

from django.core.exceptions import ValidationError

from cncd.work.directives.actions import (
    Source,
    To,
    Wanted,
    accept_answer,
    draft_directive,
    exempt,
    extend,
    issue_directive,
    return_answer,
    send_answer,
    withdraw_answer,
    withdraw_directive,
)
from cncd.work.directives.models import Answer, Directive, Obligation

TEAMS = To(Directive.Audience.TEAMS)


class Life:
    """Random but reproducible weeks of asking and answering in the commune."""

    def __init__(self, c, clock, seed):
        self.c, self.clock, self.random = c, clock, random.Random(seed)
        self.now = dt.datetime(2026, 9, 3, 3, tzinfo=dt.UTC)
        self.given = []  # directives
        self.reasons = "vì mưa bão"

    def run(self, steps):
        acts = [*[self.give] * 3, *[self.answer] * 4, *[self.accept] * 4, self.send_back,
                self.take_back, self.extend, self.exempt, self.withdraw]  # fmt: skip
        for _step in range(steps):
            self.now += dt.timedelta(hours=self.random.randint(1, 60))
            self.clock.move_to(self.now)
            try:
                self.random.choice(acts)()
            except ValidationError:
                continue

    def give(self):
        due = self.now.date() + dt.timedelta(days=self.random.randint(1, 25))
        directive = draft_directive(
            place=self.c.nhon_my, title="Việc", to=TEAMS, by=None,
            source=Source(said_by="Chủ tịch", said_on=self.now.date()),
            asks=(Wanted("Làm", due, "answer"),),
        )  # fmt: skip
        self.given.append(issue_directive(directive=directive, by=None))

    def one(self, rows):
        return self.random.choice(list(rows.order_by("pk")) or [None])

    def answer(self):
        if row := self.one(Obligation.objects.open()):
            send_answer(obligation=row, text="Xong", by=None)

    def accept(self):
        if answer := self.one(Answer.objects.waiting()):
            accept_answer(answer=answer, by=None)

    def send_back(self):
        if answer := self.one(Answer.objects.exclude(state="withdrawn")):
            return_answer(answer=answer, note="Thiếu", by=None)

    def take_back(self):
        if answer := self.one(Answer.objects.exclude(state="withdrawn")):
            withdraw_answer(answer=answer, reason="Nhầm", by=None)

    def extend(self):
        if row := self.one(Obligation.objects.open()):
            extend(obligations=[row], due_on=row.due_on + dt.timedelta(days=9),
                   reason=self.reasons, by=None)  # fmt: skip

    def exempt(self):
        if row := self.one(Obligation.objects.open()):
            exempt(obligations=[row], reason=self.reasons, by=None)

    def withdraw(self):
        if self.random.random() < 0.2 and self.given:
            directive = self.random.choice(self.given)
            withdraw_directive(directive=directive, reason="Nhầm", by=None)


def by_hand(team, first, last) -> tuple[int, int]:
    """Read row by row, answer by answer."""
    due = in_time = 0
    for row in Obligation.objects.filter(team=team).select_related("directive"):
        gone = row.directive.state == "withdrawn" or row.exempted_at or row.passed_on
        if gone or not first <= row.due_on <= last:
            continue
        due += 1
        right = [each for each in row.answers.all() if each.state == "accepted"]
        in_time += any(each.made_on <= row.due_on for each in right)
    return due, in_time


def months(*numbers):
    for number in numbers:
        last = calendar.monthrange(2026, number)[1]
        yield dt.date(2026, number, 1), dt.date(2026, number, last)
