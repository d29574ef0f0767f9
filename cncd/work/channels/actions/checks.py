"""What must hold before a group is written down; reads, never writes."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.people import authority
from cncd.foundation.people.models import Posting
from cncd.team.programme.models import Platform
from cncd.team.teams.models import Coverage, Membership
from cncd.team.teams.queries import unit_of
from cncd.work.channels.actions.errors import ChannelRefused
from cncd.work.channels.models import Channel
from cncd.work.channels.rules import link_fault

LONGEST = 200
KEPT_PERMISSION = "channels.change"


def may_change(user, *, place, team=None, on: dt.date | None = None) -> bool:
    """Leader and deputy for their team's group; officers for their units and all below (II.2.7).

    `on` is the day on which it was entered; whoever may today may too.
    """
    if user is None:
        return True
    days = dict.fromkeys([on, None])
    return any(authority.can(user, KEPT_PERMISSION, place=place, team=team, on=day) for day in days)


def require(by, *, place, team=None, made_at=None) -> None:
    """Raises PermissionDenied unless `by` may keep the group of that unit or team."""
    day = made_at and timezone.localdate(made_at)
    if not may_change(by, place=place, team=team, on=day):
        raise PermissionDenied(KEPT_PERMISSION)


def check(channel: Channel, admins, today: dt.date) -> None:
    """Raises ChannelRefused at the first field that is wrong."""
    _check_name(channel)
    _check_days(channel, today)
    _check_link(channel)
    _check_owner(channel, admins, today)


def _check_name(channel: Channel) -> None:
    if not channel.name.strip():
        raise ChannelRefused("name", _("Paste the name of the group as it stands there."))
    if len(channel.name) > LONGEST:
        said = _("The name is longer than %(most)d characters. Paste the name only.")
        raise ChannelRefused("name", said % {"most": LONGEST})
    if channel.platform.use != Platform.Use.SOCIAL:
        raise ChannelRefused("platform", _("Choose a social network: Zalo, Viber, Facebook…"))


def _check_days(channel: Channel, today: dt.date) -> None:
    for field in ("opened_on", "last_active_on"):
        day = getattr(channel, field)
        if day and day > today:
            raise ChannelRefused(field, _("This day has not come yet. Choose today or earlier."))
    if channel.last_active_on and channel.last_active_on < channel.opened_on:
        raise ChannelRefused(
            "last_active_on", _("The group was last active before it was opened. Check both days.")
        )


def _check_link(channel: Channel) -> None:
    if not channel.link:
        return
    if fault := link_fault(channel.platform.code, channel.link):
        raise ChannelRefused("link", fault)
    same = Channel.objects.standing().filter(link=channel.link, closed_on=None)
    other = same.exclude(pk=channel.pk).first()
    if other:
        said = _("This link is entered already for the group “%(name)s”. Check which one it is of.")
        raise ChannelRefused("link", said % {"name": other})


def _check_owner(channel: Channel, admins, today: dt.date) -> None:
    if channel.team and not _covers(channel, today):
        raise ChannelRefused("team", _("This team does not serve that hamlet. Choose its hamlet."))
    if channel.team and channel.agency:
        raise ChannelRefused("agency", _("A team's group is run by a member of the team."))
    fitting = set(runners(channel, today).values_list("person", flat=True))
    if channel.runner_id and channel.runner_id not in fitting:
        said = _("Whoever runs the group is a member of the team, or serves the unit, today.")
        raise ChannelRefused("runner", said)
    if any(person.pk not in fitting for person in admins):
        said = _("An administrator named here is a member of the team, or serves the unit, today.")
        raise ChannelRefused("admins", said)


def _covers(channel: Channel, today: dt.date) -> bool:
    team, place = channel.team, channel.place_id
    if Coverage.objects.filter(team=team, place=place).exists():
        return True
    return place in unit_of([team.pk], "commune", today).values()


def runners(channel: Channel, today: dt.date):
    """Memberships or postings of those who may run the group; each has a `person`."""
    if channel.team_id:
        return Membership.objects.on(today).filter(team=channel.team_id)
    own = Q(place=channel.place_id)
    if channel.agency_id:
        own |= Q(agency=channel.agency_id)
    return Posting.objects.on(today).filter(own)
