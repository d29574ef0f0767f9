"""Builds the demo province, step by step; a reset drops everything first."""

import datetime as dt
import gc
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from cncd.config import reactions
from cncd.config.demo import clock, last_year, months
from cncd.config.demo.asking import hand_down, hand_to_teams
from cncd.config.demo.difficulties import ANSWERS, Difficulties
from cncd.config.demo.directives import Asked
from cncd.config.demo.groups import Groups
from cncd.config.demo.helping import promise
from cncd.config.demo.homes import Households
from cncd.config.demo.library import Shelf
from cncd.config.demo.logins import TEAM
from cncd.config.demo.market import Market
from cncd.config.demo.names import Phones, hamlet_names
from cncd.config.demo.officers import PROVINCES, Offices, province_offices
from cncd.config.demo.overseeing import Overseen
from cncd.config.demo.reporting import Reporting
from cncd.config.demo.teams import Rosters, form_all
from cncd.config.demo.training import Training
from cncd.foundation.people import authority
from cncd.foundation.people.actions import PersonLine, add_people, seed_roles
from cncd.foundation.places.actions import set_setting
from cncd.foundation.places.actions.drafts import Draft
from cncd.foundation.places.actions.loads import load_places, load_tree
from cncd.foundation.places.levels import ensure_levels
from cncd.foundation.places.models import Place, Setting
from cncd.team.programme.actions import ensure_period, seed_programme
from cncd.team.programme.models import Content as Subject
from cncd.team.programme.models import DifficultyCategory, PeriodScheme
from cncd.team.teams.actions import seed_components
from cncd.team.teams.models import Membership
from cncd.work.activities.actions import log_batch

SEED = 94
HAMLETS = 775
MONTHS = 12
TREES = {
    "2022": {
        "code": "94",
        "name": "tỉnh Sóc Trăng",
        "banner": "Dữ liệu minh họa, đơn vị hành chính năm 2022",
        "since": dt.date(2022, 1, 1),
    },
    "2025": {
        "code": "92",
        "name": "thành phố Cần Thơ",
        "banner": "Dữ liệu minh họa, đơn vị hành chính từ 01/7/2025",
        "since": dt.date(2025, 7, 1),
    },
}
PILOTS = {"941", "945", "951"}  # TP Sóc Trăng, Cù Lao Dung, Trần Đề (IV.3)
KHMER = {"942", "947", "950", "951"}
EXAMPLE = ("Nhơn Mỹ", "Mỹ Phước")  # the plan's own example (II.2.7)
LOGINS = {
    "commune_officer": "canboxa",
    "commune_leader": "lanhdaoxa",
    "district_officer": "canbohuyen",
    "district_leader": "lanhdaohuyen",
}


def built() -> str | None:
    """The tree of the demo that stands here; None when there is none."""
    banner = Setting.objects.filter(key="demo.banner").values_list("value", flat=True).first()
    return next((tree for tree, chosen in TREES.items() if chosen["banner"] == banner), None)


class Demo:
    """One run; `tell(text, share)` hears how far it is, share from 0 to 1."""

    def __init__(self, tree: str = "2022", tell=lambda text, share: None, seed: int = SEED):
        self.tree, self.tell, self.random = tree, tell, Random(seed)  # noqa: S311  not a secret
        self.now = timezone.localtime()
        self.today = self.now.date()
        self.start = first_of_month(self.today, MONTHS - 1)
        self.phones = Phones()

    def build(self) -> None:
        """Everything in one transaction: a demo half built is no demo."""
        # Nearly all that is made here lives on: searching it for garbage takes a third of the time.
        gc.disable()
        try:
            with transaction.atomic():
                self._build()
        finally:
            gc.enable()

    def _build(self) -> None:
        with reactions.paused():
            self.places()
            self.offices()
            self.teams()
            self.programme()
            self.registers()
            self.activities()
            self.groups()
            self.targets()
            Asked(self).build()
            Shelf(self).build()
            Training(self).build()
            Difficulties(self).build()
        count_rows()
        self.reports()
        Overseen(self).build()
        self.tell("", 1)

    def places(self) -> None:
        self.tell("Đơn vị hành chính", 0.01)
        self.since = since = TREES[self.tree]["since"]
        self.admin = self._administrator()
        authority.remember_grants(self.admin)
        chosen = TREES[self.tree]
        load_tree(tree=self.tree, province=chosen["code"], open_ended=True, by=self.admin)
        seed_roles(by=self.admin)
        seed_components(by=self.admin)
        self.province = Place.objects.get(versions__code=chosen["code"], level__code="province")
        named = Place.objects.alive(self.today).named(self.today).select_related("level")
        self.communes = list(named.filter(level__code="commune").order_by("code"))
        self.districts = list(named.filter(level__code="district").order_by("code"))
        self.district_code = {d.pk: d.code for d in self.districts}
        self.hamlets = self._hamlets(since)
        banner = chosen["banner"]
        set_setting(key="demo.banner", value=banner, place=None, since_on=since, by=self.admin)

    def _administrator(self):
        line = PersonLine(full_name="Quản trị minh họa", login="quan-tri-minh-hoa")
        person = add_people(lines=[line], by=None, is_demo=True)[0]
        person.user.is_superuser = True
        person.user.save(update_fields=["is_superuser"])
        return person.user

    def _hamlets(self, since: dt.date) -> dict[int, list]:
        """Invented hamlets, as many as the province is said to have, by commune."""
        kinds = ensure_levels()
        share, extra = divmod(HAMLETS, len(self.communes))
        found, drafts = {}, []
        for number, commune in enumerate(self.communes):
            count = share + (number < extra)
            example = commune.name == EXAMPLE[0]
            rows = [("ap", EXAMPLE[1])] if example else []
            town = commune.kind_name in ("Phường", "Thị trấn")
            rows += hamlet_names(self.random, count - len(rows), town, taken=[EXAMPLE[1]])
            mine = [
                Draft(kinds[kind], f"{commune.code}.{order:03d}", name, commune, since)
                for order, (kind, name) in enumerate(rows, 1)
            ]
            found[commune.pk] = mine
            drafts += mine
        load_places(drafts=drafts, by=self.admin)
        return {pk: [draft.place for draft in mine] for pk, mine in found.items()}

    def offices(self) -> None:
        self.tell("Cơ quan và cán bộ", 0.05)
        since = clock.working_day(max(self.since, self.start - dt.timedelta(days=200)))
        offices = Offices(self.admin, since, self.random, self.phones)
        name = TREES[self.tree]["name"]
        self.firm = province_offices(offices, self.province, name, PROVINCES[self.tree])
        self.example = next((c for c in self.communes if c.name == EXAMPLE[0]), self.communes[0])
        for level, places in (("district", self.districts), ("commune", self.communes)):
            for place in places:
                mine = place.pk in (self.example.pk, self.example.parent_id)
                offices.unit(
                    place, f"{place.kind_name.lower()} {place.name}", level, LOGINS if mine else {}
                )
        self.accounts = offices.post()
        for account in self.accounts.values():
            authority.remember_grants(account)

    def teams(self) -> None:
        self.tell("Tổ và thành viên", 0.08)
        rosters = Rosters(self.admin, self.random, self.phones)
        logins = {self.hamlets[self.example.pk][0].pk: TEAM}
        self.pilots = self._pilot_hamlets()
        self.by_commune = {}
        for number, commune in enumerate(self.communes):
            self.by_commune[commune.pk] = form_all(
                commune=commune,
                hamlets=self.hamlets[commune.pk],
                officer=self.accounts["commune_officer", commune.pk],
                leader=self.accounts["commune_leader", commune.pk],
                rosters=rosters,
                logins=logins,
                pilots=self.pilots,
                start=self.start,
            )
            self.tell("Tổ và thành viên", 0.08 + 0.22 * number / len(self.communes))
        rows = Membership.objects.filter(
            position__in=["leader", "deputy"], person__user__isnull=False
        )
        pairs = [(m.team_id, m.person.user) for m in rows.select_related("person__user")]
        self.authors = months.by_owner(pairs)

    def _pilot_hamlets(self) -> set[int]:
        """The first hamlet of the first commune of each pilot district (IV.3)."""
        found = {}
        for commune in self.communes:
            code = self.district_code.get(commune.parent_id)
            if code in PILOTS and code not in found:
                found[code] = self.hamlets[commune.pk][0].pk
        return set(found.values())

    def programme(self) -> None:
        self.tell("Chỉ tiêu và kỳ báo cáo", 0.3)
        seed_programme(by=self.admin)
        scheme = PeriodScheme.objects.get(in_use=True)
        self.last_year, *self.periods = [
            ensure_period(scheme=scheme, day=first_of_month(self.today, back), by=self.admin)
            for back in range(MONTHS, -1, -1)
        ]

    def registers(self) -> None:
        """Households, promises of help, and who sells what (II.2.3, IV.5)."""
        self.tell("Danh sách hộ", 0.31)
        self.homes = Households(self)
        self.homes.build()
        Market(self, promise(self)).build()

    def groups(self) -> None:
        self.tell("Nhóm Zalo", 0.62)
        Groups(self).build()

    def activities(self) -> None:
        in_force = {
            p.first_day: list(
                Subject.objects.on(p.first_day)
                .filter(code__in=months.FAVOURITES)
                .values_list("code", flat=True)
            )
            for p in self.periods
        }
        self.life = months.Life(self.random, self.today, in_force)
        self.tempers = {}
        for number, commune in enumerate(self.communes):
            self.tell("Việc của các Tổ", 0.37 + 0.25 * number / len(self.communes))
            code = self.district_code.get(commune.parent_id, "")
            lines = []
            for team in self.by_commune[commune.pk]:
                lively = 1.8 if team.is_pilot or code in PILOTS or commune is self.example else 1
                town = "" if commune.kind_name == "Xã" else commune.kind_name.lower()
                temper = months.Temper(self.random, lively=lively, khmer=code in KHMER, town=town)
                temper.lives_at(*self.homes.of(team))
                self.tempers[team.pk] = temper
                for period in self.periods:
                    lines += self.life.logs(team, temper, self.authors[team.pk], period)
            officer = self.accounts["commune_officer", commune.pk]
            log_batch(lines=lines, by=officer, subject=commune, confirmed=True)

    def targets(self) -> None:
        """The province asks the districts, they their communes, those their teams (IV.3)."""
        self.tell("Mức giao", 0.625)
        below = dict(self.by_commune)
        for commune in self.communes:
            for above in (commune.parent_id, self.province.pk):
                if above != commune.pk:
                    below[above] = below.get(above, []) + self.by_commune[commune.pk]
        officer = self.accounts["province_officer", self.province.pk]
        tiers = [(officer, self.districts or self.communes)]
        for district in self.districts:
            mine = [c for c in self.communes if c.parent_id == district.pk]
            tiers.append((self.accounts["district_officer", district.pk], mine))
        hand_down(tiers=tiers, teams=below, today=self.today)
        for commune in self.communes:
            hand_to_teams(
                giver=self.accounts["commune_officer", commune.pk],
                teams=[t for t in self.by_commune[commune.pk] if t.since_on <= self.today],
                today=self.today,
            )

    def reports(self) -> None:
        self.life.categories = dict(DifficultyCategory.objects.values_list("code", "pk"))
        self.life.answers = {self.life.categories[code]: text for code, text in ANSWERS.items()}
        reporting = Reporting(self)
        for number, period in enumerate(self.periods):
            self.tell(f"Báo cáo {str(period).lower()}", 0.64 + 0.35 * number / len(self.periods))
            reporting.month(period)
        officer = self.accounts["province_officer", self.province.pk]
        with reactions.paused():
            last_year.take_over(
                period=self.last_year, models=self.periods, by=officer, random=self.random
            )


def count_rows() -> None:
    """Tells PostgreSQL's planner what this transaction has written; nobody else can see it yet."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def first_of_month(day: dt.date, back: int) -> dt.date:
    """The first day of the month that many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return dt.date(year, month + 1, 1)
