"""The tables of people: who still has to learn, and who has finished what."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.training.models import Audience, Topic

STATES = {
    "never": _("Never trained"),
    "came": _("Has been to a session"),
    "invited": _("Invited"),
}
TONES = {"never": "soon", "came": "good", "invited": "info"}


def _lacking(request):
    topics = Topic.objects.on(request.scope.today)
    return [("never", _("Never trained")), *((topic.pk, topic.short_name) for topic in topics)]


def _lacks(rows, value):
    if value == "never":
        return [row for row in rows if not row.came]
    return [row for row in rows if int(value) not in row.finished]


class UntrainedList(List):
    title = _("Not trained yet")
    name = "chua-tap-huan"
    template = "training/untrained.html"
    columns = [
        Column("name", _("Full name"), sort="sort_key"),
        Column("unit", _("Team or unit"), sort="unit"),
        Column("post", _("Post"), sort="post"),
        Column("state", _("State"), kind="badge", value=lambda row: STATES[row.state],
               tone=lambda row: TONES[row.state], sort="state"),
        Column("came", _("Sessions attended"), kind="number", sort="came"),
        Column("last_on", _("Last time"), kind="date", sort="last_on"),
        Column("finished", _("Topics finished"), kind="number",
               value=lambda row: len(row.finished - {None}),
               sort=lambda row: len(row.finished)),
    ]  # fmt: skip
    filters = [
        Choice("lack", _("Has not learned"), choices=_lacking, apply=_lacks, default="never"),
        Choice("audience", _("For whom"),
               choices=[(Audience.TEAMS, _("Team members")), (Audience.OFFICIALS, _("Officials"))],
               apply=lambda rows, value: [row for row in rows if row.audience == value]),
    ]  # fmt: skip
    order = "sort_key"
    search_fields = ["name", "unit"]
    search_hint = _("Find a name, a team or a unit")
    select = "key"
    empty = _("Nobody is in office or in a team here.")


class CertificateList(List):
    title = _("Certificates")
    name = "chung-nhan"
    template = "training/certificates.html"
    columns = [
        Column("person", _("Full name"), value="person.full_name", sort="person__sort_key",
               link=lambda row: reverse("training:certificate", args=[row.pk])
               if row.may_number else ""),
        Column("course", _("Course"), value="course.title", sort="course__title",
               link=lambda row: row.course.get_absolute_url()),
        Column("topics", _("Topics"),
               value=lambda row: ", ".join(t.short_name for t in row.course.topics.all())),
        Column("unit", _("Held by"), sort="unit"),
        Column("completed_on", _("Finished on"), kind="date", sort="completed_on"),
        Column("number", _("Certificate number"), kind="code", sort="number"),
        Column("issued_on", _("Issued on"), kind="date", sort="issued_on"),
    ]  # fmt: skip
    filters = [
        Choice("topic", _("Topic"),
               choices=lambda request: [(t.pk, t.short_name)
                                        for t in Topic.objects.on(request.scope.today)],
               apply=lambda rows, value: rows.filter(course__topics=value)),
        Choice("number", _("Number"),
               choices=[("without", _("Not numbered yet")), ("with", _("Numbered"))],
               apply=lambda rows, value: rows.filter(number="") if value == "without"
               else rows.exclude(number="")),
    ]  # fmt: skip
    order = ("-completed_on", "person__sort_key")
    search_fields = ["person__search_key", "course__search_key", "number"]
    search_hint = _("Find a name, a course or a number")
    empty = _("Nobody has finished a course here yet. Hold a session and take attendance.")


class QuizList(List):
    title = _("Quizzes")
    name = "cau-hoi"
    template = "training/quizzes.html"
    columns = [
        Column("title", _("Quiz"), sort="title",
               link=lambda row: reverse("training:quiz", args=[row.pk])),
        Column("topics", _("Topics"),
               value=lambda row: ", ".join(topic.short_name for topic in row.topics.all())),
        Column("questions", _("Questions"), value="n_questions", kind="number",
               sort="n_questions"),
        Column("pass_mark", _("Right answers to pass"), kind="number", sort="pass_mark"),
        Column("tries", _("Tries"), value="n_tries", kind="number", sort="n_tries"),
        Column("passed", _("Tries that passed"), value="n_passed", kind="number",
               sort="n_passed"),
    ]  # fmt: skip
    order = "title"
    search_fields = ["title"]
    search_hint = _("Find a quiz")
    empty = _("There is no quiz yet. Write a few questions, then choose it for a course.")
