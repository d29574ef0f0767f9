"""Putting an entry right: a new version, the old ones stay."""

import datetime as dt

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
from cncd.work.activities.ground import Catalogue, ground_of, shared_catalogue
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done, Fault, Ground, faults, needs_reason
from cncd.work.activities.wording import changes


def may_change(user, activity: Activity, day: dt.date | None = None) -> bool:
    """The author and the team's leaders; the commune only what was entered on behalf of a team.

    `day` is when the change was made (today). A commune never changes a team's own entry: it
    returns the figure.
    """
    if authority.can(user, "activities.correct", team=activity.team, on=day):
        return True
    if not writing.in_reach(user, activity.team, day):
        return False
    if writing.is_of_team(user, activity.team, day):
        return activity.recorded_by_id == user.pk
    return activity.on_behalf


@transaction.atomic
def edit_activity(
    *,
    activity: Activity,
    done: Done,
    version: int,
    by,
    reason="",
    confirmed=False,
    made_at=None,
    now=None,
) -> Activity:
    """Replaces what an entry says by a new version; sent reports keep the version they counted.

    `version` is the one the page showed; the same change sent twice is made once. The right to
    change it is that of `made_at` (now), when the button was pressed. Raises PermissionDenied,
    ChangedMeanwhile, AlreadyWithdrawn, ActivityRefused (also when nothing differs, or a reason is
    due), and ActivityDoubtful.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    activity = locked(activity, by, made_at)
    catalogue = shared_catalogue()
    before = current(activity)
    ground = ground_of(activity.team, done, catalogue, besides=activity)
    done = writing.settled(done, ground)
    if activity.version != version and done == before:
        return activity
    refuse_changed(activity, version, done)
    if activity.withdrawn_at:
        raise AlreadyWithdrawn
    ask_reason(activity, by, reason, made_at)
    if done == before:
        raise ActivityRefused([Fault("__all__", _("Nothing is different from before."))])
    refuse(faults(done, ground, timezone.localdate(now)), confirmed=confirmed)
    _replace(activity, done, (catalogue, ground), by=by, reason=reason, now=now)
    _write_down(activity, before, done, catalogue, by=by, reason=reason, now=now)
    return activity


def _write_down(activity: Activity, before: Done, done: Done, catalogue, *, by, reason, now):
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


def locked(activity: Activity, by, made_at: dt.datetime) -> Activity:
    """The row as it stands, held until the transaction ends; PermissionDenied when not theirs."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("team", "kind")
    activity = rows.get(pk=activity.pk)
    if not may_change(by, activity, timezone.localdate(made_at)):
        raise PermissionDenied("activities.correct")
    return activity


def refuse_changed(activity: Activity, version: int | None, done: Done | None = None) -> None:
    """Raises ChangedMeanwhile when the page showed another version than the entry has now."""
    if version is not None and activity.version != version:
        raise ChangedMeanwhile(activity, done or said_in(activity, version))


def current(activity: Activity) -> Done:
    """What the entry says now."""
    return said_in(activity, activity.version)


def said_in(activity: Activity, version: int) -> Done | None:
    """What the entry said in that version; None when there was none of that number."""
    found = activity.versions.filter(number=version).first()
    return found and Done.from_content(found.content)


def ask_reason(activity: Activity, by, reason: str, now) -> None:
    """Raises ActivityRefused when this change must say why, and does not."""
    own = activity.recorded_by_id == by.pk
    if not reason.strip() and needs_reason(own=own, recorded_at=activity.recorded_at, now=now):
        raise ActivityRefused([Fault("reason", _("Say in a few words why this is changed."))])


def _replace(
    activity: Activity, done: Done, known: tuple[Catalogue, Ground], *, by, reason, now
) -> None:
    for name, value in writing.fields_of(done, known[0]).items():
        setattr(activity, name, value)
    activity.version += 1
    activity.save()
    tables = writing.rows_of(activity, done, *known)
    for related in (activity.contents, activity.languages, activity.photos):
        related.all().delete()
    activity.participants.clear()
    activity.joint_teams.clear()
    activity.visited.clear()
    writing.lay_down([*tables, [writing.version_of(activity, done, by=by, at=now, reason=reason)]])
