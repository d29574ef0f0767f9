"""What a household's code may be, and how codes are read, ordered and shown: no database."""

import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.text import nfc, tidy

MOST_SIGNS = 12
MOST_DIGITS = 8  # a phone number has 10, a citizen's number 9 or 12
MOST_LETTERS = 4  # together: “KHU3” is a code, “Tuấn” is somebody
MOST_AT_ONCE = 2_000  # codes made in one go
CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?")
PARTS = re.compile(r"\d+|[A-Z]+")
SEPARATORS = re.compile(r"[\s,;*#+]+")  # * # + are on the number pad of a phone, a comma often not
DASHES = re.compile(r"\s*[-‐‑–—]\s*")


class NotACode(ValueError):
    """The text is no household code; `message` says why, and what to write instead."""

    def __init__(self, message: str | Promise):
        self.message = message
        super().__init__(message)


def checked_code(text: str) -> str:
    """Gives the code as it is kept: capitals, no spaces around, leading zeros as written.

    Raises NotACode for what may be a name, a phone or citizen's number (nobody is named here), and
    for anything else that is not digits, plain letters and . / -.
    """
    code = DASHES.sub("-", tidy(text)).upper()
    digits = sum(sign.isdigit() for sign in code)
    letters = sum(sign.isalpha() for sign in code)
    if digits > MOST_DIGITS:
        message = _(
            "“{text}” looks like a phone or citizen's number. Only the household's own code is"
            " kept here, for example 012."
        )
        raise NotACode(format_lazy(message, text=code))
    if letters > MOST_LETTERS or (letters and not digits):
        message = _(
            "“{text}” looks like a name. No name is kept here: write the household's code, for"
            " example 012."
        )
        raise NotACode(format_lazy(message, text=tidy(text)))
    if len(code) > MOST_SIGNS or not digits or not CODE.fullmatch(code):
        message = _(
            "“{text}” is not a code. A code is made of digits, letters without marks and the signs"
            " . / -, at most {most} in all, for example 012 or A-12."
        )
        raise NotACode(format_lazy(message, text=tidy(text), most=MOST_SIGNS))
    return code


def code_key(code: str) -> str:
    """Gives the key by which codes are one and the same, and by which they are ordered.

    “1”, “01” and “001” are one household, “a-12” and “A12” too; 2 comes before 10.
    """
    parts = PARTS.findall(code.upper())
    return "".join(p.lstrip("0").zfill(8) if p.isdigit() else p.lower() for p in parts)


def numbered(first: str, last: str) -> list[str]:
    """Lists the codes from first to last: “001” to “250”, or “A1” to “A40”.

    Raises NotACode when one is no code, they begin differently, or there are too many.
    """
    (start, low), (end, high) = _tail(checked_code(first)), _tail(checked_code(last))
    if not low or start != end or not high or int(low) > int(high):
        message = _("The last code must go on counting from the first, for example 001 and 250.")
        raise NotACode(message)
    if int(high) - int(low) >= MOST_AT_ONCE:
        message = _("At most {most} codes at once. Make the rest afterwards.")
        raise NotACode(format_lazy(message, most=MOST_AT_ONCE))
    codes = [f"{start}{str(n).zfill(len(low))}" for n in range(int(low), int(high) + 1)]
    return [checked_code(code) for code in codes]


def shown_ranges(codes: Iterable[str]) -> str:
    """Writes many codes in little room: “001–250, A1–A12, 7B”."""
    runs: list[list[str]] = []
    for code in sorted(codes, key=lambda code: (_tail(code)[0], code_key(code))):
        if runs and _follows(runs[-1][-1], code):
            runs[-1].append(code)
        else:
            runs.append([code])
    parts = (f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)
    return ", ".join(parts)


def _follows(before: str, code: str) -> bool:
    (start, low), (same, high) = _tail(before), _tail(code)
    return start == same and bool(low and high) and int(high) == int(low) + 1


def _tail(code: str) -> tuple[str, str]:
    """A code as what it begins with and the number it ends in."""
    start = code.rstrip("0123456789")
    return start, code[len(start) :]


def written_codes(text: str) -> tuple[str, ...]:
    """Splits what somebody typed into codes and ranges, each once: “3, 15 20-25”."""
    text = DASHES.sub("-", nfc(text))
    found = (part.strip(".-/").upper() for part in SEPARATORS.split(text))
    return tuple(dict.fromkeys(filter(None, found)))


def read_codes(written: Iterable[str], known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Finds written codes and ranges among the known ({key: code}): (codes in order, not found)."""
    found: dict[str, str] = {}
    unknown = []
    for text in written:
        meant = _meant(text, known)
        found |= meant
        unknown += [] if meant else [text]
    return [found[key] for key in sorted(found)], unknown


def _meant(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """The codes that one written text means; none when it means nothing known."""
    key = code_key(text)
    if key in known:
        return {key: known[key]}
    first, dash, last = text.partition("-")
    low, high = code_key(first), code_key(last)
    if not dash or low not in known or high not in known or _shape(low) != _shape(high):
        return {}
    alike = _shape(low)
    return {key: known[key] for key in known if low <= key <= high and _shape(key) == alike}


def _shape(key: str) -> str:
    """What a key begins with: codes of one shape may stand in one range."""
    return key[:-8] if key[-8:].isdigit() else key
