"""A quarter is evaluated: the team scores itself on the phone, the commune, then the district."""

import datetime as dt

import pytest
import time_machine

from cncd.work.evaluations.models import Evaluation, Round, Rules
from tests.forms import fields

OPENED = dt.datetime(2026, 10, 5, 2, tzinfo=dt.UTC)


@pytest.fixture
def c(cast, programme):
    with time_machine.travel(OPENED, tick=False) as cast.clock:
        yield cast


def marked(page, rules, mark: str, **more) -> dict:
    return (
        fields(page, page.request["PATH_INFO"])
        | {f"mark-{each.pk}": mark for each in rules.criteria.all()}
        | more
    )


def test_a_quarter_is_evaluated(page_client, c):
    ha, minh, lan, tu = (page_client.as_(user) for user in (c.ha, c.minh, c.lan, c.tu))
    rules = _criteria(ha, c)
    round_ = _opened(minh, c, rules)
    row = Evaluation.objects.get(team=c.team)
    score = f"/evaluations/team/{row.pk}/score/"
    # The leader scores the team, with the figures of the quarter beside each criterion.
    page = tu.get(f"{score}self/")
    assert "Báo cáo đúng hạn" in page.text
    tu.post(f"{score}self/", marked(page, rules, "9", send="1"))
    # The commune lies far apart at one criterion: a reason is asked.
    assert "Chấm 1 Tổ của xã" in lan.get("/desk/inbox/").text
    first = rules.criteria.first().pk
    sent = marked(lan.get(f"{score}commune/"), rules, "9", send="1") | {f"mark-{first}": "6"}
    assert "hãy ghi lý do" in lan.post(f"{score}commune/", sent).text
    lan.post(f"{score}commune/", sent | {f"note-{first}": "Tổ phó nghỉ ba tháng"})
    # The district sees the difference and its reason, and decides.
    page = minh.get(f"/evaluations/team/{row.pk}/")
    assert "chênh nhiều" in page.text
    assert "Tổ phó nghỉ ba tháng" in page.text
    sent = marked(minh.get(f"{score}decide/"), rules, "8", send="1")
    minh.post(f"{score}decide/", sent | {f"mark-{first}": "7"})
    row.refresh_from_db()
    assert (str(row.decided_total), row.grade.name) == ("79.0", "Hoàn thành tốt")
    assert "79 điểm, Hoàn thành tốt" in tu.get(f"/evaluations/team/{row.pk}/").text
    # The table of the district exports; the silent team stays visible as such.
    page = minh.get(f"/evaluations/{round_.pk}/").text
    assert "Chờ Tổ tự chấm" in page
    assert minh.get(f"/evaluations/{round_.pk}/?export=xlsx").status_code == 200


def _criteria(ha, c) -> Rules:
    # The province takes the packaged criteria and puts them in force.
    draft = fields(ha.get("/evaluations/criteria/draft/"), "/evaluations/criteria/draft/")
    draft |= {"level": str(c.levels["hamlet"].pk)}
    ha.post("/evaluations/criteria/draft/", draft)
    rules = Rules.objects.get()
    at = f"/evaluations/criteria/{rules.pk}/"
    ha.post(f"{at}enforce/", fields(ha.get(f"{at}enforce/"), f"{at}enforce/"))
    return rules


def _opened(minh, c, rules) -> Round:
    # The district opens the quarter; twice sent, it is opened once.
    sent = fields(minh.get("/evaluations/open/"), "/evaluations/open/") | {
        "name": "Đánh giá quý III/2026", "kind": "quarter", "rules": str(rules.pk),
        "place": str(c.ke_sach.pk), "first_day": "01/07/2026", "last_day": "30/09/2026",
        "self_due_on": "10/10/2026", "score_due_on": "15/10/2026", "decide_due_on": "20/10/2026",
    }  # fmt: skip
    minh.post("/evaluations/open/", sent)
    minh.post("/evaluations/open/", sent)
    return Round.objects.get()
