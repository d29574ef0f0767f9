"""Where a figure comes from: counters, and switching the source from a period on."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.team.programme.models import Counter, Indicator, Measure, PeriodScheme, Source
from cncd.team.programme.packaged import CounterWords, table
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


def _switched(measure: Measure, counter: Counter | None, since_on: dt.date) -> tuple:
    """(source before, source from that day on); the latter None when it would be the same."""
    before = measure.sources.on(since_on).select_related("counter").first()
    if before and before.counter_id == (counter and counter.pk):
        return before, None
    measure.sources.filter(since_on__gte=since_on).delete()
    measure.sources.overlapping(since_on, None).update(until_on=since_on)
    source = Source.objects.create(measure=measure, counter=counter, since_on=since_on)
    return before, source


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
    before, source = _switched(measure, counter, since_on)
    if source is None:
        raise Refused(_("The figure comes from there already."))
    record(
        event="source.switched",
        subject=measure,
        by=by,
        before={"source": source_in_words(before)},
        after={"source": source_in_words(source), "since_on": since_on.isoformat()},
        now=now,
    )
    return source


@transaction.atomic
def switch_to_packaged(
    *, measures: Sequence[Measure], since_on: dt.date, by, with_words: bool = True, now=None
) -> list[Measure]:
    """Counts the figures as the packaged catalogue does, from a period on; returns the switched.

    Reports of earlier periods keep their figures. `with_words` takes the packaged words on how
    they are counted too. Raises PeriodHasBegun, Refused when nothing is left to switch.
    """
    may_change(by)
    scheme = PeriodScheme.objects.get(in_use=True)
    refuse_mid_period(scheme, since_on)
    refuse_begun(scheme, since_on)
    texts = {row["code"]: row["source"] for row in table("measures")}
    wanted = Measure.objects.select_for_update().filter(pk__in=[m.pk for m in measures])
    rows, switched = [], []
    for measure in wanted.order_by("order", "code"):
        words = CounterWords.read(texts.get(measure.code, ""))
        counter = words and counter_like(*words)
        before, source = _switched(measure, counter, since_on) if counter else (None, None)
        if source:
            switched.append(measure)
            rows.append(_row(measure, before, source))
    if not switched:
        raise Refused(_("Choose at least one figure."))
    after = {"measures": len(switched), "since_on": since_on.isoformat()}
    rows += _take_words(switched) if with_words else []
    record(event="sources.switched", subject=scheme, by=by, after=after, rows=rows, now=now)
    return switched


def _row(measure: Measure, before: Source | None, source: Source) -> dict:
    return {
        "measure": measure.pk,
        "name": measure.code,
        "before": source_in_words(before),
        "after": source_in_words(source),
    }


def _take_words(measures: list[Measure]) -> list[dict]:
    """Packaged hints and definitions of these figures; what changed, as rows of the journal."""
    hints = {row["code"]: row["hint"] for row in table("measures")}
    texts = {row["code"]: row["definition"] for row in table("indicators")}
    rows = []
    for measure in measures:
        rows += _reword(measure, "hint", hints.get(measure.code))
    uses = Q(measure__in=measures) | Q(numerator__in=measures) | Q(denominator__in=measures)
    for indicator in Indicator.objects.filter(uses):
        rows += _reword(indicator, "definition", texts.get(indicator.code))
    return rows


def _reword(row, field: str, text: str | None) -> list[dict]:
    before = getattr(row, field)
    if not text or text == before:
        return []
    setattr(row, field, text)
    row.save(update_fields=[field])
    return [{row._meta.model_name: row.pk, "name": row.code, "before": before, "after": text}]
