"""The naming rules of a level, and the kinds of member a common group must hold, from a day on."""

import datetime as dt
from collections.abc import Sequence
from itertools import chain, count

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold
from cncd.foundation.people import authority
from cncd.foundation.places.models import Level
from cncd.work.channels.actions.errors import RuleRefused
from cncd.work.channels.models import NameRule, RequiredMember
from cncd.work.channels.rules import BadPattern, read_pattern
from cncd.work.channels.rules.members import Fit


@transaction.atomic
def set_name_rules(
    *,
    level: Level,
    patterns: Sequence[str],
    since_on: dt.date,
    by,
    clause: str = "",
    now=None,
) -> list[NameRule]:
    """Names groups of a level so from that day on, the first form being the expected one (II.2.7).

    What held before holds until that day; what was to begin later is dropped. Raises
    PermissionDenied, and RuleRefused with what is wrong with a pattern.
    """
    require_rules(by)
    patterns = [" ".join(text.split()) for text in patterns if text.strip()]
    _check_patterns(level, patterns)
    held = NameRule.objects.filter(level=level)
    before = list(held.on(since_on).values_list("pattern", flat=True))
    if before == patterns:
        raise RuleRefused(_("Nothing is different from before."))
    held.filter(since_on__gte=since_on).delete()
    held.on(since_on).update(until_on=since_on)
    NameRule.objects.bulk_create(
        NameRule(level=level, pattern=text, is_canonical=n == 0, clause=clause, since_on=since_on)
        for n, text in enumerate(patterns)
    )
    made = list(held.filter(since_on=since_on))
    old, new = "; ".join(before), "; ".join(patterns)
    record(
        event="name_rule.changed",
        subject=made[0],
        by=by,
        before={"patterns": old},
        after={"patterns": new, "level": level.name, "on": since_on.isoformat()},
        now=now or timezone.now(),
    )
    return made


def _check_patterns(level: Level, patterns: list[str]) -> None:
    """Raises RuleRefused with what is wrong with the forms of a level."""
    if not patterns:
        raise RuleRefused(_("Write at least one form of the name."))
    if len(patterns) != len(set(patterns)):
        raise RuleRefused(_("The same form stands there twice."))
    codes = list(Level.objects.values_list("code", flat=True))
    for text in patterns:
        try:
            read_pattern(text, codes, level.code)
        except BadPattern as bad:
            raise RuleRefused(f"“{text}”: {bad}") from bad


@transaction.atomic
def set_required_member(
    *,
    level: Level,
    name: str,
    fit: Fit,
    since_on: dt.date,
    by,
    required: RequiredMember | None = None,
    until_on: dt.date | None = None,
    order: int | None = None,
    clause: str = "",
    now=None,
) -> RequiredMember:
    """Adds a kind of member that common groups of a level must hold (II.2.9), or changes one.

    Raises PermissionDenied, and RuleRefused without a name, or when it ends before it begins.
    """
    require_rules(by)
    if not name.strip():
        raise RuleRefused(_("Say which kind of member this is."))
    if until_on and until_on <= since_on:
        raise RuleRefused(_("It ends before it begins."))
    last = RequiredMember.objects.filter(level=level).order_by("-order").first()
    row = required or RequiredMember(level=level, code=_free_code(name))
    before = {"name": row.name} if required else {}
    days = [since_on, row.since_on] if required else [since_on]
    row.name, row.fits, row.clause = name.strip(), fit.as_content(), clause or row.clause
    row.since_on, row.until_on = since_on, until_on
    row.order = order if order is not None else row.order or (last.order + 10 if last else 10)
    row.save()
    record(
        event="required_member.changed",
        subject=row,
        by=by,
        before=before,
        after={"name": row.name, "on": min(days).isoformat()},
        now=now or timezone.now(),
    )
    return row


def _free_code(name: str) -> str:
    """A code made of the name that no row bears yet."""
    start = slugify(fold(name))[:34] or "member"
    rows = RequiredMember.objects.filter(code__startswith=start)
    taken = set(rows.values_list("code", flat=True))
    numbered = (f"{start}-{number}" for number in count(2))
    return next(code for code in chain([start], numbered) if code not in taken)


def require_rules(by) -> None:
    """Raises PermissionDenied unless `by` may change what holds for everybody."""
    if by is not None and not authority.can(by, "channels.rules"):
        raise PermissionDenied("channels.rules")
