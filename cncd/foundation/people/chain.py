"""The page of coordination: who guides whom on a day, who answers, where nobody does (II.2.9)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from cncd.foundation.people.coordination import delegations_at, guides_at, guides_of
from cncd.foundation.people.models import Agency, Delegation
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Level, Place

ASKED = "directives.give"  # whoever answers for a unit holds it


@dataclass(frozen=True)
class Link:
    """A unit: who guides it and since when, who answers for it, and whether through an agency."""

    pk: int
    name: str
    sort_key: str
    rank: int
    guide: str  # the unit above, empty at the top
    guide_agency: str  # the agency that guides in its place; empty for its own office
    since_on: dt.date | None
    document: object
    own: Delegation | None  # by which another agency acts for this very unit
    own_agency: str
    people: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        return not self.people

    @property
    def state(self) -> str:
        return "gap" if self.is_gap else "kept"

    @property
    def guided_by(self) -> str:
        if self.guide_agency:
            return _("%(agency)s (delegated by %(unit)s)") % {
                "agency": self.guide_agency,
                "unit": self.guide,
            }
        return self.guide

    @property
    def answered_by(self) -> str:
        names = ", ".join(self.people) or _("nobody")
        return f"{self.own_agency}: {names}" if self.own_agency else names

    @property
    def text(self) -> str:
        """One line to print or paste."""
        above = _("guided by %(guide)s") % {"guide": self.guided_by} if self.guide else ""
        answers = _("answers: %(who)s") % {"who": self.answered_by}
        return f"{self.name}: " + "; ".join(filter(None, (above, answers)))


def chain(place: Place, day: dt.date) -> tuple[list[Link], list[Link]]:
    """(the units above and the unit itself, top first; every unit below it that has officers).

    The lowest level has none: hamlets and teams follow their commune and the district.
    """
    lowest = Level.objects.aggregate(rank=Max("rank"))["rank"]
    above = [*places.ancestors(place, day), place]
    below = Place.objects.within([place.pk], day).exclude(pk=place.pk)
    below = list(below.filter(level__rank__lt=lowest).values_list("pk", flat=True).distinct())
    links = links_of([row.pk for row in above] + below, day)
    ids = {row.pk for row in above}
    first = sorted((row for row in links if row.pk in ids), key=lambda row: row.rank)
    return first, [row for row in links if row.pk not in ids]


def links_of(ids: list[int], day: dt.date) -> list[Link]:
    """Units with who guides and who answers; as many queries for many as for one."""
    guides = guides_of(ids, day)
    officers = guides_at(ids, ASKED, day)
    own = delegations_at(ids, day)
    named = places.names([*ids, *(guide.place_id for guide in guides.values())], day)
    agencies = _agencies([*guides.values()], own, day)
    ranks = dict(Level.objects.values_list("code", "rank"))
    return [
        _link(pk, named, guides.get(pk), own.get(pk), agencies, officers[pk], ranks)
        for pk in ids
        if pk in named
    ]


def _agencies(guides, own: dict[int, Delegation], day: dt.date) -> dict[int, str]:
    ids = {guide.delegation.taker_id for guide in guides if guide.delegation}
    ids |= {row.taker_id for row in own.values()}
    rows = Agency.objects.filter(pk__in=ids).named(day)
    return dict(rows.values_list("pk", "name"))


def _link(pk: int, named, guide, own, agencies, officers, ranks) -> Link:
    mine, delegation = named[pk], guide and guide.delegation
    return Link(
        pk=pk,
        name=mine.full_name,
        sort_key=mine.sort_key,
        rank=ranks[mine.level],
        guide=named[guide.place_id].full_name if guide else "",
        guide_agency=agencies.get(delegation.taker_id, "") if delegation else "",
        since_on=guide.since_on if guide else None,
        document=guide.document if guide else None,
        own=own,
        own_agency=agencies.get(own.taker_id, "") if own else "",
        people=tuple(user.person.full_name for user in officers),
    )
