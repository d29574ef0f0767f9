"""Who must be in a common group, who could be, and who is (II.2.9)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cncd.foundation.kit import figures
from cncd.foundation.people.models import Agency, Posting
from cncd.foundation.places.models import PlaceIndex
from cncd.work.channels.models import Channel, Presence, RequiredMember
from cncd.work.channels.queries.names import Names
from cncd.work.channels.rules import Finding
from cncd.work.channels.rules.members import Fit


@dataclass
class Holder:
    """Somebody who holds a fitting post, or is ticked; `presence` when ticked."""

    posting: Posting
    presence: Presence | None = None
    has_ended: bool = False  # ticked, but out of office
    successor: Posting | None = None


@dataclass
class Needed:
    """One kind of member the group must hold."""

    required: RequiredMember
    holders: list[Holder] = field(default_factory=list)

    @property
    def present(self) -> list[Holder]:
        return [each for each in self.holders if each.presence and not each.has_ended]

    @property
    def is_missing(self) -> bool:
        return not self.present

    @property
    def left(self) -> list[Holder]:
        """Ticked, but no longer in office."""
        return [each for each in self.holders if each.has_ended]


@dataclass
class Checklist:
    """The kinds of member of one common group on a day."""

    channel: Channel
    day: dt.date
    needed: list[Needed]

    @property
    def is_complete(self) -> bool:
        """Whether somebody in office of every kind is in the group (TC14)."""
        return bool(self.needed) and not any(each.is_missing for each in self.needed)

    @property
    def found(self) -> int:
        return sum(not each.is_missing for each in self.needed)

    @property
    def findings(self) -> list[Finding]:
        told = []
        for each in self.needed:
            for holder in each.left:
                told.append(Finding("member_ended", _left(each, holder)))
            if each.is_missing:
                told.append(Finding("member_missing", _missing(each)))
        return told


def _missing(needed: Needed) -> str:
    said = _("Nobody in the group is: %(kind)s. Add them, then tick their name.")
    return said % {"kind": needed.required.name}


def _left(needed: Needed, holder: Holder) -> str:
    words = {
        "who": holder.posting.person,
        "kind": needed.required.name,
        "day": figures.day(holder.posting.last_day),
    }
    if holder.successor:
        said = _("%(who)s (%(kind)s) left office after %(day)s; the successor is %(next)s.")
        return said % (words | {"next": holder.successor.person})
    return _("%(who)s (%(kind)s) left office after %(day)s.") % words


def chains(channels: Iterable[Channel], units: dict, day: dt.date) -> dict:
    """Group id → {level code: place id} of its unit and all above it that day."""
    mine = {channel.pk: units[channel.pk] for channel in channels if units.get(channel.pk)}
    rows = PlaceIndex.objects.on(day).filter(place__in=set(mine.values()), inherited=False)
    found = defaultdict(dict)
    for place, level, above in rows.values_list("place", "ancestor__level__code", "ancestor"):
        found[place][level] = above
    return {channel: found[place] for channel, place in mine.items()}


def checklists(channels: Iterable[Channel], units: dict, day: dt.date) -> dict:
    """Group id → its checklist, for the common ones among them; `units` is {group id: place id}.

    Those who could be ticked are in it too. At most five queries.
    """
    common = [channel for channel in channels if channel.is_common]
    if not common:
        return {}
    required = defaultdict(list)
    for row in RequiredMember.objects.on(day).select_related("level"):
        required[row.level_id].append(row)
    chain_of = chains(common, units, day)
    postings = _postings({pk for chain in chain_of.values() for pk in chain.values()}, day)
    ticked = _ticked(common, day)
    return {
        channel.pk: Checklist(
            channel,
            day,
            [
                Needed(row, _holders(row, chain_of.get(channel.pk, {}),
                                     _near(postings, chain_of.get(channel.pk, {})),
                                     ticked[channel.pk, row.pk], day))
                for row in required[channel.level_id]
            ],
        )
        for channel in common
    }  # fmt: skip


def _near(postings: dict[int, list[Posting]], chain: dict) -> list[Posting]:
    """The posts of the unit and of those above it."""
    return [each for place in dict.fromkeys(chain.values()) for each in postings.get(place, ())]


def _postings(places: set[int], day: dt.date) -> dict[int, list[Posting]]:
    """Place id → the posts held there that day, in the order of their roles."""
    held = Posting.objects.on(day).filter(place__in=places)
    found = list(held.select_related("person", "role", "agency__branch"))
    agencies = Agency.objects.filter(pk__in={each.agency_id for each in found} - {None})
    names = dict(agencies.named(day).values_list("pk", "name"))
    for each in found:
        each.agency_name = names.get(each.agency_id, "")
    by_place = defaultdict(list)
    for each in found:
        by_place[each.place_id].append(each)
    return by_place


def _ticked(channels, day: dt.date) -> dict[tuple, list[Presence]]:
    rows = Presence.objects.on(day).filter(channel__in=channels).select_related(
        "posting__person", "posting__role", "posting__successor__person", "required",
        "posting__successor__role",
    )  # fmt: skip
    found = defaultdict(list)
    for row in rows:
        found[row.channel_id, row.required_id].append(row)
    return found


def _holders(required, chain: dict, postings, presences, day) -> list[Holder]:
    fit = Fit.read(required.fits)
    found = [
        Holder(
            row.posting,
            row,
            has_ended=not row.posting.holds_on(day),
            successor=_in_office(row.posting.successor, day),
        )
        for row in presences
    ]
    known = {holder.posting.pk for holder in found}
    found += [
        Holder(posting)
        for posting in postings
        if posting.pk not in known and _fits(fit, posting, chain)
    ]
    return found


def _in_office(posting: Posting | None, day: dt.date) -> Posting | None:
    return posting if posting and posting.holds_on(day) else None


def _fits(fit: Fit, posting: Posting, chain: dict) -> bool:
    branch = posting.agency.branch.code if posting.agency else ""
    return fit.holds(role=posting.role.code, branch=branch, place=posting.place_id, chain=chain)


def fits(required: RequiredMember, posting: Posting, channel: Channel, day: dt.date) -> bool:
    """Whether the holder of the post is of that kind, for the group's unit on that day."""
    units = {channel.pk: Names([channel], day).unit(channel)}
    return _fits(Fit.read(required.fits), posting, chains([channel], units, day)[channel.pk])


def checklist(channel: Channel, day: dt.date) -> Checklist | None:
    """The checklist of one group; None unless it is a common one."""
    units = {channel.pk: Names([channel], day).unit(channel)}
    return checklists([channel], units, day).get(channel.pk)
