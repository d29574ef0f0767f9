"""How a gap, and a course drafted because of it, are put into words."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.figures import number
from cncd.work.training.rules.drafting import Proposal, Stop
from cncd.work.training.rules.gaps import FLOOR, Gap, Grade

GRADES = {
    Grade.LARGE: _("much is lacking"),
    Grade.MIDDLE: _("some is lacking"),
    Grade.SMALL: _("little is lacking"),
    Grade.NONE: _("nothing is lacking"),
    Grade.UNASKED: _("not asked for"),
    Grade.NOBODY: _("no members"),
}
TONES = {
    Grade.LARGE: "soon",
    Grade.MIDDLE: "info",
    Grade.SMALL: "quiet",
    Grade.NONE: "good",
    Grade.UNASKED: "quiet",
    Grade.NOBODY: "quiet",
}
STOPS = {
    Stop.COURSES: _("no course is left of those the unit can hold"),
    Stop.BUDGET: _("the money does not reach for another course"),
}


def need_in_words(gap: Gap) -> str:
    """Where the need comes from: "120 of 400 turns of help, 30%", and the floor when it holds."""
    words = {
        "asked": number(gap.asked), "all": number(gap.asked_in_all), "share": gap.share,
        "floor": FLOOR,
    }  # fmt: skip
    if not gap.asked_in_all:
        counted = gettext("no help was logged in these months")
    else:
        counted = gettext("%(asked)s of %(all)s turns of help: %(share)s%%") % words
    if gap.is_floored:
        return counted + gettext("; a basic skill counts at least %(floor)s%%") % words
    return counted


def lack_in_words(gap: Gap) -> str:
    words = {"lacking": number(gap.lacking), "members": number(gap.members), "lack": gap.lack}
    return gettext("%(lacking)s of %(members)s members have not finished it: %(lack)s%%") % words


def sum_in_words(gap: Gap) -> str:
    """The last step, as one does it on paper: "30 × 70 ÷ 100 = 21"."""
    return f"{gap.need} × {gap.lack} ÷ 100 = {gap.points}"


def draft_title(topic) -> str:
    """The name of a course drafted for a topic; the topic as it stands."""
    return (gettext("Training: %(topic)s") % {"topic": topic.name})[:200]


def why(proposal: Proposal) -> str:
    """Why a course stands in a draft, with the numbers of the gap and what it does not cover."""
    gap = proposal.gap
    found = [
        gettext("Gap %(sum)s points.") % {"sum": sum_in_words(gap)},
        gettext("Need: %(words)s.") % {"words": need_in_words(gap)},
        gettext("Lack: %(words)s.") % {"words": lack_in_words(gap)},
    ]
    if proposal.covered:
        words = {"n": number(proposal.covered)}
        text = ngettext(
            "%(n)s seat is in the plans of the units below.",
            "%(n)s seats are in the plans of the units below.",
            proposal.covered,
        )
        found.append(text % words)
    if proposal.left > 0:
        found.append(left_in_words(proposal))
    return " ".join(found)


def left_in_words(proposal: Proposal) -> str:
    """How many members find no seat, and why."""
    words = {"n": number(proposal.left), "why": STOPS.get(proposal.stop, "")}
    return gettext("%(n)s members still find no seat: %(why)s.") % words
