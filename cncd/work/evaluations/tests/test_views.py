"""The pages of evaluations, as each person sees them; what waits, and who hears of it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from cncd.work.evaluations import actions, news, queries
from cncd.work.evaluations.models import Evaluation, Round, Rules
from cncd.work.evaluations.tests.conftest import DAY, decided, scored
from tests.cast import TODAY
from tests.forms import fields


def now():
    return timezone.localtime().replace(hour=10)


def test_the_province_drafts_changes_and_puts_criteria_in_force(page_client, cast, frozen):
    ha = page_client.as_(cast.ha)
    ha.get("/evaluations/")
    level = cast.levels["hamlet"].pk
    ha.post("/evaluations/criteria/draft/", {"name": "Bộ năm 2026", "level": level})
    row = Rules.objects.get()
    at = f"/evaluations/criteria/{row.pk}/"
    one = row.criteria.first()
    ha.get(f"{at}{one.pk}/")
    ha.post(f"{at}{one.pk}/", {"name": one.name, "weight": 5, "order": 10, "evidence": ["reports"]})
    assert "Tổng trọng số là 95" in ha.get(at).text
    page = ha.post(f"{at}enforce/", {"since_on": "22/11/2026"})
    assert "Tổng trọng số là 95, chưa bằng 100" in page.text
    ha.post(f"{at}add/", {"name": "Sáng kiến", "weight": "5", "order": "100"})
    ha.get(f"{at}classes/")
    ha.post(f"{at}enforce/", {"since_on": "22/11/2026"})
    assert Rules.objects.get().in_force
    ha.get(at)
    ha.get("/evaluations/criteria/")


def test_a_draft_of_criteria_is_thrown_away_and_one_in_force_is_not(page_client, cast, criteria):
    ha, level = page_client.as_(cast.ha), cast.levels["hamlet"].pk
    ha.post("/evaluations/criteria/draft/", {"name": "Nháp", "level": level})
    row = Rules.objects.get(in_force=False)
    at = f"/evaluations/criteria/{row.pk}/discard/"
    assert at in ha.get(f"/evaluations/criteria/{row.pk}/").text
    ha.get(at)
    ha.post(at)
    assert Rules.objects.get() == criteria
    ha.post(f"/evaluations/criteria/{criteria.pk}/discard/")
    assert Rules.objects.get() == criteria


def test_from_opening_to_the_decision_over_pages(page_client, cast, criteria):
    minh, lan, tu = (page_client.as_(user) for user in (cast.minh, cast.lan, cast.tu))
    minh.get("/evaluations/open/")
    sent = {
        "place": cast.ke_sach.pk, "name": "Quý III/2026", "kind": "quarter",
        "first_day": "01/07/2026", "last_day": "30/09/2026", "rules": criteria.pk,
        "self_due_on": "25/11/2026", "score_due_on": "28/11/2026", "decide_due_on": "02/12/2026",
    }  # fmt: skip
    minh.post("/evaluations/open/", sent)
    row = Evaluation.objects.get(team=cast.team)
    page = f"/evaluations/team/{row.pk}/"
    for client, step, mark in ((tu, "self", "8,5"), (lan, "commune", "8"), (minh, "decide", "8")):
        client.get(f"{page}score/{step}/")
        row.refresh_from_db()
        marks = {f"mark-{each.pk}": mark for each in criteria.criteria.all()}
        client.post(f"{page}score/{step}/", {"version": row.version, "send": "1", **marks})
        client.get(page)
    row.refresh_from_db()
    assert str(row.decided_total) == "80.0"
    text = tu.get(page).text
    assert "Hoàn thành tốt" in text
    assert "trên 100 hộ" not in text  # nobody counted the households
    minh.get(f"/evaluations/{row.round_id}/")
    minh.get("/evaluations/")
    minh.post(f"{page}reopen/", {"reason": "Thiếu minh chứng"})
    assert "Thiếu minh chứng" in minh.get(page).text


def test_a_refused_mark_stands_at_its_criterion(page_client, cast, evaluation):
    tu = page_client.as_(cast.tu)
    first = evaluation.round.rules.criteria.first()
    address = f"/evaluations/team/{evaluation.pk}/score/self/"
    page = tu.post(address, {"version": 1, "send": "1", f"mark-{first.pk}": "7,3"})
    assert "nửa điểm" in page.text
    page = tu.post(address, {"version": 1, "send": "1", f"mark-{first.pk}": "7"})
    assert "Hãy cho điểm từ 0 đến 10" in page.text
    tu.post(address, {"version": 1, "keep": "1", f"mark-{first.pk}": "7,5"})
    assert 'value="7,5"' in tu.get(address).text


def test_marks_not_sent_are_not_seen_above(page_client, cast, evaluation):
    scored(evaluation, "self", cast.tu, 3.5, send=False)
    page = f"/evaluations/team/{evaluation.pk}/"
    assert "3,5" in page_client.as_(cast.tu).get(page).text
    assert "3,5" not in page_client.as_(cast.lan).get(page).text


def test_others_do_not_see_it(client, cast, evaluation):
    for user, status in [(cast.sa, 404), (cast.dung, 404), (cast.son, 404), (cast.cuong, 200),
                         (cast.ha, 200), (cast.thuong, 403)]:  # fmt: skip
        client.force_login(user)
        assert client.get(f"/evaluations/team/{evaluation.pk}/").status_code == status, user
    client.force_login(cast.cuong)
    assert client.get(f"/evaluations/team/{evaluation.pk}/score/self/").status_code == 403


def test_pages_take_as_many_queries_for_many_teams_as_for_one(
    page_client, cast, evaluation, django_assert_max_num_queries
):
    decided(evaluation, cast, 8)
    minh = page_client.as_(cast.minh)
    for address in (f"/evaluations/{evaluation.round_id}/", "/evaluations/"):
        with django_assert_max_num_queries(32):
            minh.get(address)
    other = evaluation.round.evaluations.exclude(pk=evaluation.pk).get()
    with django_assert_max_num_queries(40):
        minh.get(f"/evaluations/team/{other.pk}/")


def test_what_waits_follows_the_steps_and_their_days(cast, evaluation, frozen):
    texts = lambda user: [duty.key.split()[1] for duty in queries.dues(user, now())]  # noqa: E731
    assert texts(cast.tu) == [str(evaluation.pk)]
    assert texts(cast.lan) == texts(cast.minh) == []
    scored(evaluation, "self", cast.tu, 8)
    assert texts(cast.tu) == []
    assert [duty.count for duty in queries.dues(cast.lan, now())] == [1]
    frozen.shift(4 * DAY)  # the other team stayed silent: the commune goes on without it
    assert [duty.count for duty in queries.dues(cast.lan, now())] == [2]
    scored(evaluation, "commune", cast.lan, 8)
    assert [duty.count for duty in queries.dues(cast.minh, now())] == [1]
    frozen.shift(3 * DAY)
    assert [duty.count for duty in queries.dues(cast.minh, now())] == [2]


def test_over_a_month_each_step_is_reminded_and_lateness_goes_up(cast, evaluation, frozen):
    """Steps due 25/11, 28/11, 02/12; nobody does anything."""
    told = {}
    for _day in range(31):
        for each in news.by_clock(now()):
            key = (each.user.login, each.what.split(", ")[1], each.kind, each.moment)
            told.setdefault(key, now().date())
        frozen.shift(DAY)
    days = lambda login, step, kind: sorted(  # noqa: E731
        day for (who, what, is_kind, _m), day in told.items()
        if (who, what, is_kind) == (login, step, kind)
    )  # fmt: skip
    due = dt.date(2026, 11, 25)
    assert days("tu", "self", news.DUE) == [TODAY, due - DAY, due]
    assert days("lan", "self", news.LATE) == [due + DAY]
    assert days("lan", "commune", news.DUE) == [due, due + 2 * DAY, due + 3 * DAY]
    assert days("minh", "commune", news.LATE) == [due + 4 * DAY]
    assert days("minh", "decide", news.LATE) == [dt.date(2026, 12, 3)]
    assert days("tu", "decide", news.LATE) == []


def test_teams_and_communes_hear_of_the_round_and_of_the_result(cast, evaluation):
    from cncd.foundation.journal.models import Entry

    decided(evaluation, cast, 8)
    heard = {
        entry.event: {each.user.login for each in news.EVENTS[entry.event](entry)}
        for entry in Entry.objects.filter(event__in=news.EVENTS)
    }
    assert heard == {
        "evaluation.opened": {"tu", "nhan", "liem", "lan"},
        "evaluation.decided": {"tu", "nhan", "lan"},
    }


def test_each_figure_of_a_round_opens_the_evaluations_it_counts(page_client, cast, evaluation):
    scored(evaluation, "self", cast.tu, 9)
    minh = page_client.as_(cast.minh)
    found = dict(re.findall(r'href="([^"]+)">(\d+)</a>', minh.get("/evaluations/").text))
    page = f"/evaluations/{evaluation.round_id}/"
    asked = {"": "2", "?given=self": "1", "?given=commune": "0", "?stage=decided": "0"}
    for query, count in asked.items():
        assert found[page + query] == count
        assert minh.get(page + query).context["list"].page.paginator.count == int(count)


def test_rewards_may_ask_for_decided_results(cast, evaluation):
    decided(evaluation, cast, 8)
    year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    teams = [cast.team.pk, cast.team_my_hoa.pk]
    found = queries.decided_results(teams, *year)
    assert {pk: [row.grade.name for row in rows] for pk, rows in found.items()} == {
        cast.team.pk: ["Hoàn thành tốt"]
    }
    actions.reopen_evaluation(evaluation=evaluation, reason="Sai", by=cast.minh)
    assert queries.decided_results(teams, *year) == {}


@pytest.mark.parametrize("what", ["change", "withdraw"])
def test_only_the_unit_that_decides_changes_the_round(client, cast, round_, what):
    client.force_login(cast.ha)
    assert client.get(f"/evaluations/{round_.pk}/{what}/").status_code == 403
    client.force_login(cast.minh)
    assert client.get(f"/evaluations/{round_.pk}/{what}/").status_code == 200
    assert Round.objects.count() == 1


def test_the_commune_returns_the_marks_of_a_team_over_the_page(page_client, cast, evaluation):
    scored(evaluation, "self", cast.tu, 9)
    lan, page = page_client.as_(cast.lan), f"/evaluations/team/{evaluation.pk}/"
    assert f"{page}return/commune/" in lan.get(page).text
    form = fields(lan.get(f"{page}return/commune/"), f"{page}return/commune/")
    lan.post(f"{page}return/commune/", form | {"reason": "Thiếu minh chứng"})
    assert Evaluation.objects.get(pk=evaluation.pk).self_at is None
    assert "Thiếu minh chứng" in page_client.as_(cast.tu).get(page).text
    assert lan.get(f"{page}return/commune/").status_code == 404
    assert lan.get(f"{page}return/self/").status_code == 404
