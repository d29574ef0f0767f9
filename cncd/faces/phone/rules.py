"""How soon something is due, in words a volunteer reads at a glance."""

import datetime as dt

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.people.news import days_left

SOON = 3  # days


def is_soon(due_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether it is time: three days or fewer are left, or none."""
    return days_left(due_at, now) <= SOON


def time_left(due_at: dt.datetime, now: dt.datetime) -> str:
    """In words: "còn 3 ngày", "hạn hôm nay, trước 17:00"; never a scolding when it is late."""
    days = days_left(due_at, now)
    if due_at < now:
        if days == 0:
            return _("the time has passed; it may still be sent")
        text = ngettext(
            "%(n)d day past; it may still be sent", "%(n)d days past; it may still be sent", -days
        )
        return text % {"n": -days}
    if days == 0:
        return _("due today, before %(time)s") % {"time": f"{localtime(due_at):%H:%M}"}
    if days == 1:
        return _("due tomorrow")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
