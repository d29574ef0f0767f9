"""A random life of the registers, households and groups of the small country."""

import datetime as dt
from contextlib import suppress

from django.core.exceptions import ValidationError

from cncd.foundation.documents.models import Document
from cncd.team.programme.models import Platform
from cncd.team.teams.actions import dissolve_team, form_team
from cncd.team.teams.lines import MemberLine
from cncd.team.teams.models import Team
from cncd.work.channels import actions as channels
from cncd.work.channels.models import Channel
from cncd.work.households import actions as households
from cncd.work.registers import actions
from cncd.work.registers.models import Listing, Owner, Product, Shop


class Registers:
    """Each step is one action on a day of autumn 2026; what is refused changes nothing."""

    def __init__(self, country, random):
        self.c, self.random = country, random
        self.by = None  # the system: who may what is tested elsewhere
        self.hamlets = [country.my_phuoc, country.my_hoa, country.dau_giong, country.hoa_loc]
        self.floors = list(Platform.objects.filter(use="floor").order_by("code")[:3])
        self.zalo = Platform.objects.get(code="zalo")
        self.seen = 0

    def steps(self):
        found = [self.product, self.list, self.recognise] * 3 + [self.verify, self.breaks] * 2
        found += [self.shop, self.close, self.end, self.sign, self.withdraw, self.restore]
        found += [self.move_product, self.household, self.count, self.adults]
        found += [self.channel, self.rename, self.team]
        return [self.wrapped(step) for step in found]

    def wrapped(self, step):
        def run():
            with suppress(ValidationError):
                step()

        return run

    def day(self):
        return dt.date(2026, self.random.randint(9, 11), self.random.randint(1, 22))

    def one(self, model, **wanted):
        rows = list(model.objects.filter(**wanted).order_by("made_at", "pk"))
        return self.random.choice(rows or [None])

    def number(self) -> int:
        self.seen += 1
        return self.seen

    def hamlet(self):
        return self.random.choice(self.hamlets)

    def product(self):
        owner = self.one(Owner)
        if owner is None or self.random.random() < 0.5:
            owner = actions.add_owner(
                kind=self.random.choice(["household", "cooperative"]),
                name=f"Chủ {self.number()}", place=self.hamlet(), by=self.by,
            )  # fmt: skip
        actions.add_product(
            kind=self.random.choice(["ocop", "ocop", "farm"]), name=f"Hàng {self.number()}",
            owner=owner, since_on=self.random.choice([None, self.day()]), by=self.by,
        )  # fmt: skip

    def recognise(self):
        if product := self.one(Product, kind="ocop", withdrawn_at=None):
            until = self.random.choice([None, dt.date(2026, 11, 15)])
            actions.recognise(
                product=product, number="1", decided_on=self.day(), star=3, until_on=until,
                by=self.by,
            )  # fmt: skip

    def list(self):
        if product := self.one(Product, withdrawn_at=None):
            floor = self.random.choice(self.floors)
            address = f"{floor.address}/hang-{self.number()}-i.1.{self.seen}"
            actions.list_product(
                product=product, floor=floor, address=address, on=self.day(), by=self.by
            )

    def verify(self):
        if listing := self.one(Listing, withdrawn_at=None):
            actions.verify_listing(listing=listing, by=self.by, on=self.day())

    def breaks(self):
        if listing := self.one(Listing, withdrawn_at=None):
            actions.report_broken(listing=listing, on=self.day(), by=self.by)

    def shop(self):
        if owner := self.one(Owner, withdrawn_at=None):
            actions.open_shop(
                owner=owner, floor=self.random.choice(self.floors), opened_on=self.day(), by=self.by
            )

    def close(self):
        if shop := self.one(Shop, withdrawn_at=None):
            actions.close_shop(shop=shop, on=self.day(), by=self.by)

    def end(self):
        if product := self.one(Product, withdrawn_at=None):
            actions.end_product(product=product, on=self.day(), by=self.by)

    def sign(self):
        if owner := self.one(Owner, withdrawn_at=None):
            actions.sign_commitment(owner=owner, signed_on=self.day(), by=self.by)

    def withdraw(self):
        if record := self.one(self.random.choice([Product, Listing, Shop]), withdrawn_at=None):
            actions.withdraw_record(record=record, reason="nhầm", by=self.by)

    def restore(self):
        kind = self.random.choice([Product, Listing, Shop])
        if record := self.one(kind, withdrawn_at__isnull=False):
            actions.restore_record(record=record, by=self.by)

    def move_product(self):
        if product := self.one(Product, withdrawn_at=None):
            actions.change_product(product=product, by=self.by, place=self.hamlet())

    def household(self):
        households.add_household(
            place=self.hamlet(), code=f"H{self.number()}", by=None, since_on=self.day()
        )

    def count(self):
        self._state(self.hamlet(), households=self.random.randint(90, 200), businesses=7)

    def adults(self):
        self._state(self.hamlet(), adults=self.random.randint(200, 400))

    def _state(self, place, **counts):
        households.state_counts(
            year=self.random.choice([2025, 2026]), source="Trưởng ấp",
            lines=[households.CountLine(place, **counts)], by=None,
        )  # fmt: skip

    def channel(self):
        team = self.random.choice(list(Team.objects.filter(until_on=None).order_by("pk")))
        place = team.coverages.order_by("pk").first().place
        right = "Tổ CNCĐ_Mỹ Phước_Nhơn Mỹ_Kế Sách"
        name = self.random.choice([right, f"Nhóm {self.number()}"])
        about = {"place": place, "team": team, "platform": self.zalo, "opened_on": self.day()}
        channels.register_channel(name=name, by=self.by, **about)

    def rename(self):
        if channel := self.one(Channel, withdrawn_at=None):
            about = {"channel": channel, "version": channel.version, "by": self.by}
            channels.change_channel(name=f"Nhóm {self.number()}", **about)

    def team(self):
        """A team of ấp Hòa Lộc comes, or goes: its records pass to and from nobody."""
        day = self.day()
        mine = Team.objects.filter(code__startswith="thêm", until_on=None).first()
        if mine and day > mine.since_on:
            dissolve_team(
                team=mine, on=day, decision=self._decision(), reason="sáp nhập", by=self.by
            )
        elif mine is None:
            members = [MemberLine(self.c.bay, "leader", hamlet_post="head")]
            form_team(
                places=[self.c.hoa_loc], decision=self._decision(), since_on=day, members=members,
                by=None, name="Tổ thêm", code=f"thêm {self.number()}",
            )  # fmt: skip

    def _decision(self):
        return Document.objects.create(number=f"{self.number()}/QĐ", issued_on=dt.date(2026, 9, 1))
