"""A random life of difficulties in the small country."""

import datetime as dt

from cncd.team.programme.models import DifficultyCategory
from cncd.work.difficulties import actions
from cncd.work.difficulties.actions import Said
from cncd.work.difficulties.models import Case, Raising


class Difficulties:
    """Each step is one action; some time passes between what is raised and what is answered."""

    def __init__(self, country, random, wrapped):
        self.random, self.wrapped = random, wrapped
        self.teams = [country.team, country.team_my_hoa, country.team_dau_giong]

    def steps(self):
        found = [self.raised] * 4 + [self.answered, self.climbed] * 2
        found += [self.passed, self.joined, self.parted, self.taken_back, self.not_helped]
        return [self.wrapped(step) for step in found]

    def at(self):
        day = dt.date(2026, self.random.randint(9, 11), self.random.randint(1, 22))
        return dt.datetime.combine(day, dt.time(3), dt.UTC)

    def one(self, rows):
        return self.random.choice(list(rows.order_by("pk")) or [None])

    def raised(self):
        said = Said(f"Khó khăn {self.random.random()}", DifficultyCategory.objects.first())
        at = self.at()
        team = self.random.choice(self.teams)
        actions.raise_difficulty(said=said, team=team, by=None, made_at=at, now=at)

    def answered(self):
        if case := self.one(Case.objects.open()):
            later = case.since_at + dt.timedelta(days=self.random.randint(0, 9))
            actions.answer_case(case=case, text="Xong", by=None, now=later)

    def climbed(self):
        if case := self.one(Case.objects.climbable()):
            actions.climb_overdue(now=case.due_at + dt.timedelta(hours=1))

    def passed(self):
        if case := self.one(Case.objects.climbable()):
            later = case.since_at + dt.timedelta(days=1)
            actions.pass_case(case=case, reason="Xin ý kiến", by=None, now=later)

    def joined(self):
        cases = list(Case.objects.open().order_by("pk"))
        if len(cases) > 1:
            one, other = self.random.sample(cases, 2)
            later = max(one.since_at, other.since_at) + dt.timedelta(days=1)
            actions.join_cases(into=one, cases=[other], by=None, now=later)

    def parted(self):
        if case := self.one(Case.objects.filter(state="joined")):
            later = case.since_at + dt.timedelta(days=3)
            actions.part_cases(cases=[case], by=None, now=later)

    def taken_back(self):
        if raising := self.one(Raising.objects.all()):
            act = actions.restore_raising if raising.withdrawn_at else actions.withdraw_raising
            act(raising=raising, by=None, now=raising.case.since_at + dt.timedelta(days=1))

    def not_helped(self):
        if raising := self.one(Raising.objects.filter(case__state="answered")):
            later = raising.case.answered_at + dt.timedelta(days=1)
            actions.say_helped(raising=raising, helped=False, note="Chưa", by=None, now=later)
