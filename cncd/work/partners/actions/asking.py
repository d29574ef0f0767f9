"""Putting a dead spot before the enterprise that committed to connect the place."""

import datetime as dt

from django.utils import timezone

from cncd.foundation.people.models import Agency
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import setting
from cncd.work.partners.models import Gap, Pledge
from cncd.work.partners.options import ANSWER_DAYS
from cncd.work.partners.queries.gaps import committed_at


def put_before(gap: Gap, agency: Agency, day: dt.date, due_on: dt.date | None = None) -> None:
    """The dead spot, not saved yet, waits for the agency's answer from the day on."""
    days = dt.timedelta(days=int(setting(ANSWER_DAYS, gap.place, day)))
    gap.agency, gap.asked_on, gap.due_on = agency, day, due_on or day + days
    gap.state = Gap.State.ASKED
    gap.answer, gap.done_by, gap.answered_at, gap.answered_by = "", None, None, None


def put_before_committed(gap: Gap, day: dt.date) -> None:
    """To the enterprise that committed there; where there is none, one is to be found."""
    pledge = committed_at(gap.place_id, day)
    if pledge is not None:
        put_before(gap, pledge.agency, day)
        return
    gap.state, gap.agency, gap.asked_on, gap.due_on = Gap.State.SEEKING, None, None, None


def ask_of_pledge(pledge: Pledge, now: dt.datetime) -> list[Gap]:
    """Dead spots of the unit that had nobody to ask go to whoever has just committed there."""
    day = timezone.localdate(now)
    if pledge.kind != Pledge.Kind.CONNECTIVITY or not pledge.holds_on(day):
        return []
    under = Place.objects.reached_from([pledge.place_id], day)
    waiting = Gap.objects.standing().filter(place__in=under, state=Gap.State.SEEKING)
    found = list(waiting.select_for_update(of=("self",)).select_related("place"))
    for gap in found:
        put_before(gap, pledge.agency, day)
        gap.version += 1
        gap.save()
    return found
