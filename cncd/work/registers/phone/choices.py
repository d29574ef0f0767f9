"""What a member of a team may choose on a form of the registers, as of a day."""

import datetime as dt
from functools import cached_property

from django.db.models import Q

from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import names
from cncd.team.programme.models import Platform
from cncd.team.teams.models import Coverage, Team
from cncd.work.registers.models import (
    Commitment,
    Listing,
    Owner,
    PaymentAccount,
    Product,
    Shop,
)
from cncd.work.registers.rules import LIVE, PLANNED

BANK = PaymentAccount.Kind.BANK.value
Use = Platform.Use
HAMLET = "hamlet"


class Choices:
    """Hamlets, floors and providers of that day; the records that stand in these hamlets."""

    def __init__(self, team: Team, day: dt.date):
        self.team, self.day = team, day

    @cached_property
    def covered(self) -> list[int]:
        rows = Coverage.objects.on(self.day).filter(team=self.team)
        return list(rows.values_list("place", flat=True))

    @cached_property
    def hamlets(self) -> dict[int, str]:
        """{id: name with its type}: those the team covers, or that lie in what it covers."""
        below = Place.objects.within(self.covered, self.day).at_level(HAMLET)
        found = names(below.values_list("pk", flat=True), self.day)
        rows = sorted(found.items(), key=lambda each: each[1].sort_key)
        return {pk: named.full_name for pk, named in rows}

    def of_hamlets(self, rows):
        """The standing ones of the team's hamlets, and of those that passed into them."""
        return rows.standing().of_places(Place.objects.reached_from(self.covered, self.day))

    @cached_property
    def platforms(self) -> list[Platform]:
        money = (Use.WALLET, Use.MOBILE_MONEY)
        rows = Platform.objects.on(self.day).filter(use__in=(Use.FLOOR, *money))
        return list(rows.order_by("use", "pk"))

    @property
    def floors(self) -> list[Platform]:
        return [row for row in self.platforms if row.use == Use.FLOOR]

    @property
    def providers(self) -> list[Platform]:
        return [row for row in self.platforms if row.use != Use.FLOOR]

    @cached_property
    def owners(self) -> list[Owner]:
        return list(self.of_hamlets(Owner.objects))

    @cached_property
    def products(self) -> list[Product]:
        rows = self.of_hamlets(Product.objects).existing_on(self.day)
        return list(rows.select_related("owner"))

    @cached_property
    def listings(self) -> list[Listing]:
        """Those a buyer finds, or that are to come."""
        rows = self.of_hamlets(Listing.objects).filter(state__in=(*LIVE, PLANNED))
        return list(rows.select_related("product", "floor").order_by("product__sort_key"))

    @cached_property
    def shops(self) -> list[Shop]:
        rows = self.of_hamlets(Shop.objects).filter(closed_on=None)
        return list(rows.select_related("owner", "floor"))

    @cached_property
    def accounts(self) -> list[PaymentAccount]:
        rows = self.of_hamlets(PaymentAccount.objects).filter(until_on=None)
        return list(rows.select_related("owner", "provider"))

    @cached_property
    def commitments(self) -> list[Commitment]:
        in_force = Q(until_on=None) | Q(until_on__gt=self.day)
        return list(self.of_hamlets(Commitment.objects).filter(in_force).select_related("owner"))
