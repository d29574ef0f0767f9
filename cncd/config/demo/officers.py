"""Agencies and officers of every level, and one login per role."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from cncd.config.demo import clock
from cncd.config.demo.names import Phones, person_name
from cncd.foundation.people import authority
from cncd.foundation.people.actions import (
    PersonLine,
    PostingLine,
    add_people,
    create_agency,
    post_people,
)
from cncd.foundation.people.models import Branch

PASSWORD = "cncd-minh-hoa"  # noqa: S105  demo logins work on loopback only
LOGINS = {  # of the example commune and its district
    "commune_officer": "canboxa",
    "commune_leader": "lanhdaoxa",
    "district_officer": "canbohuyen",
    "district_leader": "lanhdaohuyen",
}
TITLES = {
    "commune_leader": "Chủ tịch UBND {kind}",
    "commune_officer": "Công chức văn hóa - xã hội",
    "district_leader": "Phó Chủ tịch UBND {kind}",
    "district_officer": "Chuyên viên",
}


@dataclass(frozen=True)
class Province:
    """What the agencies of the province are called: they changed with the tree."""

    kind: str
    information: str
    agriculture: str
    union: str


PROVINCES = {
    "2022": Province(
        "tỉnh",
        "Sở Thông tin và Truyền thông",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Tỉnh đoàn",
    ),
    "2025": Province(
        "thành phố", "Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường", "Thành đoàn"
    ),
}


@dataclass
class Office:
    """Somebody to be posted: the role, where, for which agency, and perhaps a login."""

    role: str
    place: object
    agency: object
    title: str
    login: str = ""


class Offices:
    """Founds the agencies of the tree and fills their posts."""

    def __init__(self, by, since: dt.date, random: Random, phones: Phones):
        self.by, self.since, self.random, self.phones = by, since, random, phones
        self.branches = {branch.code: branch for branch in Branch.objects.all()}
        self.offices: list[Office] = []

    def agency(self, branch: str, place, name: str, *, enterprise: bool = False):
        return create_agency(
            name=name,
            branch=self.branches[branch],
            place=place,
            since_on=self.since,
            by=self.by,
            is_enterprise=enterprise,
        )

    def unit(self, place, name: str, level: str, logins: dict[str, str]) -> None:
        """UBND of a commune or district, with its leader and its officer."""
        board = self.agency("ubnd", place, f"Ủy ban nhân dân {name}")
        office = board
        if level == "district":
            office = self.agency("culture", place, f"Phòng Văn hóa và Thông tin {name}")
        for role, agency in ((f"{level}_leader", board), (f"{level}_officer", office)):
            login = logins.get(role, "")
            title = TITLES[role].format(kind=place.kind_name.lower())
            self.offices.append(Office(role, place, agency, title, login))

    def post(self) -> dict[tuple[str, int], object]:
        """Adds the people and posts them; gives {(role, place id): account}."""
        lines, everyone = [], self.offices
        for number, office in enumerate(everyone):
            gender = self.random.choice("fm")
            lines.append(
                PersonLine(
                    full_name=person_name(self.random, gender),
                    gender=gender,
                    contact_phone=self.phones.next(),
                    home=office.place,
                    login=office.login or f"{office.role.replace('_', '-')}-{number}",
                )
            )
        people = add_people(lines=lines, by=self.by, password=PASSWORD, is_demo=True)
        post_people(
            lines=[
                PostingLine(
                    person=person,
                    role=office.role,
                    place=office.place,
                    since_on=self.since,
                    agency=office.agency,
                    title=office.title,
                )
                for person, office in zip(people, everyone, strict=True)
            ],
            by=self.by,
        )
        return {
            (office.role, office.place.pk): person.user
            for person, office in zip(people, everyone, strict=True)
        }


def province_offices(offices: Offices, province, name: str, called: Province):
    """The agencies of the province, one login each (IV.1 to IV.5); gives the enterprise."""
    board = offices.agency("ubnd", province, f"Ủy ban nhân dân {name}")
    rows = [
        ("province_leader", board, f"Phó Chủ tịch UBND {called.kind}", "ubndtinh"),
        ("reader", board, "Chuyên viên Văn phòng", "nguoixem"),
        ("admin", board, "Quản trị hệ thống", "quantri"),
    ]
    for role, branch, title, agency, login in [
        ("province_officer", "information", "Chuyên viên", called.information, "canbotinh"),
        ("trade_officer", "trade", "Chuyên viên", "Sở Công Thương", "congthuong"),
        ("agriculture_officer", "agriculture", "Chuyên viên", called.agriculture, "nongnghiep"),
        ("union_province", "union", f"Cán bộ {called.union}", called.union, "tinhdoan"),
    ]:
        found = offices.agency(branch, province, agency)
        rows.append((role, found, title, login))
    firm = offices.agency("telecom", province, "Doanh nghiệp viễn thông minh họa", enterprise=True)
    rows.append(("enterprise", firm, "Nhân viên kỹ thuật", "doanhnghiep"))
    for role, agency, title, login in rows:
        offices.offices.append(Office(role, province, agency, title, login))
    return firm


class Officers:
    """Founds the agencies of a `build.Demo` and posts their people."""

    def __init__(self, demo):
        self.demo = demo

    def build(self) -> None:
        demo = self.demo
        since = clock.working_day(max(demo.since, demo.start - dt.timedelta(days=200)))
        offices = Offices(demo.admin, since, demo.random, demo.phones)
        demo.firm = province_offices(offices, demo.province, demo.called, PROVINCES[demo.tree])
        for level, places in (("district", demo.districts), ("commune", demo.communes)):
            for place in places:
                shown = place.pk in (demo.example.pk, demo.example.parent_id)
                name = f"{place.kind_name.lower()} {place.name}"
                offices.unit(place, name, level, LOGINS if shown else {})
        demo.accounts = offices.post()
        for account in demo.accounts.values():
            authority.remember_grants(account)
