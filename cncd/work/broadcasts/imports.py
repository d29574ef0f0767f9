"""Broadcasts from a file or pasted from a list: one row per programme, text or post."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.bulk import LinesRefused
from cncd.foundation.kit.excel import Heading
from cncd.foundation.kit.imports import NEW, UNCHANGED, Import, Line, PasteForm
from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import Place
from cncd.team.programme.models import Content
from cncd.work.broadcasts.actions import (
    Aired,
    BroadcastRefused,
    check_aired,
    import_broadcasts,
)
from cncd.work.broadcasts.models import Broadcast, Medium
from cncd.work.broadcasts.rules import MOST_TIMES

COLUMNS = [
    Heading("title", gettext_lazy("Title of the broadcast"),
            ["tên tin bài", "tên tin, bài", "tên", "chương trình"],
            required=True, max_length=200,
            examples=["Cách nhận biết lừa đảo qua điện thoại", "Mở gian hàng trên sàn"]),
    Heading("medium", gettext_lazy("Broadcast where"),
            ["nơi phát", "phát ở đâu", "hình thức", "kênh", "loại hình"],
            help=gettext_lazy("Left empty: wired radio."),
            examples=["Đài truyền thanh", "Mạng xã hội"]),
    Heading("since_on", gettext_lazy("Day"), ["ngày", "từ ngày", "ngày phát", "ngày đăng"],
            required=True, kind="day", examples=["02/11/2026", "05/11/2026"]),
    Heading("last_on", gettext_lazy("Until the end of"), ["đến ngày"], kind="day",
            examples=["06/11/2026", ""]),
    Heading("times", gettext_lazy("Times a day"), ["số lần", "lần mỗi ngày", "số lượt"],
            kind="whole", most=MOST_TIMES, help=gettext_lazy("Left empty: once."),
            examples=["2", ""]),
    Heading("link", gettext_lazy("Link to it"), ["đường dẫn", "liên kết"], max_length=500),
    Heading("content", gettext_lazy("Content"), ["nội dung hỗ trợ", "chủ đề"],
            help=gettext_lazy("As in the catalogue, for example VNeID; may be left empty.")),
    Heading("note", gettext_lazy("Note"), ["ghi chú"], max_length=200),
]  # fmt: skip
LABELS = {heading.key: heading.label for heading in COLUMNS}


class BroadcastImport(Import):
    title = gettext_lazy("Broadcasts from a list")
    name = "phat-thanh-tin-bai"
    intro = gettext_lazy(
        "One row per programme, text or post of your own unit. A row that stands in the log "
        "already (same title, place and first day) is left out."
    )
    notes = [gettext_lazy("Only what your unit broadcast itself; the units below keep their own.")]
    columns = COLUMNS
    form_class = PasteForm
    max_rows = 2_000

    def __init__(self, request, *, unit: Place, **options):
        super().__init__(request, **options)
        self.unit, day = unit, request.scope.today
        self.media = {fold(word): each for each in Medium.objects.on(day)
                      for word in (each.code, each.name)}  # fmt: skip
        self.contents = {fold(word): each for each in Content.objects.on(day)
                         for word in (each.short_name, each.name, each.code)}  # fmt: skip

    def check(self, sheet) -> list[Line]:
        standing = Broadcast.objects.standing().filter(place=self.unit)
        seen = set(standing.values_list("search_key", "medium", "since_on"))
        return [self._line(row, seen) for row in sheet]

    def _line(self, row, seen: set) -> Line:
        medium = self._of(self.media, row, "medium", "Đài truyền thanh")
        content = self._of(self.contents, row, "content")
        if row.errors:
            return Line.of(row)
        aired = Aired(
            medium=medium, title=row["title"], since_on=row["since_on"], last_on=row["last_on"],
            times=row["times"] or 1, link=row["link"] or "", content=content,
            note=row["note"] or "",
        )  # fmt: skip
        key = (fold(aired.title)[:300], medium.pk, aired.since_on)
        if key in seen:
            return Line.of(row, UNCHANGED, aired)
        seen.add(key)
        try:
            check_aired(aired)
        except BroadcastRefused as refused:
            for field, messages in refused.message_dict.items():
                row.error(LABELS.get(field, LABELS["title"]), messages[0])
        return Line.of(row) if row.errors else Line.of(row, NEW, aired)

    def _of(self, catalogue: dict, row, name: str, otherwise: str = ""):
        """The row of a catalogue that was named; marks an error when there is none."""
        written = row[name] or otherwise
        found = catalogue.get(fold(written)) if written else None
        if written and found is None:
            offered = ", ".join(dict.fromkeys(str(each) for each in catalogue.values()))
            said = _("“%(name)s” is not in the catalogue. Choose: %(offered)s.")
            row.error(LABELS[name], said % {"name": written, "offered": offered[:300]})
        return found

    def write(self, lines: list[Line]) -> str:
        try:
            done = import_broadcasts(
                place=self.unit, lines=[line.content for line in lines], by=self.request.user,
                file_name=str(self.name),
            )  # fmt: skip
        except LinesRefused as refused:
            raise refused.by_row([line.number for line in lines]) from None
        count = len(done)
        text = ngettext("%(n)s broadcast was recorded.", "%(n)s broadcasts were recorded.", count)
        return text % {"n": count}
