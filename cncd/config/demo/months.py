"""Twelve months of work: what teams did, what they reported, and who was late."""

import datetime as dt
from collections import defaultdict
from random import Random

from django.utils import timezone

from cncd.config.demo import clock, words
from cncd.foundation.kit.counting import NONE
from cncd.results.reports.actions.batches import PastReport
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.rules import Entry
from cncd.work.activities.actions import Line
from cncd.work.activities.rules import Done

EVERYDAY = ("huong-dan", "huong-dan", "huong-dan", "tan-nha", "tan-nha", "truc-mot-cua")
IN_OFFICE_HOURS = "truc-mot-cua"
GATHERINGS = ("tuyen-truyen", "hop-dan", "su-kien")
FAVOURITES = {  # how often each content comes up
    "vneid": 3,
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
FILED, GUIDED = "nop-ho-so", "dvc-truc-tuyen"  # who was helped to file was also guided


class Temper:
    """How a team works: how much, how punctual, what it has."""

    def __init__(self, random: Random, *, lively: float, khmer: bool, town: str = ""):
        self.vigour = lively * random.choice([0.4, 0.7, 1, 1, 1.2, 1.6])
        self.is_silent = random.random() < 0.04 and lively < 1.5
        self.lateness = 0.02 if lively > 1.5 else random.choice([0.01, 0.04, 0.08, 0.25])
        self.khmer = khmer and random.random() < 0.8
        self.reached = 0
        self.names = {"ap": "khóm" if town else "ấp", "xa": town or "xã"}

    def lives_at(self, hamlet, homes, codes: list[str]) -> None:
        """Where the team works, how many households are there, and their codes if it has a list."""
        self.hamlet, self.homes, self.codes = hamlet, homes, codes

    def say(self, text: str) -> str:
        """The text as this team would write it: of its ấp or khóm, its xã or phường."""
        return text.format(**self.names)


class Life:
    """Draws the logs and reports of every team, month by month."""

    def __init__(self, random: Random, today: dt.date, in_force: dict[dt.date, list[str]]):
        self.random, self.today, self.in_force = random, today, in_force
        self.categories: dict[str, int] = {}
        self.now = timezone.localtime()

    def logs(self, team, temper: Temper, authors, period) -> list[Line]:
        """The team's entries of the month, by its leader or deputy; none of what is yet to come."""
        if temper.is_silent:
            return []
        count = round(self.random.gauss(2.6, 1) * temper.vigour)
        first = max(period.first_day, team.since_on)
        last = min(period.last_day, self.today)
        if last < first:
            return []
        days = (last - first).days
        drawn = [
            self._log(team, temper, authors, first + dt.timedelta(self.random.randint(0, days)))
            for _entry in range(max(count, 0))
        ]
        return [
            line
            for line in drawn
            if line.made_at <= self.now and not clock.is_tet(line.done.happened_on)
        ]

    def _log(self, team, temper: Temper, authors, day: dt.date) -> Line:
        random = self.random
        gathering = random.random() < 0.2
        people = random.randint(15, 60) if gathering else random.randint(1, 18)
        kind = random.choice(GATHERINGS if gathering else EVERYDAY)
        if kind == IN_OFFICE_HOURS and not clock.is_working(day):
            kind = EVERYDAY[0]
        contents = self._contents(day, people)
        note = random.choice(words.NOTES.get(min(contents), [""]) + [""])
        homes, visited = self._visits(temper, people, gathering)
        done = Done(
            kind=kind,
            happened_on=day,
            people=people,
            elderly=round(people * random.uniform(0, 0.5)),
            households=homes,
            visited=visited,
            place=temper.hamlet if visited else None,
            contents=contents,
            languages={"khmer": max(1, people // 3)} if temper.khmer and people > 2 else {},
            venue=temper.say(random.choice(words.VENUES.get(kind, words.VENUES["others"]))),
            note=temper.say(note),
        )
        return Line(
            team, done, author=random.choice(authors), made_at=clock.after_work(random, day)
        )

    def _visits(self, temper: Temper, people: int, gathering: bool) -> tuple[int, tuple[str, ...]]:
        """How many households, and which where the team has a list: at a gathering nobody asks."""
        homes = max(1, round(people * self.random.uniform(0.4, 0.9)))
        if gathering or not temper.codes or self.random.random() < 0.15:
            return homes, ()
        homes = min(homes, len(temper.codes))
        return homes, tuple(sorted(self.random.sample(temper.codes, homes)))

    def _contents(self, day: dt.date, people: int) -> dict[str, int]:
        known = self.in_force[day.replace(day=1)]
        codes = self.random.choices(known, [FAVOURITES[code] for code in known], k=2)
        shares = {code: self.random.uniform(0.3, 0.9) for code in sorted(set(codes))}
        if FILED in shares and GUIDED in known:
            shares[GUIDED] = max(shares[FILED], shares.get(GUIDED, 0))
        return {code: max(1, round(people * share)) for code, share in shares.items()}

    def report(
        self, team, temper: Temper, period, asked, author, reviewer, *, eager=False
    ) -> PastReport | None:
        """The team's report of the month; None when it never came, or not yet."""
        random = self.random
        if period.first_day.month == 1:
            temper.reached = 0  # households are counted from the beginning of the year
        if temper.is_silent and random.random() < 0.7:
            return None
        if period.last_day >= self.today:
            return self._early(team, temper, asked, author, 0.6 if eager else 0.12)
        if random.random() < 0.012:
            return None
        late = random.random() < temper.lateness
        days = random.randint(1, 6) if late else -random.choice([0, 0, 0, 1, 2])
        made = clock.evening(random, period.last_day + dt.timedelta(days=days), 17, 20)
        if made > self.now:
            return None
        accepted = clock.office(random, made.date() + dt.timedelta(days=random.randint(1, 3)))
        seen = (reviewer, accepted) if accepted <= self.now else ()
        content = self._content(temper, asked)
        answer = next((self.answers.get(kind, "") for kind, _text in content.difficulties), "")
        return PastReport(team, content, author, made, *seen)._replace(answer=answer)

    def _early(self, team, temper: Temper, asked, author, share: float) -> PastReport | None:
        """In the running month some have sent already; nobody has accepted it yet."""
        if self.random.random() > share:
            return None
        day = self.today - dt.timedelta(days=self.random.randint(0, 5))
        made = clock.evening(self.random, day)
        if made > self.now or made.date() < max(self.today.replace(day=1), team.since_on):
            return None
        return PastReport(team, self._content(temper, asked), author, made)

    def _content(self, temper: Temper, asked) -> Content:
        random = self.random
        reasons = Reasons(random, temper.say)
        if temper.is_silent:
            return Content(nothing_happened=True, explanations=reasons)
        temper.reached = min(temper.homes.households, temper.reached + random.randint(2, 22))
        difficulties = []
        if random.random() < 0.12:
            code, text = random.choice(words.DIFFICULTIES)
            if code != "ngon-ngu" or temper.khmer:
                difficulties.append((self.categories[code], temper.say(text)))
        proposals = random.choice(words.PROPOSALS) if random.random() < 0.4 else ""
        plans = random.choice(words.NEXT_MONTH) if random.random() < 0.7 else ""
        return Content(
            entries={code: Entry(self._asked(code, temper)) for code in asked},
            narrative=temper.say(random.choice(words.NARRATIVES)),
            proposals=temper.say(proposals),
            next_month=temper.say(plans),
            difficulties=tuple(difficulties),
            explanations=reasons,
        )

    def _asked(self, code: str, temper: Temper):
        """A believable figure typed by hand."""
        random, homes = self.random, temper.homes.households
        fixed = {
            "DC01": homes,
            "DC02": temper.homes.businesses,
            "TC10.num": temper.reached,
            "XH11.num": round(homes * 0.72),
            "XH12.num": round(homes * 0.55),
            "KT12.num": temper.homes.businesses // 2,
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
        if random.random() < 0.75:
            return NONE
        return random.randint(1, 4)


class Reasons(dict):
    """A reason for whatever check asks one, by the code of the check ("check.measure")."""

    def __init__(self, random: Random, say=str):
        super().__init__()
        self.random, self.say = random, say

    def get(self, key, default=""):
        check = key.partition(".")[0]
        return self.say(self.random.choice(words.REASONS.get(check, words.REASONS["others"])))


def by_owner(pairs) -> dict:
    found = defaultdict(list)
    for owner, value in pairs:
        found[owner].append(value)
    return found
