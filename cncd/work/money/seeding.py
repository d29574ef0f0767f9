"""Where money comes from and what it goes to, as packaged: `settings.PROGRAMME_SEEDS`."""

import datetime as dt

from cncd.work.money.models import Purpose, Source

SOURCES = [
    ("ngan-sach-xa", "Ngân sách xã"),
    ("ngan-sach-huyen", "Ngân sách huyện"),
    ("ngan-sach-tinh", "Ngân sách tỉnh"),
    ("xa-hoi-hoa", "Xã hội hóa"),
    ("tai-tro-doanh-nghiep", "Tài trợ của doanh nghiệp"),
    ("nguon-khac", "Nguồn hợp pháp khác"),
]
PURPOSES = [
    ("tap-huan", "Tập huấn"),
    ("tuyen-truyen", "Tuyên truyền"),
    ("thiet-bi", "Thiết bị"),
    ("ho-tro-thanh-vien", "Hỗ trợ thành viên"),
    ("dieu-tra", "Điều tra, khảo sát"),
    ("khen-thuong", "Khen thưởng"),
    ("chi-khac", "Chi khác"),
]


def seed_money(since: dt.date) -> dict[str, int]:
    """Adds the sources and purposes that are missing; returns how many rows of each kind."""
    made = {
        "source": _seed(Source, SOURCES, since),
        "purpose": _seed(Purpose, PURPOSES, since),
    }
    return {name: count for name, count in made.items() if count}


def _seed(model, rows, since: dt.date) -> int:
    standing = set(model.objects.values_list("code", flat=True))
    made = model.objects.bulk_create(
        model(code=code, name=name, order=order * 10, since_on=since)
        for order, (code, name) in enumerate(rows, 1)
        if code not in standing
    )
    return len(made)
