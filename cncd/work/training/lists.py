"""The tables of courses, people of a session, and classes for citizens."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.training.models import Audience, Invitation, Topic

TONES = {"invited": "quiet", "accepted": "good", "waiting": "soon", "declined": "late"}


def topic_choices(request):
    return [(topic.code, topic.short_name) for topic in Topic.objects.on(request.scope.today)]


class CourseList(List):
    title = _("Courses")
    name = "lop-tap-huan"
    template = "training/courses.html"
    columns = [
        Column("title", _("Course"), sort="title", link=lambda row: row.get_absolute_url()),
        Column("topics", _("Topics"),
               value=lambda row: [topic.short_name for topic in row.topics.all()], kind="lines"),
        Column("audience", _("For whom"), value="get_audience_display", sort="audience"),
        Column("unit", _("Unit"), value="place.full_name"),
        Column("trainer", _("Trainer"), hidden=True),
        Column("next_at", _("Next session"), kind="datetime", sort="next_at"),
        Column("sessions_held", _("Sessions begun"), value=lambda row: row.sessions_held or 0,
               kind="number", sort="sessions_held"),
        Column("came", _("People who came"), value=lambda row: row.came or 0, kind="number",
               sort="came", link=lambda row: row.get_absolute_url()),
        Column("completed", _("Completed"), value=lambda row: row.completed or 0, kind="number",
               sort="completed"),
    ]  # fmt: skip
    filters = [
        Choice("audience", _("For whom"),
               [each for each in Audience.choices if each[0] != Audience.CITIZENS]),
        Choice("topic", _("Topic"), topic_choices,
               lambda rows, value: rows.filter(topics__code=value).distinct()),
    ]  # fmt: skip
    search_fields = ["search_key"]
    search_hint = _("Name of the course")
    order = ("-last_at", "-pk")
    empty = _("No course has been opened here yet. Open one, then plan its sessions.")


class PeopleList(List):
    """Everybody invited to a session, or there."""

    title = _("Who is invited, who came")
    name = "danh-sach-lop"
    template = "training/session.html"
    columns = [
        Column("person", _("Full name"), value=lambda row: str(row.person),
               sort=lambda row: row.person.sort_key),
        Column("team", _("Team"), sort="team"),
        Column("words", _("Answer"), kind="badge", tone=lambda row: TONES.get(row.state, "info"),
               sort="state"),
        Column("turn", _("Turn"), kind="number", sort="turn", hidden=True),
        Column("reason", _("Reason"), hidden=True),
        Column("came_at", _("Came at"), kind="datetime",
               sort=lambda row: row.came_at.timestamp() if row.came_at else 0),
        Column("way", _("Way of attendance"), sort="way"),
        Column("acts", _("Put right"), value=lambda row: row.person.pk, export=False,
               template="training/person_cell.html"),
    ]  # fmt: skip
    filters = [
        Choice("state", _("Answer"), [
            *(each for each in Invitation.State.choices if each[0] != "withdrawn"),
            ("none", _("Not invited")),
        ], lambda rows, value: [row for row in rows if (row.state or "none") == value]),
        Choice("came", _("Attendance"), [("yes", _("Came")), ("no", _("Did not come"))],
               lambda rows, value: [row for row in rows if row.has_come == (value == "yes")]),
    ]  # fmt: skip
    search_fields = ["person.full_name", "team"]
    search_hint = _("Name or team")
    order = "person.sort_key"
    numbered = True
    empty = _("Nobody has been invited yet.")


class ClassList(List):
    title = _("Classes for citizens")
    name = "lop-cho-nguoi-dan"
    template = "training/classes.html"
    columns = [
        Column("held_on", _("Day"), kind="date", sort=("held_on", "pk"),
               link=lambda row: reverse("training:class", args=[row.pk])),
        Column("topic", _("What was taught"), value="course.title", sort="course__title"),
        Column("hamlet", _("Hamlet"), value="place.full_name"),
        Column("team", _("Held by the team"), value=lambda row: str(row.team or ""),
               sort="team__sort_key"),
        Column("people", _("People"), kind="number", sort="people", total=True),
        Column("newcomers", _("For the first time"), kind="number", sort="newcomers", total=True),
        Column("elderly", _("Aged 60 and over"), kind="number", sort="elderly", total=True),
        Column("goes_on", _("New or goes on"), value=lambda row: _("goes on") if row.continues_id
               else _("a class begun")),
        Column("co_organisers", _("Together with"), hidden=True),
        Column("venue", _("Where it is held"), hidden=True),
        Column("note", _("Note"), hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("topic", _("Topic"), topic_choices,
               lambda rows, value: rows.filter(course__topics__code=value).distinct()),
        Choice("class", _("New or goes on"), [("new", _("a class begun")), ("on", _("goes on"))],
               lambda rows, value: rows.filter(continues__isnull=value == "new")),
    ]  # fmt: skip
    search_fields = ["course__search_key", "team__search_key"]
    search_hint = _("Topic or team")
    order = ("-held_on", "-pk")
    empty = _("No class for citizens was held here in these days.")
