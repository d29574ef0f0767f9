"""Criteria by date, rounds, three scorings, decisions that stay."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.work.evaluations import actions, news, queries
from cncd.work.evaluations.models import Criterion, Evaluation, Round, Rules
from cncd.work.evaluations.rules import Mark
from cncd.work.evaluations.tests.conftest import DAY, decided, marks, opened, scored
from tests.cast import TODAY

EXAMPLE = (9, 8, 8.5, 7, 8, 10, 5, 10, 6)


def draft(cast, **given):
    level = cast.levels["hamlet"]
    return actions.draft_rules(level=level, name="Mới", since_on=TODAY, by=cast.ha, **given)


def test_the_packaged_set_adds_up_to_100_and_only_the_province_writes_rules(cast, frozen):
    row = draft(cast)
    assert sum(row.criteria.values_list("weight", flat=True)) == 100
    assert next(grade.name for grade in row.grades.all()) == "Hoàn thành xuất sắc"
    with pytest.raises(PermissionDenied):
        actions.set_criterion(rules=row, name="Khác", weight=5, by=cast.minh)


def test_weights_that_do_not_add_up_are_not_put_in_force(cast, criteria):
    row = draft(cast, based_on=criteria)
    actions.set_criterion(rules=row, name="Sáng kiến", weight=5, by=cast.ha)
    with pytest.raises(actions.WeightsOff):
        actions.enforce_rules(rules=row, since_on=TODAY, by=cast.ha)
    actions.drop_criterion(criterion=row.criteria.get(code="group"), by=cast.ha)
    actions.enforce_rules(rules=row, since_on=TODAY, by=cast.ha)
    other = draft(cast)
    with pytest.raises(actions.NoLowestGrade):
        actions.set_grades(rules=other, grades=[("Đạt", Decimal(50))], far=2, by=cast.ha)


def test_a_change_holds_from_a_day_on_and_never_changes_a_round(cast, round_, criteria):
    before = list(round_.rules.criteria.values_list("name", "weight"))
    row = draft(cast, based_on=criteria)
    one, two = row.criteria.all()[:2]
    for each, weight in ((one, 5), (two, 20)):
        values = {"name": each.name, "weight": weight, "evidence": each.evidence}
        actions.set_criterion(rules=row, criterion=each, by=cast.ha, order=each.order, **values)
    actions.enforce_rules(rules=row, since_on=TODAY + DAY, by=cast.ha)
    criteria.refresh_from_db()
    assert criteria.until_on == TODAY + DAY
    assert list(Rules.objects.on(TODAY).filter(in_force=True)) == [criteria]
    assert list(Rules.objects.on(TODAY + DAY).filter(in_force=True)) == [row]
    assert list(round_.rules.criteria.values_list("name", "weight")) == before
    with pytest.raises(actions.InForce):
        actions.drop_criterion(criterion=Criterion.objects.filter(rules=criteria)[0], by=cast.ha)


def test_a_round_takes_the_teams_in_force_on_its_last_day(cast, round_):
    teams = {row.team for row in round_.evaluations.all()}
    assert teams == {cast.team, cast.team_my_hoa}
    first, last = dt.date(2025, 1, 1), dt.date(2025, 3, 31)
    with pytest.raises(actions.NoTeams):  # before any team was formed
        opened(cast, round_.rules, first_day=first, last_day=last)


def test_a_round_is_opened_by_the_unit_itself_once_for_the_same_days(cast, round_, criteria):
    with pytest.raises(actions.AlreadyOpened):
        opened(cast, criteria)
    for user in (cast.son, cast.lan, cast.tu):
        with pytest.raises(PermissionDenied):
            opened(cast, criteria, by=user, kind="year")
    with pytest.raises(actions.BadDates):
        opened(cast, criteria, kind="half", score_due_on=TODAY)


def test_with_two_levels_the_province_decides(cast, criteria):
    row = opened(cast, criteria, place=cast.soc_trang, by=cast.ha)
    assert row.evaluations.count() == 3
    one = row.evaluations.get(team=cast.team_dau_giong)
    scored(one, "self", cast.sa, 8)
    with pytest.raises(PermissionDenied):
        scored(one, "decide", cast.son, 8)


def test_three_scorings_and_a_decision_with_the_worked_example(cast, evaluation):
    scored(evaluation, "self", cast.tu, *EXAMPLE)
    scored(evaluation, "commune", cast.lan, 8, 8, 8, 7, 8, 10, 5, 10, 6)
    row = scored(
        evaluation, "decide", cast.minh, 9, 8, 8.5, None, 8, 10, 5, 10, 6, note="Ấp không có OCOP"
    )
    assert (row.self_total, row.commune_total) == (Decimal("82.0"), Decimal("80.0"))
    assert row.decided_total == Decimal("84.1")
    assert row.grade.name == "Hoàn thành tốt"
    entry = Entry.objects.get(event="evaluation.decided")
    assert entry.after["total"] == 84.1


def test_a_mark_far_from_the_one_before_asks_for_a_reason(cast, evaluation):
    scored(evaluation, "self", cast.tu, 9)
    with pytest.raises(actions.MarksRefused) as refused:
        scored(evaluation, "commune", cast.lan, 9, 7, 9)
    second = evaluation.round.rules.criteria.all()[1]
    assert list(refused.value.problems) == [second.pk]
    assert Evaluation.objects.get(pk=evaluation.pk).commune_at is None
    given = marks(evaluation, 9, 7, 9)
    given[second.pk] = Mark(Decimal(7), note="Chỉ có một buổi tuyên truyền")
    evaluation.refresh_from_db()
    actions.score(
        evaluation=evaluation, step="commune", marks=given, send=True, by=cast.lan,
        version=evaluation.version,
    )  # fmt: skip


def test_marks_may_be_kept_unfinished_but_not_sent(cast, evaluation):
    first = evaluation.round.rules.criteria.first()
    keep = {"evaluation": evaluation, "step": "self", "marks": {first.pk: Mark(Decimal(7))}}
    row = actions.score(send=False, by=cast.tu, version=1, **keep)
    assert row.self_at is None
    with pytest.raises(actions.MarksRefused) as refused:
        actions.score(send=True, by=cast.tu, version=row.version, **keep)
    assert len(refused.value.problems) == 8
    with pytest.raises(actions.ChangedMeanwhile):
        actions.score(send=False, by=cast.nhan, version=1, **keep)


def test_each_step_is_done_by_whose_it_is(cast, evaluation):
    for step, user in [
        ("self", cast.cuong),  # a plain member
        ("self", cast.sa),  # the leader of another team
        ("self", cast.lan),
        ("commune", cast.dung),  # another commune
        ("commune", cast.tu),
        ("decide", cast.lan),
        ("decide", cast.ha),  # the province, in a round of the district
    ]:
        with pytest.raises(PermissionDenied):
            scored(evaluation, step, user, 8)


def test_a_silent_team_does_not_stop_the_commune_after_the_due_day(cast, evaluation, frozen):
    with pytest.raises(actions.NotYourTurn):
        scored(evaluation, "commune", cast.lan, 8)
    frozen.shift(dt.timedelta(days=4))
    scored(evaluation, "commune", cast.lan, 8)
    with pytest.raises(actions.NotYourTurn):
        scored(evaluation, "self", cast.tu, 9)
    assert scored(evaluation, "decide", cast.minh, 8).grade.name == "Hoàn thành tốt"


def test_a_decision_is_frozen_and_reopening_keeps_it_with_the_reason(cast, evaluation):
    row = decided(evaluation, cast, *EXAMPLE)
    content = row.decisions.get().content
    assert content["totals"] == {"self": "82.0", "commune": "82.0", "decided": "82.0"}
    assert [line["weight"] for line in content["criteria"]] == [10, 15, 20, 15, 10, 10, 5, 10, 5]
    assert content["criteria"][7]["evidence"][0]["code"] == "reports"
    with pytest.raises(actions.NotYourTurn):
        scored(row, "decide", cast.minh, 9)
    with pytest.raises(PermissionDenied):
        actions.reopen_evaluation(evaluation=row, reason="Xin lại", by=cast.lan)
    row = actions.reopen_evaluation(evaluation=row, reason="Thiếu minh chứng OCOP", by=cast.minh)
    assert (row.decided_at, row.grade) == (None, None)
    scored(row, "decide", cast.minh, 9, note="Đã bổ sung minh chứng")
    first, second = row.decisions.all()
    assert (first.total, first.reopened_reason) == (Decimal("82.0"), "Thiếu minh chứng OCOP")
    assert first.content == content
    assert (second.total, second.grade.name) == (Decimal("90.0"), "Hoàn thành xuất sắc")


def test_a_round_with_a_decision_is_not_withdrawn(cast, round_, evaluation):
    gone = actions.withdraw_round(round=round_, reason="Mở nhầm", by=cast.minh)
    assert not Evaluation.objects.undecided().exists()
    with pytest.raises(actions.NotYourTurn):
        scored(evaluation, "self", cast.tu, 8)
    actions.restore_round(round=gone, by=cast.minh)
    decided(evaluation, cast, 8)
    with pytest.raises(actions.SomeDecided):
        actions.withdraw_round(round=Round.objects.get(), reason="Mở nhầm", by=cast.minh)


def test_marks_go_back_one_step_with_a_note_and_are_kept(cast, evaluation):
    scored(evaluation, "self", cast.tu, 9)
    about = {"evaluation": evaluation, "step": "commune", "reason": "Thiếu số liệu tháng 7"}
    version = Evaluation.objects.get(pk=evaluation.pk).version
    with pytest.raises(PermissionDenied):
        actions.return_scores(by=cast.tu, version=version, **about)
    row = actions.return_scores(by=cast.lan, version=version, **about)
    assert (row.self_at, row.self_total, row.returned_note) == (None, None, about["reason"])
    assert row.scores.filter(step="self").count() == 9
    with pytest.raises(actions.NotYourTurn):
        actions.return_scores(by=cast.lan, version=row.version, **about)
    [duty] = [each for each in queries.dues(cast.tu, timezone.localtime())]
    assert "Thiếu số liệu tháng 7" in duty.text
    told = news.returned(Entry.objects.get(event="evaluation.returned"))
    assert {each.user for each in told} == {cast.tu, cast.nhan}
    assert {each.text for each in told} == {about["reason"]}
    row = scored(row, "self", cast.tu, 8)
    assert row.returned_note == ""
    row = scored(row, "commune", cast.lan, 8)
    back = actions.return_scores(
        evaluation=row, step="decide", reason="Chấm lại", by=cast.minh, version=row.version
    )
    assert (back.commune_at, bool(back.self_at)) == (None, True)
    told = news.returned(Entry.objects.filter(event="evaluation.returned").latest("pk"))
    assert {each.user for each in told} == {cast.lan}
