"""The evaluation of a session, as far as it may be shown."""

from dataclasses import dataclass

from django.db.models import Count

from cncd.work.training.models import Attendance, Feedback, Session
from cncd.work.training.rules.showing import LEAST_ANSWERS, may_show, mean


@dataclass
class Opinions:
    """How many were asked and answered; marks and comments only where they hide each answer."""

    asked: int
    answers: int
    least: int
    marks: list[tuple[int, int]]  # mark, how often
    mean: float | None
    comments: list[str]

    @property
    def may_show(self) -> bool:
        return may_show(self.answers)


def opinions(session: Session) -> Opinions:
    """What those who came said; comments in the order of their text, which tells nothing."""
    asked = Attendance.objects.counting().filter(session=session).count()
    rows = Feedback.objects.filter(session=session)
    counts = dict(rows.order_by().values_list("rating").annotate(n=Count("pk")))
    answers = sum(counts.values())
    if not may_show(answers):
        return Opinions(asked, answers, LEAST_ANSWERS, [], None, [])
    marks = [(mark, counts.get(mark, 0)) for mark in range(5, 0, -1)]
    said = sorted(rows.exclude(comment="").values_list("comment", flat=True))
    return Opinions(asked, answers, LEAST_ANSWERS, marks, mean(counts), said)
