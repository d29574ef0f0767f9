"""How a figure is counted and adds up, in words for the card of an indicator."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from cncd.team.programme import rules
from cncd.team.programme.models import (
    ActivityKind,
    Content,
    Counter,
    Indicator,
    Language,
    Measure,
    Source,
)
from cncd.team.programme.wording_of_counters import (
    COUNTS,
    FILTERS,
    LABELS,
    PLAIN,
    room_in_words,
)
from cncd.team.teams.models import Component

CATALOGUES = {
    "kind": ActivityKind,
    "content": Content,
    "language": Language,
    "component": Component,
}


def names_of_codes() -> dict[str, dict[str, str]]:
    """{"kind": {code: name}, "content": …, "language": …}: what filters refer to, three queries."""
    return {
        word: {row.code: getattr(row, "short_name", row.name) for row in model.objects.all()}
        for word, model in CATALOGUES.items()
    }


def source_in_words(source: Source | None, names: Mapping | None = None) -> str:
    """Says where a figure comes from: by hand, or counted from which records."""
    if source is None or source.counter is None:
        return _("Entered by hand")
    return counter_in_words(source.counter, names)


def counter_in_words(counter: Counter, names: Mapping | None = None) -> str:
    """Says what a counter counts: "Activity log: number of people, kind: Họp dân, Sự kiện"."""
    room = room_in_words(counter.room)
    if (counter.room, counter.counts) in COUNTS:
        what = str(COUNTS[counter.room, counter.counts])
    else:
        what = str(dict(Counter.Counts.choices).get(counter.counts, counter.counts))
    known = names or names_of_codes()
    parts = [
        _filter_in_words(counter.room, word, wanted, known)
        for word, wanted in counter.filters.items()
    ]
    if counter.counts in counter.filters:  # the count of a content: its name says it all
        return f"{room}, {', '.join(parts)}"
    return ", ".join([f"{room}: {what}", *parts])


def _filter_in_words(room: str, word: str, wanted, names: Mapping) -> str:
    if (room, word) in FILTERS:
        label, values = FILTERS[room, word]
        listed = ", ".join(str(values.get(value, value)) for value in wanted)
        return label % {"names": listed}
    if word in LABELS:
        listed = ", ".join(dict.fromkeys(names[word].get(code, code) for code in wanted))
        return LABELS[word] % {"names": listed}
    return str(PLAIN.get(word, f"{word}: {wanted}"))


def over_space(indicator: Indicator) -> str:
    """Says how the indicator adds up over units."""
    if indicator.is_ratio:
        return _(
            "Over units: add the upper figure and the lower figure of all units, then divide. "
            "Percentages are never averaged."
        )
    if indicator.measure.kind == Measure.Kind.DISTINCT:
        return _("Over units: add, because each household or team belongs to one hamlet only.")
    return _("Over units: add the figures of all units.")


def over_time(indicator: Indicator) -> str:
    """Says how the indicator adds up over months."""
    if indicator.is_ratio:
        sides = (indicator.numerator, indicator.denominator)
        upper, lower = (_over_time(side.kind) for side in sides)
        return _("Over months, upper figure: %(upper)s Lower figure: %(lower)s") % {
            "upper": upper,
            "lower": lower,
        }
    return _("Over months: %(law)s") % {"law": _over_time(indicator.measure.kind)}


def _over_time(kind: str) -> str:
    laws = {
        Measure.Kind.FLOW: _("add the months."),
        Measure.Kind.STOCK: _(
            "take the last month; if it has not been reported the figure stays empty, "
            "an older one is not used."
        ),
        Measure.Kind.DISTINCT: _(
            "months are not added, since the same household or team may appear in several; "
            "the figure is recounted where the household list allows, otherwise “–”."
        ),
    }
    return laws[kind]


def nothing_in_words(indicator: Indicator) -> str:
    """Says what happens where there is nothing to count."""
    if indicator.is_ratio:
        return _("Where the lower figure is 0 the result is “nothing arose”, never a percentage.")
    return _("“Nothing arose” adds as 0; a figure not reported is left out and marked as missing.")


def check_in_words(check) -> str:
    """Says when a check warns."""
    if check.kind == check.Kind.AT_MOST:
        right = check.right.short_name
        right = right if check.factor == 1 else f"{check.factor} × {right}"
        words = {"left": check.left.short_name, "right": right}
        return _("Warns when “%(left)s” is more than “%(right)s”.") % words
    left = f"“{check.left.short_name}”" if check.left else _("any figure that adds up")
    words = {"left": left, "factor": check.factor, "floor": check.floor}
    return (
        _(
            "Warns when %(left)s is %(floor)s or more and above %(factor)s times "
            "the middle value of the last 3 months."
        )
        % words
    )


def left_in_words(target, share) -> str:
    """Says how far a target has been handed down; empty where there is nobody below."""
    if share is None or not share.units:
        return ""
    if share.missing == share.units:
        return _("not yet handed down")
    if share.left is None or share.left == 0:
        if not share.missing:
            return _("handed down in full")
        return _("%(missing)s of %(units)s without a target") % share._asdict()
    amount = rules.show(abs(share.left), target.indicator.factor, target.indicator.unit)
    if share.left < 0:
        return _("%(amount)s more than given") % {"amount": amount}
    return _("%(amount)s left") % {"amount": amount}
