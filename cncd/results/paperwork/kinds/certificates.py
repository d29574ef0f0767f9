"""Giấy chứng nhận tập huấn: of one person for one course finished."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places import queries as places
from cncd.results.paperwork.drawing import Drawn, Figure, Subject, Text
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.phrases import address, called, count, day, one
from cncd.results.paperwork.registry import PaperKind
from cncd.team.teams.models import Membership
from cncd.work.training.actions.certificates import number_certificate
from cncd.work.training.models import Completion, Session


def find(pk, user) -> Subject | None:
    """A course somebody finished, seen by who keeps the certificates of the unit that held it."""
    rows = Completion.objects.visible_to(user).standing().filter(course__withdrawn_at=None)
    found = one(rows.select_related("person", "course__place__level"), pk)
    if found is None:
        return None
    place, at = found.course.place, found.issued_on or found.completed_on
    return Subject(
        record=found,
        label=f"{found.person.full_name}: {found.course.title}"[:200],
        address=address("training:certificates", q=found.person.full_name),
        place=place,
        issuer=issuers.office_short(place, issuers.named_on(place, at), at),
        day=found.issued_on or found.completed_on,
    )


def drawn(subject: Subject, at: dt.date, user) -> Drawn:
    """Who, of which team, finished which course, when and how long it was."""
    done = subject.record
    course = done.course
    issuer = issuers.office_of(course.place, at)

    def bound(text: str, label: str) -> Figure:
        return Figure(text, "training", done.pk, done.version, subject.address, label)

    sessions = Session.objects.standing().filter(
        course=course, attendances__person=done.person, attendances__withdrawn_at=None
    )
    days = sorted(set(sessions.values_list("held_on", flat=True)))
    where = _where(done, at)
    finished = bound(day(done.completed_on), "Ngày hoàn thành")
    return Drawn(
        **issuer.head,
        title="GIẤY CHỨNG NHẬN",
        symbol=issuer.sign("GCN"),
        about="Chứng nhận hoàn thành khóa tập huấn",
        body=(
            Text(bound(called(done.person), "Người được chứng nhận")),
            *((Text(where),) if where else ()),
            Text(f"Khóa tập huấn: “{course.title}”"),
            Text((_length(days, bound), ", hoàn thành ngày ", finished)),
            *((Text(f"Số trong sổ cấp chứng nhận: {done.number}"),) if done.number else ()),
        ),
        fields={"ho_ten": done.person.full_name},
    )  # fmt: skip


def _length(days: list[dt.date], bound) -> Figure:
    """“02 buổi, từ ngày 03/11/2026 đến ngày 10/11/2026”."""
    if not days:
        return bound("", "Thời gian")
    span = f"ngày {day(days[0])}"
    if len(days) > 1:
        span = f"từ ngày {day(days[0])} đến ngày {day(days[-1])}"
    return bound(f"{count(len(days), 'buổi')}, {span}", "Thời gian")


def _where(done: Completion, at: dt.date) -> str:
    """“Thành viên Tổ công nghệ số cộng đồng ấp Mỹ Phước, xã Nhơn Mỹ” on the day it was finished."""
    row = Membership.objects.on(done.completed_on).filter(person=done.person)
    row = row.select_related("team").first()
    if row is None:
        return ""
    posts = {"leader": "Tổ trưởng", "deputy": "Tổ phó"}
    commune = issuers.commune_of(row.team, done.completed_on)
    unit = ""
    if commune:
        named = places.names([commune.pk], done.completed_on)[commune.pk]
        unit = f", {issuers.said(named)}"
    name = issuers.full_team_name(row.team.name)
    return f"{posts.get(row.position, 'Thành viên')} {name}{unit}"


def follow_number(_entry, paper) -> None:
    """The number of the paper goes into the register of certificates, unless one stands there."""
    if paper.kind != KIND.code:
        return
    done = Completion.objects.select_related("course__place").get(pk=paper.subject_id)
    if not done.number:
        number, on = paper.full_number, paper.issued_on
        number_certificate(completion=done, number=number, issued_on=on, by=None)


KIND = PaperKind(
    code="training_certificate",
    label=_("Training certificate"),
    subject="certificate",
    find=find,
    drawn=drawn,
    template="giay-chung-nhan",
    names_people=True,
    abbreviation="GCN",
    permission="training.plan",
)
