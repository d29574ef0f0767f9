"""How well the signs find what was planted: precision, recall, and both of each kind."""

from dataclasses import dataclass

from cncd.results.rewards.rules.signs import Thresholds, signs_of
from cncd.results.rewards.tests.planting import KINDS, Labelled


@dataclass(frozen=True)
class Measured:
    """`precision`: of months with a sign, how many were padded; `recall`: of padded months, how
    many have the sign of what was planted; `false`: honest months asked about.
    """

    honest: int
    planted: int
    precision: float
    recall: float
    false: int
    of_kinds: dict[str, tuple[int, int, int]]  # kind → found, planted, in honest months

    def lines(self) -> list[str]:
        head = (
            f"honest {self.honest}, planted {self.planted}: precision {self.precision:.3f}, "
            f"recall {self.recall:.3f}, honest months asked about {self.false}"
        )
        return [head, *(f"  {kind:13} found {a:3} of {b:3}, in honest months {n}"
                        for kind, (a, b, n) in self.of_kinds.items())]  # fmt: skip


def measured(rows: list[Labelled], limits: Thresholds) -> Measured:
    """The signs of every month against what was planted in it."""
    of_kinds = {kind: [0, 0, 0] for kind in KINDS}
    asked, right, false, found, planted = 0, 0, 0, 0, 0
    for row in rows:
        kinds = {each.kind for each in signs_of(row.month, limits)}
        asked += bool(kinds)
        if row.planted:
            planted += 1
            right += bool(kinds)
            found += row.planted in kinds
            of_kinds[row.planted][0] += row.planted in kinds
            of_kinds[row.planted][1] += 1
        else:
            false += bool(kinds)
            for kind in kinds:
                of_kinds[kind][2] += 1
    return Measured(
        len(rows) - planted,
        planted,
        right / asked if asked else 1.0,
        found / planted if planted else 1.0,
        false,
        {kind: tuple(counts) for kind, counts in of_kinds.items()},
    )
