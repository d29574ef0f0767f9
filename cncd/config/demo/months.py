"""Twelve months of work: what teams did, what they reported, and who was late."""

import datetime as dt
from collections import defaultdict
from random import Random

from django.utils import timezone

from cncd.config.demo import words
from cncd.foundation.kit.counting import NONE
from cncd.results.reports.actions.batches import PastReport
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.rules import Entry
from cncd.work.activities.actions import Line
from cncd.work.activities.rules import Done

EVERYDAY = ("huong-dan", "huong-dan", "huong-dan", "tan-nha", "tan-nha", "truc-mot-cua")
GATHERINGS = ("tuyen-truyen", "hop-dan", "su-kien")
FAVOURITES = {  # how often each content comes up
    "vneid": 3,
    "dvc-truc-tuyen-34": 1,
    "dvc-truc-tuyen": 2,
    "nop-ho-so": 1,
    "zalo": 2,
    "vi-dien-tu": 1,
    "thanh-toan": 2,
    "ban-hang-so": 1,
    "an-toan-mang": 2,
    "kham-chua-benh": 1,
    "hoc-truc-tuyen": 1,
    "mobile-money": 1,
    "buu-chinh-cong-ich": 1,
    "facebook": 1,
}


class Temper:
    """How a team works: how much, how punctual, what it has."""

    def __init__(self, random: Random, *, lively: float, khmer: bool):
        self.vigour = lively * random.choice([0.4, 0.7, 1, 1, 1.2, 1.6])
        self.is_silent = random.random() < 0.04 and lively < 1.5
        self.lateness = 0.02 if lively > 1.5 else random.choice([0.01, 0.04, 0.08, 0.25])
        self.khmer = khmer and random.random() < 0.8
        self.households = random.randint(120, 420)
        self.ocop = random.choice([0, 0, 0, 0, 1, 1, 2])
        self.listed = min(self.ocop, random.choice([0, 1, 1, 2]))
        self.shops = random.randint(0, 6)
        self.reached = 0


class Life:
    """Draws the logs and reports of every team, month by month."""

    def __init__(self, random: Random, today: dt.date, in_force: dict[dt.date, list[str]]):
        self.random, self.today, self.in_force = random, today, in_force
        self.categories: dict[str, int] = {}
        self.now = timezone.localtime()

    def logs(self, team, temper: Temper, authors, period) -> list[Line]:
        """The team's entries of the month, by its leader or deputy."""
        if temper.is_silent:
            return []
        count = round(self.random.gauss(2.6, 1) * temper.vigour)
        first = max(period.first_day, team.since_on)
        last = min(period.last_day, self.today)
        if last < first:
            return []
        days = (last - first).days
        return [
            self._log(team, temper, authors, first + dt.timedelta(self.random.randint(0, days)))
            for _entry in range(max(count, 0))
        ]

    def _log(self, team, temper: Temper, authors, day: dt.date) -> Line:
        random = self.random
        gathering = random.random() < 0.2
        people = random.randint(15, 60) if gathering else random.randint(1, 18)
        known = self.in_force[day.replace(day=1)]
        codes = set(random.choices(known, [FAVOURITES[code] for code in known], k=2))
        contents = {code: max(1, round(people * random.uniform(0.3, 0.9))) for code in codes}
        note = random.choice(words.NOTES.get(next(iter(sorted(contents))), [""]) + [""])
        done = Done(
            kind=random.choice(GATHERINGS if gathering else EVERYDAY),
            happened_on=day,
            people=people,
            elderly=round(people * random.uniform(0, 0.5)),
            households=max(1, round(people * random.uniform(0.4, 0.9))),
            contents=contents,
            languages={"khmer": max(1, people // 3)} if temper.khmer and people > 2 else {},
            venue=random.choice(["Nhà văn hóa ấp", "Nhà dân", "Chợ", "Chùa", "Trụ sở ấp", ""]),
            note=note,
        )
        hour = random.randint(16, 21)
        made = moment(day, hour, random.randint(0, 59))
        return Line(team, done, author=random.choice(authors), made_at=made)

    def report(
        self, team, temper: Temper, period, asked, author, reviewer, *, eager=False
    ) -> PastReport | None:
        """The team's report of the month; None when it never came, or not yet."""
        if temper.is_silent and self.random.random() < 0.7:
            return None
        if period.last_day >= self.today:
            return self._early(team, temper, asked, author, 0.6 if eager else 0.12)
        if self.random.random() < 0.012:
            return None
        late = self.random.random() < temper.lateness
        day = period.last_day + dt.timedelta(days=self.random.randint(1, 6) if late else 0)
        if not late:
            day -= dt.timedelta(days=self.random.choice([0, 0, 0, 1, 2]))
        made = min(moment(day, self.random.randint(15, 21), self.random.randint(0, 59)), self.now)
        accepted = min(made + dt.timedelta(hours=self.random.randint(2, 60)), self.now)
        return PastReport(team, self._content(temper, asked), author, made, reviewer, accepted)

    def _early(self, team, temper: Temper, asked, author, share: float) -> PastReport | None:
        """In the running month some have sent already; nobody has looked at it yet."""
        if self.random.random() > share:
            return None
        made = self.now - dt.timedelta(hours=self.random.randint(1, 40))
        if made.date() < self.today.replace(day=1):
            return None
        return PastReport(team, self._content(temper, asked), author, made)

    def _content(self, temper: Temper, asked) -> Content:
        random = self.random
        if temper.is_silent:
            return Content(nothing_happened=True, explanations=Reasons())
        temper.reached = min(temper.households, temper.reached + random.randint(2, 22))
        difficulties = []
        if random.random() < 0.35:
            code, text = random.choice(words.DIFFICULTIES)
            difficulties.append((self.categories[code], text))
        return Content(
            entries={code: Entry(self._asked(code, temper)) for code in asked},
            narrative=random.choice(words.NARRATIVES),
            proposals=random.choice(words.PROPOSALS) if random.random() < 0.4 else "",
            next_month=random.choice(words.NEXT_MONTH) if random.random() < 0.7 else "",
            difficulties=tuple(difficulties),
            explanations=Reasons(),
        )

    def _asked(self, code: str, temper: Temper):
        """A believable figure typed by hand."""
        random, homes = self.random, temper.households
        fixed = {
            "KT01": temper.ocop,
            "KT01.s3": temper.ocop,
            "KT02": temper.listed,
            "KT07": temper.shops,
            "DC01": homes,
            "DC02": homes // 6,
            "TC10.num": temper.reached,
            "XH11.num": round(homes * 0.72),
            "XH12.num": round(homes * 0.55),
            "KT08.num": min(temper.shops, homes // 6),
            "KT12.num": homes // 12,
            "TC12.num": 3,
            "TC13.num": 1,
            "TC18.den": 2,
            "TC18.num": 2,
            "XH10.den": 0,
            "XH10.num": 0,
            "XH16.den": 0,
            "XH16.num": 0,
        }
        if code in fixed:
            return fixed[code] or NONE
        if code.startswith("KT01.") or random.random() < 0.75:
            return NONE
        return random.randint(1, 4)


class Reasons(dict):
    """A reason for whatever check asks one."""

    def get(self, key, default=""):
        return "Trong tháng có đợt ra quân cuối tuần."


def moment(day: dt.date, hour: int, minute: int) -> dt.datetime:
    """A moment of that day in Vietnam."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def by_owner(pairs) -> dict:
    found = defaultdict(list)
    for owner, value in pairs:
        found[owner].append(value)
    return found
