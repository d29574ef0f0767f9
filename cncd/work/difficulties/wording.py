"""How cases are told: states with their tones, how long is left, whose turn it is."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.work.difficulties.models import Case

LATE, SOON, OPEN, CLIMBED = "late", "soon", "open", "climbed"
STATES = {
    OPEN: gettext_lazy("waiting for an answer"),
    LATE: gettext_lazy("past its day"),
    CLIMBED: gettext_lazy("climbed"),
    "answered": gettext_lazy("answered"),
    "joined": gettext_lazy("put together with another"),
    "withdrawn": gettext_lazy("taken back"),
}
TONES = {"answered": "good", "joined": "quiet", "withdrawn": "quiet"}


def state_of(case: Case, now: dt.datetime | None = None) -> tuple[str, str]:
    """What the badge says, and its tone."""
    if not case.is_open:
        return str(STATES[case.state]), TONES[case.state]
    left = days_left(case, now)
    if left < 0 or case.due_at <= (now or timezone.now()):
        return _("past its day"), "late"
    if left == 0:
        return _("due today"), "soon"
    told = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return told, "soon" if left <= 3 else "info"


def days_left(case: Case, now: dt.datetime | None = None) -> int:
    today = timezone.localdate(now) if now else timezone.localdate()
    return (timezone.localdate(case.due_at) - today).days


def owner_name(place_name: str, *, with_leaders: bool) -> str:
    """ "Tỉnh Sóc Trăng", at the top past its office "Lãnh đạo tỉnh Sóc Trăng"."""
    if not with_leaders:
        return place_name
    return _("Leaders of %(unit)s") % {"unit": place_name[:1].lower() + place_name[1:]}
