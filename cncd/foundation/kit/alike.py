"""How alike two short Vietnamese texts are, and why: people who say one thing twice rarely write
it twice the same way.

Words are compared, not letters: dấu left out or misplaced, slips of the finger, southern spelling,
another order and abbreviations cost little; another word, another number cost much. What is usual
in a kind of text (its abbreviations, its empty words) comes in as a `Vocabulary`. Nothing here
knows a database.
"""

from collections import Counter
from collections.abc import Set
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from .readings import Reading, Vocabulary, Word, read, spelled, telling

__all__ = [
    "REASONS",
    "Likeness",
    "Reading",
    "Vocabulary",
    "keys",
    "likeness",
    "read",
    "sound",
    "spelled",
]

OTHER_WORD, MISSING_WORD, OTHER_NUMBER = 2.0, 0.6, 1.5  # what each costs, in words
OTHER_AMOUNT = 0.95
KNOWN_WEIGHT = 0.15

REASONS = {
    "same": _("the same name"),
    "marks": _("the marks (dấu) differ"),
    "letters": _("a letter or two differ"),
    "order": _("the words stand in another order"),
    "short": _("one is abbreviated"),
    "more": _("one says more than the other"),
    "amount": _("the size of the package differs"),
    "number": _("a number differs"),
    "words": _("some words differ"),
}


class Likeness(NamedTuple):
    """From 0 (nothing in common) to 1 (the same), with codes of `REASONS`."""

    score: float
    why: tuple[str, ...]
    shared: float = 0.0  # the weight of what they share: how much the score rests on


def likeness(
    one: Reading, other: Reading, vocabulary: Vocabulary, *, known: Set[str] = frozenset()
) -> Likeness:
    """How likely two texts name the same thing, with the reasons for doubting it.

    `known` are folded words that say nothing new when one text has them and the other has not.
    """
    shared, slips, left, right, why = _matched(one, other, vocabulary)
    shared, left, right = _joined(shared, left, right, why)
    one_only, right = _counted(_unlike(one.numbers, other.numbers), right, vocabulary)
    other_only, left = _counted(_unlike(other.numbers, one.numbers), left, vocabulary)
    lack, more = sorted(_left_over(*sides, known) for sides in ((left, right), (right, left)))
    clashes = _clashes(one, other, vocabulary) + lack + slips
    apart = OTHER_WORD * clashes + MISSING_WORD * (more - lack)
    shared += 0.5 * bool(one.numbers and not one_only and not other_only)
    if one_only and other_only:
        apart += OTHER_NUMBER * OTHER_WORD
    elif one_only or other_only:
        apart += OTHER_NUMBER * MISSING_WORD
    why |= {"number"} if one_only or other_only else set()
    score = shared / (shared + apart) if shared else 0.0
    if one.amounts and other.amounts and one.amounts.isdisjoint(other.amounts):
        score *= OTHER_AMOUNT
        why.add("amount")
    why |= {"words"} if lack > 0.3 else {"more"} if more > 0.3 else set()
    if one.has_short != other.has_short:
        why.add("short")
    ordered = tuple(code for code in REASONS if code in why) or ("same",)
    return Likeness(round(score, 4), ordered, shared)


def _unlike(numbers: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    return list((Counter(numbers) - Counter(others)).elements()) if numbers else []


def _counted(numbers: list[str], words: list[Word], vocabulary: Vocabulary):
    """The numbers that no word of the other text says, and the words that say none of them."""
    rest = []
    for word in words:
        figure = vocabulary.numerals.get(word.plain)
        if figure in numbers:
            numbers.remove(figure)
        else:
            rest.append(word)
    return numbers, rest


def _left_over(words: list[Word], across: list[Word], known: Set[str]) -> float:
    """What unanswered words weigh; known ones next to nothing, unless they stand for another."""
    is_more = not telling(across)
    return sum(
        min(word.weight, KNOWN_WEIGHT) if is_more and word.plain in known else word.weight
        for word in words
    )


def _matched(one: Reading, other: Reading, vocabulary: Vocabulary):
    """The weight of words that answer each other, what it lacks, and the words left over."""
    left, right = list(one.words), list(other.words)
    shared, slips, why = 0.0, 0.0, set()
    marked = one.is_marked and other.is_marked
    pairs = sorted(
        (
            (value, -abs(i - j), i, j, reason)
            for i, word in enumerate(left)
            for j, its in enumerate(right)
            for value, reason in [alike(word, its, marked, vocabulary)]
            if value
        ),
        reverse=True,
    )
    taken: list[tuple[int, int]] = []
    for value, _near, i, j, reason in pairs:
        if left[i] is None or right[j] is None:
            continue
        weight = (left[i].weight + right[j].weight) / 2
        shared += value * weight
        slips += (1 - value) * weight
        why |= {reason} if reason else set()
        left[i] = right[j] = None
        taken.append((i, j))
    in_order = [j for _i, j in sorted(taken)]
    if in_order != sorted(in_order):
        why.add("order")
    return shared, slips, [w for w in left if w], [w for w in right if w], why


def alike(word: Word, other: Word, marked: bool, vocabulary: Vocabulary) -> tuple[float, str]:
    """How far one word may be the other (0 to 1), and what differs; `marked`: both texts have dấu.

    Two real words are two words, however near: dừa is not dứa.
    """
    if word.plain == other.plain:
        if word.spelled == other.spelled or not (word.spelled and other.spelled):
            return 1.0, ""
        if not marked:
            return 0.99, "marks"
        same = not _are_two_words(word, other, vocabulary)
        return (_misplaced(word.spelled, other.spelled), "marks") if same else (0.0, "")
    if word.plain[0] != other.plain[0] and sound(word.plain) != sound(other.plain):
        return 0.0, ""
    if marked and _are_two_words(word, other, vocabulary):
        return 0.0, ""
    return _slip(word.plain, other.plain), "letters"


def _are_two_words(word: Word, other: Word, vocabulary: Vocabulary) -> bool:
    return word.spelled in vocabulary.words and other.spelled in vocabulary.words


HOOK, TILDE = "\u0309", "\u0303"


def _misplaced(one: str, other: str) -> float:
    """How far marks may be slips: one forgotten, hỏi for ngã; another mark is another word."""
    marks = [set(word.partition("/")[2]) for word in (one, other)]
    if marks[0] <= marks[1] or marks[1] <= marks[0] or marks[0] ^ marks[1] == {HOOK, TILDE}:
        return 0.92
    return 0.6


@lru_cache(maxsize=50_000)
def _slip(one: str, other: str) -> float:
    """How far a slip of the finger or of the ear makes one word of the other."""
    if sound(one) == sound(other):
        return 0.92
    longest = max(len(one), len(other))
    steps = OSA.distance(one, other, score_cutoff=2)
    if steps == 1 and longest >= 3:
        return 0.75 if longest >= 4 else 0.5
    return 0.6 if steps == 2 and longest >= 6 else 0.0


def _joined(shared: float, left: list[Word], right: list[Word], why: set[str]):
    """What runs together: "banhpia" answers bánh pía, "QLP" answers Quảng Lợi Phát."""
    mine, its = telling(left), telling(right)
    if not mine or not its:
        return shared, left, right
    one, other = ("".join(word.plain for word in side) for side in (mine, its))
    initials = {"".join(word.plain[0] for word in side) for side in (mine, its) if len(side) > 1}
    if one == other and len(one) >= 4:
        value = 0.95
    elif min(len(mine), len(its)) == 1 and {one, other} & initials and len(one + other) > 5:
        value = 0.75
        why.add("short")
    else:
        return shared, left, right
    weight = max(sum(word.weight for word in side) for side in (mine, its))
    rest = [[word for word in side if word.weight <= 0.5] for side in (left, right)]
    return shared + value * weight, *rest


def _clashes(one: Reading, other: Reading, vocabulary: Vocabulary) -> int:
    """How often both say what only one of them can be."""
    mine, its = ({word.plain for word in each.words} for each in (one, other))
    return sum(
        1
        for group in vocabulary.exclusive
        if mine & group and its & group and not mine & its & group
    )


ONSETS = [("ngh", "ng"), ("gh", "g"), ("gi", "d"), ("tr", "ch"), ("ph", "f"), ("qu", "w"),
          ("v", "d"), ("z", "d"), ("x", "s"), ("k", "c"), ("q", "c"), ("r", "g")]  # fmt: skip
CODAS = [("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t")]


@lru_cache(maxsize=20_000)
def sound(plain: str) -> str:
    """A folded syllable as the south hears it: tr and ch, v and gi, -n and -ng fall together."""
    for written, heard in ONSETS:
        if plain.startswith(written) and len(plain) > len(written):
            plain = heard + plain[len(written) :]
            break
    for written, heard in CODAS:
        if plain.endswith(written) and len(plain) > len(written):
            plain = plain[: -len(written)] + heard
            break
    return plain.replace("y", "i")


MOST_PAIRED = 5  # words of a name that go into its keys


def keys(reading: Reading) -> set[str]:
    """What a text is looked up by: texts that are alike share at least one, nearly always.

    Its telling words by their sound, in pairs, so that one of three may be mistyped; all of them
    run together, for those who leave out spaces; a name of one or two words also word by word.
    """
    words = reading.heavy or reading.words
    sounds = sorted({sound(word.plain) for word in words})[:MOST_PAIRED]
    found = {f"{one} {other}"[:40] for one, other in combinations(sounds, 2)}
    if len(sounds) <= 2:
        found |= {each[:40] for each in sounds}
    run_together = "".join(word.plain for word in words)
    return found | ({f"={run_together}"[:40]} if run_together else set())
