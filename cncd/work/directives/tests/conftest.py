"""A district that gives directives to its communes and teams, in a frozen November."""

import datetime as dt

import pytest
import time_machine

from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.directives.actions import Source, To, Wanted, draft_directive, issue_directive
from cncd.work.directives.models import Ask, Directive, Obligation
from tests.cast import TODAY

DUE = dt.date(2026, 11, 30)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def given(cast, programme):
    """give(…): a directive of the district to its communes, in force; one answer unless said."""

    def give(place=None, to=None, by=None, agency=None, draft=False, title="Rà soát",
             level="commune", **asked):  # fmt: skip
        usual = {"text": "Báo cáo kết quả", "due_on": DUE, "evidence": Ask.Evidence.ANSWER}
        to = to or To(Directive.Audience.LEVEL, level=cast.levels[level])
        directive = draft_directive(
            place=place or cast.ke_sach,
            agency=agency,
            title=title,
            to=to,
            source=Source(said_by="Chủ tịch UBND huyện", said_on=TODAY),
            by=by,
            asks=(Wanted(**usual | asked),),
        )
        return directive if draft else issue_directive(directive=directive, by=by)

    return give


@pytest.fixture
def logged(cast, programme):
    """log(team, day, people): an ordinary log."""

    def log(team=None, day=TODAY, people=5, content="zalo", count=None, by=None):
        team = team or cast.team
        place = team.coverages.latest("pk").place
        counts = {content: people if count is None else count} if content else {}
        done = Done(
            kind="huong-dan", happened_on=day, people=people, contents=counts, place=place.pk
        )
        return log_activity(team=team, done=done, by=by or cast.tu, confirmed=True)

    return log


def of(directive, bearer) -> Obligation:
    """What the team or place owes of a directive with one ask, read anew."""
    key = "team" if hasattr(bearer, "formed_by_id") else "place"
    return Obligation.objects.listed().get(directive=directive, **{key: bearer})
