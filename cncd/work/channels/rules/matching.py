"""How one written part relates to one expected part."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.translation import gettext as _

from cncd.foundation.kit.text import expand
from cncd.work.channels.rules.naming import NUMBERED, Piece
from cncd.work.channels.rules.spelling import flat, key, misses_marks

TEAM_WORDS = expand("CNCĐ")  # what each way to say "tổ công nghệ số cộng đồng" is to a search
CLOSE = 0.8
SHORT = 3  # letters of an abbreviated type, which may stand without a space: "P1"
# What a part costs that is not what was expected; the cheapest reading of a name is the one told.
SAME, ALMOST, OLD, OTHER, MISSING = 0, 1, 2, 3, 5


class Match(NamedTuple):
    """The cost of taking this for that, and the faults told when one does."""

    cost: float
    faults: tuple[tuple[str, str], ...] = ()


def match(part: str, piece: Piece, context) -> Match:
    """The kindest way to read the written part as the expected one."""
    if key(part) == key(piece.text):
        return Match(SAME)
    found = _of_unit(part, piece, context) if piece.unit else _of_words(part, piece)
    return found or _other(part, piece)


# -- fixed words: "Tổ CNCĐ" -----------------------------------------------------------------------


def _of_words(part: str, piece: Piece) -> Match | None:
    right = piece.text
    if faults := _written_otherwise(part, right):
        return Match(ALMOST, faults)
    words, wanted = part.split(), right.split()
    extra = _without(words, wanted)
    if extra is not None:
        said = _("“%(extra)s” at the beginning does not belong to the name.")
        return Match(ALMOST, (("prefix_extra", said % {"extra": " ".join(extra)}),))
    left_out = _without(wanted, words)
    if left_out is not None:
        said = _("The name begins with “%(right)s”; “%(missing)s” is missing.")
        told = said % {"right": right, "missing": " ".join(left_out)}
        return Match(ALMOST, (("prefix_missing", told),))
    if expand(part) == TEAM_WORDS:
        said = _("The name begins with “%(right)s”, not with “%(part)s”.")
        return Match(ALMOST + 0.25, (("prefix_wrong", said % {"right": right, "part": part}),))
    return None


def _without(longer: list[str], shorter: list[str]) -> list[str] | None:
    """What stands before the shorter words in the longer ones; None when it is not so."""
    there = [key(word) for word in longer[-len(shorter) :]] == [key(word) for word in shorter]
    return longer[: -len(shorter)] if there and len(longer) > len(shorter) else None


# -- names of units -----------------------------------------------------------------------------


def _of_unit(part: str, piece: Piece, context) -> Match | None:
    if faults := _written_otherwise(part, piece.text):
        return Match(ALMOST, faults)
    for written, fault in _ways(part, piece, context):
        if key(part) == key(written):
            return Match(ALMOST, (fault,))
        if faults := _written_otherwise(part, written):
            return Match(ALMOST + 0.5, (fault, *faults))
    for former in context.former_names:
        if former.fits(part):
            said = _("“%(old)s” is an old name. %(since)s: “%(new)s”.")
            words = {"old": part, "since": former.since, "new": piece.text}
            return Match(OLD, (("old_name", said % words),))
    return _with_more_words(part, piece)


def _ways(part: str, piece: Piece, context):
    """Ways to write the unit with more or less of its type than is right."""
    unit, name = piece.unit, piece.unit.name
    if piece.typed:
        yield name, ("type_missing", _why_typed(piece, context))
    if not flat(part).endswith(flat(name)):
        return
    own = (unit.kind, unit.short)
    for word in dict.fromkeys([*own, *context.types]):
        joints = (" ", ". ", ".", "") if len(word) <= SHORT else (" ",)
        for text in (f"{word}{joint}{name}" for joint in joints):
            if key(text) != key(piece.text):
                yield text, _typed(word, text, piece, is_own=word in own)


def _typed(word: str, text: str, piece: Piece, *, is_own: bool) -> tuple[str, str]:
    if not piece.typed:
        said = _("“%(name)s” goes without “%(word)s”.")
        return "type_extra", said % {"name": piece.text, "word": word}
    if is_own:
        said = _("Write “%(right)s”, not “%(text)s”.")
        return "type_form", said % {"right": piece.text, "text": text}
    said = _("“%(text)s” is another unit; here it must be “%(right)s”.")
    return "wrong_name", said % {"right": piece.text, "text": text}


def _why_typed(piece: Piece, context) -> str:
    if piece.typed == NUMBERED:
        said = _("A numbered unit keeps its type: “%(right)s”.")
        return said % {"right": piece.text}
    others = ", ".join(_lower(each) for each in context.namesakes_of(piece.unit))
    said = _("There is also %(others)s, so the type stands before the name: “%(right)s”.")
    return said % {"others": others or piece.unit.name, "right": piece.text}


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _with_more_words(part: str, piece: Piece) -> Match | None:
    """The right name with something before or after it."""
    if len(part) > len(piece.text) and key(piece.text) in key(part):
        before, after = key(part).split(key(piece.text), 1)
        if re.search(r"[^\W\d_]$", before) or re.match(r"\w", after):
            return None
        extra = (before + " " + after).strip()
        said = _("“%(extra)s” does not belong to the name.")
        return Match(ALMOST + 0.5, (("part_extra", said % {"extra": extra}),))
    return None


# -- both ---------------------------------------------------------------------------------------


def _written_otherwise(part: str, right: str) -> tuple[tuple[str, str], ...]:
    """Diacritics or capitals at fault, and nothing else; () when it is not so."""
    faults = []
    if misses_marks(part, right):
        said = _("Diacritics are missing: “%(right)s”, not “%(part)s”.")
        faults.append(("diacritics", said % {"right": right, "part": part}))
    elif key(part).casefold() != key(right).casefold():
        return ()
    if _capitals(part) != _capitals(right):
        said = _("Capital letters: “%(right)s”, not “%(part)s”.")
        faults.append(("case", said % {"right": right, "part": part}))
    return tuple(faults)


def _capitals(text: str) -> list[bool]:
    return [sign.isupper() for sign in key(text)]


def _other(part: str, piece: Piece) -> Match:
    """Something else stands where the expected part should."""
    code = "wrong_name" if piece.unit else "prefix_wrong"
    said = _("“%(part)s” stands where “%(right)s” should.")
    fault = (code, said % {"part": part, "right": piece.text})
    near = SequenceMatcher(None, flat(part), flat(piece.text)).ratio() >= CLOSE
    return Match(OLD if near else OTHER, (fault,))
