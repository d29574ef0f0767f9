"""Directives are written, issued, acknowledged, answered, eased and ended."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.work.directives import actions
from cncd.work.directives.actions import To, Wanted
from cncd.work.directives.models import Answer, Ask, Directive, Obligation
from cncd.work.directives.tests.conftest import DUE, of
from tests.cast import TODAY

pytestmark = pytest.mark.django_db
Status = Obligation.Status


def test_each_commune_below_the_district_owes_it(cast, given):
    directive = given(by=cast.minh)
    owed = directive.obligations.values_list("place", "due_on", "status")
    assert set(owed) == {(cast.nhon_my.pk, DUE, "given"), (cast.xuan_hoa.pk, DUE, "given")}


def test_with_teams_each_team_owes_it_below_its_commune(cast, given):
    directive = given(by=cast.minh, of_teams=True)
    assert directive.obligations.count() == 4  # Xuân Hòa has no team
    assert of(directive, cast.team).above == of(directive, cast.nhon_my)
    assert of(directive, cast.nhon_my).needed == 2


def test_units_agencies_and_teams_may_be_named(cast, given):
    audience = Directive.Audience
    named = given(to=To(audience.UNITS, units=(cast.xuan_hoa,)), by=cast.minh)
    assert [row.place for row in named.obligations.all()] == [cast.xuan_hoa]
    teams = given(place=cast.nhon_my, to=To(audience.TEAMS), by=cast.lan)
    assert {row.team for row in teams.obligations.all()} == {cast.team, cast.team_my_hoa}
    branch = given(to=To(audience.BRANCH, branch=cast.ubnd_nhon_my.branch), by=cast.minh)
    assert [row.agency for row in branch.obligations.all()] == [cast.ubnd_nhon_my]


def test_one_gives_only_for_ones_own_place_and_to_what_stands_below(cast, given):
    with pytest.raises(PermissionDenied):
        given(by=cast.lan)  # the district's
    with pytest.raises(PermissionDenied):
        given(place=cast.nhon_my, by=cast.minh)  # the commune's, from above it
    with pytest.raises(actions.OutOfReach):
        given(to=To(Directive.Audience.UNITS, units=(cast.tt_tran_de,)), by=cast.minh)


def test_what_could_never_be_shown_is_not_asked(cast, given):
    for wrong in (
        {"evidence": Ask.Evidence.ACTIVITIES},
        {"evidence": Ask.Evidence.REPORT},
        {"evidence": Ask.Evidence.ACTIVITIES, "amount": 3, "measure": Ask.Measure.COUNT},
    ):
        with pytest.raises(actions.Incomplete):
            given(by=cast.minh, **wrong)
    with pytest.raises(actions.DuePassed):
        given(by=cast.minh, due_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(actions.NobodyAsked):
        given(to=To(Directive.Audience.UNITS), by=cast.minh)
    empty = given(by=cast.minh, draft=True)
    actions.remove_ask(ask=empty.asks.get(), by=cast.minh)
    with pytest.raises(actions.NothingAsked):
        actions.issue_directive(directive=empty, by=cast.minh)


def test_what_was_issued_is_not_rewritten(cast, given):
    directive = given(by=cast.minh)
    wanted = Wanted("Khác", DUE, Ask.Evidence.ANSWER)
    with pytest.raises(actions.NotADraft):
        actions.change_ask(ask=directive.asks.get(), wanted=wanted, by=cast.minh)
    with pytest.raises(actions.NotADraft):
        actions.issue_directive(directive=directive, by=cast.minh)


def test_two_who_write_the_same_draft_are_told(cast, given):
    draft = given(by=cast.minh, draft=True)
    actions.add_ask(directive=draft, wanted=Wanted("Hai", DUE, "answer"), by=cast.phuc)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.issue_directive(directive=draft, edition=draft.edition, by=cast.minh)


def test_acknowledging_twice_keeps_the_first(cast, given, clock):
    row = of(given(by=cast.minh), cast.nhon_my)
    assert actions.acknowledge(obligations=[row], by=cast.lan) == [row]
    clock.shift(3600)
    assert actions.acknowledge(obligations=[row], by=cast.hung) == []
    row.refresh_from_db()
    assert (row.status, row.acknowledged_by) == (Status.ACKNOWLEDGED, cast.lan)
    assert Entry.objects.filter(event="obligation.acknowledged").count() == 1


def test_only_who_is_asked_acknowledges_and_answers(cast, given):
    row = of(given(by=cast.minh), cast.nhon_my)
    for other in (cast.dung, cast.minh, cast.ha, cast.tu):
        with pytest.raises(PermissionDenied):
            actions.acknowledge(obligations=[row], by=other)
        with pytest.raises(PermissionDenied):
            actions.send_answer(obligation=row, text="Xong", by=other)


def test_an_answer_counts_once_it_is_accepted_on_the_day_it_was_made(cast, given, clock):
    row = of(given(by=cast.minh), cast.nhon_my)
    answer = actions.send_answer(obligation=row, text="Đã rà soát 12 hộ", by=cast.lan)
    row.refresh_from_db()
    assert (row.status, row.done_on) == (Status.WAITING, None)
    clock.move_to(dt.datetime(2026, 12, 5, 9, tzinfo=dt.UTC))  # checked after the due day
    actions.accept_answer(answer=answer, by=cast.minh)
    row.refresh_from_db()
    assert (row.status, row.done_on, row.is_late) == (Status.DONE, TODAY, False)


def test_a_returned_answer_is_sent_again_and_is_late_by_its_own_day(cast, given, clock):
    row = of(given(by=cast.minh), cast.nhon_my)
    first = actions.send_answer(obligation=row, text="Chưa đủ", by=cast.lan)
    with pytest.raises(actions.ReasonMissing):
        actions.return_answer(answer=first, note=" ", by=cast.minh)
    actions.return_answer(answer=first, note="Thiếu danh sách", by=cast.minh)
    row.refresh_from_db()
    assert row.status == Status.WORKING
    clock.move_to(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC))
    again = actions.send_answer(obligation=row, text="Đủ rồi", by=cast.lan)
    actions.accept_answer(answer=again, by=cast.minh)
    row.refresh_from_db()
    assert (row.done_on, row.is_late) == (dt.date(2026, 12, 1), True)


def test_taking_an_accepted_answer_back_opens_it_again(cast, given):
    row = of(given(by=cast.minh), cast.nhon_my)
    answer = actions.send_answer(obligation=row, text="Xong", by=cast.lan)
    actions.accept_answer(answer=answer, by=cast.minh)
    with pytest.raises(actions.ReasonMissing):
        actions.withdraw_answer(answer=answer, by=cast.lan)
    actions.withdraw_answer(answer=answer, reason="Nhầm tệp", by=cast.lan)
    row.refresh_from_db()
    assert (row.status, row.done_on) == (Status.ACKNOWLEDGED, None)


def test_a_second_answer_waits_for_the_first(cast, given):
    row = of(given(by=cast.minh), cast.nhon_my)
    answer = actions.send_answer(obligation=row, text="Một", by=cast.lan)
    with pytest.raises(actions.AnswerWaits):
        actions.send_answer(obligation=row, text="Hai", by=cast.hung)
    actions.accept_answer(answer=answer, by=cast.minh)
    with pytest.raises(actions.AlreadyChecked):
        actions.accept_answer(answer=answer, by=cast.phuc)
    assert Answer.objects.count() == 1


def test_a_file_is_asked_for_where_it_is_required(cast, given):
    row = of(given(by=cast.minh, needs_file=True), cast.nhon_my)
    with pytest.raises(actions.FileMissing):
        actions.send_answer(obligation=row, text="Xong", by=cast.lan)


def test_a_teams_answer_is_checked_by_its_commune_too(cast, given):
    row = of(given(by=cast.minh, of_teams=True), cast.team)
    answer = actions.send_answer(obligation=row, text="Đã làm", by=cast.tu)
    with pytest.raises(PermissionDenied):
        actions.accept_answer(answer=answer, by=cast.dung)
    actions.accept_answer(answer=answer, by=cast.lan)
    assert of(row.directive, cast.team).status == Status.DONE
    assert of(row.directive, cast.nhon_my).progress == 1


def test_extending_a_commune_extends_its_teams(cast, given):
    directive = given(by=cast.minh, of_teams=True)
    row, later = of(directive, cast.nhon_my), DUE + dt.timedelta(days=10)
    with pytest.raises(PermissionDenied):
        actions.extend(obligations=[row], due_on=later, reason="Mưa bão", by=cast.lan)
    with pytest.raises(actions.NotLater):
        actions.extend(obligations=[row], due_on=DUE, reason="Mưa bão", by=cast.minh)
    actions.extend(obligations=[row], due_on=later, reason="Mưa bão", by=cast.minh)
    assert of(directive, cast.team).due_on == of(directive, cast.nhon_my).due_on == later
    assert of(directive, cast.xuan_hoa).due_on == DUE
    assert of(directive, cast.team).extensions.get().reason == "Mưa bão"


def test_several_are_exempt_at_once_and_asked_again(cast, given):
    directive = given(by=cast.minh)
    rows = list(directive.obligations.all())
    actions.exempt(obligations=rows, reason="Không có hộ nào", by=cast.minh)
    assert {row.status for row in directive.obligations.all()} == {Status.EXEMPT}
    with pytest.raises(actions.NotOpen):
        actions.send_answer(obligation=rows[0], text="Xong", by=cast.lan)
    actions.lift_exemption(obligations=rows, by=cast.minh)
    assert {row.status for row in directive.obligations.all()} == {Status.GIVEN}
    assert Entry.objects.filter(event="obligation.exempted").count() == 1


def test_an_exempt_team_no_longer_holds_its_commune_back(cast, given):
    directive = given(by=cast.minh, of_teams=True)
    answer = actions.send_answer(obligation=of(directive, cast.team), text="Xong", by=cast.tu)
    actions.accept_answer(answer=answer, by=cast.minh)
    assert of(directive, cast.nhon_my).status == Status.WORKING
    other = of(directive, cast.team_my_hoa)
    actions.exempt(obligations=[other], reason="Ấp ngập", by=cast.minh)
    assert of(directive, cast.nhon_my).status == Status.DONE


def test_what_was_withdrawn_is_owed_by_nobody_until_it_comes_back(cast, given):
    directive = given(by=cast.minh)
    row = of(directive, cast.nhon_my)
    actions.withdraw_directive(directive=directive, reason="Ban hành nhầm", by=cast.minh)
    assert not Obligation.objects.standing().exists()
    with pytest.raises(actions.NotOpen):
        actions.send_answer(obligation=row, text="Xong", by=cast.lan)
    actions.reopen_directive(directive=directive, by=cast.minh)
    assert Obligation.objects.open().count() == 2


def test_closing_needs_a_reason_and_ends_the_asking(cast, given):
    directive = given(by=cast.minh)
    with pytest.raises(actions.ReasonMissing):
        actions.close_directive(directive=directive, reason="", by=cast.minh)
    actions.close_directive(directive=directive, reason="Hết thời gian", by=cast.minh)
    assert not Obligation.objects.open().exists()
    assert Obligation.objects.standing().count() == 2
