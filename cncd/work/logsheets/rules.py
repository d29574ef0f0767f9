"""The code of a paper log sheet, and what a hand writes on it: no database, no clock."""

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

# 23 signs, a prime number, so that one check sign finds every wrong sign and every swap of two.
# Left out: what the eye takes for another sign (0 O, 1 I L, 2 Z, 5 S), and every letter that
# Vietnamese typing turns into another one (vowels and Y, D D → Đ, W → Ư).
ALPHABET = "23456789BCFGHJKMNPQRTVX"
BASE = len(ALPHABET)
TEAM_SIGNS = 3  # at least; enough for 12,167 teams
MONTH_SIGNS = 2
FIRST_YEAR = 2020
LINES = 18  # on one sheet of A4
MOST_SHEETS = 5  # of one team and month


class WrongCode(ValueError):
    """This is not the code of a log sheet; the message says what to look at."""


class SheetOf(NamedTuple):
    """What a code says: the id of a team, and a month ("2026-11")."""

    team: int
    month: str


def sheet_code(team: int, month: str) -> str:
    """The code of a team's sheet of a month: "2K4-3FX"; the last sign checks the others."""
    year, number = map(int, month.split("-"))
    months = (year - FIRST_YEAR) * 12 + number - 1
    signs = _signs(team, TEAM_SIGNS) + _signs(months, MONTH_SIGNS)
    signs += _check(signs)
    return f"{signs[:-3]}-{signs[-3:]}"


def read_code(text: str) -> SheetOf:
    """What the code says, however it was typed: spaces, dashes, small letters, a whole address.

    Raises WrongCode for every single wrong sign and every two neighbours swapped.
    """
    text = unicodedata.normalize("NFC", text).strip().strip("/").split("/")[-1]
    signs = re.sub(r"[\s\-–—.]", "", text).upper()
    strange = [sign for sign in signs if sign not in ALPHABET]
    if strange:
        raise WrongCode(
            _("A code has no “%(sign)s”: it is made of the digits 2–9 and the letters %(letters)s.")
            % {"sign": strange[0], "letters": " ".join(ALPHABET[8:])}
        )
    team, months = _number(signs[: -MONTH_SIGNS - 1]), _number(signs[-MONTH_SIGNS - 1 : -1])
    month = f"{FIRST_YEAR + months // 12}-{months % 12 + 1:02}"
    # Written anew it must be the same: that also refuses what is too short, or has empty places.
    if (
        len(signs) < TEAM_SIGNS + MONTH_SIGNS + 1
        or sheet_code(team, month).replace("-", "") != signs
    ):
        raise WrongCode(
            _("This code is not right: a sign may be wrong, missing or swapped with the next one.")
        )
    return SheetOf(team, month)


def _signs(number: int, width: int) -> str:
    signs = ""
    while number or len(signs) < width:
        number, rest = divmod(number, BASE)
        signs = ALPHABET[rest] + signs
    return signs


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number * BASE + ALPHABET.index(sign)
    return number


def _check(signs: str) -> str:
    """Makes the sum of sign × place, counted from the end, divisible by 23."""
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(reversed(signs), 2))
    return ALPHABET[-total % BASE]


# -- what is written in a line --------------------------------------------------------------------


def day_written(text: str, first: dt.date, last: dt.date) -> dt.date:
    """The day of the month meant by "7", "7/11" or "07/11/2026"; ValueError says what is wrong.

    A month runs from `first` to `last`, so that a bare number names one day only.
    """
    found = re.fullmatch(r"(\d{1,2})(?:\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?)?", text)
    if not found:
        raise ValueError(_("Write the day as a number, for example 7."))
    day, month, year = (int(part) if part else None for part in found.groups())
    year = year + 2000 if year is not None and year < 100 else year
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    for each in days:
        if each.day == day and month in (None, each.month) and year in (None, each.year):
            return each
    raise ValueError(
        _("There is no such day from %(first)s to %(last)s.")
        % {"first": f"{first:%d/%m}", "last": f"{last:%d/%m/%Y}"}
    )


PARTS = re.compile(r"\s*[,;+/&]\s*|\s+và\s+")
WITH_COUNT = re.compile(r"(.+?)\s*(?:[=:×]|\(|(?<=\d)x|\sx)\s*(\d+)\)?")
NAME_AND_COUNT = re.compile(r"(.*[^\W\d_].*?)\s+(\d+)")


def parts_written(text: str) -> list[tuple[str, int | None]]:
    """The works named in one cell, each with its own count if it has one.

    "4" → [("4", None)]; "4=3, 7=2" → [("4", 3), ("7", 2)]; "Zalo 5" → [("Zalo", 5)].
    """
    found = []
    for part in PARTS.split(text.strip()):
        if part:
            counted = WITH_COUNT.fullmatch(part) or NAME_AND_COUNT.fullmatch(part)
            found.append((counted[1], int(counted[2])) if counted else (part, None))
    return found
