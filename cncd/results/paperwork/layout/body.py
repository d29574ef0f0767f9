"""The parts of a document as WordprocessingML, in the styles of the template that takes them."""

import re
from dataclasses import replace

from cncd.results.paperwork.drawing import (
    Annex,
    Article,
    Block,
    Bullet,
    Drawn,
    Figure,
    Heading,
    Table,
    Text,
    Words,
    plain,
    runs_of,
)
from cncd.results.paperwork.layout.ooxml import (
    KEPT,
    TINY,
    cell,
    paragraph,
    row,
    rule,
    run,
    table,
)
from cncd.results.paperwork.layout.styles import NAMES
from cncd.results.paperwork.rules.lines import broken, width_mm
from cncd.results.paperwork.rules.measures import (
    AGENCY_WIDTH,
    BODY,
    OUR_RULE_SHARE,
    SMALL,
    TEXT_WIDTH,
)
from cncd.results.paperwork.rules.signing import lines_of

LANDSCAPE_WIDTH = 297.0 - 20.0 - 20.0
NARROW = {"STT", "TT", "SỐ TT"}
NARROW_MM = 12.0
ALIGNED = {"l": "left", "c": "center", "r": "right"}
NUMERIC = re.compile(r"[\d.,%–\s-]{1,14}")
SECTION = "⁂CNCĐ {}⁂"  # a paragraph that `rendering` turns into the start of a section
AFTER_LAST = "./."


class Body:
    """Writes a document with the style ids of one template (`{name of style: id}`)."""

    def __init__(self, drawn: Drawn, ids: dict[str, str], ruled: str):
        self.drawn, self.ids, self.ruled = drawn, ids, ruled

    def style(self, key: str) -> str:
        return self.ids.get(NAMES[key], key)

    # -- head ----------------------------------------------------------------------------------

    def agency_rule(self) -> str:
        last = broken(self.drawn.agency, AGENCY_WIDTH - 2, SMALL, bold=True)[-1]
        length = width_mm(last, SMALL, bold=True) * OUR_RULE_SHARE
        return rule(self.style("Ke"), AGENCY_WIDTH, length)

    def about_rule(self) -> str:
        last = about_lines(self.drawn.about)[-1]
        length = width_mm(last, BODY, bold=True) * OUR_RULE_SHARE
        return rule(self.style("Ke"), TEXT_WIDTH, length)

    def addressees(self) -> str:
        """One stands on the line of “Kính gửi:”, several below each other."""
        found = self.drawn.addressees
        if not found:
            return ""
        if len(found) == 1:
            return paragraph(self.style("KinhGui"), run(f"Kính gửi: {found[0]}"))
        ends = [*(f"- {one};" for one in found[:-1]), f"- {found[-1]}."]
        style, apart = self.style("KinhGuiNhieu"), '<w:spacing w:after="160"/>'
        listed = (paragraph(style, run(line)) for line in ends[:-1])
        last = paragraph(style, run(ends[-1]), more=apart)
        return paragraph(self.style("KinhGui"), run("Kính gửi:")) + "".join(listed) + last

    def bases(self) -> str:
        """Each ends with a semicolon, the last with a full stop."""
        found = self.drawn.bases
        marks = [";"] * (len(found) - 1) + ["."]
        return "".join(
            paragraph(self.style("CanCu"), *written(ended(base, mark)))
            for base, mark in zip(found, marks, strict=True)
        )

    # -- body ----------------------------------------------------------------------------------

    def body(self, *, closing: bool = True) -> str:
        blocks = list(self.drawn.body)
        if closing and blocks and hasattr(blocks[-1], "words"):
            last = blocks[-1]
            blocks[-1] = replace(last, words=ended(last.words, AFTER_LAST))
        last = len(blocks) - 1
        return "".join(
            self.block(block, TEXT_WIDTH, more=KEPT if n == last else "")
            for n, block in enumerate(blocks)
        )

    def block(self, block: Block, width: float, more: str = "") -> str:
        if isinstance(block, Table):
            return self.table(block, width, more)
        if isinstance(block, Heading):
            return paragraph(self.style(f"Heading{block.level}"), *written(block.words), more=more)
        if isinstance(block, Article):
            lead = run(f"{block.lead} ", bold=True)
            return paragraph(self.style("ThanBai"), lead, *written(block.words), more=more)
        if isinstance(block, Bullet):
            sign = run(f"{block.sign} ")
            return paragraph(self.style("GachDauDong"), sign, *written(block.words), more=more)
        key = "ThanBai" if isinstance(block, Text) else "Giua"
        return paragraph(self.style(key), *written(block.words), more=more)

    def table(self, block: Table, width: float, more: str = "") -> str:
        widths = column_widths(block, width)
        small = "Nho" if block.small else ""
        head, inside = self.style(f"DauBang{small}"), self.style(f"OBang{small}")
        rows = [row(*map(lambda w, text: cell(w, paragraph(head, run(text))), widths, block.heads),
                    head=True)]  # fmt: skip
        last = len(block.rows) - 1
        for number, cells in enumerate(block.rows):
            bold = block.total and number == last
            kept = KEPT if block.total and number == last - 1 else ""  # no sum alone on a page
            rows.append(
                row(
                    *(
                        cell(
                            wide,
                            self._inside(
                                inside, words, kept + self._align(block, column, words), bold
                            ),
                        )
                        for column, (wide, words) in enumerate(zip(widths, cells, strict=True))
                    )
                )
            )
        caption = paragraph(self.style("TenBang"), run(block.caption)) if block.caption else ""
        ruled = table(self.ruled, widths, *rows, padding_mm=1.5)
        return caption + ruled + paragraph(self.style("SauBang"), more=more)

    @staticmethod
    def _inside(style: str, words: Words, more: str, bold: bool) -> str:
        return paragraph(style, *written(words, bold=bold), more=more)

    @staticmethod
    def _align(block: Table, column: int, words: Words) -> str:
        figure = any(isinstance(part, Figure) for part in runs_of(words))
        text = plain(words)
        where = "r" if NUMERIC.fullmatch(text) or (figure and len(text) < 15) else "l"
        if column < len(block.align):
            where = block.align[column]
        elif block.heads[column].upper() in NARROW:
            where = "c"
        return f'<w:jc w:val="{ALIGNED[where]}"/>'

    # -- foot ----------------------------------------------------------------------------------

    def signature(self) -> str:
        style = self.style("ChuKy")
        return "".join(paragraph(style, run(line)) for line in lines_of(self.drawn.signing))

    def recipients(self) -> str:
        """“Nơi nhận:”, each with a semicolon, the last where it is filed."""
        last = f"- Lưu: {self.drawn.filed.rstrip('.;')}."
        listed = [*(f"- {_bare(one)};" for one in self.drawn.recipients), last]
        lines = (paragraph(self.style("NoiNhanDanhSach"), run(line)) for line in listed)
        return paragraph(self.style("NoiNhan"), run("Nơi nhận:")) + "".join(lines)

    def annexes(self, reference: str) -> str:
        """Each begins a section of its own, with pages numbered apart; without any an end alone."""
        if not self.drawn.annexes:
            return paragraph(self.style("SauBang"), more=TINY)  # no document ends with a table
        annexes = self.drawn.annexes
        return "".join(
            self._annex(annex, heading, reference)
            for annex, heading in zip(annexes, annex_headings(len(annexes)), strict=True)
        )

    def _annex(self, annex: Annex, heading: str, reference: str) -> str:
        width = LANDSCAPE_WIDTH if annex.landscape else TEXT_WIDTH
        begin = SECTION.format("landscape" if annex.landscape else "portrait")
        last = len(annex.body) - 1
        ends = TINY if annex.body and isinstance(annex.body[-1], Table) else ""
        return (
            paragraph(self.style("SauBang"), run(begin), more=TINY)
            + paragraph(self.style("PhuLuc"), run(heading))
            + paragraph(self.style("TenPhuLuc"), run(annex.title))
            + paragraph(self.style("KemTheo"), run(f"({reference})"))
            + "".join(
                self.block(block, width, ends if number == last else "")
                for number, block in enumerate(annex.body)
            )
        )


def written(words: Words, *, bold: bool = False) -> list[str]:
    """Runs of the words; numbers stand as numbers, bound to their records elsewhere."""
    return [
        run(part.text if isinstance(part, Figure) else part, bold=bold) for part in runs_of(words)
    ]


def ended(words: Words, mark: str) -> Words:
    """The words with that mark at the end, whatever stood there before."""
    runs = list(runs_of(words))
    if isinstance(runs[-1], str):
        runs[-1] = runs[-1].rstrip(" .;,/")
    return (*runs, mark)


def about_lines(about: str) -> list[str]:
    """The trích yếu in lines that fit, none with a lonely last word."""
    return broken(about, TEXT_WIDTH - 20, BODY, bold=True)


def column_widths(block: Table, width: float) -> list[float]:
    """The columns in mm, together as wide as the text."""
    if block.widths:
        share = width / sum(block.widths)
        return [each * share for each in block.widths]
    narrow = [head.upper() in NARROW for head in block.heads]
    rest = (width - NARROW_MM * sum(narrow)) / max(1, len(narrow) - sum(narrow))
    return [NARROW_MM if slim else rest for slim in narrow]


def annex_headings(count: int) -> list[str]:
    """“Phụ lục” alone, or “Phụ lục I”, “II”… of several."""
    several = [f"Phụ lục {roman(number)}" for number in range(1, count + 1)]
    return several if count > 1 else ["Phụ lục"] * count


def roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _bare(line: str) -> str:
    return line.strip().removeprefix("-").strip().rstrip(";.")
