"""The main navigation of the desk, in one list; a row whose address does not exist is left out."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """A tab of the desk: label, the URL it opens, the permission it needs, its icon."""

    label: str | Promise
    url_name: str
    permission: str
    icon: str = ""
    count: str = ""  # dotted function (request) -> int, the number beside the label
    also: tuple[str, ...] = ()  # where pages start that belong under this tab too
    parts: tuple["Entry", ...] = ()  # a second row of tabs, above its pages

    @property
    def address(self) -> str:
        return _address(self.url_name)

    def may_open(self, user) -> bool:
        return bool(self.address) and user.can(self.permission)


OF_PEOPLE = (
    "/postings/",
    "/substitutions/",
    "/delegations/",
    "/agencies/",
    "/rights/",
    "/personal-data/",
)
# What comes down from the levels above, and what goes up until it is answered (II.2.8, II.2.9).
DIRECTION = (
    Entry(_("What is asked"), "directives:list", "directives.view", also=("/obligations/",)),
    Entry(_("Asked of me"), "directives:mine", "directives.answer"),
    Entry(_("Reminding"), "directives:reminding", "directives.give"),
    Entry(_("Campaigns"), "directives:campaigns", "directives.view"),
    Entry(_("Difficulties"), "difficulties:list", "difficulties.view", also=("/difficulties/",)),
    Entry(_("Inspections"), "inspections:list", "inspections.view", also=("/inspections/",)),
    Entry(_("Evaluations"), "evaluations:list", "evaluations.view", also=("/evaluations/",)),
    Entry(_("Coordination"), "people:coordination", "agencies.view"),
)
# Official documents: drawn up from the figures, and those that something rests on (decree 30/2020).
PAPERS = (
    Entry(_("Drawn up here"), "paperwork:list", "papers.view", also=("/papers/",)),
    Entry(_("Cited documents"), "documents:list", "documents.view", also=("/documents/",)),
    Entry(_("Templates"), "paperwork:templates", "papers.templates"),
    Entry(_("Check a signature"), "paperwork:verify", "papers.view"),
    Entry(_("Trusted authorities"), "paperwork:roots", "papers.trust"),
)
# The proof that the pilot worked, who deserves thanks, and what it cost (I.2, III, IV.1, IV.3).
OUTCOMES = (
    Entry(_("Pilot"), "pilots:list", "pilots.view", also=("/pilots/",)),
    Entry(_("Readiness"), "pilots:readiness", "pilots.view"),
    Entry(_("Plan to go on"), "pilots:replications", "pilots.view"),
    Entry(_("Commendations"), "rewards:list", "rewards.view", also=("/rewards/",)),
    Entry(_("Signs of padding"), "rewards:signs", "rewards.check"),
    Entry(_("Money"), "money:list", "money.view", also=("/money/",)),
    Entry(_("Cost per result"), "money:results", "money.view"),
)
# What the work stands on: what is asked, where, by whom, and who changed what.
SET_UP = (
    Entry(_("Catalogue"), "programme:indicators", "programme.view", also=("/targets/",)),
    Entry(_("Places"), "places:list", "places.view"),
    Entry(_("People and rights"), "people:list", "people.view", also=OF_PEOPLE),
    Entry(_("Journal"), "journal:list", "journal.view"),
)
# Who learns what, and what there is to read (II.2.6, IV.1).
TRAINING = (
    Entry(_("Courses"), "training:home", "training.view"),
    Entry(_("Classes for citizens"), "training:classes", "training.view"),
    Entry(_("Plan"), "training:plans", "training.view"),
    Entry(_("Gaps"), "training:gaps", "training.view"),
    Entry(_("Not trained yet"), "training:untrained", "training.hold"),
    Entry(_("Certificates"), "training:certificates", "training.view"),
    Entry(_("Quizzes"), "training:quizzes", "training.plan"),
    Entry(_("Library"), "library:list", "library.view", also=("/library/",)),
    Entry(_("Broadcasts"), "broadcasts:list", "broadcasts.view", also=("/broadcasts/",)),
)
ENTRIES = [
    Entry(_("Overview"), "desk:home", "desk.open", "house"),
    Entry(_("To do"), "desk:inbox", "desk.open", "inbox", count="cncd.faces.desk.inbox.count"),
    Entry(_("Reports"), "desk:grid", "reports.view", "grid-3x3", also=("/reports/", "/totals/")),
    Entry(_("Indicators"), "desk:indicators", "totals.view", "graph-up"),
    Entry(_("Teams and members"), "teams:list", "teams.view", "people"),
    Entry(
        _("Activities"),
        "activities:list",
        "activities.view",
        "list-check",
        also=("/logsheets/",),
    ),
    Entry(
        _("Registers"),
        "registers:home",
        "registers.view",
        "cart",
        also=("/registers/", "/households/", "/partners/"),
    ),
    Entry(
        _("Communes we help"),
        "partners:mine",
        "partners.own",
        "shop",
        also=("/partners/",),
    ),
    Entry(_("Channels"), "channels:list", "channels.view", "chat-dots", also=("/channels/",)),
    Entry(_("Direction"), "directives:list", "directives.view", "send", parts=DIRECTION),
    Entry(_("Training"), "training:home", "training.view", "mortarboard", parts=TRAINING),
    Entry(_("Outcomes"), "pilots:list", "pilots.view", "flag", parts=OUTCOMES),
    Entry(_("Papers"), "documents:list", "documents.view", "file-earmark-text", parts=PAPERS),
    Entry(_("Set-up"), "programme:indicators", "programme.view", "gear", parts=SET_UP),
]


@cache
def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    address: str
    icon: str
    is_here: bool
    count: int = 0


def tabs(request) -> list[Tab]:
    """The entries this person may open; the one nearest to this page is marked."""
    allowed = [entry for entry in ENTRIES if entry.may_open(request.user)]
    here = _nearest(allowed, request.path)
    return [Tab(e.label, e.address, e.icon, e is here, _count(e, request)) for e in allowed]


def parts(request) -> list[Tab]:
    """The second row: what stands beside this page under its tab; empty for most tabs."""
    entry = _nearest([e for e in ENTRIES if e.may_open(request.user)], request.path)
    allowed = [part for part in entry.parts if part.may_open(request.user)] if entry else []
    here = _nearest(allowed, request.path)
    return [Tab(part.label, part.address, part.icon, part is here) for part in allowed]


def _nearest(entries: list[Entry], path: str) -> Entry | None:
    nearest = max((_nearness(e, path) for e in entries), default=(0, 0))
    return next((e for e in entries if _nearness(e, path) == nearest != (0, 0)), None)


def _nearness(entry: Entry, path: str) -> tuple[int, int]:
    """How near the page is to the tab: pages below its own address before those added to it."""
    below = [_nearness(part, path) for part in entry.parts]
    if entry.address and path.startswith(entry.address):
        return max([(2, len(entry.address)), *below])
    return max([(1, 0) if path.startswith(entry.also) else (0, 0), *below])


def _count(entry: Entry, request) -> int:
    return import_string(entry.count)(request) if entry.count else 0
