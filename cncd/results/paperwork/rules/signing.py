"""The lines above a signature (decree 30/2020, art. 13), and what the number and day look like."""

import re

from cncd.results.paperwork.drawing import Signing

HEADED = ("KT", "TL", "TUQ")
TITLES = re.compile(r"^(?:(?:PGS|GS|TSKH|TS|ThS|BS|KS|CN|LS|NGND|NGƯT|Đồng chí|Đ/c)\b[.,\s]*)+")


def bare_name(name: str) -> str:
    """The name alone: no degree or honour stands before it (Phụ lục I, ô 7b)."""
    return TITLES.sub("", name) or name


def lines_of(signing: Signing) -> tuple[str, ...]:
    """TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH, from the parts."""
    above = (f"TM. {signing.collective}",) if signing.collective else ()
    if signing.form in HEADED:
        return (*above, f"{signing.form}. {signing.head}", signing.post)
    return (*above, f"Q. {signing.post}" if signing.form == "Q" else signing.post)


def problems(signing: Signing) -> list[str]:
    """What is missing: "head" for KT., TL. and TUQ. without the one they speak of, "post"."""
    found = ["head"] if signing.form in HEADED and not signing.head.strip() else []
    return found + ([] if signing.post.strip() else ["post"])


def title_of(signing: Signing) -> str:
    """“KT. CHỦ TỊCH PHÓ CHỦ TỊCH”, as lists of documents cite it."""
    return " ".join(lines_of(signing))
