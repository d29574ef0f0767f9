"""From a proposal to the register: who may, what is refused, what is kept, what is undone."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.duties import duties_of
from cncd.results.rewards import actions, news
from cncd.results.rewards.actions import Named, NotNow
from cncd.results.rewards.models import Commendation, Form, Proposal
from cncd.results.rewards.queries import own_commendations, proposal_of
from cncd.results.rewards.tests.conftest import decision
from tests.cast import person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)


def texts(user):
    return [duty.text for duty in duties_of(user, NOW)]


def test_a_commune_proposes_the_district_decides_and_the_register_holds_it(r, c):
    r.log(5, month=10)
    proposal = r.propose([*r.named(), *r.named(c.cuong.person)])
    assert Proposal.objects.visible_to(c.phuc).get() == proposal
    assert any("Khen thưởng quý IV" in text for text in texts(c.phuc))
    told = [(each.user, each.title) for each in news.proposed(Entry.objects.latest("pk"))]
    assert [user for user, _title in told] == [c.phuc]

    decided = r.decide(proposal)
    assert not any(duty.key.startswith("reward proposal") for duty in duties_of(c.phuc, NOW))
    assert any(duty.key.startswith("reward decision") for duty in duties_of(c.minh, NOW))
    assert not Commendation.objects.exists()  # nothing counts before the number
    made = actions.issue_decision(proposal=decided, document=decision(c.ke_sach), by=c.minh)
    assert {(row.team, row.person, row.place) for row in made} == {
        (c.team, None, c.ke_sach), (c.team, c.cuong.person, c.ke_sach),
    }  # fmt: skip
    assert {each.user for each in news.given(Entry.objects.latest("pk"))} == {
        c.tu, c.nhan, c.cuong,
    }  # fmt: skip
    parts = own_commendations(c.cuong.person)
    assert [part.rows[0][0] for part in parts] == ["Giấy khen", "Khen thưởng quý IV"]
    assert own_commendations(c.bay) == []


def test_what_was_sent_keeps_the_evidence_of_that_day(r, c):
    r.log(5, month=10, people=24)
    proposal = r.propose([*r.named(), *r.named(c.cuong.person)], send=False)
    before = proposal_of(proposal)
    assert before.teams[0].facts
    assert not proposal.candidates.first().basis
    sent = actions.send_proposal(proposal=proposal, version=proposal.version, by=c.lan)
    kept = proposal_of(sent)
    r.log(6, month=10, people=500, kind="su-kien")
    assert proposal_of(sent).nominees == kept.nominees
    assert kept.members[0].position == "Tổ viên"
    assert all(fact.room and fact.key for each in kept.nominees for fact in each.facts)


def test_a_refusal_says_why_and_may_be_decided_anew_until_there_is_a_number(r, c):
    proposal = r.propose()
    with pytest.raises(ValidationError):
        r.decide(proposal, "refused")
    proposal = r.decide(proposal, "refused", "Chưa đủ thời gian")
    with pytest.raises(NotNow):
        actions.issue_decision(proposal=proposal, document=decision(c.ke_sach), by=c.phuc)
    proposal.version -= 1
    with pytest.raises(actions.ChangedMeanwhile):
        r.decide(proposal)
    proposal.refresh_from_db()
    proposal = r.decide(proposal)
    actions.issue_decision(proposal=proposal, document=decision(c.ke_sach), by=c.phuc)
    proposal.refresh_from_db()
    with pytest.raises(NotNow):
        r.decide(proposal, "refused", "Nhầm")
    with pytest.raises(NotNow):
        actions.withdraw_proposal(proposal=proposal, reason="Nhầm", by=c.lan)


def test_only_the_leader_of_the_unit_asked_decides(r, c):
    proposal = r.propose()
    for user in (c.lan, c.hung, c.minh, c.binh, c.outsider, c.tu):
        with pytest.raises(PermissionDenied):
            r.decide(proposal, by=user)
    own = r.propose(decider=c.nhon_my)
    assert r.decide(own, by=c.hung).candidates.get().verdict == "granted"


def test_what_a_proposal_may_not_say_is_refused(r, c):
    stranger = person("Người Ngoài")
    only_people = Form.objects.create(
        code="x", name="Chỉ cá nhân", for_teams=False, since_on=dt.date(2022, 1, 1)
    )
    for named, place, by, decider in (
        (r.named(stranger), c.nhon_my, c.lan, c.ke_sach),  # no member
        (r.named(team=c.team_dau_giong), c.nhon_my, c.lan, c.ke_sach),  # not its team
        (r.named(reason=" "), c.nhon_my, c.lan, c.ke_sach),
        ([Named(c.team, only_people, "Tốt")], c.nhon_my, c.lan, c.ke_sach),
        (r.named(), c.nhon_my, c.lan, c.tran_de),  # not above it
        ([], c.nhon_my, c.lan, c.ke_sach),  # nobody
    ):
        with pytest.raises(ValidationError):
            r.propose(named, place=place, by=by, decider=decider)
    with pytest.raises(PermissionDenied):
        r.propose(by=c.dung)


def test_a_draft_is_seen_by_its_unit_alone_and_taken_back_with_a_reason(r, c):
    draft = r.propose(send=False)
    seeing = [name for name in ("lan", "hung", "phuc", "ha", "tu", "dung", "outsider")
              if Proposal.objects.visible_to(getattr(c, name)).exists()]  # fmt: skip
    assert seeing == ["lan", "hung"]
    sent = actions.send_proposal(proposal=draft, version=draft.version, by=c.lan)
    seeing = [name for name in ("lan", "phuc", "ha", "tu", "dung", "outsider")
              if Proposal.objects.visible_to(getattr(c, name)).exists()]  # fmt: skip
    assert seeing == ["lan", "phuc", "ha"]
    with pytest.raises(ValidationError):
        actions.withdraw_proposal(proposal=sent, reason="", by=c.lan)
    gone = actions.withdraw_proposal(proposal=sent, reason="Chờ cuối năm", by=c.lan)
    assert texts(c.phuc) == []
    with pytest.raises(NotNow):
        r.decide(gone)
    back = actions.restore_proposal(proposal=gone, by=c.lan)
    assert r.decide(back).candidates.get().verdict == "granted"


def test_nobody_stands_twice_in_one_decision(r, c):
    r.give()
    with pytest.raises(actions.AlreadyGiven):
        r.give()
    r.give(*r.named(c.tu.person, c.nhan.person))
    with pytest.raises(actions.AlreadyGiven):
        r.give(*r.named(c.tu.person))
    first = Commendation.objects.get(person=None)
    gone = actions.withdraw_commendation(commendation=first, reason="Ghi nhầm", by=c.phuc)
    r.give()
    with pytest.raises(actions.AlreadyGiven):
        actions.restore_commendation(commendation=gone, by=c.phuc)


def test_a_decision_to_come_or_of_another_unit_is_refused(r, c):
    for place, day in ((c.ke_sach, dt.date(2026, 12, 1)), (c.tran_de, dt.date(2026, 11, 1))):
        with pytest.raises(ValidationError):
            actions.record_commendations(
                place=c.ke_sach, document=decision(place, "9/QĐ", day), named=r.named(), by=c.phuc
            )


def test_names_stay_out_of_the_journal(r, c):
    r.give(*r.named(c.bay))
    proposal = r.propose(r.named(c.bay))
    actions.withdraw_commendation(commendation=Commendation.objects.get(), reason="Nhầm", by=c.phuc)
    for entry in Entry.objects.all():
        assert "Kim Thị Bảy" not in f"{entry.subject_name} {entry.after} {entry.reason}"
    assert proposal.candidates.get().person == c.bay
