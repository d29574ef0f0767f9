"""Công văn đôn đốc: what was asked and is late, due soon or not acknowledged (II.2.9)."""

import datetime as dt
from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.models import Place, PlaceKind
from cncd.foundation.places.rules import says_little
from cncd.results.paperwork.drawing import Annex, Bullet, Drawn, Figure, Subject, Table, Text
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.phrases import address, count, day, one
from cncd.results.paperwork.registry import NothingToDraw, PaperKind
from cncd.work.directives.queries.reminding import (
    NEW,
    OVERDUE,
    Line,
    lines,
    needing,
    remindable,
    within,
)

MOST_NAMED = 12  # units a letter is addressed to by name; else "Các đơn vị trực thuộc"
MOST_IN_LETTER = 8  # lines in the letter itself; more stand in an annex
HEADS = ("STT", "Đơn vị, Tổ thực hiện", "Việc được giao", "Văn bản giao việc", "Hạn", "Tình hình")
WIDTHS = (0.7, 3.4, 4.6, 3.4, 1.7, 2.2)
AHEAD = 3  # days given to answer


def find(pk, user) -> Subject | None:
    """A unit in whose name the person may ask and remind."""
    place = one(Place.objects.select_related("level"), pk)
    if place is None or not user.can("directives.give", place=place):
        return None
    if place.level.code == "hamlet":
        return None
    today = timezone.localdate()
    named = issuers.named_on(place, today)
    return Subject(
        record=place,
        label=f"{named.full_name}, {day(today)}",
        address=address("directives:reminding", u=place.pk),
        place=place,
        issuer=issuers.office_short(place, named, today),
    )


def drawn(subject: Subject, at: dt.date, user) -> Drawn:
    """The letter: who owes what since when, to be done by a day that is named."""
    place = subject.record
    today = timezone.localdate()
    rows = within(needing(remindable(user), today), place, today)
    found = lines(rows, today)
    if not found:
        raise NothingToDraw(
            _("Nobody needs a reminder: nothing is late, due soon or unacknowledged.")
        )
    issuer = issuers.office_of(place, at)
    whom = _addressees(found, issuers.named_on(place, today).full_name)
    long = len(found) > MOST_IN_LETTER
    listed = (_table(found),)
    asked = (
        "Đề nghị các đơn vị, Tổ khẩn trương thực hiện, cập nhật kết quả và báo cáo về "
        f"{issuer.name} trước ngày {day(at + dt.timedelta(days=AHEAD))}; đơn vị có khó khăn, vướng "
        "mắc báo cáo ngay để được hướng dẫn, giải quyết."
    )
    return Drawn(
        **issuer.head,
        symbol=issuer.sign(""),
        about="đôn đốc thực hiện nhiệm vụ của Tổ công nghệ số cộng đồng",
        addressees=whom if len(whom) <= MOST_NAMED else ("Các đơn vị, Tổ trực thuộc",),
        body=(
            Text(_opening(found, subject)),
            *_counts(found, subject),
            *((Text("Chi tiết tại Phụ lục kèm theo."),) if long else listed),
            Text(asked),
            Text(f"{issuer.name} đề nghị các đơn vị quan tâm, phối hợp thực hiện"),
        ),
        annexes=(Annex("Danh mục nhiệm vụ cần đôn đốc", listed, landscape=True),) if long else (),
        recipients=("Như trên", "Lãnh đạo đơn vị (b/c)"),
    )  # fmt: skip


def _addressees(found: list[Line], own: str) -> tuple[str, ...]:
    """UBND of the units, the agencies; within the own unit the teams themselves; each once."""
    kinds = dict(PlaceKind.objects.values_list("name", "level__code"))
    named = {}
    for line in found:
        kind = next((kind for kind in kinds if line.unit.startswith(f"{kind} ")), "")
        name = line.unit.removeprefix(f"{kind} ")
        if line.unit == own or kinds.get(kind) == "hamlet":
            named[line.bearer] = None
        elif kind:
            unit = line.unit if says_little(name) else f"{kind.lower()} {name}"
            named[f"{issuers.UBND} {unit}"] = None
        else:
            named[line.unit] = None
    return tuple(named)


def _opening(found: list[Line], subject: Subject) -> tuple:
    total = _bound(subject, len(found), "Việc cần đôn đốc")
    today = day(timezone.localdate())
    return (
        f"Qua theo dõi việc thực hiện các chỉ đạo về Tổ công nghệ số cộng đồng, đến ngày {today} "
        "còn ",
        total,
        " việc cần đôn đốc, trong đó:",
    )


def _counts(found: list[Line], subject: Subject):
    """Each case counted once: what is late is not counted again as unacknowledged."""
    parts = defaultdict(int)
    for line in found:
        states = line.states
        state = OVERDUE if OVERDUE in states else NEW if NEW in states else "soon"
        parts[state] += 1
    words = {OVERDUE: "Đã quá hạn", "soon": "Sắp đến hạn", NEW: "Chưa nhận việc"}
    for state, told in words.items():
        if parts[state]:
            yield Bullet((f"{told}: ", _bound(subject, parts[state], told), " việc"))


def _bound(subject: Subject, value: int, label: str) -> Figure:
    return Figure(count(value), "directives", subject.place.pk, 0, subject.address, label)


def _table(found: list[Line]) -> Table:
    by_unit = sorted(found, key=lambda line: (line.unit, line.due_on, line.pk))
    rows = tuple(
        (
            str(place), line.bearer if line.bearer == line.unit else f"{line.bearer} ({line.unit})",
            line.what, line.directive, day(line.due_on),
            Figure(_words(line.left), "directives", line.pk, 0, line.page, "Tình hình"),
        )
        for place, line in enumerate(by_unit, 1)
    )  # fmt: skip
    return Table(HEADS, rows, WIDTHS, "cllllc", small=True)


def _words(left: int) -> str:
    if left < 0:
        return f"quá hạn {-left} ngày"
    return f"còn {left} ngày" if left else "đến hạn hôm nay"


KIND = PaperKind(
    code="reminding_letter",
    label=_("Letter that reminds"),
    subject="reminding",
    find=find,
    drawn=drawn,
    document_kind="dispatch",
    template="cong-van",
)
