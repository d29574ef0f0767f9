"""Courses with their sessions and who came; classes for citizens; the courses in sight."""

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from cncd.foundation.places.models import Place, PlaceIndex
from cncd.work.training.models import Attendance, Audience, Completion, Course, Session


def described(courses, now):
    """Adds `sessions_held`, `next_at`, `came` (people, each once) and `completed`."""
    mine = Session.objects.standing().filter(course=OuterRef("pk")).order_by()
    begun = mine.filter(starts_at__lte=now).values("course").annotate(n=Count("pk")).values("n")
    came = Attendance.objects.counting().filter(session__course=OuterRef("pk")).order_by()
    came = came.values("session__course").annotate(n=Count("person", distinct=True)).values("n")
    done = Completion.objects.standing().filter(course=OuterRef("pk")).order_by()
    coming = mine.filter(starts_at__gt=now).order_by("starts_at")
    last = mine.order_by("-starts_at").values("starts_at")[:1]
    return courses.annotate(
        sessions_held=Subquery(begun),
        next_at=Subquery(coming.values("starts_at")[:1]),
        last_at=Subquery(last),
        came=Subquery(came),
        completed=Subquery(done.values("course").annotate(n=Count("pk")).values("n")),
    )


def in_sight(rows, place, day, path: str = "place"):
    """Those of the unit, of what is below it and, of what is above, all that it may attend."""
    if place is None:
        return rows
    above = PlaceIndex.objects.on(day).filter(place=place, inherited=False).values("ancestor")
    below = Place.objects.reached_from([place.pk], day)
    return rows.filter(Q(**{f"{path}__in": above}) | Q(**{f"{path}__in": below}))


def named_courses(user):
    """Courses with lists of names: of teams and officials."""
    return Course.objects.visible_to(user).standing().exclude(audience=Audience.CITIZENS)


def classes_of(user):
    """Classes for citizens the person sees, withdrawn ones left out."""
    rows = Session.objects.visible_to(user).filter(
        course__audience=Audience.CITIZENS, withdrawn_at=None
    )
    return rows.select_related("course", "team", "continues")


def sums_of(classes) -> dict:
    """How many classes and learners these meetings are, as XH04 and XH05 count them."""
    found = classes.order_by().aggregate(
        classes=Count("pk", filter=Q(continues=None)),
        learners=Sum("newcomers"),
        elderly=Sum("elderly", filter=Q(people=F("newcomers"))),
    )
    return {name: value or 0 for name, value in found.items()}
