"""Invented names of hamlets and people, drawn from what sounds right in the Mekong Delta."""

from random import Random

from cncd.config.demo.words import TEXTS

NAMES = TEXTS["names"]


def hamlet_names(random: Random, count: int, in_town: bool, taken=()) -> list[tuple[str, str]]:
    """(kind, name) of the hamlets of one commune: numbered khóm in towns, named ấp elsewhere."""
    if in_town:
        return [("khom", str(number)) for number in range(1, count + 1)]
    names, found = set(taken), []
    while len(found) < count:
        name = f"{random.choice(NAMES['first'])} {random.choice(NAMES['second'])}"
        if name not in names and len(set(name.split())) == 2:
            names.add(name)
            found.append(("ap", name))
    return found


def person_name(random: Random, gender: str) -> str:
    """A full name: family, middle, given."""
    parts = ("women_middle", "women") if gender == "f" else ("men_middle", "men")
    family, middle, given = (random.choice(NAMES[part]) for part in ("family", *parts))
    if given in (family, *middle.split()):  # nobody is called Ngọc Ngọc
        return person_name(random, gender)
    return f"{family} {middle} {given}"


class Phones:
    """Numbers nobody has: mobile numbers beginning with 0570 were never given out."""

    def __init__(self):
        self.last = 0

    def next(self) -> str:
        self.last += 1
        return f"0570{self.last:06d}"
