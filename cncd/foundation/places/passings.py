"""Reorganisations as a list: which unit passes into which, from which day, by which resolution.

The same columns serve a file an officer uploads and the list of Sóc Trăng's units this room ships.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.excel import Heading, Row
from cncd.foundation.places.models import Succession

KEEP = "keep"
FORMS = [
    (Succession.Kind.MERGE, _("Merge")),
    (Succession.Kind.SPLIT, _("Split")),
    (Succession.Kind.TRANSFER, _("Part transferred")),
    (Succession.Kind.ABOLISH, _("Abolished")),
    (KEEP, _("Goes on unchanged")),
]
# As written in a Vietnamese file, whatever the language of the page.
WRITTEN = [
    (Succession.Kind.MERGE, "Nhập"),
    (Succession.Kind.MERGE, "Sáp nhập"),
    (Succession.Kind.SPLIT, "Chia"),
    (Succession.Kind.SPLIT, "Tách"),
    (Succession.Kind.TRANSFER, "Chuyển một phần"),
    (Succession.Kind.ABOLISH, "Bãi bỏ"),
    (KEEP, "Giữ nguyên"),
]
SHIPPED = Path(__file__).parent / "data" / "soc_trang_2024_2025.csv"


def headings() -> list[Heading]:
    """The columns of the file."""
    said = {str(label) for _form, label in FORMS}
    forms = [*FORMS, *(each for each in WRITTEN if each[1] not in said)]
    return [
        Heading("on", _("In force from"), ["ngày hiệu lực"], required=True, kind="day",
                examples=["01/07/2025", "01/07/2025"]),
        Heading("form", _("Form of change"), ["hình thức"], required=True, kind="choice",
                choices=forms, examples=["Nhập", "Nhập"],
                help=_("Merge, split, part transferred, abolished, or goes on unchanged.")),
        Heading("old_code", _("Old code"), ["mã cũ"], required=True, kind="code", max_length=20,
                examples=["31552", "31564"]),
        Heading("old_name", _("Old name"), ["tên cũ"], examples=["Xã Nhơn Mỹ", "Xã An Mỹ"],
                help=_("Only to check that the code is right.")),
        Heading("new_code", _("New code"), ["mã mới"], required=True, kind="code", max_length=20,
                examples=["31552", "31552"]),
        Heading("new_name", _("New name"), ["tên mới"], max_length=120,
                examples=["Nhơn Mỹ", "Nhơn Mỹ"],
                help=_("Without the type. Needed when the new unit is not in the list yet.")),
        Heading("new_kind", _("New type"), ["loại mới"], max_length=60, examples=["Xã", "Xã"],
                help=_("Needed together with the new name: Xã, Phường…")),
        Heading("parent_code", _("Code of the unit above"), ["mã cấp trên mới", "mã cấp trên"],
                kind="code", max_length=20, examples=["92", "92"]),
        Heading("share", _("Share of it"), ["tỷ lệ"], kind="number", most=1, examples=["1", "1"],
                help=_("The part of the old unit, between 0 and 1; 1 when left empty.")),
        Heading("number", _("Number of the document"), ["số văn bản"], max_length=60,
                examples=["1668/NQ-UBTVQH15", "1668/NQ-UBTVQH15"]),
        Heading("issued_on", _("Date of the document"), ["ngày văn bản"], kind="day",
                examples=["16/06/2025", "16/06/2025"]),
        Heading("issuer", _("Issued by"), ["cơ quan ban hành"],
                examples=["Ủy ban Thường vụ Quốc hội", "Ủy ban Thường vụ Quốc hội"]),
    ]  # fmt: skip


@dataclass(frozen=True)
class Passed:
    """One row of the list."""

    number: int  # of the row in the file
    on: dt.date
    form: str
    old_code: str
    new_code: str
    old_name: str = ""
    new_name: str = ""
    new_kind: str = ""
    parent_code: str = ""
    share: Decimal = Decimal(1)
    document: tuple[str, dt.date, str] | None = None  # number, date, issuer

    @classmethod
    def of(cls, row: Row) -> "Passed":
        """The row as read; it must have no errors."""
        cited = (row["number"], row["issued_on"], row["issuer"])
        texts = ("old_name", "new_name", "new_kind", "parent_code")
        return cls(
            number=row.number,
            on=row["on"],
            form=row["form"],
            old_code=row["old_code"],
            new_code=row["new_code"],
            share=Decimal(1) if row["share"] is None else row["share"],
            document=cited if all(cited) else None,
            **{name: row[name] or "" for name in texts},
        )


@cache
def unchanged_in_2025() -> frozenset[str]:
    """Codes of the units the reform of 1/7/2025 left as they were, as far as this room knows."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return frozenset(
            row["Mã cũ"]
            for row in csv.DictReader(file)
            if row["Hình thức"] == "Giữ nguyên" and row["Ngày hiệu lực"] == "01/07/2025"
        )
