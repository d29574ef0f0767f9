"""Adding, correcting and ending indicators, without a programmer."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import Level
from cncd.team.programme.models import (
    Content,
    Counter,
    Indicator,
    Measure,
    PeriodScheme,
    Sheet,
    SheetLine,
    Source,
)
from cncd.team.programme.rules import month_span

from .catalogues import code_for, searched_by
from .errors import Refused
from .periods import refuse_begun
from .rights import may_change
from .sources import counter_like, refuse_mid_period


@dataclass(frozen=True)
class ContentDraft:
    """A content that does not stand yet: what helpers will tick in their log."""

    name: str
    short_name: str
    unit: str
    platform: object = None
    icon: str = ""


@dataclass(frozen=True)
class IndicatorDraft:
    """An indicator about to be added, and exactly one way of having its figure.

    `content`: counted by a new content; `counts` (with `filters`): counted from the activity log;
    `numerator` and `denominator`: a ratio; none of them: asked by hand at `level`.
    """

    code: str
    name: str
    short_name: str
    pillar: str
    since_on: dt.date
    definition: str
    unit: str = "%"
    kind: str = Measure.Kind.FLOW
    level: Level | None = None
    clause: str = ""
    goal: str = ""
    direction: int = 1
    is_core: bool = False
    required: bool = False
    factor: int = 1
    hint: str = ""
    content: ContentDraft | None = None
    counts: str = ""
    filters: dict = field(default_factory=dict)
    numerator: Measure | None = None
    denominator: Measure | None = None

    @property
    def is_ratio(self) -> bool:
        """Whether its figure is one divided by another."""
        return self.denominator is not None


@transaction.atomic
def add_indicator(*, draft: IndicatorDraft, by, now=None) -> Indicator:
    """Adds content, counter, measure, source, sheet line and indicator in one go.

    It may begin with the running period at the earliest. Raises Refused for a code that is taken
    or a day that begins no period.
    """
    may_change(by)
    _refuse_draft(draft)
    measure = None if draft.is_ratio else _add_measure(draft)
    last = Indicator.objects.filter(pillar=draft.pillar).order_by("-order").first()
    indicator = Indicator.objects.create(
        code=draft.code,
        name=draft.name,
        short_name=draft.short_name,
        unit=draft.unit,
        pillar=draft.pillar,
        measure=measure,
        numerator=draft.numerator,
        denominator=draft.denominator,
        direction=draft.direction,
        goal=draft.goal,
        clause=draft.clause,
        definition=draft.definition,
        is_core=draft.is_core,
        order=last.order + 1 if last else 1,
        since_on=draft.since_on,
        search_key=indicator_key(draft.code, draft.name, draft.short_name),
    )
    after = {"name": draft.name, "since_on": draft.since_on.isoformat()}
    record(event="indicator.added", subject=indicator, by=by, after=after, now=now)
    return indicator


def indicator_key(code: str, name: str, short_name: str) -> str:
    """What an indicator is found by."""
    return fold(f"{code} {name} {short_name}")[:400]


def _refuse_draft(draft: IndicatorDraft) -> None:
    scheme = PeriodScheme.objects.get(in_use=True)
    refuse_mid_period(scheme, draft.since_on)
    earliest = month_span(scheme.first_day, timezone.localdate()).first_day
    if draft.since_on < earliest:
        raise Refused(_("An indicator can't begin in a period that has ended."), field="since_on")
    taken = Indicator.objects.filter(code=draft.code) or Measure.objects.filter(code=draft.code)
    if taken:
        raise Refused(_("The code %(code)s is taken.") % {"code": draft.code}, field="code")


def _add_measure(draft: IndicatorDraft) -> Measure:
    level = draft.level or Level.objects.get(code="hamlet")
    last = Measure.objects.filter(code__startswith=draft.pillar).order_by("-order").first()
    measure = Measure.objects.create(
        code=draft.code,
        name=draft.name,
        short_name=draft.short_name,
        unit=draft.unit,
        kind=draft.kind,
        factor=draft.factor,
        level=level,
        hint=draft.hint,
        order=last.order + 1 if last else 1,
        since_on=draft.since_on,
    )
    Source.objects.create(measure=measure, counter=_counter(draft), since_on=draft.since_on)
    _add_to_sheets(measure, level, required=draft.required)
    return measure


def _counter(draft: IndicatorDraft) -> Counter | None:
    if draft.content:
        content = _add_content(draft)
        return counter_like("activities", Counter.Counts.CONTENT, {"content": [content.code]})
    if draft.counts:
        return counter_like("activities", draft.counts, draft.filters)
    return None


def _add_content(draft: IndicatorDraft) -> Content:
    words = {"name": draft.content.name, "short_name": draft.content.short_name}
    last = Content.objects.order_by("-order").first()
    return Content.objects.create(
        code=code_for(Content, draft.content.short_name),
        unit=draft.content.unit,
        clause=draft.clause[:60],
        platform=draft.content.platform,
        icon=draft.content.icon,
        order=last.order + 1 if last else 1,
        since_on=draft.since_on,
        **words,
        **searched_by(Content, words),
    )


def _add_to_sheets(measure: Measure, level: Level, *, required: bool) -> None:
    """Puts the measure last on the sheet in force from its first day, and on any later one."""
    for sheet in Sheet.objects.filter(level=level).overlapping(measure.since_on, None):
        last = sheet.lines.order_by("-order").first()
        SheetLine.objects.create(
            sheet=sheet, measure=measure, order=last.order + 1 if last else 1, required=required
        )


@transaction.atomic
def change_indicator(*, indicator: Indicator, by, now=None, **values) -> Indicator:
    """Corrects an indicator's words; what it counts can't change under the same code."""
    may_change(by)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    changed = {name: value for name, value in values.items() if getattr(indicator, name) != value}
    before = {name: getattr(indicator, name) for name in changed}
    for name, value in changed.items():
        setattr(indicator, name, value)
    indicator.search_key = indicator_key(indicator.code, indicator.name, indicator.short_name)
    indicator.save()
    if changed:
        record(
            event="indicator.changed",
            subject=indicator,
            by=by,
            before=before,
            after=changed,
            now=now,
        )
    return indicator


@transaction.atomic
def end_indicator(
    *, indicator: Indicator, until_on: dt.date, reason: str, by, now=None
) -> Indicator:
    """Ends an indicator with the period before that day; what was reported stays.

    Its measure ends too unless another indicator needs it. Raises PeriodHasBegun when the period
    that begins on that day is open already.
    """
    may_change(by)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    scheme = PeriodScheme.objects.get(in_use=True)
    refuse_mid_period(scheme, until_on)
    refuse_begun(scheme, until_on)
    if until_on <= indicator.since_on:
        raise Refused(_("The last day lies before the first day."), field="since_on")
    indicator.until_on = until_on
    indicator.save(update_fields=["until_on"])
    _end_measure_of(indicator, until_on)
    record(
        event="indicator.ended",
        subject=indicator,
        by=by,
        after={"last_day": indicator.last_day.isoformat()},
        reason=reason,
        now=now,
    )
    return indicator


def _end_measure_of(indicator: Indicator, until_on: dt.date) -> None:
    for measure in filter(None, (indicator.measure, indicator.numerator)):
        uses = Q(measure=measure) | Q(numerator=measure) | Q(denominator=measure)
        if not Indicator.objects.on(until_on).filter(uses).exists():
            Measure.objects.filter(pk=measure.pk).update(until_on=until_on)
            measure.splits.on(until_on).update(until_on=until_on)
