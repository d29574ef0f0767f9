"""Months of made-up teams, honest and padded, for measuring the signs: a fixed seed, a label each.

Honest months hold what honest teams do too: paper sheets typed in on the last evening, a few logs
caught up late, meetings of 100, figures that agree by chance, small hamlets. And some look padded
though they are not: the notebook entered on the last evening, the class of twelve each week, the
leader who says "about ten", the hamlet that grew since its households were counted. Padded
months are of seven kinds; some are cautious (a copy with figures changed, a burst behind honest
logs), so that not all can be found. `Style` moves what teams are like: the held-out part has
another one than that on which the thresholds were chosen.
"""

import datetime as dt
import random
from dataclasses import dataclass, replace

from cncd.results.rewards.rules.signs import (
    HOUSEHOLDS,
    LAST_EVENING,
    LAST_MONTH,
    NEIGHBOUR,
    PEOPLE,
    ROUND,
    SAME_NUMBER,
    Log,
    Month,
)

CODES = ("TC08", "CQ05", "CQ06", "CQ07", "CQ10", "KT06", "KT10", "XH01", "XH06", "XH08", "XH15")
KINDS = (LAST_MONTH, NEIGHBOUR, LAST_EVENING, HOUSEHOLDS, PEOPLE, ROUND, SAME_NUMBER)
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
SENT = dt.datetime(2026, 10, 31, 20, 30)


@dataclass(frozen=True)
class Style:
    """How much teams do, how steady they are from month to month, how many type in from paper."""

    busy: tuple[int, int] = (8, 26)  # logs a month
    steady: float = 0.35  # how far a month may lie from the one before
    paper: float = 0.15
    rounding: float = 0.1  # of direct help, stated as a round number by habit
    odd: float = 0.04  # honest, and yet looking padded


TUNED = Style()
HELD_OUT = Style(busy=(6, 32), steady=0.25, paper=0.25, rounding=0.18, odd=0.06)


@dataclass(frozen=True)
class Labelled:
    """A month and what was planted in it; "" in an honest one."""

    month: Month
    planted: str = ""


def months(seed: int, style: Style, honest: int, planted: int) -> list[Labelled]:
    """So many honest months, and so many padded, the kinds by turns."""
    dice = random.Random(seed)
    found = [Labelled(_honest(dice, style)) for _each in range(honest)]
    for number in range(planted):
        kind = KINDS[number % len(KINDS)]
        found.append(Labelled(PAD[kind](_honest(dice, style), dice), kind))
    return found


# -- honest ---------------------------------------------------------------------------------------


def _honest(dice: random.Random, style: Style) -> Month:
    members, households = dice.randint(3, 10), dice.randint(60, 420)
    on_paper = dice.random() < style.paper
    logs = tuple(_log(dice, style, on_paper) for _each in range(dice.randint(*style.busy)))
    figures = _figures(dice, logs)
    month = Month(
        figures=figures,
        last=_near(dice, figures, style.steady) if dice.random() < 0.9 else {},
        neighbours={n: _near(dice, figures, 0.6) for n in range(dice.randint(0, 12))},
        logs=logs,
        reached=min(households, dice.randint(5, max(6, households // 2))),
        households=households if dice.random() < 0.9 else None,
        members=members,
        sent_at=SENT,
    )
    return _odd(month, dice) if dice.random() < style.odd else month


def _odd(month: Month, dice: random.Random) -> Month:
    """Honest, though it looks otherwise: nobody but the team can explain it."""
    what = dice.choice(("notebook", "class", "about", "grown"))
    if what == "grown":
        households = month.households or 200
        return replace(month, households=households, reached=round(households * 1.08))
    if what == "notebook":
        made = [SENT - dt.timedelta(minutes=dice.randint(2, 90)) for _log in month.logs]
        logs = [replace(log, made_at=at, is_copied=False)
                for log, at in zip(month.logs, made, strict=True)]  # fmt: skip
        return replace(month, logs=tuple(logs))
    numbers = (12,) if what == "class" else (5, 10, 15)
    logs = [replace(log, people=dice.choice(numbers)) for log in month.logs]
    return replace(month, logs=tuple(logs))


def _log(dice: random.Random, style: Style, on_paper: bool) -> Log:
    happened = FIRST + dt.timedelta(days=dice.randint(0, 30))
    is_mass = dice.random() < 0.15
    people = dice.choice((20, 30, 45, 60, 80, 120)) if is_mass else _helped(dice, style)
    made = dt.datetime.combine(happened, dt.time(dice.randint(7, 21), dice.randint(0, 59)))
    if on_paper:
        made = SENT - dt.timedelta(minutes=dice.randint(5, 100))
    elif dice.random() < 0.25:  # caught up days later
        made = min(SENT, made + dt.timedelta(days=dice.randint(1, 9)))
    hands = dice.randint(1, 3) if dice.random() < 0.5 else 0
    return Log(happened, min(made, SENT), people, hands, is_mass, on_paper)


def _helped(dice: random.Random, style: Style) -> int:
    people = max(1, round(dice.gauss(7, 4)))
    return max(5, 5 * round(people / 5)) if dice.random() < style.rounding else people


def _figures(dice: random.Random, logs) -> dict[str, int]:
    total = sum(log.people for log in logs)
    found = {"TC08": total}
    for code in CODES[1:]:
        if dice.random() < 0.7:
            found[code] = round(total * dice.random() * dice.choice((0.05, 0.2, 0.5)))
    return found


def _near(dice: random.Random, figures, far: float) -> dict[str, int]:
    """Another month, or another team: the same order of size, sometimes the same by chance."""
    return {code: max(0, round(value * dice.uniform(1 - far, 1 + far)))
            for code, value in figures.items() if dice.random() < 0.9}  # fmt: skip


# -- padded ---------------------------------------------------------------------------------------


def _copied(figures, dice: random.Random) -> dict[str, int]:
    """As copied by hand: mostly whole, sometimes one or two figures touched up."""
    found = dict(figures)
    for code in dice.sample(sorted(found), min(len(found), dice.choice((0, 0, 0, 1, 1, 2)))):
        found[code] += dice.randint(1, 4)
    return found


def _rich(month: Month, dice: random.Random) -> dict[str, int]:
    return month.figures | {code: dice.randint(6, 60) for code in dice.sample(CODES, 6)}


def _pad_last(month: Month, dice) -> Month:
    figures = _rich(month, dice)
    return replace(month, last=_copied(figures, dice), figures=figures)


def _pad_neighbour(month: Month, dice) -> Month:
    figures = _rich(month, dice)
    neighbours = dict(month.neighbours) | {"copied": _copied(figures, dice)}
    return replace(month, figures=figures, neighbours=neighbours)


def _pad_evening(month: Month, dice) -> Month:
    own = [replace(log, is_copied=False) for log in month.logs if not log.is_copied]
    kept = dice.sample(own, min(len(own), dice.randint(0, 5)))
    invented = [
        Log(
            FIRST + dt.timedelta(days=dice.randint(0, 28)),
            SENT - dt.timedelta(minutes=dice.randint(2, 130)),
            dice.randint(3, 14),
        )
        for _each in range(dice.randint(8, 24))
    ]
    return replace(month, logs=(*kept, *invented))


def _pad_households(month: Month, dice) -> Month:
    households = month.households or dice.randint(60, 420)
    return replace(
        month, households=households, reached=round(households * dice.uniform(1.03, 1.9))
    )


def _pad_people(month: Month, dice) -> Month:
    """A day of so many people helped one by one that nobody had the time."""
    log = dice.choice(month.logs)
    hands = dice.randint(1, 4)
    people = round(hands * 48 * dice.uniform(0.95, 2.5))
    day = replace(log, people=people, hands=hands, is_mass=False)
    others = [each for each in month.logs if each.happened_on != log.happened_on]
    return replace(month, logs=(*others, day))


def _pad_round(month: Month, dice) -> Month:
    logs = [log if log.is_mass else replace(log, people=dice.choice((5, 10, 15, 20, 30)))
            for log in month.logs]  # fmt: skip
    figures = {code: 10 * max(1, round(value / 10)) for code, value in month.figures.items()}
    return replace(month, logs=tuple(logs), figures=figures)


def _pad_same(month: Month, dice) -> Month:
    number, honest = dice.randint(5, 15), dice.uniform(0, 0.35)
    logs = [log if log.is_mass or dice.random() < honest else replace(log, people=number)
            for log in month.logs]  # fmt: skip
    return replace(month, logs=tuple(logs))


PAD = {
    LAST_MONTH: _pad_last,
    NEIGHBOUR: _pad_neighbour,
    LAST_EVENING: _pad_evening,
    HOUSEHOLDS: _pad_households,
    PEOPLE: _pad_people,
    ROUND: _pad_round,
    SAME_NUMBER: _pad_same,
}
