"""Saying that two records that look alike are two; and taking that back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.actions.withdrawing import place_of
from cncd.work.registers.contents import kind_of
from cncd.work.registers.models import Distinct


@transaction.atomic
def tell_apart(*, first: Any, second: Any, by, now=None) -> Distinct:
    """Remembers that a person looked and found two; they are not shown as alike again.

    Whoever may write at either place may say so; saying it twice changes nothing. Raises
    PermissionDenied, RecordRefused for one and the same or for two kinds.
    """
    now, _made = writing.moments(now, None)
    _require_either(by, first, second)
    if first.pk == second.pk or type(first) is not type(second):
        raise RecordRefused("__all__", _("Choose two records of one kind."))
    one, other = sorted([first.pk, second.pk])
    found, is_new = Distinct.objects.get_or_create(
        kind=kind_of(first), first=one, second=other, defaults={"by": by, "at": now}
    )
    if is_new:
        _write_down("pair.distinct", first, second, by=by, now=now)
    return found


@transaction.atomic
def doubt_again(*, first: Any, second: Any, by, now=None) -> None:
    """Takes back that two records are two: they are shown as alike again.

    Raises PermissionDenied.
    """
    now, _made = writing.moments(now, None)
    _require_either(by, first, second)
    one, other = sorted([first.pk, second.pk])
    rows = Distinct.objects.filter(kind=kind_of(first), first=one, second=other)
    if rows.delete()[0]:
        _write_down("pair.doubted", first, second, by=by, now=now)


def _require_either(by, first, second) -> None:
    for row in (first, second):
        for permission in ("registers.enter", "registers.verify"):
            if rights.may(by, permission, place_of(row)):
                return
    raise PermissionDenied("registers.enter")


def _write_down(event: str, first, second, *, by, now) -> None:
    record(
        event=event,
        subject=first,
        by=by,
        place=place_of(first),
        after={"other": str(second), "what": kind_of(first)},
        now=now,
    )
