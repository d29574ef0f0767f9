"""Writing down one activity, or the sum of a month."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.work.activities.actions import writing
from cncd.work.activities.actions.errors import ActivityRefused, refuse
from cncd.work.activities.ground import ground_of, shared_catalogue
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done, Fault, faults
from cncd.work.activities.wording import as_read


@transaction.atomic
def log_activity(
    *, team, done: Done, by, confirmed: bool = False, made_at: dt.datetime | None = None, now=None
) -> Activity:
    """Writes down what a team did (II.1.2, II.2.8); by a commune officer it is "nhập thay".

    `made_at` is when it was entered on the device, `now` when it arrived: whoever left the team
    between the two may still bring it. Raises PermissionDenied outside the account's teams (then)
    and communes (now), ActivityRefused at each wrong field, ActivityDoubtful
    when it is unusual and not `confirmed`.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    made_on = timezone.localdate(made_at)
    if not writing.in_reach(by, team, made_on):
        raise PermissionDenied("activities.log")
    catalogue = shared_catalogue()
    ground = ground_of(team, done, catalogue)
    done = writing.settled(done, ground)
    refuse(faults(done, ground, timezone.localdate(now)), confirmed=confirmed)
    activity = Activity(
        team=team,
        made_at=made_at,
        recorded_at=now,
        recorded_by=by,
        on_behalf=not writing.is_of_team(by, team, made_on),
        **writing.fields_of(done, catalogue),
    )
    activity.save(force_insert=True)
    version = writing.version_of(activity, done, by=by, at=now)
    writing.lay_down([*writing.rows_of(activity, done, catalogue, ground), [version]])
    record(
        event="activity.logged",
        subject=activity,
        by=by,
        place=activity.place_id,
        team=team,
        after=as_read(done, catalogue) | ({"on_behalf": True} if activity.on_behalf else {}),
        now=now,
    )
    return activity


def log_summary(
    *, team, done: Done, by, confirmed: bool = False, made_at=None, now=None
) -> Activity:
    """Writes down a month at once ("tổng hợp tháng"), for a team that kept no logs; an estimate.

    Raises what `log_activity` raises, and ActivityRefused when the range has no last day.
    """
    if not done.is_summary:
        raise ActivityRefused([Fault("ended_on", _("Give the last day of the range."))])
    return log_activity(team=team, done=done, by=by, confirmed=confirmed, made_at=made_at, now=now)
