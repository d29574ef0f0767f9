"""A few difficulties: one from five hamlets, one that climbed, some that wait (II.2.8)."""

import datetime as dt
import tomllib
from pathlib import Path

from cncd.config.demo import clock
from cncd.team.programme.models import DifficultyCategory
from cncd.work.difficulties import actions
from cncd.work.difficulties.actions import Said
from cncd.work.difficulties.models import Case

STORIES = tomllib.loads(Path(__file__).with_name("difficulties.toml").read_text("utf-8"))
ANSWERS: dict[str, str] = STORIES["answers"]  # by kind, to what a report of a past month says


class Difficulties:
    """The stories of the example commune, told from the oldest on."""

    def __init__(self, demo):
        self.demo = demo
        self.kinds = {row.code: row for row in DifficultyCategory.objects.all()}
        self.teams = demo.by_commune[demo.example.pk]
        self.officer = demo.accounts["commune_officer", demo.example.pk]
        self.leader = demo.accounts["commune_leader", demo.example.pk]

    def build(self) -> None:
        for story in sorted(STORIES["climbed"], key=lambda each: -each["days"]):
            self._climbed(**story)
        self._from_five_hamlets(**STORIES["joined"])
        for story in STORIES["open"]:
            self._raise(self._at(story["days"]), **story)
        self._assigned(**STORIES["assigned"])
        actions.climb_overdue(now=self.demo.now)

    def _at(self, days: int, hour: int = 9) -> dt.datetime:
        day = self.demo.today - dt.timedelta(days=days)
        return min(clock.moment(day, hour, self.demo.random.randrange(50)), self.demo.now)

    def _raise(self, at: dt.datetime, *, team: int, kind: str, text: str, **_rest) -> Case:
        own = self.teams[team % len(self.teams)]
        author = self.demo.authors[own.pk][0]
        said = Said(text, self.kinds[kind])
        return actions.raise_difficulty(said=said, team=own, by=author, now=at).case

    def _climbed(self, *, days: int, **story) -> None:
        """Nobody answered: it climbs as the clock would have made it."""
        self._raise(self._at(days), **story)
        for day in range(days, -1, -1):
            actions.climb_overdue(now=self._at(day, 18))

    def _from_five_hamlets(self, *, kind, texts, answer, days, helped, missing) -> None:
        at = self._at(days)
        cases = [
            self._raise(at + dt.timedelta(hours=number), team=number, kind=kind, text=text)
            for number, text in enumerate(texts)
        ]
        one = actions.join_cases(
            into=cases[0], cases=cases[1:], by=self.officer, now=self._at(days - 1)
        )
        actions.answer_case(case=one, text=answer, by=self.leader, now=self._at(days - 3))
        raisings = list(one.raisings.order_by("raised_at"))
        for number, raising in enumerate(raisings[: helped + 1]):
            is_good = number < helped
            actions.say_helped(
                raising=raising, helped=is_good, note="" if is_good else missing,
                by=raising.raised_by, now=self._at(days - 4),
            )  # fmt: skip

    def _assigned(self, *, days: int, **story) -> None:
        case = self._raise(self._at(days), **story)
        at = self._at(days - 1)
        actions.assign_case(case=case, to=self.officer, by=self.leader, now=at)
