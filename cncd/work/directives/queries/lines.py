"""Rows of the tables of directives and obligations, in a fixed number of queries."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q

from cncd.foundation.kit import figures
from cncd.foundation.people.models import Agency
from cncd.foundation.places import queries as places
from cncd.team.teams.queries import unit_of
from cncd.work.directives.models import OPEN, Answer, Directive, Obligation
from cncd.work.directives.queries.answerable import answerable
from cncd.work.directives.wording import STANDINGS, TONES, how_far, standing

Status = Obligation.Status


@dataclass
class Line:
    """An obligation as a table shows it."""

    row: Obligation
    name: str
    sort_key: str
    unit: str  # of a team its commune, of an agency its place
    unit_id: int | None
    standing: str
    answerable: str = ""

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def words(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def how_far(self) -> str:
        return how_far(self.row)

    @property
    def who(self) -> str:
        """Whether it is borne by a unit, an agency or a team."""
        return "team" if self.row.team_id else "agency" if self.row.agency_id else "unit"


def lines(obligations, today: dt.date) -> list[Line]:
    """Units before teams, in Vietnamese order; at most eight queries for each due day."""
    rows = list(obligations)
    communes = unit_of({row.team_id for row in rows if row.team_id}, "commune", today)
    for row in rows:
        if row.team_id and row.team_id not in communes and row.above:
            communes[row.team_id] = row.above.place_id
    wanted = {row.place_id for row in rows if row.place_id} | set(communes.values())
    names = places.names(wanted, today)
    agencies = Agency.objects.filter(pk__in={row.agency_id for row in rows if row.agency_id})
    agencies = {each.pk: each for each in agencies.named(today)}
    who = answerable(rows, today)
    found = []
    for row in rows:
        unit = names.get(communes.get(row.team_id) if row.team_id else row.place_id)
        if row.team_id:
            name, key = row.team.name, row.team.sort_key
        elif row.agency_id:
            name, key = agencies[row.agency_id].name, agencies[row.agency_id].sort_key
        else:
            name, key = unit.full_name, unit.sort_key
        unit_id = communes.get(row.team_id) if row.team_id else row.place_id
        state = standing(row, today)
        of_unit = row.team_id or row.agency_id
        belongs = unit.full_name if unit and of_unit else ""
        found.append(Line(row, name, key, belongs, unit_id, state, who.get(row.pk, "")))
    return sorted(found, key=lambda line: (line.who == "team", line.sort_key, line.row.ask_id))


@dataclass
class DirectiveLine:
    """A directive as a list shows it, with how what one sees of it stands."""

    directive: Directive
    giver: str
    due_on: dt.date | None
    counts: Counter = field(default_factory=Counter)
    waiting: int = 0
    side: str = ""  # ours: we gave it; asked: it asks us; below: given below us

    @property
    def pk(self) -> int:
        return self.directive.pk

    @property
    def given(self) -> int:
        return self.counts["given"]

    @property
    def done(self) -> int:
        return self.counts["done"]

    @property
    def overdue(self) -> int:
        return self.counts["overdue"]

    @property
    def share(self) -> float | None:
        return self.done / self.given if self.given else None

    @property
    def source(self) -> str:
        directive = self.directive
        if directive.document_id:
            return str(directive.document)
        return f"{directive.said_by}, {figures.day(directive.said_on)}"


def directive_lines(directives, user, today: dt.date) -> list[DirectiveLine]:
    """The directives with counts over what the person sees; those passed on are not counted
    twice. Six queries.
    """
    rows = list(directives.select_related("document", "agency", "place"))
    names = places.names({row.place_id for row in rows}, today)
    agencies = Agency.objects.filter(pk__in={row.agency_id for row in rows if row.agency_id})
    agencies = {each.pk: each.name for each in agencies.named(today)}
    seen = Obligation.objects.visible_to(user).filter(directive__in=[row.pk for row in rows])
    counts = {each.pop("directive"): each for each in _counted(seen, today)}
    dues = dict(directives.order_by().annotate(due=Min("asks__due_on")).values_list("pk", "due"))
    ours = set(Directive.objects.given_by(user).values_list("pk", flat=True))
    asked = set(seen.of(user).values_list("directive", flat=True))
    found = []
    for row in rows:
        giver = agencies.get(row.agency_id) or names[row.place_id].full_name
        tally = Counter(counts.get(row.pk, {}))
        side = "ours" if row.pk in ours else "asked" if row.pk in asked else "below"
        found.append(
            DirectiveLine(row, giver, dues.get(row.pk), tally, tally.pop("waiting", 0), side)
        )
    return found


def _counted(obligations, today: dt.date):
    in_force = Q(directive__state=Directive.State.ISSUED)
    late = in_force & Q(status__in=set(OPEN) - {Status.WAITING}, due_on__lt=today)
    owed = ~Q(status__in=[Status.PASSED, Status.EXEMPT])
    return (
        obligations.order_by()
        .values("directive")
        .annotate(
            given=Count("pk", filter=owed),
            done=Count("pk", filter=Q(status=Status.DONE)),
            overdue=Count("pk", filter=late),
            waiting=Count("pk", filter=Q(pk__in=Answer.objects.waiting().values("obligation"))),
        )
    )
