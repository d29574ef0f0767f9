"""The roles and branches the program starts with; a province may add rows of its own."""

import datetime as dt

from django.db import transaction

from cncd.foundation.journal import actions as journal
from cncd.foundation.people.models import Branch, Role
from cncd.foundation.places.models import Level

SINCE = dt.date(2020, 1, 1)

# code, name, English name, code of the level it belongs to (None: any). They name a line of work,
# never an agency: those are renamed and replaced, and have rows of their own.
ROLES = [
    ("commune_officer", "Cán bộ cấp xã", "Commune officer", "commune"),
    ("commune_leader", "Lãnh đạo cấp xã", "Commune leadership", "commune"),
    ("district_officer", "Cán bộ cấp huyện", "District officer", "district"),
    ("district_leader", "Lãnh đạo cấp huyện", "District leadership", "district"),
    ("province_officer", "Cán bộ cấp tỉnh", "Provincial officer", "province"),
    ("province_leader", "Lãnh đạo tỉnh, Ban Chỉ đạo", "Provincial leadership", "province"),
    ("trade_officer", "Ngành công thương", "Trade and industry", "province"),
    ("agriculture_officer", "Ngành nông nghiệp", "Agriculture", "province"),
    ("union_province", "Đoàn Thanh niên cấp tỉnh", "Youth Union, province", "province"),
    ("union_district", "Đoàn Thanh niên cấp huyện", "Youth Union, district", "district"),
    ("union_commune", "Đoàn Thanh niên cấp xã", "Youth Union, commune", "commune"),
    ("enterprise", "Doanh nghiệp", "Enterprise", None),
    ("reader", "Người xem", "Reader", None),
    ("admin", "Quản trị", "Administrator", None),
]

BRANCHES = [
    ("ubnd", "Ủy ban nhân dân"),
    ("information", "Thông tin và truyền thông, khoa học và công nghệ"),
    ("culture", "Văn hóa và thông tin"),
    ("trade", "Công thương"),
    ("agriculture", "Nông nghiệp"),
    ("union", "Đoàn Thanh niên"),
    ("party", "Cơ quan Đảng"),
    ("police", "Công an"),
    ("post", "Bưu chính"),
    ("telecom", "Viễn thông, công nghệ thông tin"),
    ("bank", "Ngân hàng, thanh toán"),
    ("other", "Khác"),
]


@transaction.atomic
def seed_roles(*, by=None, now: dt.datetime | None = None) -> int:
    """Adds the roles and branches that are missing; returns how many. Running it again is harmless.

    A role of a level that this installation does not have (no districts since 2025) is left out.
    """
    branches = _missing_branches()
    levels = {level.code: level for level in Level.objects.all()}
    known = set(Role.objects.values_list("code", flat=True))
    roles = [
        Role(
            code=code,
            name=name,
            name_en=name_en,
            level=levels.get(level),
            order=order,
            since_on=SINCE,
        )
        for order, (code, name, name_en, level) in enumerate(ROLES)
        if code not in known and (level is None or level in levels)
    ]
    Branch.objects.bulk_create(branches)
    made = Role.objects.bulk_create(roles)
    if branches or made:
        journal.record(
            event="roles.seeded",
            subject=Role.objects.first(),
            by=by,
            after={"count": len(made)},
            rows=[role.code for role in made] + [branch.code for branch in branches],
            now=now,
        )
    return len(branches) + len(made)


def _missing_branches() -> list[Branch]:
    known = set(Branch.objects.values_list("code", flat=True))
    return [
        Branch(code=code, name=name, order=order)
        for order, (code, name) in enumerate(BRANCHES)
        if code not in known
    ]
