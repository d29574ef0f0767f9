"""Reading the totals: figures of places and teams, ready to show, each with what it is made of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from cncd.foundation.kit.counting import Value
from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import Level
from cncd.results.totals import rules
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.results.totals.recounting import recounted
from cncd.team.programme import rules as laws
from cncd.team.programme.models import Indicator, Period


def lowest_level() -> Level:
    return Level.objects.order_by("-rank")[0]


@dataclass(frozen=True)
class Reading:
    """One indicator of one place or team in one period (or over several).

    `value` is a whole number, a Fraction (ratio; 1 is 100%), NONE or None (not reported). `stated`
    of `expected` reporters said something; the three amounts say how firm the number is.
    """

    indicator: Indicator
    value: Value | Fraction | None
    accepted: int = 0
    sent: int = 0
    provisional: int = 0
    stated: int = 0
    expected: int = 0
    editing: int = 0
    reason: str = ""
    numerator: Value | None = None
    denominator: Value | None = None

    @property
    def is_complete(self) -> bool:
        return self.stated >= self.expected

    @property
    def factor(self) -> int:
        return 1 if self.indicator.is_ratio else self.indicator.measure.factor


EMPTY = rules.Sum()


def sum_of(total: PlaceTotal | TeamTotal | None, code: str) -> rules.Sum:
    """One measure of a place's or team's row."""
    if total is None:
        return EMPTY
    if isinstance(total, TeamTotal):
        figures = rules.team_figures(total.standing, total.figures, total.registry)
        return rules.Sum(*figures.get(code, EMPTY))
    return rules.Sum(*total.figures.get(code, EMPTY))


@dataclass
class Reader:
    """Reads indicators off rows of one period. While it is `running`, provisional amounts count."""

    running: bool = False

    @cached_property
    def _lowest(self) -> int:
        return lowest_level().pk

    def read(self, total: PlaceTotal | TeamTotal | None, indicator: Indicator) -> Reading:
        """The indicator of one row; of no row at all, nothing is reported."""
        if indicator.is_ratio:
            return self._ratio(total, indicator)
        code = indicator.measure.code
        figure = sum_of(total, code)
        return Reading(
            indicator,
            figure.value(with_provisional=self.running),
            figure.accepted,
            figure.sent,
            figure.provisional,
            figure.stated + figure.nothing,
            self._expected(total, indicator.measure),
            _editing(total, code),
        )

    def _ratio(self, total, indicator: Indicator) -> Reading:
        above, below = indicator.numerator.code, indicator.denominator.code
        num, den = sum_of(total, above), sum_of(total, below)
        values = [figure.value(with_provisional=self.running) for figure in (num, den)]
        return Reading(
            indicator,
            laws.ratio(*values),
            stated=min(num.stated + num.nothing, den.stated + den.nothing),
            expected=self._expected(total, indicator.numerator),
            editing=_editing(total, above) + _editing(total, below),
            numerator=values[0],
            denominator=values[1],
        )

    def _expected(self, total, measure) -> int:
        """How many reporters owe the figure: the teams due, or one for a row of a single team."""
        if not isinstance(total, PlaceTotal):
            return 1
        return total.counts.get("due", 0) if measure.level_id == self._lowest else 0


def _editing(total, code: str) -> int:
    if isinstance(total, PlaceTotal):
        return total.editing.get(code, 0)
    return int(total is not None and code in total.editing)


def is_running(period: Period, today) -> bool:
    """Whether logs still count as "tạm tính": the month has not ended, or ended only today."""
    return today <= period.last_day


def of_places(
    places: Iterable[int], periods: Iterable[Period]
) -> dict[tuple[int, int], PlaceTotal]:
    """{(place id, period id): row}, in one query."""
    rows = PlaceTotal.objects.filter(place__in=list(places), period__in=list(periods))
    return {(row.place_id, row.period_id): row for row in rows.select_related("level")}


def of_teams(teams: Iterable[int], periods: Iterable[Period]) -> dict[tuple[int, int], TeamTotal]:
    """{(team id, period id): row}, in one query."""
    rows = TeamTotal.objects.filter(team__in=list(teams), period__in=list(periods))
    return {(row.team_id, row.period_id): row for row in rows}


def over_time(rows: list[PlaceTotal | TeamTotal | None], indicator: Indicator) -> Reading:
    """The indicator over consecutive months, oldest first; each measure by the law of its kind."""
    if indicator.is_ratio:
        found = [over_measure(rows, m) for m in (indicator.numerator, indicator.denominator)]
        values = [part.value for part in found]
        reason = next((part.reason for part in found if part.reason), "")
        return Reading(
            indicator,
            laws.ratio(*values),
            reason=reason,
            numerator=values[0],
            denominator=values[1],
        )
    found = over_measure(rows, indicator.measure)
    return Reading(
        indicator, found.value, stated=found.stated, expected=found.asked, reason=found.reason
    )


def over_measure(rows, measure) -> laws.OverTime:
    """One measure over consecutive months, oldest first, by the law of its kind."""
    values = [sum_of(row, measure.code).value() for row in rows]
    return laws.add_over_time(measure.kind, values, recounted(rows, measure))


def silent_teams(place, period: Period):
    """Teams under the place that owe a report and have sent none, with their unit, by name."""
    return (
        TeamTotal.objects.filter(period=period, is_due=True, state="")
        .filter(place__in=type(place).objects.within([place.pk], period.last_day))
        .select_related("team")
        .order_by("team__sort_key")
    )


def snapshots(places: Iterable[int], period: Period) -> dict[int, dict]:
    """{place id: what it confirms}: figures, completeness, units below, silent teams by name.

    {"figures", "counts", "children": [{"place", "name", "counts"}], "silent": [{"team", "name"}]}.
    """
    rows = {row.place_id: row for row in PlaceTotal.objects.filter(period=period)}
    below = defaultdict(list)
    for row in rows.values():
        below[row.parent_id].append(row)
    names = places_room.names(rows.keys(), period.last_day)
    silent = defaultdict(list)
    for total in (
        TeamTotal.objects.filter(period=period, is_due=True, state="")
        .order_by("team__sort_key")
        .select_related("team")
    ):
        for place in _chain(rows, total.place_id):
            silent[place].append({"team": total.team_id, "name": total.team.name})
    return {
        place: {
            "figures": rows[place].figures,
            "counts": rows[place].counts,
            "children": [
                {"place": c.place_id, "name": names[c.place_id].full_name, "counts": c.counts}
                for c in below[place]
            ],
            "silent": silent[place],
        }
        for place in places
    }


def _chain(rows: dict[int, PlaceTotal], place: int | None):
    """The place and all above it."""
    while place in rows:
        yield place
        place = rows[place].parent_id


def changed_since(snapshot: dict, total: PlaceTotal | None) -> list[str]:
    """Codes whose sums differ from the confirmed snapshot: "n chỉ tiêu đã đổi sau khi chốt"."""
    before, after = snapshot.get("figures", {}), total.figures if total else {}
    codes = before.keys() | after.keys()
    return sorted(c for c in codes if _confirmed(before.get(c)) != _confirmed(after.get(c)))


def _confirmed(figure) -> Value | None:
    return rules.Sum(*figure).value() if figure else None
