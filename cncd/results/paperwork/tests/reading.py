"""Reading what a kind has drawn, for the tests of the kinds."""

from django.utils import timezone

from cncd.results.paperwork.drawing import Drawn, Figure, Table, plain, runs_of
from cncd.results.paperwork.registry import kind_of


def drawn(code: str, pk, user, day=None) -> Drawn | None:
    """What the kind gives to that person; None when it is not offered."""
    kind = kind_of(code)
    subject = kind.find(pk, user)
    return subject and kind.drawn(subject, day or subject.day or timezone.localdate(), user)


def blocks_of(paper: Drawn) -> list:
    return [*paper.body, *(block for annex in paper.annexes for block in annex.body)]


def cells_of(block) -> list:
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    return [block.words]


def words_of(paper: Drawn) -> str:
    """All that is read, paragraph by paragraph, cell by cell."""
    found = [plain(cell) for block in blocks_of(paper) for cell in cells_of(block)]
    return "\n".join([paper.about, *map(plain, paper.bases), *found])


def figures_of(paper: Drawn) -> list[Figure]:
    runs = [run for block in blocks_of(paper) for cell in cells_of(block) for run in runs_of(cell)]
    return [run for run in runs if isinstance(run, Figure)]


def figure(paper: Drawn, label: str) -> str:
    """The one figure of that label, as printed."""
    found = {each.text for each in figures_of(paper) if each.label == label}
    assert len(found) == 1, (label, found)
    return found.pop()


def row_of(table: Table, text: str, column: int = 1) -> list[str]:
    """The row that says the text in that column."""
    return [plain(cell) for cell in next(r for r in table.rows if plain(r[column]) == text)]
