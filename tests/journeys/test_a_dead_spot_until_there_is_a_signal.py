"""IV.5: a dead spot noted in the hamlet goes to the enterprise that committed, and comes back."""

import datetime as dt

import pytest

from cncd.work.partners.models import Gap, Pledge
from cncd.work.partners.tests.conftest import help_, november  # noqa: F401  fixtures
from tests.cast import TODAY
from tests.forms import fields
from tests.journeys.test_an_enterprise_sees_where_it_promised import words
from tests.outbox import Phone

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_from_the_hamlet_to_the_enterprise_and_back(help_, page_client):  # noqa: F811
    c, minh = help_, page_client.as_(help_.minh)
    form = fields(minh.get("/partners/new/"), "/partners/new/")
    minh.post("/partners/new/", form | {
        "agency": c.firm.pk, "place": c.ke_sach.pk, "kind": "connectivity", "amount": "2",
        "since_on": "01/11/2026", "until_on": "31/12/2026",
    })  # fmt: skip
    assert Pledge.objects.get().agency == c.firm

    tu = page_client.as_(c.tu)  # noted two days ago, where there was no network to send it
    found = {"place": c.my_phuoc.pk, "where": "Cuối kênh Ba", "missing": "signal",
             "households": "12", "found_on": "20/11/2026"}  # fmt: skip
    sent = Phone(tu).send("connectivity.gap", {"team": c.team.pk}, found, ago=2 * DAY)
    assert sent["state"] == "recorded", sent
    assert "Doanh nghiệp Sóng Xanh trả lời chậm nhất ngày 02/12/2026" in words(
        tu.get("/m/connectivity/")
    )

    firm = page_client.as_(c.viettel)
    assert "Trả lời về chỗ mất sóng: Cuối kênh Ba" in words(firm.get("/desk/inbox/"))
    at = f"/partners/asks/{Gap.objects.get().pk}/answer/"
    said = {"will_do": "yes", "answer": "Lắp trạm tại bến đò", "done_by": "30/11/2026"}
    firm.post(at, fields(firm.get(at), at) | said)
    assert page_client.as_(c.gio).get(at).status_code == 404  # another enterprise

    page = words(tu.get("/m/connectivity/"))
    assert "Lắp trạm tại bến đò" in page
    assert "30/11/2026" in page
    gap = {"gap": str(Gap.objects.get().pk)}
    seen = Phone(tu).send("connectivity.check", gap, {"covered": "yes"})
    assert seen["state"] == "recorded", seen
    assert Gap.objects.get().covered_on == TODAY
    assert "1/2" in words(firm.get("/partners/mine/"))  # delivered of what was promised
