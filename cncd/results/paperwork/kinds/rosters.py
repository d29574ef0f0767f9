"""Members of teams as decisions list them: in the annex, by team, without phone numbers."""

import datetime as dt
from collections import defaultdict

from cncd.foundation.places import queries as places
from cncd.results.paperwork.drawing import Figure, Table
from cncd.results.paperwork.kinds.issuers import said
from cncd.results.paperwork.kinds.phrases import address
from cncd.team.teams.models import Coverage, Membership, Team

HEADS = ("TT", "Họ và tên", "Chức vụ, đơn vị công tác", "Chức danh trong Tổ", "Ghi chú")
WIDTHS = (0.7, 3.2, 4.4, 2.4, 1.6)
POSTS = {
    Membership.HamletPost.HEAD: "Trưởng ban nhân dân",
    Membership.HamletPost.UNION: "Bí thư Đoàn Thanh niên",
    Membership.HamletPost.BOTH: "Trưởng ban nhân dân, Bí thư Đoàn Thanh niên",
}
POSITIONS = {"leader": "Tổ trưởng", "deputy": "Tổ phó", "member": "Thành viên"}


def covered_names(teams, day: dt.date) -> dict[int, str]:
    """Team id → its hamlets within a sentence: “ấp Mỹ Phước, ấp Mỹ Hòa”; three queries."""
    since = {team.pk: max(day, team.since_on) for team in teams}
    covered = defaultdict(list)
    for row in Coverage.objects.filter(team__in=since).order_by("pk"):
        if row.holds_on(since[row.team_id]):
            covered[row.team_id].append(row.place_id)
    names = places.names({place for found in covered.values() for place in found}, day)
    return {pk: ", ".join(said(names[place]) for place in covered[pk]) for pk in since}


def roster(team: Team, members, where: str, notes: dict[int, str] | None = None) -> Table:
    """The table of an annex; each name is bound to the membership it came from."""
    notes = notes or {}
    rows = tuple(
        (str(number), _name(team, row), _work(row, where), POSITIONS[row.position],
         notes.get(row.person_id, ""))
        for number, row in enumerate(members, 1)
    )  # fmt: skip
    return Table(HEADS, rows, WIDTHS, "clllc")


def _name(team: Team, row: Membership) -> Figure:
    page = address("teams:team", team.pk)
    label = f"Thành viên {team.name}"
    return Figure(row.person.full_name, "teams", row.pk, row.version, page, label[:300])


def _work(row: Membership, where: str) -> str:
    """“Trưởng ban nhân dân ấp Mỹ Phước”, or what the member is by component."""
    if row.hamlet_post:
        return f"{POSTS[row.hamlet_post]} {where}".strip()
    return row.component.name if row.component else ""
