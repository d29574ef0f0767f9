"""What rooms above and below ask of this one."""

import datetime as dt

from django.db.models import Q

from cncd.work.activities.models import Activity, ActivityPhoto, ActivityVersion


def touched_since(team_id: int, first_day: dt.date, last_day: dt.date, at: dt.datetime) -> int:
    """How many entries of these days were written, corrected or withdrawn after that moment."""
    rows = Activity.objects.filter(team=team_id).between(first_day, last_day)
    changed = ActivityVersion.objects.filter(activity__in=rows, at__gt=at).values("activity")
    return rows.filter(Q(pk__in=changed) | Q(withdrawn_at__gt=at)).count()


def photos_in_reach(user):
    """Ids of the stored files that are photos of activities the person may see."""
    activities = Activity.objects.visible_to(user)
    return ActivityPhoto.objects.filter(activity__in=activities).values("file")
