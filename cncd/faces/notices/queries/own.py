"""What a person's own pages ask: how many are unread, what was chosen, which devices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cncd.faces.notices.kinds import KINDS
from cncd.faces.notices.models import Delivery, Notice, Preference, Subscription
from cncd.foundation.devices.queries import devices_of
from cncd.foundation.people.models import Person
from cncd.foundation.people.own_data import Part

MOST = 99  # unread, beyond which nobody counts
LATEST = 100  # notices in what is shown as kept about a person


def unread_count(user) -> int:
    """For the bell: one small query, answered from an index that holds unread notices only."""
    return Notice.objects.visible_to(user).unread().order_by()[: MOST + 1].count()


def wanted(users: Iterable[int], kinds: Iterable[str]) -> dict[tuple[int, str], set[str]]:
    """{(account id, kind): the channels}: the usual ones, changed by what each person chose."""
    users, kinds = set(users), set(kinds)
    found = defaultdict(set)
    for kind in kinds:
        for user in users:
            found[user, kind] = set(KINDS[kind].channels)
    for row in Preference.objects.filter(user__in=users, kind__in=kinds):
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


def is_push_stuck() -> bool:
    """Whether pushes wait that were tried more than once: the way out is closed, or a service is
    down.
    """
    return Delivery.objects.filter(state=Delivery.State.WAITING, tries__gt=1).exists()


def own_data(person: Person) -> list[Part]:
    """What is kept here about one person, for `settings.PERSONAL_DATA`."""
    user = getattr(person, "user", None)
    if user is None:
        return []
    told = [[row.made_at, row.title, row.text, row.read_at] for row in user.notices.all()[:LATEST]]
    allowed = [[each.subscription.made_at, each.name] for each in devices(user)]
    chosen = [
        [KINDS[row.kind].label, row.get_channel_display(), _("yes") if row.is_on else _("no")]
        for row in Preference.objects.filter(user=user, kind__in=KINDS)
    ]
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
    ]
