"""Signs that look right and are not: other alphabets, invisible signs, letters taken apart."""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

# Letters of other alphabets that look like ours, in pairs: the sign, what it is taken for.
ALIKE = dict(
    pair
    for pair in (
        "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ԌG ԜW аa еe оo рp сc уy хx ѕs іi јj ԁd һh"
        " ԛq ԝw ьb кk мm нh тt вb гr пn"  # Cyrillic
        " ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo νv ιi κk ρp τt υu χx αa γy ηn"  # Greek
        " ÐĐ ðđ ƉĐ ɖđ ɗđ ɑa ɡg ıi ƌđ"  # Latin, not Vietnamese
        " ‗_ ˍ_ ⎯- ‾_ ﹍_ ﹎_ ﹏_"  # lines that are no underscore
    ).split()
)
STROKED = re.compile("([Dd])[\u0335\u0336\u0337]")  # a D with a stroke laid over it
BREAKS = "\t\n\r"
HIDDEN = {"\u034f", "\u115f", "\u1160", "\u3164", "\ufe0e", "\ufe0f", "\u2800"}


class Cleaned(NamedTuple):
    """The name as it was meant, and what was done to it, as (code, sentence)."""

    text: str
    faults: list[tuple[str, str]]


def cleaned(raw: str) -> Cleaned:
    """The name in ordinary composed signs with single spaces, and each fault it had (II.2.7)."""
    text, faults = raw, []
    for put_right in (_shown_signs, _our_signs, _composed, _single_spaces):
        text, fault = put_right(text, raw)
        faults += fault
    return Cleaned(text, faults)


def _shown_signs(text: str, raw: str):
    found = [(n, sign) for n, sign in enumerate(text, 1) if _is_hidden(sign)]
    if not found:
        return text, []
    places = ", ".join(str(n) for n, _sign in found)
    codes = ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for _n, sign in found))
    said = _("An invisible sign (%(codes)s) stands at place %(places)s.")
    text = "".join(sign for sign in text if not _is_hidden(sign))
    return text, [("invisible", said % {"codes": codes, "places": places})]


def _is_hidden(sign: str) -> bool:
    return sign in HIDDEN or (unicodedata.category(sign) in ("Cf", "Cc") and sign not in BREAKS)


def _our_signs(text: str, raw: str):
    said, result = [], []
    if STROKED.search(text):
        said.append(_("A D with a stroke laid over it stands for “Đ”."))
        text = STROKED.sub(lambda found: "Đ" if found[1] == "D" else "đ", text)
    for place, sign in enumerate(text, 1):
        ours = _ours(sign)
        result.append(ours)
        if ours != sign:
            said.append(_told(place, sign, ours))
    return "".join(result), [("lookalike", " ".join(said))] if said else []


def _ours(sign: str) -> str:
    if sign in ALIKE:
        return ALIKE[sign][0]
    if unicodedata.category(sign) in ("Zs", "Zl", "Zp") or sign in BREAKS:
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    is_other = plain != unicodedata.normalize("NFC", sign)
    return plain if is_other and not unicodedata.combining(sign) else sign


def _told(place: int, sign: str, ours: str) -> str:
    if ours == " ":
        said = _("Place %(place)s holds a special space (%(code)s) instead of an ordinary one.")
    else:
        said = _("Place %(place)s holds “%(sign)s”, %(what)s (%(code)s), instead of “%(ours)s”.")
    words = {"place": place, "sign": sign, "ours": ours, "code": f"U+{ord(sign):04X}"}
    return said % (words | {"what": _script(sign)})


def _script(sign: str) -> str:
    name = unicodedata.name(sign, "")
    said = {
        "CYRILLIC": _("a Cyrillic letter"),
        "GREEK": _("a Greek letter"),
        "FULLWIDTH": _("a full-width sign"),
        "MATHEMATICAL": _("a decorated letter"),
    }
    return next(
        (words for start, words in said.items() if name.startswith(start)), _("a foreign sign")
    )


def _composed(text: str, raw: str):
    whole = unicodedata.normalize("NFC", text)
    if whole == text:
        return text, []
    place = next(n for n, sign in enumerate(text, 1) if unicodedata.combining(sign) or
                 unicodedata.normalize("NFC", sign) != sign)  # fmt: skip
    said = _(
        "Letter and mark are stored apart (from place %(place)s on), so the name is not found by"
        " searching. Copy the name below instead."
    )
    return whole, [("decomposed", said % {"place": max(place - 1, 1)})]


def _single_spaces(text: str, raw: str):
    single = " ".join(text.split(" ")).strip()
    while "  " in single:
        single = single.replace("  ", " ")
    beside = re.sub(r" *_ *", "_", text)  # a space beside "_" belongs to the separator
    faults = []
    if beside != beside.strip():
        faults.append(_("There is a space before or after the name."))
    if "  " in beside.strip():
        faults.append(_("There are two spaces or more between two words."))
    return single, [("spaces", " ".join(faults))] if faults else []
