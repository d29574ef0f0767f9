"""One obligation as whoever bears it reads it: what, why, how far, what was said."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from cncd.work.directives.models import OPEN, Answer, Ask, Obligation, Reminder
from cncd.work.directives.queries.rights import may_answer
from cncd.work.directives.wording import evidence_in_words

EVIDENCE = Ask.Evidence


@dataclass(frozen=True)
class Page:
    """What the phone's page draws; `answers` come latest first."""

    found: Obligation
    may_act: bool
    answers: list[Answer]
    reminders: list[Reminder]
    guides: list
    left: int  # days to the due day; below 0 it is late

    @property
    def late(self) -> int:
        """How many days late it is."""
        return -self.left

    @property
    def is_open(self) -> bool:
        return self.found.status in OPEN and self.found.directive.is_in_force

    @property
    def is_new(self) -> bool:
        return self.found.acknowledged_at is None

    @property
    def waits(self) -> Answer | None:
        """The answer that waits to be checked."""
        return next((a for a in self.answers if a.state == Answer.State.SENT), None)

    @property
    def returned(self) -> Answer | None:
        """The latest answer, if it was given back."""
        last = self.answers[0] if self.answers else None
        return last if last and last.state == Answer.State.RETURNED else None

    @property
    def may_answer(self) -> bool:
        """Whether an answer is wanted now."""
        asked = self.found.watches == EVIDENCE.ANSWER and not self.waits
        return self.may_act and self.is_open and asked

    @property
    def is_logged(self) -> bool:
        """Whether it is done by what the team logs."""
        return self.found.watches == EVIDENCE.ACTIVITIES

    @property
    def shown_by(self) -> str:
        """What will show that it is done, in words."""
        return evidence_in_words(self.found.ask)

    @property
    def tile(self) -> str:
        """The key of the one content to log; empty where several will do, or it is retired."""
        content, today = self.found.ask.content, timezone.localdate()
        is_offered = content and (content.until_on is None or today < content.until_on)
        return f"c-{content.code}" if is_offered else ""

    @property
    def is_reported(self) -> bool:
        return self.found.watches == EVIDENCE.REPORT


def page_of(found: Obligation, user, today: dt.date) -> Page:
    """Six queries and what the rights ask."""
    answers = found.answers.exclude(state=Answer.State.WITHDRAWN).order_by("-sent_at")
    answers = answers.select_related("checked_by__person").prefetch_related("files__file")
    reminders = found.reminders.standing().select_related("by__person")[:3]
    run = getattr(found.directive, "run", None)
    guides = run.campaign.guides.visible_to(user) if run else ()
    left = (found.due_on - today).days
    return Page(found, may_answer(user, found), list(answers), list(reminders), list(guides), left)
