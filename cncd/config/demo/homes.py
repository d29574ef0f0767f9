"""Households of the demo: how many each hamlet has, and lists of codes where a team keeps one."""

import datetime as dt
from random import Random
from typing import NamedTuple

from cncd.config.demo import clock
from cncd.work.households.actions import (
    CountLine,
    HouseholdLine,
    import_households,
    state_counts,
)

SOURCE = "Ban nhân dân khóm, ấp rà soát đầu năm {year}"


class Homes(NamedTuple):
    """A hamlet's households."""

    households: int
    businesses: int
    adults: int


class Households:
    """Draws and states the counts of a `build.Demo`; keeps lists for its example and pilots."""

    def __init__(self, demo):
        self.demo = demo
        self.random = Random(demo.random.random())  # noqa: S311  not a secret
        self.codes: dict[int, list[str]] = {}
        hamlets = (hamlet.pk for each in demo.hamlets.values() for hamlet in each)
        self.homes = {pk: self._homes() for pk in hamlets}
        demo.homes = self

    def _homes(self) -> Homes:
        households = self.random.randint(120, 420)
        people = households * self.random.uniform(2.4, 3.1)  # grown up
        return Homes(households, round(households * self.random.uniform(0.1, 0.25)), round(people))

    def build(self) -> None:
        listed = {h.pk for h in self.demo.hamlets[self.demo.example.pk]} | self.demo.pilots
        for commune in self.demo.communes:
            officer = self.demo.accounts["commune_officer", commune.pk]
            hamlets = self.demo.hamlets[commune.pk]
            for year in sorted({self.demo.start.year, self.demo.today.year}):
                self._state(commune, hamlets, year, officer)
            kept = [hamlet for hamlet in hamlets if hamlet.pk in listed]
            if kept:
                self._list(commune, kept, officer)

    def of(self, team) -> tuple[int, Homes, list[str]]:
        """(hamlet, how many live there, codes of its list) of a team."""
        [hamlet] = team.coverages.values_list("place", flat=True)
        return hamlet, self.homes[hamlet], self.codes.get(hamlet, [])

    def _state(self, commune, hamlets, year: int, officer) -> None:
        """Some households come and go from year to year."""
        back = self.demo.today.year - year
        lines = [
            CountLine(
                hamlet, homes.households - back * 3, homes.businesses, homes.adults - back * 5
            )
            for hamlet in hamlets
            for homes in [self.homes[hamlet.pk]]
        ]
        at = clock.office(self.random, max(dt.date(year, 1, 12), self.demo.start))
        state_counts(
            year=year,
            lines=lines,
            source=SOURCE.format(year=year),
            by=officer,
            under=commune,
            now=min(at, self.demo.now),
        )

    def _list(self, commune, hamlets, officer) -> None:
        lines = []
        for hamlet in hamlets:
            many = self.homes[hamlet.pk].households
            codes = [f"{number:03d}" for number in range(1, many + 1)]
            self.codes[hamlet.pk] = codes
            business = set(self.random.sample(codes, self.homes[hamlet.pk].businesses))
            lines += [
                HouseholdLine(hamlet, code, self.random.random() < 0.4, code in business)
                for code in codes
            ]
        import_households(
            lines=lines,
            by=officer,
            under=commune,
            file_name="danh-sach-ho.xlsx",
            since_on=self.demo.start,
            now=min(clock.office(self.random, self.demo.start), self.demo.now),
        )
