"""The plan's naming rules and required members: named in `settings.PROGRAMME_SEEDS`."""

import datetime as dt

from cncd.foundation.places.models import Level, PlaceVersion
from cncd.work.channels.models import NameRule, RequiredMember
from cncd.work.channels.rules.members import Fit

# level, pattern, whether it is the expected form, clause
NAMES = [
    ("province", "CNCĐ_{province}", True, "II.2.7"),
    ("district", "CNCĐ_{district}_{province}", True, "II.2.7"),
    ("commune", "CNCĐ_{commune}_{district}", True, "II.2.7"),
    ("hamlet", "Tổ CNCĐ_{hamlet}_{commune}_{district}", True, "II.2.7"),
    ("hamlet", "CNCĐ_{hamlet}_{commune}_{district}", False, "II.2.7, ví dụ"),
]
# Where no district stands between commune and province; ours, until a province decides otherwise.
NAMES_OF_TWO_LEVELS = [
    ("province", "CNCĐ_{province}", True, "II.2.7"),
    ("commune", "CNCĐ_{commune}_{province}", True, ""),
    ("hamlet", "Tổ CNCĐ_{hamlet}_{commune}_{province}", True, ""),
    ("hamlet", "CNCĐ_{hamlet}_{commune}_{province}", False, ""),
]
FIRMS = Fit(
    ("enterprise",), ("post", "telecom"), ("commune", "district", "province"), anywhere=True
)
MEMBERS = [
    # code, name, who fits
    ("leader-district", "Lãnh đạo UBND cấp huyện", Fit(("district_leader",), (), ("district",))),
    (
        "office-digital",
        "Lãnh đạo cấp phòng phụ trách chuyển đổi số",
        Fit(("district_officer",), (), ("district",)),
    ),
    (
        "office-culture",
        "Lãnh đạo Phòng Văn hóa và Thông tin cấp huyện",
        Fit(("district_officer",), ("culture",), ("district",)),
    ),
    ("leader-commune", "Lãnh đạo UBND cấp xã", Fit(("commune_leader",), (), ("commune",))),
    ("enterprise", "Doanh nghiệp bưu chính, viễn thông, công nghệ thông tin", FIRMS),
]
MEMBERS_OF_TWO_LEVELS = [
    ("leader-province", "Lãnh đạo UBND cấp tỉnh", Fit(("province_leader",), (), ("province",))),
    (
        "office-digital-province",
        "Lãnh đạo cấp phòng phụ trách chuyển đổi số",
        Fit(("province_officer",), ("information",), ("province",)),
    ),
    (
        "office-culture-commune",
        "Lãnh đạo phòng phụ trách văn hóa và thông tin cấp xã",
        Fit(("commune_officer",), (), ("commune",)),
    ),
    *MEMBERS[3:],
]


def seed_rules(since: dt.date) -> dict[str, int]:
    """Adds the plan's rules where a level has none, in the entry of the programme (II.2.7, II.2.9).

    From the day on which the last district ends they name the province instead. Returns how many
    rows of each kind; what stands stays as it is.
    """
    end = _districts_end(since)
    rows: list[tuple[list, list, dt.date, dt.date | None]] = []
    if end != since:
        rows.append((NAMES, MEMBERS, since, end))
    if end is not None:
        rows.append((NAMES_OF_TWO_LEVELS, MEMBERS_OF_TWO_LEVELS, end, None))
    levels = {level.code: level for level in Level.objects.all()}
    named = set(NameRule.objects.values_list("level__code", flat=True))
    names = [
        NameRule(level=levels[level], pattern=pattern, is_canonical=canonical, clause=clause,
                 since_on=first, until_on=last)
        for patterns, _members, first, last in rows
        for level, pattern, canonical, clause in patterns
        if level in levels and level not in named
    ]  # fmt: skip
    members = _members(rows, levels)
    NameRule.objects.bulk_create(names)
    RequiredMember.objects.bulk_create(members)
    found = {"namerule": len(names), "requiredmember": len(members)}
    return {kind: count for kind, count in found.items() if count}


def _members(rows, levels) -> list[RequiredMember]:
    if "commune" not in levels or RequiredMember.objects.exists():
        return []
    found: dict[str, RequiredMember] = {}
    for _patterns, members, first, last in rows:
        for order, (code, name, fit) in enumerate(members, 1):
            if code in found:  # goes on unchanged
                found[code].until_on = last
                continue
            found[code] = RequiredMember(
                level=levels["commune"], code=code, name=name, fits=fit.as_content(),
                clause="II.2.9", order=order * 10, since_on=first, until_on=last,
            )  # fmt: skip
    return list(found.values())


def _districts_end(since: dt.date) -> dt.date | None:
    """The day from which no district stands: `since` where none ever did, None where some go on."""
    ends = PlaceVersion.objects.filter(place__level__code="district", is_last=True)
    days = list(ends.values_list("until_on", flat=True))
    if not days:
        communes = PlaceVersion.objects.filter(place__level__code="commune")
        return since if communes.exists() else None
    return None if None in days else max(*days, since)
