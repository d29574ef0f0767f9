"""A small named country for tests: two districts, three communes, every role, an outsider.

Sóc Trăng (94) › Kế Sách (943): Nhơn Mỹ (31552: ấp Mỹ Phước, Mỹ Hòa), Xuân Hòa (31540: Hòa Lộc);
                › Trần Đề (951): thị trấn Trần Đề (31673: ấp Đầu Giồng). And Bạc Liêu (95).
"""

import datetime as dt
from types import SimpleNamespace

from cncd.foundation.documents.models import Document
from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions
from cncd.foundation.people.actions import PersonLine, PostingLine
from cncd.foundation.people.models import Branch, Role
from cncd.foundation.places.actions import create_place, load_places
from cncd.foundation.places.actions.drafts import Draft
from cncd.foundation.places.levels import ensure_levels
from cncd.foundation.places.models import Level
from cncd.team.teams.actions import form_team
from cncd.team.teams.lines import MemberLine
from cncd.team.teams.models import Component

BEGINNING = dt.date(2022, 1, 1)
FORMED = dt.date(2025, 6, 1)
TODAY = dt.date(2026, 11, 22)
PASSWORD = "mat-khau-cua-toi"

# attribute (also the login name), full name, role, place
OFFICERS = [
    ("lan", "Nguyễn Thị Lan", "commune_officer", "nhon_my"),
    ("hung", "Trần Văn Hùng", "commune_leader", "nhon_my"),
    ("dung", "Lê Thị Dung", "commune_officer", "xuan_hoa"),
    ("minh", "Phạm Quang Minh", "district_officer", "ke_sach"),
    ("phuc", "Võ Hồng Phúc", "district_leader", "ke_sach"),
    ("son", "Đặng Ngọc Sơn", "district_officer", "tran_de"),
    ("ha", "Lâm Thu Hà", "province_officer", "soc_trang"),
    ("binh", "Trịnh Công Bình", "province_leader", "soc_trang"),
    ("thuong", "Mai Văn Thương", "trade_officer", "soc_trang"),
    ("nong", "Hồ Thị Nông", "agriculture_officer", "soc_trang"),
    ("doan", "Dương Chí Đoàn", "union_province", "soc_trang"),
    ("viettel", "Bùi Anh Việt", "enterprise", "soc_trang"),
    ("xem", "Ngô Văn Xem", "reader", "soc_trang"),
    ("quan_tri", "Cao Quản Trị", "admin", "soc_trang"),
    ("outsider", "Người Tỉnh Khác", "province_officer", "bac_lieu"),
]
LOGINS = {"quan_tri": "quantri", "outsider": "khach"}


def country() -> SimpleNamespace:
    c = SimpleNamespace()
    _levels(c)
    _places(c)
    _people(c)
    _teams(c)
    Entry.objects.all().delete()  # tests look at what they do themselves
    return c


def _levels(c):
    c.kinds = ensure_levels()
    c.levels = {level.code: level for level in Level.objects.all()}


def place(c, kind, code, name, *above):
    """A place under its ancestors, nearest first."""
    parent = above[0] if above else None
    return create_place(
        kind=c.kinds[kind], code=code, name=name, parent=parent, since_on=BEGINNING, by=None
    )


PLACES = [
    # attribute, type, code, name, attribute of the parent
    ("soc_trang", "tinh", "94", "Sóc Trăng", None),
    ("bac_lieu", "tinh", "95", "Bạc Liêu", None),
    ("ke_sach", "huyen", "943", "Kế Sách", "soc_trang"),
    ("tran_de", "huyen", "951", "Trần Đề", "soc_trang"),
    ("nhon_my", "xa", "31552", "Nhơn Mỹ", "ke_sach"),
    ("xuan_hoa", "xa", "31540", "Xuân Hòa", "ke_sach"),
    ("tt_tran_de", "thi_tran", "31673", "Trần Đề", "tran_de"),
    ("my_phuoc", "ap", "31552.001", "Mỹ Phước", "nhon_my"),
    ("my_hoa", "ap", "31552.002", "Mỹ Hòa", "nhon_my"),
    ("hoa_loc", "ap", "31540.001", "Hòa Lộc", "xuan_hoa"),
    ("dau_giong", "ap", "31673.001", "Đầu Giồng", "tt_tran_de"),
]


def _places(c):
    drafts = {}
    for attribute, kind, code, name, parent in PLACES:
        drafts[attribute] = Draft(c.kinds[kind], code, name, drafts.get(parent), BEGINNING)
    load_places(drafts=drafts.values(), by=None)
    for attribute, draft in drafts.items():
        setattr(c, attribute, draft.place)


def person(full_name, login=None, **fields):
    """A person, with an account when a login name is given."""
    found = actions.add_person(full_name=full_name, by=None, **fields)
    if login:
        actions.open_account(person=found, login=login, by=None, password=PASSWORD)
    return found


def officer(c, full_name, login, role, where):
    """The account of a person posted in a role at a place."""
    found = person(full_name, login)
    actions.post_person(person=found, role=role, place=where, since_on=BEGINNING, by=None)
    return found.user


def _people(c):
    actions.seed_roles()
    c.roles = {role.code: role for role in Role.objects.all()}
    c.ubnd_nhon_my = actions.create_agency(
        name="Ủy ban nhân dân xã Nhơn Mỹ",
        branch=Branch.objects.get(code="ubnd"),
        place=c.nhon_my,
        since_on=BEGINNING,
        by=None,
    )
    lines = [
        PersonLine(name, login=LOGINS.get(attribute, attribute))
        for attribute, name, _role, _where in OFFICERS
    ]
    found = actions.add_people(lines=lines, by=None, password=PASSWORD)
    posts = []
    for officer, (attribute, _name, role, where) in zip(found, OFFICERS, strict=True):
        setattr(c, attribute, officer.user)
        posts.append(PostingLine(officer, role, getattr(c, where), BEGINNING))
    actions.post_people(lines=posts, by=None)


def team(c, code, name, hamlet, *members):
    """A team of (person, position) covering one hamlet since FORMED."""
    decision = Document.objects.create(
        number=f"{code}/QĐ-UBND", issued_on=FORMED, issuer="UBND xã", place=None
    )
    posts = {"leader": "head", "deputy": "union"}
    return form_team(
        places=[hamlet],
        decision=decision,
        since_on=FORMED,
        members=[
            MemberLine(person, position, hamlet_post=posts.get(position, ""))
            for person, position in members
        ],
        by=None,
        name=name,
        code=code,
    )


def _teams(c):
    Component.objects.create(code="teacher", name="Giáo viên")
    tu, nhan = person("Sơn Văn Tư", "tu"), person("Thạch Thị Nhàn", "nhan")
    c.tu, c.nhan = tu.user, nhan.user  # leader and deputy of Mỹ Phước
    c.cuong = person("Lý Văn Cường", "cuong").user  # plain member
    c.bay = person("Kim Thị Bảy")  # a member without an account
    c.team = team(
        c,
        "31552.001",
        "Tổ CNCĐ ấp Mỹ Phước",
        c.my_phuoc,
        (tu, "leader"),
        (nhan, "deputy"),
        (c.cuong.person, "member"),
        (c.bay, "member"),
    )
    c.liem = person("Danh Thanh Liêm", "liem").user
    c.team_my_hoa = team(c, "31552.002", "Tổ CNCĐ ấp Mỹ Hòa", c.my_hoa, (c.liem.person, "leader"))
    c.sa = person("Tăng Thị Sa", "sa").user
    c.team_dau_giong = team(
        c, "31673.001", "Tổ CNCĐ ấp Đầu Giồng", c.dau_giong, (c.sa.person, "leader")
    )
