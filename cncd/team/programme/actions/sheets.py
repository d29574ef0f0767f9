"""What a level's report holds, and the checks between its figures."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.places.models import Level
from cncd.team.programme.models import Check, Measure, PeriodScheme, Sheet, SheetLine
from cncd.team.programme.rules import placeholders
from cncd.team.programme.rules.checking import JUMP, PLACEHOLDERS

from .catalogues import code_for
from .errors import Refused
from .periods import refuse_begun
from .rights import may_change
from .sources import refuse_mid_period


@transaction.atomic
def change_sheet(
    *, level: Level, since_on: dt.date, lines: Sequence[tuple[Measure, bool]], by, now=None
) -> Sheet:
    """Sets the figures of a level's report, in order, from a period on; `True` marks required.

    Earlier periods keep their sheet. Raises PeriodHasBegun when that period is open already.
    """
    may_change(by)
    scheme = PeriodScheme.objects.get(in_use=True)
    refuse_mid_period(scheme, since_on)
    refuse_begun(scheme, since_on)
    if not lines:
        raise Refused(_("A report needs at least one figure."))
    before = Sheet.objects.on(since_on).filter(level=level).first()
    sheet = _sheet_from(level, since_on, before)
    SheetLine.objects.bulk_create(
        SheetLine(sheet=sheet, measure=measure, required=required, order=order * 10)
        for order, (measure, required) in enumerate(lines, 1)
    )
    record(
        event="sheet.changed",
        subject=sheet,
        by=by,
        before={"figures": before.lines.count()} if before and before != sheet else {},
        after={"figures": len(lines), "since_on": since_on.isoformat(), "level": level.name},
        now=now,
    )
    return sheet


def _sheet_from(level: Level, since_on: dt.date, before: Sheet | None) -> Sheet:
    """An empty sheet that begins on the day; the one before it ends then."""
    Sheet.objects.filter(level=level, since_on__gt=since_on).delete()
    if before and before.since_on == since_on:
        before.lines.all().delete()
        Sheet.objects.filter(pk=before.pk).update(until_on=None)
        return before
    Sheet.objects.filter(level=level).overlapping(since_on, None).update(until_on=since_on)
    name = before.name if before else f"Biểu cấp {level.name}"
    return Sheet.objects.create(level=level, name=name, since_on=since_on)


@transaction.atomic
def add_check(*, since_on: dt.date, by, now=None, **values) -> Check:
    """Adds a check between two figures, or of a figure against its own past."""
    may_change(by)
    refuse_check(**values)
    code = code_for(Check, f"{values.get('left') or 'moi-so'} {values['kind']}")
    check = Check.objects.create(code=code, since_on=since_on, **values)
    record(event="check.added", subject=check, by=by, after={"message": check.message}, now=now)
    return check


@transaction.atomic
def change_check(*, check: Check, by, now=None, **values) -> Check:
    """Changes factor, floor, words or last day of a check; sent reports keep their warnings."""
    may_change(by)
    check = Check.objects.select_for_update().get(pk=check.pk)
    kept = {name: getattr(check, name) for name in ("kind", "left", "right", "message")}
    refuse_check(**kept | {name: value for name, value in values.items() if name in kept})
    changed = {name: value for name, value in values.items() if getattr(check, name) != value}
    before = {name: _plain(getattr(check, name)) for name in changed}
    for name, value in changed.items():
        setattr(check, name, value)
    check.save()
    if changed:
        after = {name: _plain(value) for name, value in changed.items()}
        record(event="check.changed", subject=check, by=by, before=before, after=after, now=now)
    return check


def _plain(value):
    return value.isoformat() if isinstance(value, dt.date) else value


def refuse_check(*, kind: str, message: str, left=None, right=None, **_others) -> None:
    """Raises Refused for a comparison without two figures, or a message with unknown {words}."""
    if kind != JUMP and (left is None or right is None):
        raise Refused(_("Choose both figures to compare."), field="right" if left else "left")
    try:
        unknown = placeholders(message) - PLACEHOLDERS
    except ValueError:
        unknown = {"{", "}"}
    if unknown:
        known = " ".join(f"{{{word}}}" for word in sorted(PLACEHOLDERS))
        raise Refused(
            _("In braces only these words may stand: %(known)s.") % {"known": known},
            field="message",
        )
