"""The draft of a year's plan, made from what the teams lack."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.work.training.actions.locking import PLAN
from cncd.work.training.actions.planning import draft_of, new_plan
from cncd.work.training.models import Audience, PlanLine, Topic, TrainingPlan
from cncd.work.training.queries.planning import covered_below, gaps_of_unit
from cncd.work.training.rules.drafting import Limits, Proposal, proposals
from cncd.work.training.wording_of_gaps import draft_title, why

QUARTERS = 4


@transaction.atomic
def draft_plan(*, place, year: int, limits: Limits, by, sessions: int = 1, now=None):
    """Plans courses of a year for the largest gaps of the unit's teams, within the limits (IV.1).

    Lines drafted so before are made anew, lines written by hand stay. Gives the plan and every
    proposal, also those for which nothing was left. Raises NotADraft, PermissionDenied.
    """
    authority.require(by, PLAN, place=place)
    now = now or timezone.now()
    known = TrainingPlan.objects.filter(place=place, year=year).first()
    plan = draft_of(known, by) if known else new_plan(place, year, by, "", now)
    found = proposed(place, year, limits, timezone.localdate(now))
    plan.lines.filter(from_gaps=True).delete()
    topics = {topic.pk: topic for topic in Topic.objects.all()}
    first = plan.lines.count()
    with translation.override(settings.LANGUAGE_CODE):  # texts of the plan, whoever drafts it
        for number, proposal in enumerate(each for each in found if each.classes):
            line = _line(plan, proposal, topics[proposal.topic], number, first, sessions)
            line.save()
            line.topics.set([proposal.topic])
    lines = sum(bool(each.classes) for each in found)
    after = {"year": year, "lines": lines, "budget": limits.budget}
    record(event="plan.drafted", subject=plan, by=by, place=place, after=after, now=now)
    return plan, found


def proposed(place, year: int, limits: Limits, day) -> list[Proposal]:
    """What a draft would hold; seats that units below hold themselves are left out."""
    covered = covered_below(place, year, day)
    gaps = [(each.topic.pk, each.gap, covered.get(each.topic.pk, 0))
            for each in gaps_of_unit(place, day)]  # fmt: skip
    return proposals(gaps, limits)


def _line(plan, proposal: Proposal, topic: Topic, number: int, first: int, sessions: int):
    return PlanLine(
        plan=plan, title=draft_title(topic), audience=Audience.TEAMS, need=why(proposal),
        classes=proposal.classes, sessions=sessions, people=proposal.places, cost=proposal.cost,
        quarter=number % QUARTERS + 1, order=first + number + 1, from_gaps=True,
    )  # fmt: skip
