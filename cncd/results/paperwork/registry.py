"""The kinds of document that may be drawn up: one module each in `kinds/`, found by itself.

A module holds `KIND = PaperKind(…)`, or `KINDS = (…)` for several that are made alike.
"""

import datetime as dt
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from cncd.results.paperwork.drawing import Drawn, Subject


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of document: what it is about, who may draw it up, how it is made.

    `find(pk, user)` gives the Subject when the record exists, is visible to the person and may be
    put on paper in this kind now; else None. `drawn(subject, day, user)` makes the words and
    figures of that day; it reads, never writes, and may raise `NothingToDraw` with words that say
    what is missing. `document_kind` is a value of documents.Document.Kind; `abbreviation` stands
    in the symbol ("QĐ", "BC"; none for a công văn).
    """

    code: str  # "formation_decision": in addresses and rows, never changed later
    label: str | Promise  # "Quyết định thành lập Tổ", on the button and in lists
    subject: str  # kind of record: team report training_plan certificate reminding …
    find: Callable[[str, object], Subject | None]
    drawn: Callable[[Subject, dt.date, object], Drawn]
    document_kind: str = "other"
    abbreviation: str = ""
    permission: str = "papers.draw"
    template: str = "van-ban"  # packaged layout: van-ban, cong-van, giay-chung-nhan
    names_people: bool = False  # its subject may name people: not shown to the public
    numbered: bool = True  # False for a form that bears no number: a team's report
    follow_up: Callable[[object], tuple[str, str] | None] | None = None  # words, address

    def about(self, pk, user) -> Subject | None:
        """The record, found by whatever stood in an address; None for what can be no such key."""
        try:
            return self.find(pk, user)
        except (ValueError, ValidationError):
            return None


class NothingToDraw(Exception):
    """The document cannot be drawn up yet; the message says what is missing and where it stands."""


@cache
def kinds() -> dict[str, PaperKind]:
    """Code → kind, in the order of the modules' names."""
    from cncd.results.paperwork import kinds as package

    found = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        room = import_module(f"{package.__name__}.{module}")
        for kind in (*getattr(room, "KINDS", ()), *filter(None, [getattr(room, "KIND", None)])):
            assert kind.code not in found, kind.code
            found[kind.code] = kind
    return found


def kinds_of(subject: str) -> list[PaperKind]:
    """The kinds that are about such a record."""
    return [kind for kind in kinds().values() if kind.subject == subject]


def kind_of(code: str) -> PaperKind | None:
    return kinds().get(code)
