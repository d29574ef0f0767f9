"""What one activity adds to a figure: the words a counter may use, as plain arithmetic."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cncd.foundation.kit.counting import Counted


class Logged(NamedTuple):
    """An activity as far as it is counted: codes and whole numbers only."""

    id: str
    version: int
    kind: str
    people: int
    elderly: int
    households: int
    times: int
    contents: dict[str, int]
    languages: dict[str, int]
    visited: frozenset[tuple[int, str]] = frozenset()  # (hamlet, key of the code)

    @property
    def unnamed(self) -> int:
        """Households reached beyond those named by their code."""
        return max(self.households - len(self.visited), 0)


def sum_of(counts: dict[str, int], codes: frozenset[str] | None) -> int:
    """The counts of the wanted codes, or of all when none is named."""
    if codes is None:
        return sum(counts.values())
    return sum(number for code, number in counts.items() if code in codes)


AMOUNTS: dict[str, Callable[[Logged, dict], int]] = {
    "records": lambda log, _wanted: log.times,
    "any": lambda log, _wanted: 1,
    "people": lambda log, _wanted: log.people,
    "elderly": lambda log, _wanted: log.elderly,
    "households": lambda log, _wanted: log.households,
    "content": lambda log, wanted: sum_of(log.contents, wanted.get("content")),
    "language": lambda log, wanted: sum_of(log.languages, wanted.get("language")),
    # These two count a household once, however many logs name it: see `additions`.
    "reached": lambda log, _wanted: log.households,
    "reached_year": lambda log, _wanted: len(log.visited),
}
ONCE = frozenset({"reached", "reached_year"})


def weigher(counts: str, filters: dict) -> Callable[[Logged], int]:
    """A function that tells what one activity adds, in the unit of the measure; 0 when it does not.

    Filters are lists of codes: {"kind": […], "content": […], "language": […]}; an activity passes
    when its kind is listed, and one of its contents, and one of its languages. Raises KeyError for
    an unknown word.
    """
    amount = AMOUNTS[counts]
    wanted = {name: frozenset(codes) for name, codes in filters.items() if codes}
    unknown = wanted.keys() - {"kind", "content", "language"}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    kinds, contents, languages = map(wanted.get, ("kind", "content", "language"))

    def weigh(log: Logged) -> int:
        if kinds is not None and log.kind not in kinds:
            return 0
        if contents is not None and contents.isdisjoint(log.contents):
            return 0
        if languages is not None and languages.isdisjoint(log.languages):
            return 0
        return amount(log, wanted)

    return weigh


def additions(
    logs: Iterable[Logged], counts: str, weigh: Callable[[Logged], int]
) -> Iterator[tuple[Logged, int]]:
    """Each log that the counter looks at, with what it adds to the figure, in the logs' order.

    `reached` and `reached_year` count a household with the first log that names it, so a later one
    may add 0; to the former a log also adds the households it states without naming them.
    """
    named: set = set()
    for log in logs:
        if not (added := weigh(log)):
            continue
        if counts in ONCE:
            added = len(log.visited - named) + (log.unnamed if counts == "reached" else 0)
            named |= log.visited
        yield log, added


def count(logs: Iterable[Logged], counts: str, weigh: Callable[[Logged], int]) -> Counted:
    """The figure over the logs of one team, citing each log it looked at; 0 when there is none."""
    value, records = 0, []
    for log, added in additions(logs, counts, weigh):
        value += added
        records.append(("activities", log.id, log.version))
    return Counted(min(value, 1) if counts == "any" else value, tuple(records))
