"""Small turns of phrase that several kinds of document share, always in Vietnamese."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse

from cncd.foundation.kit.figures import number
from cncd.foundation.people.models import Person
from cncd.results.paperwork.drawing import Bullet, Figure, Text
from cncd.results.paperwork.rules.words import amount_in_words

LOCAL_LAW = "Căn cứ Luật Tổ chức chính quyền địa phương"
MINISTRY = (
    "Căn cứ Công văn số 793/BTTTT-THH ngày 05/3/2022 của Bộ Thông tin và Truyền thông về việc "
    "hướng dẫn thí điểm triển khai Tổ công nghệ số cộng đồng tại các địa phương"
)
RESOLUTION = (
    "Căn cứ Nghị quyết số 07-NQ/TU ngày 27/10/2021 của Ban Chấp hành Đảng bộ tỉnh Khóa XIV về "
    "Chuyển đổi số tỉnh Sóc Trăng đến năm 2025, định hướng đến năm 2030"
)
NONE_STATED = "Không có."
BLANK = "…………"


def count(value: int, what: str = "") -> str:
    """“1.234 người”; numbers below ten as officials write them: “05 Tổ”."""
    shown = f"{value:02d}" if 0 < value < 10 else number(value)
    return f"{shown} {what}".strip()


def month(period) -> str:
    """“tháng 11 năm 2026” of a period."""
    year, month = period.code.split("-")[:2]
    return f"tháng {int(month)} năm {year}"


def day(value: dt.date) -> str:
    """“05/6/2026”, “05/01/2026”: two digits for days below 10 and for months 1 and 2 only."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value:%d}/{month}/{value:%Y}"


def cited(document) -> str:
    """“Quyết định số 12/QĐ-UBND ngày 05/6/2025 của UBND xã Nhơn Mỹ”."""
    kind = document.get_kind_display()
    subject = f" {_lower(document.subject)}" if document.subject else ""
    return (
        f"{kind} số {document.number} ngày {day(document.issued_on)} của {document.issuer}{subject}"
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def called(person: Person) -> str:
    """“Ông Trần Văn Hùng”, “Bà …”; “Ông (bà) …” where it is not stated."""
    titles = {Person.Gender.MALE: "Ông", Person.Gender.FEMALE: "Bà"}
    return f"{titles.get(person.gender, 'Ông (bà)')} {person.full_name}"


def paragraphs(text: str) -> tuple[Text | Bullet, ...]:
    """What somebody typed in a field, line by line; lines that begin with a sign are a list."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line[:1] in "-–•*+" and line[1:].strip():
            found.append(Bullet(line[1:].strip(), "+" if line[0] == "+" else "-"))
        else:
            found.append(Text(line))
    return tuple(found)


def or_none(blocks: Iterable) -> tuple:
    """The blocks, or the sentence that there is nothing."""
    return tuple(blocks) or (Text(NONE_STATED),)


def one(rows, pk):
    """The row of that key as it came in an address; None for what is no key at all."""
    try:
        return rows.filter(pk=pk).first()
    except (ValueError, OverflowError, ValidationError):
        return None


def address(name: str, *args, **query) -> str:
    """The path of a page by its name, with a query."""
    path = reverse(name, args=args)
    return f"{path}?{urlencode(query)}" if query else path


def amount(value: int, room: str, pk, version: int, page: str, label: str) -> tuple[Figure, Figure]:
    """Whole đồng, “1.250.000 đồng”, and the same in words: they change together."""
    told = ((f"{number(value)} đồng", label), (amount_in_words(value), f"{label}, bằng chữ"))
    digits, words = (Figure(text, room, pk, version, page, what) for text, what in told)
    return digits, words
