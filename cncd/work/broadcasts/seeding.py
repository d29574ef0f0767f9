"""The ways to reach people that the plan names (IV.3): `settings.PROGRAMME_SEEDS`."""

import datetime as dt

from cncd.work.broadcasts.models import Medium

MEDIA = [
    ("truyen-thanh", "Đài truyền thanh", "lượt phát", "megaphone"),
    ("trang-thong-tin", "Trang thông tin điện tử", "tin, bài", "globe"),
    ("mang-xa-hoi", "Mạng xã hội", "tin, bài", "chat-dots"),
]


def seed_media(since: dt.date) -> dict[str, int]:
    """Adds the media that are missing; returns how many rows of each kind."""
    standing = set(Medium.objects.values_list("code", flat=True))
    made = Medium.objects.bulk_create(
        Medium(code=code, name=name, unit=unit, icon=icon, order=order * 10, since_on=since)
        for order, (code, name, unit, icon) in enumerate(MEDIA, 1)
        if code not in standing
    )
    return {"medium": len(made)} if made else {}
