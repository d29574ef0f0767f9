"""Where a figure comes from: counters, and switching the source from a period on."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.team.programme.models import Counter, Measure, PeriodScheme, Source
from cncd.team.programme.rules import month_span
from cncd.team.programme.wording import source_in_words

from .errors import Refused
from .periods import refuse_begun
from .rights import may_change


def counter_like(room: str, counts: str, filters: dict) -> Counter:
    """The counter with these words: the row that stands, or a new one."""
    wanted = {name: value for name, value in filters.items() if value}
    rows = Counter.objects.filter(room=room, counts=counts)
    same = [row for row in rows if row.filters == wanted]
    return same[0] if same else Counter.objects.create(room=room, counts=counts, filters=wanted)


def refuse_mid_period(scheme: PeriodScheme, since_on: dt.date) -> None:
    """Raises Refused unless the day is the first of a period of the scheme."""
    if month_span(scheme.first_day, since_on).first_day != since_on:
        raise Refused(_("Choose the first day of a reporting period."), field="since_on")


@transaction.atomic
def switch_source(
    *, measure: Measure, counter: Counter | None, since_on: dt.date, by, now=None
) -> Source:
    """Counts the measure by another counter (None: asked by hand) from a period on.

    Reports of earlier periods keep their figures: nothing is recomputed. Raises PeriodHasBegun
    when that period is open already, Refused when the day begins no period.
    """
    may_change(by)
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    scheme = PeriodScheme.objects.get(in_use=True)
    refuse_mid_period(scheme, since_on)
    refuse_begun(scheme, since_on)
    before = measure.sources.on(since_on).select_related("counter").first()
    if before and before.counter_id == (counter and counter.pk):
        raise Refused(_("The figure comes from there already."))
    measure.sources.filter(since_on__gte=since_on).delete()
    measure.sources.overlapping(since_on, None).update(until_on=since_on)
    source = Source.objects.create(measure=measure, counter=counter, since_on=since_on)
    record(
        event="source.switched",
        subject=measure,
        by=by,
        before={"source": source_in_words(before)},
        after={"source": source_in_words(source), "since_on": since_on.isoformat()},
        now=now,
    )
    return source
