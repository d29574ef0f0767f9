"""Putting an entry right: a new version, the old ones stay."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.work.activities.actions import writing
from cncd.work.activities.actions.errors import (
    ActivityRefused,
    AlreadyWithdrawn,
    ChangedMeanwhile,
    refuse,
)
from cncd.work.activities.ground import Catalogue, ground_of
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done, Fault, faults, needs_reason
from cncd.work.activities.wording import changes


def may_change(user, activity: Activity) -> bool:
    """The author and the team's leaders; the commune only what was entered on behalf of a team.

    A commune never changes a team's own entry: it returns the figure.
    """
    if authority.can(user, "activities.correct", team=activity.team):
        return True
    if not writing.in_reach(user, activity.team):
        return False
    if writing.is_of_team(user, activity.team):
        return activity.recorded_by_id == user.pk
    return activity.on_behalf


@transaction.atomic
def edit_activity(
    *, activity: Activity, done: Done, version: int, by, reason="", confirmed=False, now=None
) -> Activity:
    """Replaces what an entry says by a new version; sent reports keep the version they counted.

    `version` is the one the page showed; the same change sent twice is made once. Raises
    PermissionDenied, ChangedMeanwhile, AlreadyWithdrawn, ActivityRefused (also when nothing
    differs, or a reason is due), and ActivityDoubtful.
    """
    now = now or timezone.now()
    activity = locked(activity, by)
    catalogue = Catalogue()
    before = current(activity)
    ground = ground_of(activity.team, done, catalogue, besides=activity)
    done = writing.settled(done, ground)
    if activity.version != version:
        if done == before:
            return activity
        raise ChangedMeanwhile
    if activity.withdrawn_at:
        raise AlreadyWithdrawn
    ask_reason(activity, by, reason, now)
    if done == before:
        raise ActivityRefused([Fault("__all__", _("Nothing is different from before."))])
    refuse(faults(done, ground, timezone.localdate(now)), confirmed=confirmed)
    _replace(activity, done, catalogue, by=by, reason=reason, now=now)
    old, new = changes(before, done, catalogue)
    record(
        event="activity.edited",
        subject=activity,
        by=by,
        place=activity.place_id,
        team=activity.team_id,
        before=old,
        after=new,
        personal={"note": (before.note, done.note)} if before.note != done.note else None,
        reason=reason,
        now=now,
    )
    return activity


def locked(activity: Activity, by) -> Activity:
    """The row as it stands, held until the transaction ends; PermissionDenied when not theirs."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("team", "kind")
    activity = rows.get(pk=activity.pk)
    if not may_change(by, activity):
        raise PermissionDenied("activities.correct")
    return activity


def current(activity: Activity) -> Done:
    """What the entry says now."""
    return Done.from_content(activity.versions.get(number=activity.version).content)


def ask_reason(activity: Activity, by, reason: str, now) -> None:
    """Raises ActivityRefused when this change must say why, and does not."""
    own = activity.recorded_by_id == by.pk
    if not reason.strip() and needs_reason(own=own, recorded_at=activity.recorded_at, now=now):
        raise ActivityRefused([Fault("reason", _("Say in a few words why this is changed."))])


def _replace(activity: Activity, done: Done, catalogue: Catalogue, *, by, reason, now) -> None:
    for name, value in writing.fields_of(done, catalogue).items():
        setattr(activity, name, value)
    activity.version += 1
    activity.save()
    tables = writing.rows_of(activity, done, catalogue)
    for related in (activity.contents, activity.languages, activity.photos):
        related.all().delete()
    activity.participants.clear()
    activity.joint_teams.clear()
    writing.lay_down([*tables, [writing.version_of(activity, done, by=by, at=now, reason=reason)]])
