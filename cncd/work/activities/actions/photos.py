"""Adding a photo to an entry that stands: photos travel one by one, after what they belong to."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.work.activities.actions.edit import locked
from cncd.work.activities.actions.errors import ActivityRefused
from cncd.work.activities.models import Activity, ActivityPhoto
from cncd.work.activities.rules import MOST_PHOTOS, Fault


@transaction.atomic
def attach_photo(
    *, activity: Activity, file, by, made_at: dt.datetime | None = None, now=None
) -> Activity:
    """Adds a stored picture to an entry; no figure changes, so the version stays the same.

    `made_at` is when it was chosen on the device: whoever has left the team since may still bring
    a picture of their own entry. Raises PermissionDenied, and ActivityRefused past five photos.
    """
    now = now or timezone.now()
    activity = locked(activity, by, min(made_at or now, now))
    held = activity.photos.count()
    if held >= MOST_PHOTOS:
        message = _("The entry has {most} photos already; this one was left out.")
        raise ActivityRefused([Fault("photos", format_lazy(message, most=MOST_PHOTOS))])
    ActivityPhoto.objects.create(activity=activity, file=file)
    # Part of what was entered, only slower: an open page that shows this version stays valid.
    version = activity.versions.get(number=activity.version)
    version.content["photos"] = [*version.content.get("photos", []), str(file.pk)]
    version.save(update_fields=["content"])
    record(
        event="activity.photo_added",
        subject=activity,
        by=by,
        place=activity.place_id,
        team=activity.team_id,
        before={"photos": held} if held else {},
        after={"photos": held + 1},
        now=now,
    )
    return activity
