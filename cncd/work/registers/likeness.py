"""When two names are taken to mean one product or one owner: no database, no clock.

Measured on the labelled pairs of `tests/data/pairs.csv`; the threshold was chosen on one half.
"""

from typing import NamedTuple

from cncd.foundation.kit.alike import Likeness, likeness, read
from cncd.work.registers.vocabulary import MADE, NAMES

ASKED_FROM = 0.78  # from here on a person is asked whether the two are one
ONE_OWNER = 0.75  # from here on two owners' names are taken as one, of products otherwise alike
COMMON_NAME = 2.6  # shared words of an owner's name: fewer are borne by many, all over a province
FAR, FAR_AND_COMMON = 0.98, 0.7  # what another commune leaves of a score


class Named(NamedTuple):
    """A product as it is compared: its name, its owner's, and the folded words of where it is."""

    name: str
    owner: str = ""
    place_words: frozenset[str] = frozenset()

    @property
    def said(self) -> frozenset[str]:
        """Words that may stand in one of the names and be left out of the other."""
        return self.place_words | {word.plain for word in read(self.name, NAMES).words}


def owner_likeness(one: Named, other: Named, *, is_far: bool) -> Likeness:
    """How likely two owners are one; `is_far`: of different communes. `name` is the owner's."""
    known = MADE | one.place_words | other.place_words
    found = likeness(read(one.name, NAMES), read(other.name, NAMES), NAMES, known=known)
    return _from_afar(found, found) if is_far else found


def product_likeness(one: Named, other: Named, *, is_far: bool, same_owner=False) -> Likeness:
    """How likely two products are one: alike by name, and made by one owner."""
    owners = [read(each.owner, NAMES) for each in (one, other)]
    makers = Likeness(1.0, (), 9.0)
    if not same_owner:
        makers = likeness(*owners, NAMES, known=MADE | one.said | other.said)
    known = one.place_words | other.place_words | {w.plain for owner in owners for w in owner.words}
    found = likeness(read(one.name, NAMES), read(other.name, NAMES), NAMES, known=known)
    if makers.score < ONE_OWNER:
        why = (*(code for code in found.why if code != "same"), "owner")
        found = found._replace(score=round(found.score * makers.score, 4), why=why)
    return _from_afar(found, makers) if is_far else found


def _from_afar(found: Likeness, makers: Likeness) -> Likeness:
    left = FAR if makers.shared >= COMMON_NAME else FAR_AND_COMMON
    return found._replace(score=round(found.score * left, 4))
