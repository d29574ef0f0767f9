"""Numbers, amounts of money and days in Vietnamese words, as documents write them."""

import datetime as dt

DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
GROUPS = ("", "nghìn", "triệu")
MOST = 10**18  # far above any budget; larger numbers are a mistake
YEARS_DAY = "ngày {day} tháng {month} năm {year}"


def number_in_words(number: int) -> str:
    """1250 → "một nghìn hai trăm năm mươi"; whole numbers below 10¹⁸ in size, else ValueError."""
    if abs(number) >= MOST:
        raise ValueError(number)
    if number < 0:
        return f"âm {number_in_words(-number)}"
    return _below_billions(number) if number else DIGITS[0]


def amount_in_words(dong: int) -> str:
    """1250000 → "Một triệu hai trăm năm mươi nghìn đồng"; whole đồng."""
    words = number_in_words(dong)
    return f"{words[0].upper()}{words[1:]} đồng"


def day_of_document(day: dt.date | None, year: int | None = None, *, blank: str = "      ") -> str:
    """“ngày 05 tháng 01 năm 2026”: two digits for days below 10 and for months 1 and 2 only.

    Without a day the places are left open, for the clerk's pen.
    """
    if day is None:
        return YEARS_DAY.format(day=blank, month=blank, year=year or "        ")
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return YEARS_DAY.format(day=f"{day.day:02d}", month=month, year=day.year)


def day_in_words(day: dt.date) -> str:
    """“ngày năm tháng một năm hai nghìn không trăm hai mươi sáu”."""
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"ngày {number_in_words(day.day)} tháng {month} năm {number_in_words(day.year)}"


def _below_billions(number: int, *, full: bool = False) -> str:
    """`full` says the empty hundreds too, as within a longer number."""
    billions, rest = divmod(number, 10**9)
    parts = [f"{_below_billions(billions, full=full)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            said = _three_digits(group, full=full or bool(parts))
            parts.append(f"{said} {GROUPS[power]}".strip())
    return " ".join(parts)


def _three_digits(group: int, *, full: bool) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        parts.append(f"{DIGITS[tens]} mươi")
    elif tens == 1:
        parts.append("mười")
    elif ones and parts:
        parts.append("linh")
    if ones:
        parts.append(_last_digit(tens, ones))
    return " ".join(parts)


def _last_digit(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:
        return "lăm"
    return DIGITS[ones]
