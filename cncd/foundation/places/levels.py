"""The levels of administration and types of unit Viet Nam has had since 2022, as data."""

from cncd.foundation.places.models import Level, PlaceKind

LEVELS = [
    # code, rank, Vietnamese name, English name
    ("province", 1, "tỉnh", "province"),
    ("district", 2, "huyện", "district"),
    ("commune", 3, "xã", "commune"),
    ("hamlet", 4, "ấp", "hamlet"),
]
KINDS = [
    # code, name, short name, level
    ("tinh", "Tỉnh", "T", "province"),
    ("thanh_pho_tw", "Thành phố", "TP", "province"),
    ("thanh_pho", "Thành phố", "TP", "district"),
    ("quan", "Quận", "Q", "district"),
    ("huyen", "Huyện", "H", "district"),
    ("thi_xa", "Thị xã", "TX", "district"),
    ("xa", "Xã", "X", "commune"),
    ("phuong", "Phường", "P", "commune"),
    ("thi_tran", "Thị trấn", "TT", "commune"),
    ("dac_khu", "Đặc khu", "ĐK", "commune"),
    ("ap", "Ấp", "A", "hamlet"),
    ("khom", "Khóm", "K", "hamlet"),
    ("khu_vuc", "Khu vực", "KV", "hamlet"),
    ("thon", "Thôn", "Th", "hamlet"),
    ("to_dan_pho", "Tổ dân phố", "TDP", "hamlet"),
]


def ensure_levels() -> dict[str, PlaceKind]:
    """Adds the levels and types that are not there yet; all types by code."""
    Level.objects.bulk_create(
        (Level(code=c, rank=r, name=n, name_en=e) for c, r, n, e in LEVELS), ignore_conflicts=True
    )
    levels = {level.code: level for level in Level.objects.all()}
    PlaceKind.objects.bulk_create(
        (
            PlaceKind(code=code, name=name, short_name=short, level=levels[level])
            for code, name, short, level in KINDS
        ),
        ignore_conflicts=True,
    )
    return {kind.code: kind for kind in PlaceKind.objects.select_related("level")}
