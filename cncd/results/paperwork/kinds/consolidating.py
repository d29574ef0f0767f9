"""Quyết định kiện toàn Tổ: the latest change of a team, with the list that holds from then on."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cncd.results.paperwork.drawing import Annex, Article, Centred, Drawn, Figure, Subject, Text
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.phrases import (
    LOCAL_LAW,
    MINISTRY,
    address,
    cited,
    count,
    day,
    one,
)
from cncd.results.paperwork.kinds.rosters import POSITIONS, covered_names, roster
from cncd.results.paperwork.registry import NothingToDraw, PaperKind
from cncd.team.teams.models import Membership, Team

NEW, CHANGED = "Bổ sung", "Thay đổi chức danh"


@dataclass(frozen=True)
class Change:
    """What a consolidation did on a day: who is in the team since, who joined, who left."""

    on: dt.date
    members: tuple[Membership, ...]
    joined: tuple[Membership, ...]
    left: tuple[Membership, ...]
    notes: dict[int, str]  # person id → what became new for them


def last_change(team: Team) -> Change | None:
    """The latest day after its formation on which its members changed, and how; one query."""
    rows = list(team.memberships.select_related("person", "component"))
    days = {row.since_on for row in rows} | {row.until_on for row in rows if row.until_on}
    later = [each for each in days if each > team.since_on and each != team.until_on]
    if not later:
        return None
    on = max(later)
    before = {row.person_id: row for row in rows if row.holds_on(on - dt.timedelta(days=1))}
    members = tuple(row for row in rows if row.holds_on(on))
    joined = tuple(row for row in members if row.person_id not in before)
    left = tuple(row for pk, row in before.items() if pk not in {m.person_id for m in members})
    notes = {row.person_id: NEW for row in joined}
    for row in members:
        known = before.get(row.person_id)
        if known and known.position != row.position:
            notes[row.person_id] = CHANGED
    return Change(on, members, joined, left, notes)


def find(pk, user) -> Subject | None:
    """The team within reach, when its members have changed since it was formed."""
    team = one(Team.objects.visible_to(user).select_related("formed_by"), pk)
    change = team and last_change(team)
    commune = change and issuers.commune_of(team, change.on)
    if not commune:
        return None
    return Subject(
        record=team,
        label=team.name,
        address=address("teams:team", team.pk),
        place=commune,
        issuer=issuers.board_short(issuers.named_on(commune, change.on)),
        day=change.on,
    )


def drawn(subject: Subject, at: dt.date, user) -> Drawn:
    """Who joins, who leaves, and the whole list from that day on (II.1.1)."""
    team = subject.record
    change = last_change(team)
    if change is None:
        raise NothingToDraw(_("Nothing of this team has changed since it was formed."))
    issuer = issuers.board_of(subject.place, at)
    where = covered_names([team], change.on)[team.pk]
    name = f"Tổ công nghệ số cộng đồng {where}"
    table = roster(team, change.members, where, change.notes)
    return Drawn(
        **issuer.head,
        title="QUYẾT ĐỊNH",
        symbol=issuer.sign("QĐ"),
        about=f"Về việc kiện toàn {name}, {issuer.unit}",
        authority=issuer.name.upper(),
        bases=(
            LOCAL_LAW,
            MINISTRY,
            f"Căn cứ {cited(team.formed_by)}",
            "Xét đề nghị của công chức Văn hóa - Xã hội",
        ),
        body=_body(subject, change, name),
        annexes=(Annex(f"Danh sách thành viên {name}", (table,)),),
        recipients=("Như Điều 3", "Cơ quan cấp trên trực tiếp (b/c)", "Thường trực Đảng ủy, HĐND"),
    )


def _body(subject: Subject, change: Change, name: str) -> tuple:
    team, page = subject.record, subject.address
    size = Figure(
        count(len(change.members)), "teams", team.pk, 0, page, "Số thành viên sau kiện toàn"
    )
    opening = (f"Kiện toàn {name} gồm ", size, " thành viên (danh sách tại Phụ lục kèm theo).")
    carry_out = (
        f"Quyết định này có hiệu lực kể từ ngày {day(change.on)} và thay thế danh sách thành viên "
        f"kèm theo {cited(team.formed_by)}. Công chức Văn phòng - Thống kê, công chức Văn hóa - Xã "
        "hội, Trưởng ban nhân dân các khóm, ấp có liên quan và các ông, bà có tên tại Điều 1 chịu "
        "trách nhiệm thi hành Quyết định này"
    )
    return (
        Centred("QUYẾT ĐỊNH:"),
        Article("Điều 1.", opening),
        *_moves(team, change),
        Article("Điều 2.", f"{name} thực hiện nhiệm vụ và chế độ báo cáo như đã quy định."),
        Article("Điều 3.", carry_out),
    )


def _moves(team: Team, change: Change):
    for words, rows in (("Bổ sung", change.joined), ("Cho thôi tham gia Tổ", change.left)):
        if rows:
            total = Figure(
                count(len(rows)),
                "teams",
                team.pk,
                0,
                address("teams:team", team.pk),
                f"{words}: số người",
            )
            names = "; ".join(f"{row.person.full_name} ({POSITIONS[row.position]})" for row in rows)
            yield Text((f"{words} ", total, f" người: {names}."))


KIND = PaperKind(
    code="consolidation_decision",
    label=_("Decision that consolidates the team"),
    subject="team",
    find=find,
    drawn=drawn,
    document_kind="decision",
    abbreviation="QĐ",
)
