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

    @property
    def address(self) -> str:
        return _address(self.url_name)


OF_PEOPLE = (
    "/postings/",
    "/substitutions/",
    "/delegations/",
    "/agencies/",
    "/rights/",
    "/personal-data/",
)
ENTRIES = [
    Entry(_("Overview"), "desk:home", "desk.open", "house"),
    Entry(_("To do"), "desk:inbox", "desk.open", "inbox", count="cncd.faces.desk.inbox.count"),
    Entry(_("Reports"), "desk:grid", "reports.view", "grid-3x3", also=("/reports/", "/totals/")),
    Entry(_("Indicators"), "desk:indicators", "totals.view", "graph-up"),
    Entry(_("Teams and members"), "teams:list", "teams.view", "people"),
    Entry(
        _("Activity log"),
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
    Entry(_("Targets"), "programme:targets", "targets.assign", "flag"),
    Entry(
        _("Catalogue"),
        "programme:indicators",
        "programme.view",
        "clipboard-check",
        also=("/targets/",),
    ),
    Entry(_("Places"), "places:list", "places.view", "geo-alt"),
    Entry(_("People and rights"), "people:list", "people.view", "shield-check", also=OF_PEOPLE),
    Entry(_("Documents"), "documents:list", "documents.view", "file-earmark-text"),
    Entry(_("Journal"), "journal:list", "journal.view", "clock-history"),
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
    allowed = [e for e in ENTRIES if e.address and request.user.can(e.permission)]
    nearest = max((_nearness(e, request.path) for e in allowed), default=(0, 0))
    here = next((e for e in allowed if _nearness(e, request.path) == nearest != (0, 0)), None)
    return [Tab(e.label, e.address, e.icon, e is here, _count(e, request)) for e in allowed]


def _nearness(entry: Entry, path: str) -> tuple[int, int]:
    """How near the page is to the tab: pages below its own address before those added to it."""
    if path.startswith(entry.address):
        return 2, len(entry.address)
    return (1, 0) if path.startswith(entry.also) else (0, 0)


def _count(entry: Entry, request) -> int:
    return import_string(entry.count)(request) if entry.count else 0
