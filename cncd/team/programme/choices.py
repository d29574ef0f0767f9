"""What forms of the programme let one choose: periods to come, levels, icons."""

import datetime as dt

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.icons import icon
from cncd.team.programme.models import Period, PeriodScheme
from cncd.team.programme.rules import month_span

MONTHS_AHEAD = 13
ICONS = {
    "chat-dots": _("speech bubble"),
    "laptop": _("computer"),
    "person-vcard": _("identity card"),
    "wallet2": _("wallet"),
    "shop": _("shop"),
    "shield-check": _("shield"),
    "phone": _("telephone"),
    "globe": _("globe"),
    "window": _("window"),
    "mailbox": _("letter box"),
    "cash-coin": _("coins"),
    "credit-card": _("bank card"),
    "cart": _("shopping cart"),
    "heart-pulse": _("heart"),
    "mortarboard": _("learning"),
    "file-earmark-check": _("file with a tick"),
    "people": _("people together"),
    "house": _("house"),
    "megaphone": _("loudspeaker"),
    "calendar-event": _("calendar"),
    "building": _("office"),
    "book": _("book"),
    "camera": _("camera"),
    "translate": _("two languages"),
    "star": _("star"),
}


def icons() -> list[tuple[str, str]]:
    """The icons to choose from, each drawn and named."""
    return [(name, format_html("{} {}", icon(name), words)) for name, words in ICONS.items()]


def first_days(scheme: PeriodScheme, *, running: bool) -> list[tuple[str, str]]:
    """First days of periods from which a change may hold, as choices.

    With `running` the period of today counts too (for what is new); otherwise only periods that
    have not been opened.
    """
    day = timezone.localdate()
    last = Period.objects.filter(scheme=scheme).order_by("-last_day").first()
    if not running and last and last.last_day >= day:
        day = last.next_day
    elif not running:
        day = month_span(scheme.first_day, day).last_day + dt.timedelta(days=1)
    found = []
    for _number in range(MONTHS_AHEAD):
        span = month_span(scheme.first_day, day)
        found.append((span.first_day.isoformat(), _named(span)))
        day = span.last_day + dt.timedelta(days=1)
    return found


def _named(span) -> str:
    words = {"month": span.last_day.month, "year": span.last_day.year}
    words["first"] = f"{span.first_day:%d/%m/%Y}"
    return gettext("month %(month)s/%(year)s (from %(first)s)") % words
