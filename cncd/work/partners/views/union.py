"""People the Youth Union sent: members and their share, unit by unit (IV.4)."""

from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as places
from cncd.work.partners.connectivity_lists import ShareList
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries.elsewhere import UNION, union_shares


@dataclass
class Share:
    pk: int
    name: str
    sort_key: str
    union: int
    everybody: int
    active: int  # of the union, named in an activity of late
    named: int  # all who are named in one; 0 where the teams name nobody
    promised: int | None

    @property
    def share(self) -> float | None:
        return self.union / self.everybody if self.everybody else None

    @property
    def took_part(self) -> int | None:
        """Nobody knows where the teams name nobody."""
        return self.active if self.named else None

    @property
    def page(self) -> str:
        return f"{reverse('partners:union')}?u={self.pk}"

    @property
    def members_page(self) -> str:
        """The teams of the unit, where the members are."""
        return f"{reverse('teams:list')}?u={self.pk}"


@allow("partners.view")
def union(request):
    """The unit in sight, then each unit below it, as things stand today."""
    place, day = request.scope.place, request.scope.today
    ids = [place.pk] if place else []
    if place is not None:
        ids += [each.pk for each in places.children(place, day)]
    names, shares = places.names(ids, day), union_shares(ids, day)
    promised = _promised(request, ids, day)
    rows = [
        Share(pk, names[pk].full_name, names[pk].sort_key, *shares[pk], promised.get(pk))
        for pk in ids
    ]
    context = {"may_see": request.user.can("registers.view")}
    return ShareList(request, rows, context=context).response()


def _promised(request, ids, day) -> dict[int, int]:
    """Unit → people a union promised to it, while the promise holds."""
    rows = Pledge.objects.visible_to(request.user).standing().on(day).filter(place__in=ids)
    rows = rows.filter(kind=Pledge.Kind.PEOPLE, agency__branch__code=UNION).order_by()
    return dict(rows.values_list("place").annotate(Sum("amount")))
