"""What the page of a case shows, in a fixed number of queries."""

import datetime as dt

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cncd.foundation.places.queries import names
from cncd.work.difficulties.actions import ANSWER
from cncd.work.difficulties.models import Case, Raising, Step
from cncd.work.difficulties.queries import answerable
from cncd.work.difficulties.queries.suggesting import like
from cncd.work.difficulties.wording import owner_name, state_of


class CasePage:
    """One case as one person sees it on a day."""

    def __init__(self, case: Case, user, day: dt.date):
        self.case, self.user, self.day = case, user, day
        self.state, self.tone = state_of(case)

    @cached_property
    def may_answer(self) -> bool:
        return self.case.is_open and self.user.can(ANSWER, place=self.case.owner)

    @cached_property
    def may_correct(self) -> bool:
        """Whether the answer may be put right: it stands, and it is one's own unit's."""
        is_answered = self.case.state == Case.State.ANSWERED and not self.case.into_id
        return is_answered and self.user.can(ANSWER, place=self.case.owner)

    @cached_property
    def may_part(self) -> bool:
        return self.user.can(ANSWER, place=self.case.owner)

    @cached_property
    def names(self) -> dict:
        ids = {self.case.owner_id, self.case.place_id, self.case.answered_for_id}
        ids |= {each.owner_id for each in self._steps} | {each.place_id for each in self._seen}
        ids |= {each.details.get("owner") for each in self._steps}
        return names({pk for pk in ids if pk}, self.day)

    def _called(self, pk, with_leaders: bool = False) -> str:
        known = self.names.get(pk)
        return owner_name(known.full_name, with_leaders=with_leaders) if known else ""

    @property
    def owner(self) -> str:
        return self._called(self.case.owner_id, self.case.with_leaders)

    @property
    def answered_for(self) -> str:
        return self._called(self.case.answered_for_id, self.case.with_leaders)

    @cached_property
    def people(self) -> list:
        """Who is asked today; after the answer, nobody."""
        return answerable(self.case, self.day) if self.case.is_open else []

    @cached_property
    def _seen(self) -> list[Raising]:
        rows = self.case.raisings.visible_to(self.user).standing()
        return list(rows.select_related("team", "category", "raised_by__person", "photo"))

    @property
    def origins(self) -> list[Raising]:
        """Where it came from, as far as one may see."""
        for raising in self._seen:
            raising.where = self._called(raising.place_id)
        return self._seen

    @property
    def hidden(self) -> int:
        """Origins out of one's sight."""
        return self.case.raisings.standing().count() - len(self._seen)

    @cached_property
    def _steps(self) -> list[Step]:
        return list(self.case.steps.select_related("by__person").order_by("-at", "-pk"))

    @property
    def steps(self) -> list[Step]:
        """What happened, newest first."""
        for step in self._steps:
            step.whose = self._called(step.owner_id, step.with_leaders)
            step.who = step.by.person.full_name if step.by else _("by itself")
            step.told = step.text or step.details.get("to") or step.details.get("after", "")
        return self._steps

    @cached_property
    def parts(self) -> list[Case]:
        """What was put into it, to be set apart again."""
        return list(self.case.joined_cases.listed().order_by("opened_at"))

    @cached_property
    def like(self) -> list[tuple[Case, int]]:
        """Open cases that may be the same, where one may join them."""
        if not self.may_answer:
            return []
        rows = Case.objects.open().filter(owner=self.case.owner_id)
        return like(self.case, rows)
