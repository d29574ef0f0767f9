"""Day by day: what happened in the pilot hamlets, and the records behind each number."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone

from cncd.results.pilots.models import Lesson, Pilot
from cncd.results.pilots.queries.ground import teams_between
from cncd.results.reports.models import Report
from cncd.work.activities.models import Activity
from cncd.work.difficulties.models import Case, Raising

COUNTS = ("activities", "people", "raised", "answered", "reports", "lessons")


@dataclass(frozen=True)
class Day:
    """One day of the pilot in numbers."""

    day: dt.date
    number: int
    activities: int = 0
    people: int = 0
    raised: int = 0
    answered: int = 0
    reports: int = 0
    lessons: int = 0
    page: str = ""

    @property
    def is_silent(self) -> bool:
        return not any(getattr(self, name) for name in COUNTS)


@dataclass
class Ground:
    """Which records belong to the pilot: of its hamlets, and of the teams that served them then."""

    pilot: Pilot
    today: dt.date
    places: list[int] = field(init=False)
    teams: list[int] = field(init=False)

    def __post_init__(self):
        days = self.pilot.days
        units = self.pilot.units.standing().tried()
        self.places = list(units.values_list("place", flat=True))
        self.last_day = min(days.last_day, self.today)
        self.teams = sorted(teams_between(self.places, days.first_day, self.last_day))

    def activities(self):
        """By the day they happened; a summary of a month stands on its first day."""
        rows = Activity.objects.standing().of_teams(self.teams)
        return rows.between(self.pilot.days.first_day, self.last_day)

    def raisings(self):
        rows = Raising.objects.standing().filter(Q(place__in=self.places) | Q(team__in=self.teams))
        return rows.filter(raised_on__range=(self.pilot.days.first_day, self.last_day))

    def cases(self):
        """Difficulties raised there in the days of the pilot, whoever answers them and whenever."""
        return Case.objects.filter(pk__in=self.raisings().values("case"))

    def reports(self):
        """Sent in these days, for whatever month."""
        first = timezone.make_aware(dt.datetime.combine(self.pilot.days.first_day, dt.time.min))
        until = dt.datetime.combine(self.last_day + dt.timedelta(days=1), dt.time.min)
        rows = Report.objects.filter(team__in=self.teams).exclude(sent=None)
        return rows.filter(
            first_received_at__gte=first, first_received_at__lt=timezone.make_aware(until)
        )

    def lessons(self):
        return Lesson.objects.filter(pilot=self.pilot, withdrawn_at=None)


def days_of(pilot: Pilot, today: dt.date) -> list[Day]:
    """Every day of the pilot up to today, the latest first; seven queries."""
    ground, days = Ground(pilot, today), pilot.days
    found: dict[str, Counter] = defaultdict(Counter)
    logs = ground.activities().order_by().values("happened_on")
    for row in logs.annotate(n=Count("pk"), people_in=Sum("people")):
        found["activities"][row["happened_on"]] = row["n"]
        found["people"][row["happened_on"]] = row["people_in"]
    found["raised"].update(ground.raisings().values_list("raised_on", flat=True))
    answered = ground.cases().exclude(answered_at=None).values_list("answered_at", flat=True)
    found["answered"].update(map(timezone.localdate, answered))
    sent = ground.reports().values_list("first_received_at", flat=True)
    found["reports"].update(map(timezone.localdate, sent))
    found["lessons"].update(ground.lessons().values_list("seen_on", flat=True))
    return [
        Day(day, days.number_of(day), *(found[name][day] for name in COUNTS), _page(pilot, day))
        for n in range((ground.last_day - days.first_day).days, -1, -1)
        for day in [days.first_day + dt.timedelta(days=n)]
    ]


def _page(pilot: Pilot, day: dt.date) -> str:
    return reverse("pilots:day", args=[pilot.pk, day.isoformat()])


@dataclass(frozen=True)
class Happened:
    """The records of one day."""

    activities: list
    raised: list
    answered: list
    reports: list
    lessons: list
    hidden: int  # outside the reader's reach


def happened(pilot: Pilot, day: dt.date, user, today: dt.date) -> Happened:
    """What stands behind the numbers of a day, as far as the reader may open it."""
    ground = Ground(pilot, today)
    own = Activity.objects.visible_to(user)
    logs = ground.activities().filter(happened_on=day)
    raised = ground.raisings().filter(raised_on=day).select_related("case", "place", "team")
    seen = raised.filter(pk__in=Raising.objects.visible_to(user))
    cases = ground.cases().filter(**_on("answered_at", day)).select_related("owner", "team")
    mine = cases.filter(pk__in=Case.objects.visible_to(user))
    reports = ground.reports().filter(**_on("first_received_at", day))
    open_to = reports.filter(pk__in=Report.objects.visible_to(user))
    shown = logs.filter(pk__in=own.values("pk")).listed(), seen, mine
    found = Happened(
        *(list(rows) for rows in shown),
        list(open_to.select_related("team", "period")),
        list(ground.lessons().filter(seen_on=day).select_related("by__person", "unit__place")),
        0,
    )
    lists = (found.activities, found.raised, found.answered, found.reports)
    every = sum(rows.count() for rows in (logs, raised, cases, reports))
    return Happened(*lists, found.lessons, every - sum(map(len, lists)))


def _on(field_name: str, day: dt.date) -> dict:
    first = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    return {f"{field_name}__gte": first, f"{field_name}__lt": first + dt.timedelta(days=1)}
