"""What the figures of a pilot allow to say, and what not, in sentences an official can read out."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.figures import number
from cncd.results.pilots.rules.comparing import CANNOT, ENOUGH, FEWEST, Difference, Side

MINUS = "−"
MANY_TIMES = 1.5  # from here on it is worth saying how much more communes differ than by chance


def signed(value: float) -> str:
    """+12,5 or −3,1; one decimal."""
    text = number(abs(round(value, 1)), 1)
    if round(value, 1) == 0:
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"


def between(low: float, high: float) -> str:
    return _("from %(low)s to %(high)s") % {"low": signed(low), "high": signed(high)}


def conclusion(name: str, found: Difference | None) -> str:
    """One sentence; an interval over 0 never means "no effect"."""
    if found is None or found.verdict == CANNOT:
        text = _(
            "%(name)s: cannot be worked out. Values from before and after, and the number of"
            " households, are needed from at least %(few)d communes on each side."
        )
        return text % {"name": name, "few": FEWEST}
    words = {
        "name": name,
        "value": signed(found.value),
        "interval": between(found.low, found.high),
    }
    if found.verdict == ENOUGH:
        text = _(
            "%(name)s: the pilot hamlets changed differently from the others, by %(value)s per 100"
            " households (95%% interval %(interval)s). The figures show that, not why."
        )
    else:
        text = _(
            "%(name)s: a difference of %(value)s per 100 households, but the 95%% interval"
            " (%(interval)s) holds 0: not enough ground to say whether the pilot made a difference."
        )
    return text % words


def counted(sides: tuple[int, int], found: Difference | None) -> str:
    """ "3 of 3 pilot hamlets (3 communes), 5 of 6 comparison hamlets (4 communes)"."""
    held = (found.pilots, found.others) if found else (None, None)
    words = {}
    for name, every, side in zip(("pilot", "other"), sides, held, strict=True):
        words[name] = f"{side.hamlets if side else 0}/{every}"
        words[f"{name}_in"] = side.communes if side else 0
    text = _(
        "%(pilot)s pilot hamlets (%(pilot_in)d communes), %(other)s comparison hamlets"
        " (%(other_in)d communes)"
    )
    return text % words


def power(found: Difference | None) -> str:
    """How large an effect had to be to be seen: told beside what was seen."""
    if found is None or found.detectable is None:
        return ""
    words = {"n": number(round(found.detectable, 1), 1), "before": _rate(found.pilots.before)}
    text = _(
        "So few hamlets show only a large effect: one of about %(n)s per 100 households or more"
        " would be seen in 8 of 10 such pilots; the pilot hamlets began at %(before)s. A smaller"
        " effect may be there and stay unseen."
    )
    return text % words


def caution(found: Difference | None) -> str:
    """Where "so many more" and "times as many" tell opposite stories."""
    if found is None or not found.turns_by_ratio:
        return ""
    words = {"pilot": _grown(found.pilots), "other": _grown(found.others)}
    text = _(
        "Counted as “times as many”, the figures say the opposite (pilot hamlets %(pilot)s,"
        " comparison hamlets %(other)s), because the two sides began at different heights: no"
        " conclusion may rest on this figure."
    )
    return text % words


def earlier(found: Difference | None) -> str:
    """Whether the two sides moved apart already before the pilot: then it may be only that."""
    if found is None or found.low is None:
        return _("Whether they moved apart already before the pilot cannot be checked: no records.")
    words = {"value": signed(found.value), "interval": between(found.low, found.high)}
    if found.verdict == ENOUGH:
        text = _(
            "Already before the pilot the two sides moved apart, by %(value)s per 100 households"
            " (%(interval)s): the difference may be only that going on."
        )
    else:
        text = _(
            "Between the two windows before the pilot no difference is certain (%(value)s,"
            " %(interval)s), as far as so few hamlets can show."
        )
    return text % words


def _grown(side: Side) -> str:
    words = {"before": _rate(side.before), "after": _rate(side.after)}
    return _("from %(before)s to %(after)s per 100 households") % words


def _rate(value: float) -> str:
    return number(round(value, 1), 1)


def summary(
    until: str, rows: list[tuple[str, Difference | None]], others: int, rules: str, when: str
) -> tuple[tuple[str, str], ...]:
    """What changed, compared with whom, how sure, what cannot be concluded: (question, answer)."""
    changed = "; ".join(
        _("%(name)s: pilot hamlets %(pilot)s, comparison hamlets %(other)s")
        % {"name": name, "pilot": signed(d.pilots.change), "other": signed(d.others.change)}
        for name, d in rows
        if d
    )
    changed = changed and _("%(what)s per 100 households, from before to “%(until)s”.") % {
        "what": changed, "until": until,
    }  # fmt: skip
    against = ngettext(
        "%(n)d comparison hamlet; %(when)s. Rules: %(rules)s.",
        "%(n)d comparison hamlets; %(when)s. Rules: %(rules)s.",
        others,
    ) % {"n": others, "when": when, "rules": rules}
    return (
        (_("What changed?"), changed or _("Nothing can be compared yet.")),
        (_("Compared with whom?"), against if others else _("With nobody yet.")),
        (_("How sure is that?"), _sure(rows)),
        (_("What cannot be concluded?"), _open(rows)),
    )


def _sure(rows) -> str:
    sure = [name for name, d in rows if d and d.verdict == ENOUGH]
    words = {"n": len(sure), "of": len(rows), "which": ", ".join(sure)}
    if sure:
        text = _("%(n)d of %(of)d figures give enough ground for a difference: %(which)s.")
    else:
        text = _("None of the %(of)d figures gives enough ground for a difference.")
    return text % words


def _open(rows) -> str:
    left = [name for name, d in rows if d is None or d.verdict != ENOUGH]
    if left:
        text = _(
            "Whether the pilot made a difference to: %(which)s. That is not the same as “no"
            " effect”. Nothing here speaks for hamlets that were not in the pilot."
        )
        return text % {"which": ", ".join(left)}
    return _("Why they differ, whether it lasts, and whether it would be so in other hamlets.")


def assumptions(found: Iterable[Difference | None]) -> list[str]:
    """What the method takes for granted, in plain sentences."""
    degrees = [d.df for d in found if d and d.df]
    told = [
        _(
            "Without the pilot, the pilot hamlets would on average have changed by as many per 100"
            " households as the comparison hamlets. No figure here can prove that. If they would"
            " have grown by themselves, the difference is not the pilot's, and the 95% no longer"
            " holds."
        ),
        _(
            "Each hamlet gives one number: its change between two equally long windows. Its months"
            " resemble each other, so they are no separate witnesses; nor are hamlets of one"
            " commune: they are averaged first. Each commune counts the same, large or small."
        ),
        _(
            "The windows lie in different seasons; that cancels only as far as the season did the"
            " same to both sides."
        ),
        _(
            "What nobody reported is left out and never taken as 0 (“không phát sinh” is 0)."
            " Nothing is made up for it, so hamlets that fell silent for a reason may bend the"
            " result."
        ),
        _(
            "Checked on 1,000 made-up pilots without any effect, for each of many situations (three"
            " hamlets against three, six or nine; counts of 0.5 to 5; people helped together;"
            " hamlets and communes with ups and downs of their own; seasons; missing reports): the"
            " interval held the truth in at least 93 of 100. Where the pilot hamlets grew by"
            " themselves it did not."
        ),
    ]
    if degrees:
        text = _(
            "The interval is taken from how much communes differ (Welch's t with %(df)s degrees of"
            " freedom, which is few and makes it wide), never narrower than chance alone."
        )
        told.append(text % {"df": number(round(min(degrees), 1), 1)})
    return told


def limits(pilots: int, months: int, measures: int, spread: float) -> list[str]:
    """What so small a trial cannot say, in plain sentences."""
    found = [
        ngettext(
            "Only %(n)d pilot hamlet: the figures tell of it, not of all hamlets of the province.",
            "Only %(n)d pilot hamlets: the figures tell of these, not of all hamlets of the"
            " province.",
            pilots,
        )
        % {"n": pilots},
        _(
            "The pilot hamlets were chosen, not drawn by lot: a difference may come from how they"
            " differed before, or from something else that happened in these months."
        ),
        _(
            "An interval that holds 0 means that there is not enough ground to conclude. It never"
            " means that the pilot had no effect."
        ),
        ngettext(
            "After %(n)d month nobody knows yet whether the results last.",
            "After %(n)d months nobody knows yet whether the results last.",
            months,
        )
        % {"n": months},
    ]
    if spread >= MANY_TIMES:
        text = _(
            "Communes differ %(n)s times as much as chance alone would have them, since people of"
            " one hamlet are helped together. The intervals are wider for it."
        )
        found.append(text % {"n": number(round(spread, 1), 1)})
    if measures > 1:
        text = _(
            "%(n)d figures are looked at together: of 20 such figures one would seem to differ by"
            " chance alone."
        )
        found.append(text % {"n": measures})
    return found
