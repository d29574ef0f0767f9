"""What of all that was asked needs a reminder: late, due soon, not acknowledged."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.people import authority
from cncd.foundation.people.models import Agency
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import names
from cncd.team.teams.models import Team
from cncd.team.teams.queries import unit_of
from cncd.work.directives.models import Directive, Obligation
from cncd.work.directives.rules.reminding import Owed

GIVE = "directives.give"
OVERDUE, SOON, NEW = "overdue", "soon", "new"
NEAR = dt.timedelta(days=3)
STANDING = Q(reminders__withdrawn_at=None)


def remindable(user):
    """Open obligations that the person gave, or that are borne below: never one's own."""
    rows = Obligation.objects.open()
    if authority.sees_everything(user, GIVE):
        return rows
    given = Directive.objects.given_by(user).values("pk")
    below = authority.reach(user, permission=GIVE).values("pk")
    teams = Team.objects.visible_to(user, GIVE).values("pk")
    found = rows.filter(Q(directive__in=given) | Q(place__in=below) | Q(team__in=teams))
    own = Q(place__in=authority.roots(user, GIVE), agency=None)
    return found.exclude(own).exclude(agency__in=authority.own_agencies(user))


def needing(rows, today: dt.date):
    """Of the rows those that are late, due within three days, or not acknowledged."""
    pressing = Q(due_on__lte=today + NEAR) | Q(status=Obligation.Status.GIVEN)
    return rows.filter(pressing)


def within(rows, place: Place, day: dt.date):
    """Of the rows those borne at the place or below it."""
    places = Place.objects.within([place.pk], day).values("pk")
    teams = Team.objects.within([place.pk], day).values("pk")
    return rows.filter(Q(place__in=places) | Q(team__in=teams))


@dataclass
class Line:
    """One obligation as the list of those to remind shows it."""

    pk: int
    what: str
    directive_id: int
    directive: str
    bearer: str
    unit: str  # the commune of a team, else the bearer
    is_own: bool  # a team of a commune of the reader's own
    due_on: dt.date
    left: int  # days; below 0 it is late
    status: str
    times: int  # how often it was reminded
    last_at: dt.datetime | None

    @property
    def states(self) -> set[str]:
        near = {OVERDUE} if self.left < 0 else {SOON} if self.left <= NEAR.days else set()
        return near | ({NEW} if self.status == Obligation.Status.GIVEN else set())

    @property
    def page(self) -> str:
        return reverse("directives:obligation", args=[self.pk])

    @property
    def words(self) -> str:
        return in_words(self.left)

    @property
    def owed(self) -> Owed:
        return Owed(self.what, self.bearer, self.due_on, self.words)


def in_words(left: int) -> str:
    """How many days are left, or how late it is."""
    if left < 0:
        return ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}
    if left == 0:
        return _("due today")
    return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}


FIELDS = ("pk", "ask__text", "directive", "directive__title", "place", "agency", "team",
          "team__name", "due_on", "status", "times", "last_at")  # fmt: skip


def lines(rows, today: dt.date, own: Iterable[int] = ()) -> list[Line]:
    """The rows with names of the day and what was reminded so far; soonest due first. 4 queries."""
    counted = rows.annotate(
        times=Count("reminders", filter=STANDING), last_at=Max("reminders__at", filter=STANDING)
    )
    found = list(counted.order_by("due_on", "pk").values_list(*FIELDS))
    teams = {row[6] for row in found if row[6]}
    communes = unit_of(teams, "commune", today) if teams else {}
    called = names({row[4] for row in found if row[4]} | set(communes.values()), today)
    agencies = Agency.objects.filter(pk__in={row[5] for row in found if row[5]}).named(today)
    offices = dict(agencies.values_list("pk", "name"))
    known = {"communes": communes, "called": called, "offices": offices}
    line = partial(_line, today=today, own=set(own), **known)
    return [line(*row) for row in found]


def _line(pk, what, directive, title, place, agency, team, team_name, due_on, status, times,
          last_at, *, communes, called, offices, today, own) -> Line:  # fmt: skip
    unit = communes.get(team) if team else place
    unit_name = called[unit].full_name if unit in called else ""
    bearer = team_name or offices.get(agency) or unit_name
    left = (due_on - today).days
    return Line(pk, what, directive, title, bearer, unit_name if team else bearer, unit in own,
                due_on, left, status, times, last_at)  # fmt: skip
