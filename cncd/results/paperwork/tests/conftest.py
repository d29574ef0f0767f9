"""A small kind of document about a team, and what tests of this room need of it."""

from types import SimpleNamespace

import pytest

from cncd.results.paperwork import actions, office, registry
from cncd.results.paperwork.drawing import (
    Annex,
    Article,
    Centred,
    Drawn,
    Figure,
    Signing,
    Subject,
    Table,
    Text,
)
from cncd.team.teams.models import Team

from .measured import Print
from .papers import DOCUMENTS

KIND = "trial"


@pytest.fixture(scope="session")
def printed():
    """All documents, made in one run: name → (Word file, PDF, the PDF opened)."""
    files = {name: make() for name, make in DOCUMENTS.items()}
    pdfs = office.pdfs_of(files.values())
    return {name: (files[name], pdf, Print(pdf)) for name, pdf in zip(files, pdfs, strict=True)}


@pytest.fixture
def data():
    """What the records of the trial kind say; tests change it."""
    return SimpleNamespace(members=7, teams=2, version=1, place=None)


def _find(data):
    def find(pk, user):
        team = Team.objects.visible_to(user).filter(pk=pk).first() if str(pk).isdigit() else None
        if team is None:
            return None
        return Subject(team, team.name, f"/teams/{team.pk}/", data.place, "UBND xã Nhơn Mỹ", team)

    return find


def drawn_of(data) -> Drawn:
    def figure(number, label):
        return Figure(str(number), "teams", 1, data.version, "/teams/1/", label)

    members = figure(data.members, "Thành viên")
    return Drawn(
        agency="ỦY BAN NHÂN DÂN XÃ NHƠN MỸ", place_name="Nhơn Mỹ", symbol="QĐ-UBND",
        title="QUYẾT ĐỊNH", about="về việc thử", authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ NHƠN MỸ",
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương;", "Theo đề nghị của công chức"),
        body=(
            Centred("QUYẾT ĐỊNH:"),
            Article("Điều 1.", ("Tổ có ", members, " thành viên.")),
            Text(("Xã có ", figure(data.teams, "Tổ"), " Tổ; mỗi Tổ ", members, " người")),
        ),
        annexes=(Annex("Danh sách", (Table(("STT", "Số"), (("1", members),)),)),),
        recipients=("Như Điều 1",),
        signing=Signing("CHỦ TỊCH", "Trần Văn Hùng", "ỦY BAN NHÂN DÂN"),
    )  # fmt: skip


@pytest.fixture
def trial(cast, data):
    """The trial kind stands in the registry, about teams of Nhơn Mỹ."""
    data.place = cast.nhon_my
    kind = registry.PaperKind(
        code=KIND, label="Quyết định thử", subject="team", find=_find(data),
        drawn=lambda subject, day, user: drawn_of(data), document_kind="decision",
        abbreviation="QĐ",
    )  # fmt: skip
    registry.kinds()[KIND] = kind
    yield kind
    del registry.kinds()[KIND]


@pytest.fixture
def paper(cast, trial):
    """A draft about the team of Mỹ Phước, drawn up by the commune's officer."""
    return actions.draw_paper(kind=KIND, subject_id=cast.team.pk, by=cast.lan)
