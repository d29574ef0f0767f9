"""What is wrong with the name of a group, each thing precisely (II.2.7)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from cncd.work.channels.rules.kinds import Finding, in_order
from cncd.work.channels.rules.matching import MISSING, OTHER, SAME, Match, match
from cncd.work.channels.rules.naming import Form, Unit
from cncd.work.channels.rules.reading import Cut, cuts
from cncd.work.channels.rules.signs import cleaned
from cncd.work.channels.rules.spelling import key

GAP_COST, ORDER_COST = 0.25, 1.5


class Former(NamedTuple):
    """A name that was right before; `since` says since when it is not ("Từ 01/07/2025")."""

    text: str
    since: str

    def fits(self, part: str) -> bool:
        return key(part).casefold() == key(self.text).casefold()


class Context(NamedTuple):
    """What else is known: former names of groups and of units, types of unit, who has namesakes."""

    former_forms: tuple[Former, ...] = ()
    former_names: tuple[Former, ...] = ()
    types: tuple[str, ...] = ()  # "Xã", "X", "Phường", "P"…
    namesakes: tuple[tuple[Unit, str], ...] = ()  # (unit, full name of another called the same)
    levels: tuple[tuple[str, str], ...] = ()  # (code of a level, what it is called)

    def namesakes_of(self, unit: Unit) -> list[str]:
        return [name for each, name in self.namesakes if each == unit]

    def level_name(self, code: str) -> str:
        return dict(self.levels).get(code, code)


NOTHING = Context()


def findings(actual: str, forms: Sequence[Form], context: Context = NOTHING) -> tuple[Finding, ...]:
    """Every finding about a name, `forms` being the right ones, the expected one first.

    () means the name is the expected one; each finding suggests the whole expected name.
    """
    if not forms:
        said = _("No naming rule fits this unit on that day, so its name cannot be checked.")
        return (Finding("no_rule", said),)
    expected = forms[0].text
    if key(actual) == key(expected) and actual == cleaned(actual).text:
        return ()
    text, faults = cleaned(actual)
    found = [*faults, *_of_text(text, tuple(forms), context)]
    return tuple(in_order(Finding(code, said, expected) for code, said in found))


def is_named_right(actual: str, forms: Sequence[Form]) -> bool:
    """Whether the name has no fault (TC13): notes are none. Quicker than to tell what is wrong."""
    right = key(actual)
    return any(right == key(form.text) for form in forms) and actual == cleaned(actual).text


def _of_text(text: str, forms: tuple[Form, ...], context: Context) -> tuple[tuple[str, str], ...]:
    """What is wrong with the cleaned name."""
    for form in forms:
        if key(text) == key(form.text):
            return () if form is forms[0] else (_other_form(forms[0]),)
    for former in context.former_forms:
        if former.fits(text):
            said = _("This was the right name before. %(since)s: “%(new)s”.")
            return (("old_name", said % {"since": former.since, "new": forms[0].text}),)
    best = _best(text, forms, context)
    if best is None or best.is_too_far:
        said = _("The name does not follow the rule; it should be “%(right)s”.")
        return (("unlike", said % {"right": forms[0].text}),)
    return best.faults


def _other_form(expected: Form) -> tuple[str, str]:
    said = _("Also right. The form expected here is “%(right)s”.")
    return "other_form", said % {"right": expected.text}


class Reading(NamedTuple):
    """One way to understand a name, what it costs to do so, and the faults it then has."""

    cost: float
    faults: tuple[tuple[str, str], ...]
    is_too_far: bool


def _best(text: str, forms: tuple[Form, ...], context: Context) -> Reading | None:
    """The cheapest reading; once every part stands for one, no other cut is tried."""
    best = None
    for cut in cuts(text, forms):
        for form in forms:
            reading = _read(cut, form, context)
            if best is None or reading.cost < best.cost:
                best = reading
        if best.cost <= OTHER:
            break
    return best


def _read(cut: Cut, form: Form, context: Context) -> Reading:
    """The cheapest way to take these parts for the parts of this form."""
    table = [[match(part, piece, context) for piece in form.pieces] for part in cut.parts]
    straight = tuple(range(len(table)))
    if len(table) == len(form.pieces) and _cost(straight, table) < ORDER_COST:
        return _told(straight, table, cut, form, context)
    way = min(_ways(table, len(form.pieces)), key=lambda way: (_cost(way, table), _disorder(way)))
    return _told(way, table, cut, form, context)


def _ways(table: list[list[Match]], places: int, taken: tuple = ()) -> Iterator[tuple]:
    """For each expected part the number of the written one that stands for it, or None."""
    if len(taken) == places:
        yield taken
        return
    for part in (*range(len(table)), None):
        if part is None or part not in taken:
            yield from _ways(table, places, (*taken, part))


def _cost(way: tuple, table: list[list[Match]]) -> float:
    costs = [table[part][place].cost for place, part in enumerate(way) if part is not None]
    left = len(way) + len(table) - 2 * len(costs)
    return sum(costs) + MISSING * left + (ORDER_COST if _disorder(way) else 0)


def _disorder(way) -> int:
    """How many neighbours stand the wrong way round."""
    held = [part for part in way if part is not None]
    return sum(one > two for one, two in pairwise(held))


def _told(way, table, cut: Cut, form: Form, context: Context) -> Reading:
    faults: list[tuple[str, str]] = []
    strange = 0
    for place, part in enumerate(way):
        piece = form.pieces[place]
        if part is None:
            faults.append(_missing(piece, context))
            strange += 1
        elif table[part][place].cost > SAME:
            faults += table[part][place].faults
            strange += table[part][place].cost >= OTHER
    for part in sorted(set(range(len(cut.parts))) - set(way)):
        said = _("“%(extra)s” does not belong to the name.")
        first = part == 0 and not form.pieces[0].unit
        faults.append(
            ("prefix_extra" if first else "part_extra", said % {"extra": cut.parts[part]})
        )
    if _disorder(way):
        said = _("The parts stand in this order: “%(right)s”.")
        faults.append(("order", said % {"right": form.text}))
    gaps = _gaps(cut, form)
    cost = _cost(way, table) + GAP_COST * len(gaps)
    units = sum(1 for piece in form.pieces if piece.unit)
    return Reading(cost, tuple(dict.fromkeys([*faults, *gaps])), strange > units)


def _missing(piece, context: Context) -> tuple[str, str]:
    if piece.unit is None:
        said = _("The name begins with “%(right)s”; “%(missing)s” is missing.")
        return "prefix_missing", said % {"right": piece.text, "missing": piece.text}
    said = _("The name of the %(level)s is missing: “%(right)s”.")
    level = context.level_name(piece.unit.level)
    return "part_missing", said % {"level": level, "right": piece.text}


def _gaps(cut: Cut, form: Form) -> list[tuple[str, str]]:
    wrong = [gap for gap in dict.fromkeys(cut.gaps) if gap != form.separator]
    if not wrong:
        return []
    shown = ", ".join(f"“{gap}”" for gap in wrong)
    said = _("Between two parts stands “%(right)s”, without spaces; here it is %(written)s.")
    if " " in form.separator:
        said = _("Between two parts stands “%(right)s”; here it is %(written)s.")
    return [("separator", said % {"right": form.separator, "written": shown})]
