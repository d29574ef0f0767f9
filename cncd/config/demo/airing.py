"""What was broadcast in the demo: the example commune and its district, and some others."""

import datetime as dt

from cncd.config.demo import clock
from cncd.team.programme.models import Content
from cncd.work.broadcasts.actions import Aired, record_broadcast
from cncd.work.broadcasts.models import Medium

SCAM = "Nhận biết và tránh lừa đảo qua điện thoại, mạng xã hội"
PORTAL = "Nộp hồ sơ trên Cổng Dịch vụ công quốc gia"
PHOTOS = "Chụp ảnh sản phẩm bằng điện thoại"
# medium, title, days ago, days long, weekdays, times a day, text of the library, content
OF_DISTRICT = [
    ("truyen-thanh", "Cảnh giác lừa đảo qua điện thoại", 30, 12, "135", 1, SCAM, "an-toan-mang"),
    ("trang-thong-tin", "Hồ sơ trực tuyến nộp ở một nơi", 24, 1, "", 1, PORTAL, "dvc-truc-tuyen"),
]
OF_COMMUNE = [
    ("truyen-thanh", "Lịch hướng dẫn VNeID tại các ấp", 40, 5, "", 2, "Cài và dùng VNeID", "vneid"),
    ("mang-xa-hoi", "Chụp ảnh bánh pía, cốm dẹp sao cho đẹp", 18, 1, "", 1, PHOTOS, "ban-hang-so"),
    ("truyen-thanh", "Tổ công nghệ số cộng đồng giúp nộp hồ sơ", 12, 9, "246", 2, PORTAL,
     "nop-ho-so"),
]  # fmt: skip
OTHERS = 8  # communes that repeated the first programme of their district


class Airing:
    """Records the broadcasts of a `build.Demo`; `texts` are those of the library, by title."""

    def __init__(self, demo, texts: dict):
        self.demo, self.texts = demo, texts
        self.media = {medium.code: medium for medium in Medium.objects.all()}
        self.contents = {content.code: content for content in Content.objects.all()}

    def build(self) -> None:
        example = self.demo.example
        district = next((d for d in self.demo.districts if d.pk == example.parent_id), None)
        first = None
        if district is not None:
            rows = [self._record(district, "district_officer", line) for line in OF_DISTRICT]
            first = rows[0]
        for line in OF_COMMUNE:
            self._record(example, "commune_officer", line)
        near = [c for c in self.demo.communes if c.parent_id == example.parent_id][:OTHERS]
        for number, commune in enumerate(near):
            line = (*OF_DISTRICT[0][:2], 26 - number, 6, "", 1 + number % 2, *OF_DISTRICT[0][6:])
            self._record(commune, "commune_officer", line, first)

    def _record(self, place, role: str, line: tuple, origin=None):
        medium, title, ago, length, weekdays, times, text, content = line
        since = self.demo.today - dt.timedelta(days=ago)
        last = since + dt.timedelta(days=length - 1)
        aired = Aired(
            medium=self.media[medium], title=title, since_on=since, last_on=last,
            weekdays=weekdays, times=times, item=self.texts.get(text),
            content=self.contents[content], origin=origin,
        )  # fmt: skip
        written = clock.office(self.demo.random, clock.working_day(last, step=-1))
        by = self.demo.accounts[role, place.pk]
        return record_broadcast(place=place, aired=aired, by=by, now=written)
