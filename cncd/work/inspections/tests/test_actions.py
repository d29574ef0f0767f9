"""From the plan to what was put right: who may, what is asked, what is refused."""

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.work.inspections import actions, rules
from cncd.work.inspections.models import Finding, Inspection, Item
from cncd.work.inspections.tests.conftest import DAY, concluded, looked_at, planned
from tests.cast import TODAY

pytestmark = pytest.mark.usefixtures("checklists")


def test_several_are_planned_at_once_with_one_entry_naming_each(cast):
    rows = actions.plan_inspections(
        inspecting=cast.ke_sach,
        subjects=[cast.nhon_my, cast.xuan_hoa, cast.team],
        planned_on=TODAY,
        leader=cast.minh.person,
        by=cast.minh,
    )
    assert [row.place for row in rows] == [cast.nhon_my, cast.xuan_hoa, cast.nhon_my]
    entry = Entry.objects.get(event="inspection.planned")
    assert [row["inspection"] for row in entry.rows] == [str(row.pk) for row in rows]


def test_a_unit_inspects_only_what_stands_below_it_and_only_in_its_own_name(cast):
    with pytest.raises(actions.NotBelow):
        planned(cast.nhon_my, cast.nhon_my, cast.lan)  # not itself
    with pytest.raises(actions.NotBelow):
        planned(cast.tt_tran_de, cast.ke_sach, cast.minh)
    with pytest.raises(actions.NotBelow):
        planned(cast.team_dau_giong, cast.nhon_my, cast.lan)
    with pytest.raises(PermissionDenied):
        planned(cast.team, cast.ke_sach, cast.lan)
    with pytest.raises(PermissionDenied):
        planned(cast.team, cast.nhon_my, cast.minh)  # the district in its own name, not theirs
    with pytest.raises(PermissionDenied):
        planned(cast.team, cast.nhon_my, cast.tu)


def test_opening_lays_out_the_checklist_of_the_day_and_keeps_it(cast, team_inspection):
    row = actions.open_inspection(inspection=team_inspection, by=cast.lan)
    assert actions.open_inspection(inspection=row, by=cast.lan).version == row.version
    texts = [each.text for each in row.findings.all()]
    item = Item.objects.filter(subject="team").first()
    new = {"subject": "team", "text": "Câu hỏi mới", "since_on": TODAY + DAY, "order": 10}
    actions.set_item(replaces=item, by=cast.ha, **new)
    assert [each.text for each in row.findings.all()] == texts
    later = planned(cast.team, cast.nhon_my, cast.lan, TODAY + DAY)
    assert len(texts) == Item.objects.on(TODAY + DAY).filter(subject="team").count() == 10
    assert "Câu hỏi mới" in [each.text for each in Item.objects.on(later.planned_on)]
    assert "Câu hỏi mới" not in [each.text for each in Item.objects.on(TODAY)]


def test_nothing_is_concluded_before_every_item_was_looked_at_and_every_remedy_said(
    cast, team_inspection
):
    row = actions.open_inspection(inspection=team_inspection, by=cast.lan)
    close = {"conclusion": "Đạt", "by": cast.lan}
    with pytest.raises(actions.NotFinished, match=r"(Chưa xem|Not looked)"):
        actions.close_inspection(inspection=row, version=row.version, **close)
    lines = {each.pk: actions.Line("unmet") for each in row.findings.all()}
    row = actions.note_findings(inspection=row, lines=lines, by=cast.lan, version=row.version)
    with pytest.raises(actions.NotFinished) as refused:
        actions.close_inspection(inspection=row, version=row.version, **close)
    assert refused.value.code == "lacking"
    assert Inspection.objects.get(pk=row.pk).state == "open"


def test_two_pages_open_at_once_do_not_overwrite_each_other(cast, team_inspection):
    row = actions.open_inspection(inspection=team_inspection, by=cast.lan)
    first = row.findings.first()
    seen = row.version
    line = {first.pk: actions.Line("met")}
    actions.note_findings(inspection=row, lines=line, by=cast.lan, version=seen)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.note_findings(
            inspection=row, lines={first.pk: actions.Line("unmet")}, by=cast.lan, version=seen
        )
    assert Finding.objects.get(pk=first.pk).result == "met"


def test_a_finding_points_to_a_page_of_the_program_only(cast, team_inspection):
    row = actions.open_inspection(inspection=team_inspection, by=cast.lan).findings.first()
    put = {"finding": row, "result": "met", "by": cast.lan}
    page = f"https://cncd.example/teams/{cast.team.pk}/?k=2026-11"
    assert actions.change_finding(link=page, **put).link == f"/teams/{cast.team.pk}/?k=2026-11"
    for bad in ("https://example.com/khong-co", "javascript:alert(1)", "/khong-co-trang-nay/"):
        with pytest.raises(actions.BadLink):
            actions.change_finding(link=bad, **put)


def test_a_finding_is_answered_returned_answered_again_and_confirmed(cast, finding):
    day = TODAY + 20 * DAY
    said = actions.answer_finding(finding=finding, note="Đã họp", by=cast.tu)
    assert not Finding.objects.to_answer().exists()
    actions.judge_answer(
        settlement=said, confirmed=False, note="Thiếu biên bản", due_on=day, by=cast.lan
    )
    finding.refresh_from_db()
    assert finding.due_on == day
    assert list(Finding.objects.to_answer()) == [finding]
    again = actions.answer_finding(finding=finding, note="Có biên bản", by=cast.nhan)
    with pytest.raises(actions.WrongState):
        actions.judge_answer(settlement=said, confirmed=True, by=cast.lan)
    actions.judge_answer(settlement=again, confirmed=True, by=cast.lan)
    finding.refresh_from_db()
    assert finding.settled_at
    assert [row.verdict for row in finding.settlements.all()] == ["returned", "confirmed"]
    with pytest.raises(actions.WrongState):
        actions.answer_finding(finding=finding, note="Lại nữa", by=cast.tu)


def test_nobody_confirms_an_answer_of_their_own_and_outsiders_say_nothing(cast, finding):
    said = actions.answer_finding(finding=finding, note="Xã trả lời thay Tổ", by=cast.lan)
    with pytest.raises(actions.OwnAnswer):
        actions.judge_answer(settlement=said, confirmed=True, by=cast.lan)
    for user in (cast.sa, cast.minh, cast.cuong):
        with pytest.raises(PermissionDenied):
            actions.answer_finding(finding=finding, note="…", by=user)
    with pytest.raises(PermissionDenied):
        actions.judge_answer(settlement=said, confirmed=True, by=cast.tu)


def test_the_district_answers_for_no_commune_it_inspected(cast):
    row = concluded(planned(cast.nhon_my, cast.ke_sach, cast.minh), cast.minh)
    finding = row.findings.get(result="unmet")
    with pytest.raises(PermissionDenied):
        actions.answer_finding(finding=finding, note="Xong", by=cast.minh)
    said = actions.answer_finding(finding=finding, note="Xong", by=cast.lan)
    actions.judge_answer(settlement=said, confirmed=True, by=cast.minh)
    assert not Finding.objects.unsettled().exists()


def test_a_concluded_inspection_opens_again_until_somebody_answered(cast, finding):
    held = finding.inspection
    row = actions.reopen_inspection(inspection=held, reason="Nhầm kết luận", by=cast.lan)
    assert row.state == "open"
    assert not Finding.objects.asked().exists()
    actions.close_inspection(inspection=row, conclusion="Sửa lại", by=cast.lan, version=row.version)
    actions.answer_finding(finding=finding, note="Đã sửa", by=cast.tu)
    with pytest.raises(actions.WrongState):
        actions.reopen_inspection(inspection=row, reason="Nữa", by=cast.lan)


def test_what_is_withdrawn_asks_nothing_and_comes_back(cast, team_inspection):
    row = looked_at(team_inspection, cast.lan)
    gone = actions.withdraw_inspection(
        inspection=row, reason="Trùng lịch", by=cast.lan, version=row.version
    )
    assert gone.state == "withdrawn"
    assert not Inspection.objects.standing().exists()
    back = actions.restore_inspection(inspection=gone, by=cast.lan)
    assert back.state == "open"


def test_an_item_ends_by_date_and_only_the_province_says_so(cast):
    item = Item.objects.filter(subject="commune").first()
    with pytest.raises(PermissionDenied):
        actions.end_item(item=item, until_on=TODAY, by=cast.minh)
    actions.end_item(item=item, until_on=TODAY + DAY, by=cast.ha)
    assert item in Item.objects.on(TODAY)
    assert item not in Item.objects.on(TODAY + DAY)
    with pytest.raises(actions.BadItem):
        actions.end_item(item=item, until_on=TODAY + DAY, by=cast.ha)


def test_rules_say_whose_turn_it_is_and_how_many_are_met():
    assert rules.turn_of(None, []) == rules.ANSWER
    assert rules.turn_of(None, ["returned", ""]) == rules.JUDGE
    assert rules.turn_of(None, ["returned"]) == rules.ANSWER
    assert rules.turn_of("x", ["confirmed"]) == rules.DONE
    assert rules.share_met(["met", "unmet", "na", "", "met"]) == (2, 3)
