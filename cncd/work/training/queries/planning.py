"""Plans of a unit and of all below it: every line once, against what was held."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from cncd.foundation.documents.queries import Use
from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.models import Team
from cncd.work.training.models import Attendance, Audience, Course, PlanLine, Session, TrainingPlan
from cncd.work.training.queries.gaps import Ground, TopicGap


@dataclass
class Sums:
    """Courses, sessions, seats and đồng of some lines, what was asked of above, what was held."""

    classes: int = 0
    sessions: int = 0
    people: int = 0
    cost: int = 0
    asked: int = 0  # seats the unit above is asked for
    held: int = 0
    came: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__annotations__))


@dataclass
class UnitPlans:
    """A unit with its plan, if there is one, and the sums of it and of everything below it."""

    pk: int
    name: str
    sort_key: tuple
    is_own: bool
    sums: Sums = field(default_factory=Sums)
    drafts: int = 0  # plans not approved yet
    approved: int = 0
    plan: TrainingPlan | None = None


@dataclass
class LineRow:
    """A line of a plan and what became of it."""

    line: PlanLine
    held: int
    came: int
    may_open: bool = False  # a course for it, by who looks at it

    @property
    def is_open(self) -> bool:
        return not self.line.asks_above and self.held < self.line.classes


def teams_of(place, day: dt.date):
    """The teams in force that day below the unit."""
    return Team.objects.on(day).within([place.pk], day).order_by().values_list("pk", flat=True)


def gaps_of_unit(place, day: dt.date) -> list[TopicGap]:
    """The gaps of the unit's teams together, in the topics' order."""
    ground = Ground(list(teams_of(place, day)), day)
    return ground.together(ground.teams)


def covered_below(place, year: int, day: dt.date) -> dict[int, int]:
    """Topic id → seats for team members that units below hold themselves, by their plans."""
    below = Place.objects.within([place.pk], day).exclude(pk=place.pk)
    lines = PlanLine.objects.filter(
        plan__place__in=below, plan__year=year, audience=Audience.TEAMS, asks_above=False
    )
    rows = lines.order_by().values_list("topics").annotate(seats=Sum("people"))
    return {topic: seats for topic, seats in rows if topic}


def asked_from_below(place, year: int, day: dt.date) -> list[PlanLine]:
    """Needs that the units right below ask this one to hold."""
    below = places.children(place, day)
    lines = PlanLine.objects.filter(plan__place__in=below, plan__year=year, asks_above=True)
    return list(lines.select_related("plan__place").prefetch_related("topics"))


def line_rows(plan: TrainingPlan, *, may_open: bool = False) -> list[LineRow]:
    """The lines of a plan in the order of the year, each against what was held. Five queries."""
    lines = plan.lines.select_related("trainer_agency").prefetch_related("topics")
    held, came = _held(Q(plan_line__plan=plan), "plan_line")
    return [LineRow(line, held.get(line.pk, 0), came.get(line.pk, 0), may_open) for line in lines]


def gathered(place, year: int, day: dt.date) -> list[UnitPlans]:
    """The unit's own plan first, then one row per unit right below with all that is under it.

    Every line belongs to one plan and so to one row: nothing counts twice. What a unit asks of the
    one above is shown apart and adds neither courses nor money. Nine queries.
    """
    below = list(places.children(place, day).exclude(level__code="hamlet"))
    names = places.names([place.pk, *(child.pk for child in below)], day)
    rows = {
        pk: UnitPlans(pk, named.full_name, (pk != place.pk, named.sort_key), pk == place.pk)
        for pk, named in names.items()
    }
    index = PlaceIndex.objects.on(day).filter(ancestor__in=below, inherited=False)
    row_of = dict(index.order_by().values_list("place", "ancestor")) | {place.pk: place.pk}
    plans = TrainingPlan.objects.filter(place__in=Place.objects.within([place.pk], day), year=year)
    for plan in plans.select_related("document"):
        row = rows[row_of[plan.place_id]]
        if plan.state == TrainingPlan.State.APPROVED:
            row.approved += 1
        else:
            row.drafts += 1
        row.plan = plan if plan.place_id == row.pk else row.plan
    for unit, sums in _sums(plans).items():
        rows[row_of[unit]].sums += sums
    return sorted(rows.values(), key=lambda row: row.sort_key)


def _sums(plans) -> dict[int, Sums]:
    """Place id → the sums of its own plan."""
    lines = PlanLine.objects.filter(plan__in=plans.order_by()).order_by().values("plan__place")
    own = Q(asks_above=False)
    found: dict[int, Sums] = defaultdict(Sums)
    for row in lines.annotate(
        n=Coalesce(Sum("classes"), 0),
        meetings=Coalesce(Sum(F("classes") * F("sessions")), 0),
        seats=Coalesce(Sum("people", filter=own), 0),
        money=Coalesce(Sum("cost"), 0),
        wanted=Coalesce(Sum("people", filter=~own), 0),
    ):
        found[row["plan__place"]] = Sums(
            row["n"], row["meetings"], row["seats"], row["money"], row["wanted"]
        )
    held, came = _held(Q(plan_line__plan__in=plans.order_by()), "plan_line__plan__place")
    for place in held:
        found[place].held = held[place]
        found[place].came = came.get(place, 0)
    return found


def _held(which: Q, key: str) -> tuple[dict, dict]:
    """By key: courses of which a session was held; people who came, each once to a course."""
    courses = Course.objects.standing().filter(which)
    sessions = Session.objects.standing().filter(state=Session.State.HELD)
    done = courses.filter(sessions__in=sessions)
    held = dict(done.order_by().values_list(key).annotate(n=Count("pk", distinct=True)))
    came: dict = defaultdict(int)
    there = Attendance.objects.counting().filter(session__course__in=courses.order_by())
    for found, *_person in (
        there.order_by()
        .values_list(f"session__course__{key}", "session__course", "person")
        .distinct()
    ):
        came[found] += 1
    counted = sessions.filter(course__in=courses.order_by(), people__isnull=False).order_by()
    heads = counted.values_list(f"course__{key}").annotate(n=Sum(Coalesce("newcomers", "people")))
    for found, number in heads:
        came[found] += number
    return held, came


def uses_of_document(document, user) -> list[Use]:
    """The plans it approves, as far as the person may see them; for `settings.DOCUMENT_USES`."""
    if not user.can("training.view"):
        return []
    plans = TrainingPlan.objects.visible_to(user).filter(document=document).select_related("place")
    return [
        Use(
            gettext("Training plan of %(unit)s, %(year)s")
            % {"unit": plan.place, "year": plan.year},
            plan.get_absolute_url(),
        )
        for plan in plans
    ]


def course_of_line(user, asked: str) -> dict:
    """What a course takes from the line of the plan it is opened for; empty without one."""
    if not asked.isdecimal() or len(asked) > 18:
        return {}
    seen = PlanLine.objects.visible_to(user).select_related("plan__place")
    line = seen.filter(pk=asked).first()
    if line is None:
        return {}
    names = ("title", "audience", "trainer", "trainer_agency")
    values = {name: getattr(line, name) for name in names}
    return values | {"plan_line": line, "place": line.plan.place, "topics": line.topics.all()}


def plan_dues(user, now: dt.datetime) -> list[Duty]:
    """Plans that wait for the person's approval; none, and no query, for who may not approve."""
    roots = authority.roots(user, "training.approve", timezone.localdate(now))
    if not roots:
        return []
    waiting = TrainingPlan.objects.filter(place__in=roots, state=TrainingPlan.State.SUBMITTED)
    return [
        Duty(
            "clipboard-check",
            gettext("Approve the training plan: %(plan)s") % {"plan": plan},
            plan.get_absolute_url(),
            key=f"training plan {plan.pk}",
        )
        for plan in waiting.select_related("place")
    ]
