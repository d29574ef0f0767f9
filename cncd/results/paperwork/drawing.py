"""What a kind of document gives to be drawn up: its words, its figures, who signs, who receives.

A kind (`kinds/`, registered by `registry.py`) returns one `Drawn`; the engine lays it out by decree
30/2020/NĐ-CP, keeps the words so that an officer may edit them, and binds each figure to its
record. A kind therefore never thinks of fonts, capitals, lines, blanks for the number and the day,
or of `./.` and `;` at the ends: all that is the engine's.

Words are `Words`: a plain string, one Figure, or a tuple of both in order::

    Text(("Tổ đã giúp ", Figure("64", "reports", 12, 3, "/reports/12/"), " lượt người."))
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """A number in a document, bound to the record it came from.

    `text` is printed ("1.234", "98%", "12 thành viên"); `label` says what it counts; `address` is
    the page behind “Số này từ đâu?”. (room, id, label) names the figure within its document: when
    it is drawn up anew, another text or version under the same three means that it has changed.
    """

    text: str
    room: str  # "reports", "teams", "training"…
    id: str | int  # of the record there
    version: int = 0  # of that record; 0 where records have none
    address: str = ""  # a path of ours, without host
    label: str = ""


Run = str | Figure
Words = Run | tuple[Run, ...]


def runs_of(words: Words) -> tuple[Run, ...]:
    """The words as a tuple of strings and figures."""
    return words if isinstance(words, tuple) else (words,)


def plain(words: Words) -> str:
    """The words as they are read, figures included."""
    return "".join(run.text if isinstance(run, Figure) else run for run in runs_of(words))


@dataclass(frozen=True)
class Text:
    """A paragraph: justified, first line 1.27 cm in."""

    words: Words


@dataclass(frozen=True)
class Heading:
    """A heading with its own number in the words ("I. KẾT QUẢ", "1. Tập huấn").

    Level 1 is bold, for parts in capitals; level 2 bold; level 3 bold italic.
    """

    words: Words
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True)
class Centred:
    """A centred bold line: "QUYẾT ĐỊNH:", the heading of a chapter."""

    words: Words


@dataclass(frozen=True)
class Article:
    """“Điều 1. Thành lập …”: what stands before the first full stop of `lead` is bold."""

    lead: str  # "Điều 1."
    words: Words


@dataclass(frozen=True)
class Bullet:
    """A dash or plus list item; `sign` is "-" or "+"."""

    words: Words
    sign: str = "-"


@dataclass(frozen=True)
class Table:
    """A real table: ruled, its head repeated on each page, rows never broken over pages.

    `heads` are the column heads; each of `rows` has as many cells. `widths` are shares (any unit);
    without them all columns but a first one "STT" or "TT" are equally wide. `align` has one letter
    a column, l c r; without it cells of figures and short numbers stand right. `total` marks the
    last row as the sum, bold. `caption` stands above, `small` sets 11 pt for wide tables.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...] = ()
    align: str = ""
    total: bool = False
    caption: str = ""
    small: bool = False


Block = Text | Heading | Centred | Article | Bullet | Table


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own, numbered apart; "Phụ lục", or "Phụ lục I", "II" when several.

    The line "(Kèm theo Quyết định số … ngày … của …)" is the engine's.
    """

    title: str
    body: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Signing:
    """Who signs, and in whose name (decree 30/2020, art. 13).

    Signing(post="CHỦ TỊCH", name=…, collective="ỦY BAN NHÂN DÂN")  → TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH
    Signing("PHÓ CHỦ TỊCH", …, "ỦY BAN NHÂN DÂN", "KT", "CHỦ TỊCH")
                              → TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH
    Signing("PHÓ GIÁM ĐỐC", …, form="KT", head="GIÁM ĐỐC")          → KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC
    Signing("CHÁNH VĂN PHÒNG", …, form="TL", head="CHỦ TỊCH")       → TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG
    Signing("GIÁM ĐỐC", …, form="TUQ", head="CHỦ TỊCH")             → TUQ. CHỦ TỊCH / GIÁM ĐỐC
    Signing("GIÁM ĐỐC", …, form="Q")                                → Q. GIÁM ĐỐC
    Signing("TỔ TRƯỞNG", …)                                         → TỔ TRƯỞNG
    """

    post: str
    name: str = ""  # without degrees or titles; empty leaves the place for it
    collective: str = ""  # a body that works collectively: TM.
    form: Literal["", "KT", "TL", "TUQ", "Q"] = ""
    head: str = ""  # whom KT., TL. and TUQ. speak of


@dataclass(frozen=True)
class Drawn:
    """One document, drawn up from live data for a day; the engine does the rest.

    `agency` and `superior` may hold a line break where a name should be broken; the engine breaks
    what is too long by itself. `bases` and `recipients` come without ";" and ".", `body` without
    "./.". `title` is the kind in capitals ("QUYẾT ĐỊNH"); a công văn has none, its `about` is then
    printed under the number as "V/v …". `fields` are further named texts that an office's own
    template may print with {{ truong.ten }} (names: lower case ASCII and "_").
    """

    agency: str  # "ỦY BAN NHÂN DÂN XÃ NHƠN MỸ"
    place_name: str  # "Nhơn Mỹ", before ", ngày … tháng … năm …"
    symbol: str  # "QĐ-UBND": what follows the number and "/"
    about: str  # trích yếu
    signing: Signing
    body: tuple[Block, ...]
    title: str = ""
    superior: str = ""  # the body directly above, as printed: "UBND TỈNH SÓC TRĂNG"; often none
    authority: str = ""  # of a decision: "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ NHƠN MỸ", above the bases
    bases: tuple[Words, ...] = ()  # căn cứ, without "Căn cứ" left out: write the whole sentence
    addressees: tuple[str, ...] = ()  # Kính gửi
    annexes: tuple[Annex, ...] = ()
    recipients: tuple[str, ...] = ()  # Nơi nhận: "Như trên", "Sở TT&TT (b/c)"…
    filed: str = "VT"  # the last of them: Lưu: VT, VX
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """The record a document is about, as the engine needs it.

    `record` is what `drawn` gets; `place` the unit that issues (its officers see and number the
    document, its number is unique with `issuer` and the year); `team` where team leaders too may
    see it. `day` is the day for which it is drawn up when nobody says another.
    """

    record: object
    label: str  # "Tổ ấp Mỹ Phước", "Báo cáo tháng 11/2026"
    address: str  # the page it stands on
    place: object  # places.Place
    issuer: str  # "UBND xã Nhơn Mỹ"
    team: object | None = None
    day: dt.date | None = None
