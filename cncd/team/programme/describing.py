"""The card of an indicator: everything it says, gathered once."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from cncd.team.programme import wording
from cncd.team.programme.models import Check, Indicator, Measure, Sheet, Source, Target


@dataclass(frozen=True)
class Figure:
    """One side of an indicator: the measure, its sources by date, its splits."""

    role: str  # "", "upper", "lower"
    measure: Measure
    sources: list["DatedWords"]
    splits: list[Measure]

    @property
    def is_asked(self) -> bool:
        """Whether it is typed by hand today."""
        return not any(source.is_counted for source in self.sources if source.is_now)


@dataclass(frozen=True)
class DatedWords:
    words: str
    since_on: object
    last_day: object
    is_now: bool
    is_counted: bool


@dataclass(frozen=True)
class Card:
    figures: list[Figure]
    laws: list[str]
    checks: list[str]
    sheets: list[str]
    targets: int


def describe(indicator: Indicator, user) -> Card:
    """Everything the card of an indicator says, for this reader."""
    sides = [("", indicator.measure)]
    if indicator.is_ratio:
        sides = [("upper", indicator.numerator), ("lower", indicator.denominator)]
    measures = [measure for _role, measure in sides]
    names = wording.names_of_codes()
    return Card(
        figures=[_figure(role, measure, names) for role, measure in sides],
        laws=[
            wording.over_space(indicator),
            wording.over_time(indicator),
            wording.nothing_in_words(indicator),
        ],
        checks=_checks(measures),
        sheets=_sheets(measures),
        targets=Target.objects.visible_to(user)
        .on(timezone.localdate())
        .filter(indicator=indicator)
        .count(),
    )


def _figure(role: str, measure: Measure, names) -> Figure:
    today = timezone.localdate()
    sources = Source.objects.filter(measure=measure).select_related("counter")
    return Figure(
        role,
        measure,
        [
            DatedWords(
                wording.source_in_words(source, names),
                source.since_on,
                source.last_day,
                source.holds_on(today),
                source.counter_id is not None,
            )
            for source in sources.order_by("-since_on")
        ],
        list(measure.splits.on(today)),
    )


def _checks(measures: list[Measure]) -> list[str]:
    """Checks that speak of these figures by name, then those of every flow."""
    rows = Check.objects.on(timezone.localdate()).select_related("left", "right")
    named = Q(left__in=measures) | Q(right__in=measures)
    if any(measure.kind == Measure.Kind.FLOW for measure in measures):
        named |= Q(left=None)
    return [wording.check_in_words(check) for check in rows.filter(named).order_by("code")]


def _sheets(measures: list[Measure]) -> list[str]:
    sheets = Sheet.objects.on(timezone.localdate()).filter(lines__measure__in=measures)
    return [str(sheet) for sheet in sheets.distinct().order_by("-level__rank")]
