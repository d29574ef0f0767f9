"""What the packaged catalogue counts and a standing installation still gets otherwise."""

from dataclasses import dataclass

from cncd.team.programme.models import Counter, Measure, Source
from cncd.team.programme.packaged import CounterWords, table


@dataclass(frozen=True)
class Countable:
    """A figure with the source it has, and the counter the packaged catalogue has for it."""

    measure: Measure
    splits: tuple[Measure, ...]
    now: Source | None  # the last one known, be it in force or to come
    counter: Counter  # unsaved: as the packaged catalogue writes it


def countable() -> list[Countable]:
    """Figures that the packaged catalogue counts by another counter than they have, in order.

    A part ("trong đó") goes with the figure it is a part of. What a person switched back is told
    again: it can still be counted. Two queries.
    """
    packaged = {row["code"]: row["source"] for row in table("measures") if row["source"]}
    rows = Measure.objects.filter(code__in=packaged, until_on=None).prefetch_related(
        "sources__counter"
    )
    by_code = {row.code: row for row in rows.select_related("level")}
    found, parts = {}, []
    for code, measure in by_code.items():
        now = max(measure.sources.all(), key=lambda source: source.since_on, default=None)
        words = CounterWords.read(packaged[code])
        if _is_counted_so(now, words):
            continue
        row = Countable(measure, (), now, Counter(**words._asdict()))
        if measure.split_of_id:
            parts.append(row)
        else:
            found[measure.pk] = row
    return [_with_parts(row, parts) for row in found.values()] + [
        row for row in parts if row.measure.split_of_id not in found
    ]


def _is_counted_so(source: Source | None, words: CounterWords) -> bool:
    counter = source and source.counter
    return bool(counter) and (counter.room, counter.counts, counter.filters) == words


def _with_parts(row: Countable, parts: list[Countable]) -> Countable:
    mine = tuple(part.measure for part in parts if part.measure.split_of_id == row.measure.pk)
    return Countable(row.measure, mine, row.now, row.counter)
