"""IV.3: a commune proposes a team, its figures are asked about, the district decides, it counts."""

import pytest
from django.urls import reverse

from cncd.foundation.documents.models import Document
from cncd.results.conftest import clock  # noqa: F401  fixture
from cncd.results.paperwork.models import Paper
from cncd.results.rewards import jobs
from cncd.results.rewards.models import Commendation, Proposal, Sign
from cncd.results.rewards.tests.conftest import r  # noqa: F401  fixture
from cncd.results.totals.models import PlaceTotal
from tests.forms import fields

pytestmark = pytest.mark.django_db
TITLE = "Khen thưởng tháng 10"


@pytest.fixture
def asked(r, cast):  # noqa: F811
    """October of Mỹ Phước is sent, with more people on a day than two members have hours for."""
    for day in (8, 9):
        hands = (cast.tu.person.pk, cast.nhan.person.pk)
        r.log(day, month=10, people=97, participants=hands)
    r.send(month=10)
    jobs.look_at_reports.func()
    return Sign.objects.get()


def proposed(lan, r, c) -> Proposal:  # noqa: F811
    """From the suggestions to what is sent to the district."""
    assert "Tổ CNCĐ ấp Mỹ Phước" in lan.get("/rewards/teams/?months=1").content.decode()
    at, key = "/rewards/new/", f"t{c.team.pk}"
    page = lan.get(f"{at}?row={key}&months=1")
    said = {"decider": c.ke_sach.pk, "title": TITLE, f"form-{key}": r.form.pk}
    lan.post(f"{at}?row={key}&months=1", fields(page, at) | said)
    found = Proposal.objects.get()
    send = reverse("rewards:send", args=[found.pk])
    lan.post(send, fields(lan.get(send), send))
    return found


def numbered(client, kind: str, proposal, number: int) -> Paper:
    """A document is drawn up from the proposal, and the clerk enters its number."""
    at = f"/papers/new/{kind}/{proposal.pk}/"
    client.post(at, fields(client.get(at), at))
    paper = Paper.objects.get(kind=kind)
    at = f"{paper.get_absolute_url()}edit/"
    client.post(at, fields(client.get(at), at) | {"name": ["Lâm Văn Chủ"]})
    at = f"{paper.get_absolute_url()}number/"
    said = {"number": [str(number)], "issued_on": ["20/11/2026"]}
    client.post(at, fields(client.get(at), at) | said)
    paper.refresh_from_db()
    return paper


def decide(client, page: str, proposal, **ruling) -> None:
    at = reverse("rewards:decide", args=[proposal.pk])
    row = proposal.candidates.get()
    said = {f"{name}-{row.pk}": value for name, value in ruling.items()}
    client.post(at, fields(client.get(page), at) | said)


def test_from_the_evidence_to_the_decision_and_the_figure(asked, r, cast, page_client):  # noqa: F811
    c, lan = cast, page_client.as_(cast.lan)
    proposal = proposed(lan, r, c)
    page, phuc = proposal.get_absolute_url(), page_client.as_(c.phuc)
    seen = phuc.get(page).content.decode()
    assert "97 người" in seen
    assert "Tổ chưa trả lời" in seen

    tu = page_client.as_(c.tu)  # the team says how it came, the commune settles, all on the page
    tu.post(reverse("rewards:answer", args=[asked.pk]), fields(
        tu.get(reverse("rewards:asked", args=[c.team.pk])),
        reverse("rewards:answer", args=[asked.pk])) | {"answer": "Chợ phiên, cả Tổ cùng làm"},
    )  # fmt: skip
    at = asked.get_absolute_url()
    said = {"verdict": "explained", "reason": "Có ảnh buổi chợ"}
    lan.post(at, fields(lan.get(at), at) | said)
    seen = phuc.get(page).content.decode()
    assert "Chợ phiên, cả Tổ cùng làm" in seen
    assert "Có ảnh buổi chợ" in seen
    decide(phuc, page, proposal, verdict="granted", reason="Vượt khó, làm đều")
    assert not Commendation.objects.exists()  # no number, nothing counts

    numbered(lan, "reward_submission", proposal, 12)
    minh = page_client.as_(c.minh)
    paper = numbered(minh, "reward_decision", proposal, 412)
    assert "tại Tờ trình số 12/TTr-UBND ngày 20/11/2026" in str(paper.words)
    at = minh.get(paper.get_absolute_url()).context["follow_up"][1]
    form = fields(minh.get(at), at.partition("?")[0])
    minh.post(at, form)
    given = Commendation.objects.get()
    decision = Document.objects.get(number="412/QĐ-UBND")
    assert (given.team, given.document, given.place) == (c.team, decision, c.ke_sach)
    total = PlaceTotal.objects.get(place=c.ke_sach, period=r.months[11])
    assert [total.own[code][0] for code in ("TC20", "TC20.to", "TC20.tv")] == [1, 1, 0]

    for where in (page, given.get_absolute_url(), f"/teams/{c.team.pk}/"):
        assert "412/QĐ-UBND" in lan.get(where).content.decode(), where
    assert reverse("rewards:register") in minh.get(decision.get_absolute_url()).content.decode()
    assert "412/QĐ-UBND" in tu.get(reverse("rewards:asked", args=[c.team.pk])).content.decode()
