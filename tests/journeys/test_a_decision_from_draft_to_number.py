"""II.1: a commune has its decision drawn up, edits it, numbers it, and forms the team by it."""

import datetime as dt
import io
import uuid

import pytest
import time_machine
from docx import Document as Word

from cncd.foundation.documents.models import Document
from cncd.results.paperwork.models import Paper
from cncd.team.teams.models import Team
from cncd.team.teams.tests.sending import TWO, sent
from tests.forms import fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC), tick=False):
        yield


def test_from_the_hamlet_without_a_team_to_the_team_that_cites_the_decision(cast, page_client):
    client = page_client.as_(cast.dung)
    page = client.get("/teams/uncovered/", {"u": cast.xuan_hoa.pk})
    assert "Dự thảo quyết định thành lập Tổ" in page.content.decode()
    at = f"/papers/new/formation_draft/{cast.xuan_hoa.pk}/"
    client.post(at, fields(client.get(at), at))
    paper = Paper.objects.get()
    sheet = client.get(paper.get_absolute_url()).content.decode()
    assert "Trưởng ban nhân dân ấp Hòa Lộc" in sheet
    draft = Word(io.BytesIO(client.get(f"{paper.get_absolute_url()}word/").content))
    assert "Số:       /QĐ-UBND" in [p.text for t in draft.tables for c in t.column_cells(0)
                                    for p in c.paragraphs]  # fmt: skip

    at = f"{paper.get_absolute_url()}edit/"
    client.post(at, fields(client.get(at), at) | {"name": ["Lâm Văn Chủ"]})
    at = f"{paper.get_absolute_url()}number/"
    client.post(at, fields(client.get(at), at) | {"number": ["7"], "issued_on": ["20/11/2026"]})
    decision = Document.objects.get(number="07/QĐ-UBND")
    assert (decision.signer, decision.issuer) == ("Lâm Văn Chủ", "UBND xã Xuân Hòa")

    page = client.get(paper.get_absolute_url())
    form_at = page.context["follow_up"][1]
    assert form_at in page.content.decode().replace("&amp;", "&")
    filled = client.get(form_at).context["page"].decision.initial
    assert (filled["number"], filled["signer"]) == ("07/QĐ-UBND", "Lâm Văn Chủ")
    data = {f"decision-{name}": value for name, value in filled.items() if name != "kind"}
    data |= {"decision-issued_on": "20/11/2026", "envelope": str(uuid.uuid4())}
    data = sent(TWO, places=[cast.hoa_loc.pk], since_on="20/11/2026", **data)
    answer = client.post(form_at, data)
    if answer.status_code == 200:  # what the rules find is looked at first
        client.post(form_at, data | {"confirmed": answer.context["page"].digest})
    team = Team.objects.get(coverages__place=cast.hoa_loc)
    assert team.formed_by == decision
    page = client.get(f"/teams/{team.pk}/").content.decode()
    assert "07/QĐ-UBND" in page
    assert "Quyết định thành lập Tổ" in page
