"""Taking an entry back, and bringing it back again."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.work.activities.actions.edit import ask_reason, locked, refuse_changed
from cncd.work.activities.models import Activity


@transaction.atomic
def withdraw_activity(
    *, activity: Activity, by, reason: str = "", version: int | None = None, made_at=None, now=None
) -> Activity:
    """Takes an entry out of every count; it stays readable, and sent reports stay as they are.

    Withdrawing twice changes nothing. `version` is the one the page showed, when it showed one;
    the right is that of `made_at`. Raises PermissionDenied, ChangedMeanwhile, and ActivityRefused
    without a reason when one is due.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    activity = locked(activity, by, made_at)
    if activity.withdrawn_at:
        return activity
    refuse_changed(activity, version)
    ask_reason(activity, by, reason, made_at)
    activity.withdrawn_at, activity.withdrawn_reason = now, reason.strip()[:200]
    activity.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _write_down("activity.withdrawn", activity, by=by, reason=reason, now=now)
    return activity


@transaction.atomic
def restore_activity(*, activity: Activity, by, made_at=None, now=None) -> Activity:
    """Brings a withdrawn entry back as it was: the undo of `withdraw_activity`."""
    now = now or timezone.now()
    activity = locked(activity, by, min(made_at or now, now))
    if not activity.withdrawn_at:
        return activity
    activity.withdrawn_at, activity.withdrawn_reason = None, ""
    activity.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _write_down("activity.restored", activity, by=by, reason="", now=now)
    return activity


def _write_down(event: str, activity: Activity, *, by, reason: str, now) -> None:
    record(
        event=event,
        subject=activity,
        by=by,
        place=activity.place_id,
        team=activity.team_id,
        after={"happened_on": activity.happened_on.isoformat(), "people": activity.people},
        reason=reason,
        now=now,
    )
