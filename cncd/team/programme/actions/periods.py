"""Opening periods, and when reports are due."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.places.models import Level
from cncd.team.programme.models import DueRule, Period, PeriodDue, PeriodScheme
from cncd.team.programme.rules import due_moment, month_span

from .errors import PeriodHasBegun, Refused
from .rights import may_change


def ensure_period(*, scheme: PeriodScheme, day: dt.date, by=None, now=None) -> Period:
    """Gives the scheme's period that holds the day, opening it when it does not stand yet."""
    found = Period.objects.filter(scheme=scheme).containing(day).first()
    return found or open_period(scheme=scheme, day=day, by=by, now=now)


@transaction.atomic
def open_period(*, scheme: PeriodScheme, day: dt.date, by=None, now=None) -> Period:
    """Opens the period that holds the day and fixes its due moments by the rules of its first day.

    Opening it twice gives the same period (II.2.8).
    """
    PeriodScheme.objects.select_for_update().get(pk=scheme.pk)
    span = month_span(scheme.first_day, day)
    period, is_new = Period.objects.get_or_create(
        scheme=scheme,
        code=span.code,
        defaults={"first_day": span.first_day, "last_day": span.last_day},
    )
    if is_new:
        dues = _fix_dues(period)
        after = {"period": str(period)} | {due.level.name: due.due_at.isoformat() for due in dues}
        record(event="period.opened", subject=period, by=by, after=after, now=now)
    return period


def _fix_dues(period: Period) -> list[PeriodDue]:
    rules = DueRule.objects.on(period.first_day).filter(scheme=period.scheme_id)
    return PeriodDue.objects.bulk_create(
        PeriodDue(
            period=period,
            level=rule.level,
            due_at=due_moment(period.last_day, rule.days_after_end, rule.at_time),
        )
        for rule in rules.select_related("level")
    )


@transaction.atomic
def move_due(
    *, period: Period, level: Level, due_at: dt.datetime, reason: str, by, now=None
) -> PeriodDue:
    """Moves the due moment of one level in one period, with a reason all may read.

    Raises Refused when the reason is empty or the moment lies before the period begins.
    """
    may_change(by)
    if not reason.strip():
        raise Refused(_("Say why the due moment changes."), field="reason")
    if timezone.localtime(due_at).date() < period.first_day:
        raise Refused(_("The due moment lies before the period begins."), field="due_at")
    due, _is_new = PeriodDue.objects.select_for_update().get_or_create(
        period=period, level=level, defaults={"due_at": due_at}
    )
    before = due.due_at
    due.due_at, due.reason = due_at, reason.strip()
    due.save()
    record(
        event="period.due_moved",
        subject=period,
        by=by,
        before={"due_at": before.isoformat()},
        after={"due_at": due_at.isoformat(), "level": level.name},
        reason=due.reason,
        now=now,
    )
    return due


@transaction.atomic
def change_due_rule(
    *,
    scheme: PeriodScheme,
    level: Level,
    since_on: dt.date,
    days_after_end: int,
    at_time: dt.time,
    lock_after_days: int = 10,
    new_team_cutoff_days: int = 0,
    by=None,
    now=None,
) -> DueRule:
    """Sets when a level's reports are due, from a period on; periods already open keep theirs.

    Days count from the period's last day. Raises PeriodHasBegun when a period that begins on or
    after that day stands open already.
    """
    may_change(by)
    refuse_begun(scheme, since_on)
    DueRule.objects.filter(scheme=scheme, level=level, since_on__gte=since_on).delete()
    DueRule.objects.filter(scheme=scheme, level=level).overlapping(since_on, None).update(
        until_on=since_on
    )
    rule = DueRule.objects.create(
        scheme=scheme,
        level=level,
        since_on=since_on,
        days_after_end=days_after_end,
        at_time=at_time,
        lock_after_days=lock_after_days,
        new_team_cutoff_days=new_team_cutoff_days,
    )
    after = _rule_in_words(rule)
    record(event="due_rule.changed", subject=scheme, by=by, after=after, now=now)
    return rule


def _rule_in_words(rule: DueRule) -> dict:
    return {
        "level": rule.level.name,
        "since_on": rule.since_on.isoformat(),
        "days_after_end": rule.days_after_end,
        "at_time": f"{rule.at_time:%H:%M}",
        "lock_after_days": rule.lock_after_days,
        "new_team_cutoff_days": rule.new_team_cutoff_days,
    }


def refuse_begun(scheme: PeriodScheme, since_on: dt.date) -> None:
    """Raises PeriodHasBegun unless no open period of the scheme touches the day or a later one."""
    touched = Period.objects.filter(scheme=scheme, last_day__gte=since_on).order_by("-last_day")
    if last := touched.first():
        raise PeriodHasBegun(last)


@transaction.atomic
def use_scheme(*, scheme: PeriodScheme, by=None, now=None) -> PeriodScheme:
    """Makes the scheme the one reports follow; its series begins anew and is never mixed."""
    may_change(by)
    before = PeriodScheme.objects.select_for_update().filter(in_use=True).first()
    if before == scheme:
        return scheme
    PeriodScheme.objects.filter(in_use=True).update(in_use=False)
    scheme.in_use = True
    scheme.save(update_fields=["in_use"])
    record(
        event="scheme.chosen",
        subject=scheme,
        by=by,
        before={"scheme": before.name} if before else {},
        after={"scheme": scheme.name},
        now=now,
    )
    return scheme
