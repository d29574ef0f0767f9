"""Teams side by side, fairly: what each did, on what ground, and the sum worked out in the open."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from cncd.foundation.people.queries import place_names
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import ancestors, setting, setting_rows
from cncd.results.rewards.models import Commendation, Sign
from cncd.results.rewards.options import COMPARED
from cncd.results.rewards.queries.grounds import Grounds
from cncd.results.rewards.rules import comparing
from cncd.results.totals import queries as totals
from cncd.results.totals.models import TeamTotal
from cncd.results.totals.rules import Sum, team_figures
from cncd.team.programme.models import Period
from cncd.team.teams.models import Team
from cncd.team.teams.queries import unit_of
from cncd.work.evaluations.grounds import households_of
from cncd.work.evaluations.models import Evaluation
from cncd.work.evaluations.queries import decided_results
from cncd.work.inspections.models import Finding

# The figures of the packaged catalogue that are looked at.
HELPED, ELDERLY, LANGUAGE = "TC08", "XH08", "XH09"
DONE, DUE, TRAINED, MEMBERS = "TC18.num", "TC18.den", "TC12.num", "TC04"
RAISED, PRODUCTS, LISTED, SHOPS = "TC16", "KT01", "KT02", "KT06"
FLOWS = (HELPED, ELDERLY, LANGUAGE, DONE, DUE, RAISED, SHOPS)
STOCKS = (TRAINED, MEMBERS, PRODUCTS, LISTED)
LOOKED_AT = (*FLOWS, *STOCKS)
LEAST_PARTS = 3  # so many parts must be known before there is a score
EXISTING = 2  # months; of younger teams the page says so


@dataclass(frozen=True)
class Share:
    """So many of so many; `percent` is None of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return comparing.share(min(self.part, self.whole), self.whole)

    def __str__(self):
        return f"{self.part}/{self.whole}" if self.whole else ""


@dataclass(frozen=True)
class Compared:
    """One team of the comparison. Figures are of the months `months`, in which it was in force."""

    team: Team
    months: int
    of_months: int
    figures: dict[str, int]
    households: int | None
    place: comparing.Place
    steps: comparing.Steps
    usual: Decimal | None  # the rate of the middle team
    on_time: Share
    evaluation: Evaluation | None
    remedies: int  # findings of inspections still to be put right
    given: int  # commendations of the twelve months before
    signs: dict[str, int]  # verdict ("" while open) → how many
    commune: str = ""
    suggested_from: int = 80

    @property
    def key(self) -> str:
        """How a page names it among those chosen."""
        return f"t{self.team.pk}"

    @property
    def is_suggested(self) -> bool:
        """Enough points: a suggestion only. Questions about figures do not count here."""
        return self.score is not None and self.score >= self.suggested_from

    @property
    def hard(self) -> int:
        return comparing.hardness(self.place, self.steps)

    @property
    def hardships(self) -> list[str]:
        return comparing.hardships(self.place, self.steps)

    @property
    def rate(self) -> Decimal | None:
        return comparing.rate(self.figures[HELPED], self.months, self.households, self.hard)

    @property
    def reach(self) -> int | None:
        return comparing.reach(self.rate, self.usual)

    @property
    def done(self) -> Share:
        return Share(self.figures[DONE], self.figures[DUE])

    @property
    def trained(self) -> Share:
        return Share(self.figures[TRAINED], self.figures[MEMBERS])

    @property
    def listed(self) -> Share:
        return Share(self.figures[LISTED], self.figures[PRODUCTS])

    @property
    def parts(self) -> list[tuple[str, Decimal | int | None]]:
        """What the score is the average of; None is not known and left out."""
        return [
            ("on_time", self.on_time.percent),
            ("done", self.done.percent),
            ("reach", self.reach),
            ("evaluation", self.evaluation and self.evaluation.decided_total),
            ("trained", self.trained.percent),
        ]

    @property
    def score(self) -> Decimal | None:
        return comparing.score([value for _name, value in self.parts], LEAST_PARTS)

    @property
    def is_new(self) -> bool:
        return self.months < min(EXISTING, self.of_months)


def months_of(first_day: dt.date, last_day: dt.date) -> list[Period]:
    """The reporting months that end within the days, oldest first."""
    rows = Period.objects.filter(scheme__in_use=True, last_day__range=(first_day, last_day))
    return list(rows.order_by("first_day"))


def ground_of(place: Place, day: dt.date) -> Place:
    """Where the middle team is looked for: a commune's teams stand in the district's, since a few
    alone have no middle; every other unit has its own.
    """
    if place.level.code != "commune":
        return place
    return next(reversed(ancestors(place, day)), place)


def compare(
    teams: Iterable[Team], place: Place, first_day: dt.date, last_day: dt.date
) -> list[Compared]:
    """Teams of the unit compared over whole months, in their order; a fixed number of queries.

    The rate of the middle team is that of all teams of the same level around, seen or not: it says
    nothing of any single one.
    """
    shown, months = list(teams), months_of(first_day, last_day)
    around = Team.objects.within([ground_of(place, last_day).pk], last_day).on(last_day).distinct()
    every = {team.pk: team for team in (*around, *shown)}
    known = _Known(every, months, place, first_day, last_day)
    usual = {
        level: comparing.middle(
            known.rate(pk) for pk, team in every.items() if team.level_id == level
        )
        for level in {team.level_id for team in shown}
    }
    more = _more([team.pk for team in shown], first_day, last_day)
    return [known.compared(team, usual[team.level_id], more) for team in shown]


def steps_at(place: Place, day: dt.date) -> comparing.Steps:
    """What makes a place harder, as stated for the unit."""
    rows = setting_rows(place, day, [f"rewards.{name}" for name, *_rest in COMPARED])
    return comparing.Steps(**{key.partition(".")[2]: row.value for key, row in rows.items()})


class _Known:
    """What the sum needs of every team around."""

    def __init__(self, every: dict[int, Team], months, place, first_day, last_day):
        self.every, self.months, self.ends = every, months, [each.last_day for each in months]
        self.rows = totals.of_teams(every, months)
        self.homes = households_of(list(every), last_day)
        self.grounds = Grounds(list(every), last_day)
        self.steps = steps_at(place, last_day)
        self.figures = {pk: self._figures(pk) for pk in every}
        self.suggested_from = setting("rewards.suggested_from", place, last_day)
        where = unit_of(list(every), "commune", last_day)
        called = place_names(set(where.values()), last_day)
        self.communes = {pk: called.get(unit, "") for pk, unit in where.items()}

    def _figures(self, pk: int) -> dict[str, int]:
        rows = [row for each in self.months if (row := self.rows.get((pk, each.pk)))]
        months = [_looked_at(row) for row in rows]
        numbers = {
            code: [
                value
                for held in months
                if isinstance(value := Sum(*held.get(code, Sum())).value(), int)
            ]
            for code in LOOKED_AT
        }
        last = {code: numbers[code][-1] if numbers[code] else 0 for code in STOCKS}
        return {code: sum(numbers[code]) for code in FLOWS} | last

    def months_in_force(self, pk: int) -> int:
        team = self.every[pk]
        return comparing.months_in_force(self.ends, team.since_on, team.until_on)

    def place(self, pk: int) -> comparing.Place:
        figures = self.figures[pk]
        helped = figures[HELPED]
        return comparing.Place(
            has_gaps=self.grounds.gaps.get(pk),
            km=self.grounds.km.get(pk),
            elderly=comparing.share(figures[ELDERLY], helped),
            language=comparing.share(figures[LANGUAGE], helped),
        )

    def rate(self, pk: int) -> Decimal | None:
        hard = comparing.hardness(self.place(pk), self.steps)
        helped = self.figures[pk][HELPED]
        return comparing.rate(helped, self.months_in_force(pk), self.homes.get(pk), hard)

    def on_time(self, pk: int) -> Share:
        rows = [self.rows.get((pk, each.pk)) for each in self.months]
        due = [row for row in rows if row is not None and row.is_due]
        return Share(sum(row.is_on_time is True for row in due), len(due))

    def compared(self, team: Team, usual, more) -> Compared:
        results, remedies, given, signs = more
        return Compared(
            team=team,
            months=self.months_in_force(team.pk),
            of_months=len(self.months),
            figures=self.figures[team.pk],
            households=self.homes.get(team.pk),
            place=self.place(team.pk),
            steps=self.steps,
            usual=usual,
            on_time=self.on_time(team.pk),
            evaluation=(results.get(team.pk) or [None])[-1],
            remedies=remedies.get(team.pk, 0),
            given=given.get(team.pk, 0),
            signs=dict(signs[team.pk]),
            commune=self.communes.get(team.pk, ""),
            suggested_from=self.suggested_from,
        )


def _looked_at(row: TeamTotal) -> dict:
    """A month's figures as sums, those alone that are looked at."""
    figures, registry = (
        {code: held[code] for code in LOOKED_AT if code in held}
        for held in (row.figures, row.registry)
    )
    return team_figures(row.standing, figures, registry)


def _more(ids: list[int], first_day, last_day) -> tuple:
    """Decided evaluations, findings not yet put right, earlier commendations, signs."""
    results = decided_results(ids, first_day, last_day)
    unmet = Finding.objects.filter(
        inspection__team__in=ids, inspection__withdrawn_at=None,
        inspection__closed_at__isnull=False, result=Finding.Result.UNMET, settled_at=None,
    )  # fmt: skip
    remedies = dict(unmet.values_list("inspection__team").annotate(n=Count("pk")).order_by())
    before = Q(given_on__gt=last_day - dt.timedelta(days=365), given_on__lte=last_day)
    rows = Commendation.objects.standing().filter(before, team__in=ids, person=None)
    given = dict(rows.values_list("team").annotate(n=Count("pk")).order_by())
    signs: dict[int, Counter] = defaultdict(Counter)
    held = Sign.objects.standing().filter(
        team__in=ids, period__last_day__range=(first_day, last_day)
    )
    for team, verdict in held.values_list("team", "verdict"):
        signs[team][verdict] += 1
    return results, remedies, given, signs
