"""What a person's own pages ask: how many are unread, what was chosen, which devices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cncd.faces.notices.models import Address, Feed, Notice, Preference, Subscription
from cncd.foundation.devices.queries import devices_of
from cncd.foundation.people.models import Person
from cncd.foundation.people.news import kinds
from cncd.foundation.people.own_data import Part

MOST = 99  # unread, beyond which nobody counts
LATEST = 100  # notices in what is shown as kept about a person


def unread_count(user) -> int:
    """For the bell: one small query, answered from an index that holds unread notices only."""
    return Notice.objects.visible_to(user).unread().order_by()[: MOST + 1].count()


def told(kinds: Iterable[str], moments: Iterable[str]) -> set[tuple[int, str, str]]:
    """Who was told of what at these moments: (account id, what, moment); `settings.NEWS_TOLD`."""
    rows = Notice.objects.filter(kind__in=kinds, moment__in=moments)
    return set(rows.values_list("user", "what", "moment"))


def wanted(users: Iterable[int], codes: Iterable[str]) -> dict[tuple[int, str], set[str]]:
    """{(account id, kind): the channels}: the usual ones, changed by what each person chose."""
    users, codes = set(users), set(codes)
    found = defaultdict(set)
    for code in codes:
        for user in users:
            found[user, code] = set(kinds()[code].usual)
    for row in Preference.objects.filter(user__in=users, kind__in=codes):
        (set.add if row.is_on else set.discard)(found[row.user_id, row.kind], row.channel)
    return found


@dataclass(frozen=True)
class Allowed:
    """A device that may be woken, as its owner calls it."""

    subscription: Subscription
    name: str
    session_key: str


def devices(user) -> list[Allowed]:
    """The devices this person allowed us to wake, those signed out since left out."""
    alive = {each.pk: each for each in devices_of(user)}
    rows = Subscription.objects.filter(user=user, session__in=alive)
    return [
        Allowed(row, alive[row.session_id].name, alive[row.session_id].session_key) for row in rows
    ]


def own_data(person: Person) -> list[Part]:
    """What is kept here about one person, for `settings.PERSONAL_DATA`."""
    user = getattr(person, "user", None)
    if user is None:
        return []
    told = [[row.made_at, row.title, row.text, row.read_at] for row in user.notices.all()[:LATEST]]
    allowed = [[each.subscription.made_at, each.name] for each in devices(user)]
    chosen = [
        [kinds()[row.kind].label, row.get_channel_display(), _("yes") if row.is_on else _("no")]
        for row in Preference.objects.filter(user=user, kind__in=kinds())
    ]
    addresses = [
        [row.get_channel_display(), row.shown, row.made_at, row.confirmed_at]
        for row in Address.objects.filter(user=user)
    ]
    feeds = [[row.made_at] for row in Feed.objects.filter(user=user)]
    return [
        Part(
            _("Notices"), [_("When"), pgettext("notices", "Notice"), _("Text"), _("Read at")], told
        ),
        Part(_("Devices that may be woken"), [_("Since"), _("Device")], allowed),
        Part(
            _("Notices I chose"),
            [pgettext("notices", "Notice"), pgettext("notices", "Where"), _("On")],
            chosen,
        ),
        Part(
            _("Addresses of mine for notices"),
            [
                pgettext("notices", "Where"),
                pgettext("notices", "Address"),
                _("Since"),
                _("Confirmed at"),
            ],
            addresses,
        ),
        Part(_("Calendar of what is due"), [_("Since")], feeds),
    ]
