"""Values, changes and conclusions in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.figures import number
from cncd.results.pilots.models import PilotValue
from cncd.results.pilots.rules import choosing, readiness
from cncd.results.pilots.rules.comparing import CANNOT, ENOUGH, FEWEST, Difference
from cncd.team.programme import rules as laws

MINUS = "−"
STAGES = {
    "coming": (gettext_lazy("Not begun"), "quiet"),
    "running": (gettext_lazy("Running"), "info"),
    "ended": (gettext_lazy("Ended, synthesis to come"), "soon"),
    "summed": (gettext_lazy("Summed up"), "good"),
}
OUTCOMES = {
    choosing.TAKEN: gettext_lazy("chosen: nearest in households"),
    choosing.PILOT: gettext_lazy("left out: in a pilot itself"),
    choosing.OTHER_KIND: gettext_lazy("left out: of the other kind (khóm, ấp)"),
    choosing.UNKNOWN: gettext_lazy("left out: its households are not known"),
    choosing.TOO_FAR: gettext_lazy("left out: too many or too few households"),
    choosing.NO_BASELINE: gettext_lazy("left out: no team there before, so no records"),
    choosing.NOT_NEEDED: gettext_lazy("fits, but nearer ones were enough"),
}
CONDITIONS = {
    readiness.WITHOUT: gettext_lazy("Hamlets without a team"),
    readiness.LEADERS: gettext_lazy("Leader and deputy known"),
    readiness.ACCOUNTS: gettext_lazy("Leaders' accounts opened"),
    readiness.TRAINED: gettext_lazy("Members trained"),
    readiness.CHANNEL: gettext_lazy("Common group"),
    readiness.HOUSEHOLDS: gettext_lazy("Households known"),
    readiness.CONNECTED: gettext_lazy("Signal or fibre"),
    readiness.BUDGET: gettext_lazy("Budget of the year"),
    readiness.OFFICER: gettext_lazy("Officer posted"),
}
VERDICTS = {
    ENOUGH: (gettext_lazy("enough ground"), "good"),
    "not_enough": (gettext_lazy("not enough ground"), "soon"),
    CANNOT: (gettext_lazy("cannot be worked out"), "quiet"),
}
ROOMS = {
    "activities": gettext_lazy("the activity log"),
    "registers": gettext_lazy("the registers of products and storefronts"),
    "households": gettext_lazy("the household lists"),
    "teams": gettext_lazy("the teams' rosters"),
    "channels": gettext_lazy("the register of groups"),
    "training": gettext_lazy("the training records"),
    "difficulties": gettext_lazy("the difficulties raised"),
    "directives": gettext_lazy("the directives"),
}


def basis_of(document) -> str:
    """ "Kế hoạch 118/KH-UBND ngày 15/08/2026 của Ủy ban nhân dân tỉnh"; "" without a document."""
    if document is None:
        return ""
    words = {"document": document, "day": f"{document.issued_on:%d/%m/%Y}"}
    words["issuer"] = document.issuer
    return _("%(document)s of %(day)s, issued by %(issuer)s") % words


def value_of(row: PilotValue | None) -> int | str | None:
    """The three values: a number, "none", None where nothing is stated."""
    if row is None:
        return None
    return NONE if row.value is None else row.value


def shown(row: PilotValue | None, measure) -> str:
    return laws.show(value_of(row), measure.factor)


def source_of(row: PilotValue) -> str:
    """Where the figure comes from, with its days and, by hand, who."""
    days = f"{row.first_day:%d/%m}–{row.last_day:%d/%m/%Y}"
    if row.origin == PilotValue.Origin.RECORDS:
        room = ROOMS.get(row.source, row.source)
        return _("Counted from %(room)s, %(days)s") % {"room": room, "days": days}
    if row.origin == PilotValue.Origin.REPORT:
        return _("From the sent report, %(period)s") % {"period": row.source}
    who = row.by.person.full_name if row.by_id and row.by.person_id else ""
    words = {"source": row.source, "who": who, "on": f"{row.at:%d/%m/%Y}"}
    return _("By hand: %(source)s (%(who)s, %(on)s)") % words


def signed(value: float) -> str:
    """+12,5 or −3,1; one decimal."""
    text = number(abs(round(value, 1)), 1)
    if round(value, 1) == 0:
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"


def between(low: float, high: float) -> str:
    return _("from %(low)s to %(high)s") % {"low": signed(low), "high": signed(high)}


def conclusion(name: str, found: Difference | None, sizes: tuple[int, int]) -> str:
    """One sentence an official can read out; an interval over 0 never means "no effect"."""
    if found is None or found.verdict == CANNOT:
        words = {"few": FEWEST, "n": sizes[0], "m": sizes[1]}
        return (
            _(
                "Cannot be worked out: values from before and after, and the number of households,"
                " are needed of at least %(few)d pilot and %(few)d comparison hamlets; so far they"
                " are there for %(n)d and %(m)d."
            )
            % words
        )
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
    if spread >= 1.5:
        text = _(
            "Hamlets differ %(n)s times as much as chance alone would have them, since people of"
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
