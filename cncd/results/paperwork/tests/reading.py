"""Reading what a kind has drawn, for the tests of the kinds."""

import re
from collections import defaultdict

from django.utils import timezone

from cncd.results.paperwork.drawing import Drawn, Figure, Table, plain, runs_of
from cncd.results.paperwork.layout.packaged import docx_of
from cncd.results.paperwork.layout.rendering import rendered
from cncd.results.paperwork.layout.sample import STAMP
from cncd.results.paperwork.registry import kind_of

from .word import unreadable


def drawn(code: str, pk, user, day=None) -> Drawn | None:
    """What the kind gives to that person; None when it is not offered.

    Whatever a kind gives, Word must be able to open.
    """
    kind = kind_of(code)
    subject = kind.find(pk, user)
    if subject is None:
        return None
    made = kind.drawn(subject, day or subject.day or timezone.localdate(), user)
    assert unreadable(rendered(docx_of(kind.template), made, STAMP)) == []
    assert loose(made) == []
    assert alike(made) == []
    return made


NUMBER = re.compile(r"[+−-]?\d[\d.,]*(/\d+)?( điểm)?( ?%)?")
COUNTED = re.compile(r"\d (Tổ|thành viên|lớp|buổi|lượt|phiếu|đồng|việc)\b|(nghìn|triệu|tỷ) đồng")
ORDINALS = {"STT", "TT", "Mã", "Đợt"}


def loose(paper: Drawn) -> list[str]:
    """Numbers from the data that no record stands behind: in cells, and in what is counted."""
    found = []
    for block in blocks_of(paper):
        if isinstance(block, Table):
            found += [
                f"{head}: {cell}" for row in block.rows
                for head, cell in zip(block.heads, row, strict=True)
                if isinstance(cell, str) and NUMBER.fullmatch(cell) and head not in ORDINALS
            ]  # fmt: skip
        else:
            runs = [run for run in runs_of(block.words) if isinstance(run, str)]
            found += [run for run in runs if COUNTED.search(run)]
    return found


def alike(paper: Drawn) -> list[tuple]:
    """Names under which two different figures stand: a change of one would go unseen."""
    texts = defaultdict(set)
    for each in figures_of(paper):
        texts[(each.room, str(each.id), each.label)].add(each.text)
    return [key for key, said in texts.items() if len(said) > 1]


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
