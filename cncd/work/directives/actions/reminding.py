"""Writing down that somebody was reminded (đôn đốc)."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.directives.models import Obligation, Reminder
from cncd.work.directives.queries.answering import answerers
from cncd.work.directives.queries.reminding import remindable
from cncd.work.directives.queries.rights import may_give_at


class NobodyToRemind(ValidationError):
    """None of what was chosen is still to be done."""

    def __init__(self):
        super().__init__(_("What you chose is done or was taken back. Choose again."))


@transaction.atomic
def remind(
    *, obligations: Iterable[int], how: str, by, note: str = "", now: dt.datetime | None = None
) -> list[Reminder]:
    """Logs one reminder for each of the obligations that is still open, and whom it reached.

    Those who answer for them that day are told in the program too, however they were reminded.
    Raises NobodyToRemind when none is open; PermissionDenied for one that the person may not
    remind (IV.1).
    """
    asked, now = set(obligations), now or timezone.now()
    chosen = Obligation.objects.filter(pk__in=asked)
    if by is not None and chosen.open().exclude(pk__in=remindable(by).values("pk")).exists():
        raise PermissionDenied("directives.give")
    rows = list(chosen.open().select_related("directive", "ask").order_by("due_on", "pk"))
    if not rows:
        raise NobodyToRemind
    whom = answerers(rows, timezone.localdate(now))
    note = tidy(note)
    found = [Reminder(obligation=row, how=how, at=now, by=by, note=note) for row in rows]
    Reminder.objects.bulk_create(found)
    through = Reminder.persons.through
    reached = [(each, user) for each in found for user in whom[each.obligation_id]]
    through.objects.bulk_create(
        through(reminder_id=each.pk, person_id=user.person_id) for each, user in reached
    )
    record(
        event="obligation.reminded",
        subject=rows[0],
        by=by,
        place=rows[0].directive.place_id,
        after={"how": str(Reminder.How(how).label), "count": len(rows)},
        rows=[{"obligation": row.pk} for row in rows],
        now=now,
    )
    return found


def may_withdraw(user, reminder: Reminder) -> bool:
    """Whoever logged it, and whoever acts for the giver."""
    directive = reminder.obligation.directive
    own = user is not None and reminder.by_id == user.pk
    return own or may_give_at(user, directive.place, directive.agency)


@transaction.atomic
def withdraw_reminder(
    *, reminder: Reminder, reason: str, by, now: dt.datetime | None = None
) -> Reminder:
    """Takes a reminder out of the log that was written down by mistake; twice changes nothing.

    What people were told by it is not untold. Raises PermissionDenied.
    """
    rows = Reminder.objects.select_for_update(of=("self",))
    reminder = rows.select_related("obligation__directive__place").get(pk=reminder.pk)
    if by is not None and not may_withdraw(by, reminder):
        raise PermissionDenied("directives.give")
    if reminder.withdrawn_at:
        return reminder
    reminder.withdrawn_at, reminder.withdrawn_reason = now or timezone.now(), tidy(reason)
    reminder.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(
        event="reminder.withdrawn",
        subject=reminder.obligation,
        by=by,
        place=reminder.obligation.directive.place_id,
        reason=reminder.withdrawn_reason,
        now=now,
    )
    return reminder
