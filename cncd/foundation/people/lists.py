"""The tables of this room."""

import datetime as dt

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people import queries
from cncd.foundation.people.models import Branch, Role
from cncd.foundation.people.permissions import DESK


def _roles(request):
    return [(role.code, role.title) for role in Role.objects.all() if role.code in DESK]


def _in_role(people, code):
    return people.in_office(timezone.localdate(), code)


def _by_state(people, value):
    """Those with an open account, a closed one, none; or whose data was erased."""
    return {
        "open": people.filter(user__is_active=True),
        "closed": people.filter(user__is_active=False, forgotten_at=None),
        "none": people.filter(user=None, forgotten_at=None),
        "erased": people.exclude(forgotten_at=None),
    }[value]


def account_state(person) -> str:
    """A word for the account, for the list and the person's page."""
    user = getattr(person, "user", None)
    if person.forgotten_at:
        return _("data erased")
    if not user:
        return _("no account")
    return user.login if user.is_active else _("closed")


def account_tone(person) -> str:
    user = getattr(person, "user", None)
    return "info" if user and user.is_active else "quiet"


class WithTies(List):
    """A list of people: what they do is found for the rows of one page in one go."""

    @cached_property
    def ties(self):
        rows = list(self.page.object_list) if not self.asked("export") else list(self.found.source)
        return queries.ties(rows, timezone.localdate())

    def does(self, person) -> list[str]:
        return [tie.text for tie in self.ties[person.pk]]

    def where(self, person) -> list[str]:
        return [tie.place for tie in self.ties[person.pk]]


class PeopleList(WithTies):
    title = _("People and rights")
    name = "people"
    template = "people/list.html"
    search_fields = ["search_key"]
    search_hint = _("Name, with or without marks")
    order = "sort_key"
    empty = _("Nobody here yet.")
    filters = [
        Choice("role", _("Post"), _roles, _in_role),
        Choice(
            "account",
            _("Account"),
            [
                ("open", _("has an account")),
                ("none", _("no account")),
                ("closed", _("closed")),
                ("erased", _("data erased")),
            ],
            _by_state,
        ),
    ]

    def __init__(self, request, rows, **options):
        super().__init__(request, rows, **options)
        self.columns = [
            Column(
                "full_name",
                _("Full name"),
                sort="sort_key",
                link=lambda person: reverse("people:person", args=[person.pk]),
            ),
            Column("does", _("Does"), self.does, kind="lines"),
            Column("where", _("Where"), self.where, kind="lines"),
            Column("phone", _("Phone"), "masked_phone", kind="phone"),
            Column(
                "account",
                _("Account"),
                account_state,
                kind="badge",
                tone=account_tone,
                sort="user__login",
            ),
            Column("gender", _("Gender"), "get_gender_display", hidden=True),
            Column(
                "last_login",
                _("Last signed in"),
                lambda p: getattr(getattr(p, "user", None), "last_login", None),
                kind="datetime",
                sort="user__last_login",
                hidden=True,
            ),
        ]


def _alive(rows, value):
    today = timezone.localdate()
    ended = Q(until_on__isnull=False, until_on__lte=today)
    return rows.filter(ended) if value == "ended" else rows.exclude(ended)


class AgencyList(List):
    title = _("Agencies")
    name = "agencies"
    template = "people/agencies.html"
    search_fields = ["search_key"]
    order = ("place__level__rank", "sort_key")
    empty = _("No agency yet.")
    columns = [
        Column(
            "name",
            _("Name"),
            sort="sort_key",
            link=lambda agency: reverse("people:agency", args=[agency.pk]),
        ),
        Column("short_name", _("Short name"), hidden=True),
        Column("branch", _("Branch"), "branch.name", sort="branch__order"),
        Column("place_name", _("Unit"), sort="place__level__rank"),
        Column("officers", _("Officers today"), kind="number", sort="officers"),
        Column(
            "last_day",
            _("Ended on"),
            lambda agency: agency.until_on and agency.until_on - dt.timedelta(days=1),
            kind="date",
            sort="until_on",
            hidden=True,
        ),
    ]
    filters = [
        Choice(
            "branch",
            _("Branch"),
            lambda request: [(row.pk, row.name) for row in Branch.objects.all()],
            lambda rows, value: rows.filter(branch=value),
        ),
        Choice(
            "state",
            _("State"),
            [("now", _("exists today")), ("ended", _("ended"))],
            _alive,
            default="now",
        ),
    ]


def _delegation_state(rows, value):
    today = timezone.localdate()
    if value == "now":
        return rows.on(today)
    if value == "future":
        return rows.filter(since_on__gt=today)
    return rows.filter(until_on__lte=today)


class DelegationList(List):
    title = _("Delegations between agencies")
    name = "delegations"
    template = "people/delegations.html"
    order = F("since_on").desc()
    empty = _("No agency has delegated anything to another one yet.")
    columns = [
        Column("giver", _("Delegates"), "giver_name"),
        Column("taker", _("To"), "taker_name"),
        Column("role", _("To act as"), "role.title", sort="role__order"),
        Column("place_name", _("At which unit")),
        Column("since_on", _("From"), kind="date", sort="since_on"),
        Column("last_day", _("Until the end of"), kind="date", sort="until_on"),
        Column("document", _("By document"), "document.number"),
    ]
    filters = [
        Choice(
            "state",
            _("State"),
            [("now", _("in force")), ("future", _("to come")), ("ended", _("ended"))],
            _delegation_state,
        ),
    ]
