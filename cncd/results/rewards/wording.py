"""Signs, sums and states of this room in plain words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.figures import number
from cncd.results.rewards.models import Candidate, Proposal, Sign
from cncd.results.rewards.rules import comparing

PARTS = {
    "on_time": gettext_lazy("Reports on time"),
    "done": gettext_lazy("Asked and done in time"),
    "reach": gettext_lazy("People helped, against the middle team"),
    "evaluation": gettext_lazy("Evaluation"),
    "trained": gettext_lazy("Members trained"),
}
HARDSHIPS = {
    comparing.GAPS: gettext_lazy("poor signal or no fibre"),
    comparing.FAR: gettext_lazy("far from a town"),
    comparing.ELDERLY: gettext_lazy("many elderly people"),
    comparing.LANGUAGE: gettext_lazy("often helped in Khmer or Chinese"),
}
DRAFT, SENT, DECIDED, NUMBERED, WITHDRAWN = "draft", "sent", "decided", "numbered", "withdrawn"
STATES = {
    DRAFT: gettext_lazy("Draft"),
    SENT: gettext_lazy("Waits for a decision"),
    DECIDED: gettext_lazy("Decided, no number yet"),
    NUMBERED: gettext_lazy("Decision issued"),
    WITHDRAWN: gettext_lazy("Withdrawn"),
}
TONES = {DRAFT: "quiet", SENT: "soon", DECIDED: "info", NUMBERED: "good", WITHDRAWN: "quiet"}
SIGN_STATES = {
    "open": gettext_lazy("Waits for an answer"),
    "answered": gettext_lazy("Answered"),
    "explained": gettext_lazy("Explained"),
    "cleared": gettext_lazy("Asked in vain"),
    "inspect": gettext_lazy("To be inspected"),
    "gone": gettext_lazy("The figures were put right"),
}
SIGN_TONES = {
    "open": "soon",
    "answered": "info",
    "explained": "good",
    "cleared": "quiet",
    "inspect": "soon",
    "gone": "quiet",
}
VERDICT_TONES = {Candidate.Verdict.GRANTED: "good", Candidate.Verdict.REFUSED: "quiet", "": "soon"}


def state_of(proposal: Proposal) -> str:
    """Where a proposal stands; `undecided` is how many named were not decided yet."""
    if proposal.withdrawn_at:
        return WITHDRAWN
    if proposal.sent_at is None:
        return DRAFT
    if proposal.document_id:
        return NUMBERED
    return SENT if proposal.undecided else DECIDED


def hardships_in_words(row) -> str:
    """ "nhiều người cao tuổi, sóng yếu (+20%)"; "" where nothing is known to make it harder."""
    if not row.hard:
        return ""
    names = ", ".join(str(HARDSHIPS[each]) for each in row.hardships)
    return f"{names} (+{row.hard}%)"


@dataclass(frozen=True)
class Reason:
    """What may make a place harder: what is known of it, from where it counts, what it adds."""

    name: str
    known: str  # "" where nobody knows
    counts: str
    adds: str  # "" where it does not count


def reasons_in_words(row) -> list[Reason]:
    """Everything that may make the team's place harder, each told whether it does, or why not."""
    place, steps, found = row.place, row.steps, row.hardships
    share, way = (
        gettext_lazy("%(n)s%% of those helped"),
        gettext_lazy("%(n)s km in a straight line"),
    )
    connection = {None: "", True: _("poor somewhere"), False: _("good everywhere")}
    told = {
        comparing.GAPS: (_("Signal and lines"), connection[place.has_gaps],
                         _("a dead spot, no good signal, or no fibre")),
        comparing.FAR: (_("Way to the nearest ward or township"), _count(way, place.km),
                        _("from %(n)s km") % {"n": number(steps.far)}),
        comparing.ELDERLY: (_("Elderly people"), _count(share, place.elderly),
                            _("from %(n)s%%") % {"n": steps.elderly}),
        comparing.LANGUAGE: (_("Helped in Khmer or Chinese"), _count(share, place.language),
                             _("from %(n)s%%") % {"n": steps.language}),
    }  # fmt: skip
    adds = f"+{steps.adds}%"
    return [Reason(*words, adds if name in found else "") for name, words in told.items()]


def _count(text, n: int | None) -> str:
    return "" if n is None else str(text) % {"n": number(n)}


def sum_in_words(row) -> str:
    """The sum as done with a pencil: 120 lượt ÷ 3 tháng ÷ 200 hộ × 100 = 20,0; × 120% = 24,0."""
    if row.rate is None:
        return ""
    people = row.figures["TC08"]
    plain = comparing.rate(people, row.months, row.households, 0)
    text = _("%(people)s turns ÷ %(months)s months ÷ %(homes)s households × 100 = %(plain)s") % {
        "people": number(people),
        "months": row.months,
        "homes": number(row.households),
        "plain": number(float(plain), 1),
    }
    if row.hard:
        more = _("× %(percent)s%% = %(rate)s")
        text += "; " + more % {"percent": 100 + row.hard, "rate": number(float(row.rate), 1)}
    if row.usual is not None:
        text += "; " + _("the middle team: %(n)s") % {"n": number(float(row.usual), 1)}
    return text


# -- signs ----------------------------------------------------------------------------------------

EXPLAINED = {
    Sign.Kind.LAST_MONTH: gettext_lazy(
        "%(same)s of %(of)s figures are exactly those of the month before. Numbers of people "
        "helped hardly ever repeat themselves all at once."
    ),
    Sign.Kind.NEIGHBOUR: gettext_lazy(
        "%(same)s of %(of)s figures are exactly those another team of the commune had sent before."
    ),
    Sign.Kind.LAST_EVENING: gettext_lazy(
        "%(logs)s of the %(of)s logs of the month, about %(days)s different days, were written "
        "within a few hours just before the report was sent."
    ),
    Sign.Kind.HOUSEHOLDS: gettext_lazy(
        "The report says %(reached)s households were reached; the hamlet has %(households)s."
    ),
    Sign.Kind.PEOPLE: gettext_lazy(
        "On %(day)s %(people)s people were helped one by one by %(hands)s members. At %(minutes)s "
        "minutes each, %(hours)s hours are enough for %(most)s."
    ),
    Sign.Kind.ROUND: gettext_lazy(
        "%(round)s of %(of)s numbers end in 0 or 5: %(numbers)s. People counted one by one seldom "
        "come out so."
    ),
    Sign.Kind.SAME_NUMBER: gettext_lazy(
        "%(times)s of %(of)s logs state the very same number of people: %(number)s."
    ),
}
HONEST = {
    Sign.Kind.LAST_MONTH: gettext_lazy("A class or a round that repeats each month can do that."),
    Sign.Kind.NEIGHBOUR: gettext_lazy("Work done together by two teams can do that."),
    Sign.Kind.LAST_EVENING: gettext_lazy(
        "A notebook kept on the way and typed in at the end can do that: it is allowed."
    ),
    Sign.Kind.HOUSEHOLDS: gettext_lazy(
        "The count of households may be old, or people of other hamlets came too."
    ),
    Sign.Kind.PEOPLE: gettext_lazy(
        "It may have been a meeting or a class, or more hands helped than are named."
    ),
    Sign.Kind.ROUND: gettext_lazy("Numbers may have been estimated, as at a crowded place."),
    Sign.Kind.SAME_NUMBER: gettext_lazy("A class of the same people each week can do that."),
}


def questions_in_words(signs: dict[str, int]) -> str:
    """ "1 chờ trả lời, 1 đã giải trình": the questions about a team's figures."""
    names = {
        "": _("wait for an answer"),
        "explained": _("explained"),
        "inspect": _("to be inspected"),
    }
    return ", ".join(f"{n} {names[verdict]}" for verdict, n in sorted(signs.items()))


def sign_state(sign: Sign) -> str:
    """Where the question stands."""
    if sign.gone_at and not sign.verdict:
        return "gone"
    return sign.verdict or ("answered" if sign.answered_at else "open")


def behind_in_words(sign: Sign) -> str:
    """What is behind the sign, in a sentence an official and a farmer understand."""
    values = dict(sign.behind)
    if "day" in values:
        year, month, day = str(values["day"]).split("-")
        values["day"] = f"{day}/{month}/{year}"
    if "numbers" in values:
        values["numbers"] = ", ".join(number(each) for each in values["numbers"])
    shown = {key: number(value) if isinstance(value, int) else value
             for key, value in values.items()}  # fmt: skip
    return str(EXPLAINED[sign.kind]) % shown


def honest_reason(sign: Sign) -> str:
    """How an honest team may come to it."""
    return str(HONEST[sign.kind])
