"""Promises are made by partners, within reach, changed as seen, withdrawn and brought back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.work.partners import actions
from cncd.work.partners.models import Pledge
from cncd.work.partners.tests.conftest import SINCE, UNTIL


def events() -> list[str]:
    return list(Entry.objects.filter(event__startswith="pledge").values_list("event", flat=True))


def test_a_promise_is_recorded_with_one_entry(help_, pledged):
    made = pledged(note="  theo   kế hoạch ")
    assert (made.amount, made.note, made.recorded_by) == (10, "theo kế hoạch", help_.lan)
    [entry] = Entry.objects.filter(event="pledge.made")
    assert entry.place_id == help_.nhon_my.pk
    assert entry.after["agency"] == "Doanh nghiệp Sóng Xanh"
    assert entry.after["until_on"] == "2027-01-01"


def test_only_enterprises_and_unions_promise(help_, pledged):
    with pytest.raises(actions.NotAPartner):
        pledged(agency=help_.ubnd_nhon_my)
    assert pledged(agency=help_.union).agency == help_.union


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"amount": 0}, actions.NothingPromised),
        ({"until_on": SINCE}, actions.EndsBeforeItBegins),
    ],
)
def test_a_promise_of_nothing_or_of_no_day_is_refused(pledged, said, refusal):
    with pytest.raises(refusal):
        pledged(**said)
    assert events() == []


def test_the_same_promise_for_the_same_days_is_refused_other_days_kinds_units_are_not(
    help_, pledged
):
    first = pledged()
    with pytest.raises(actions.AlreadyPledged) as refusal:
        pledged(since_on=dt.date(2026, 12, 31), until_on=dt.date(2027, 6, 1))
    assert refusal.value.known == first
    pledged(since_on=UNTIL, until_on=dt.date(2027, 6, 1))
    pledged(kind="listings")
    pledged(agency=help_.other_firm)
    pledged(place=help_.xuan_hoa, by=help_.dung)
    assert Pledge.objects.count() == 5


def test_who_has_no_right_at_the_place_records_nothing(help_, pledged):
    for by in (help_.dung, help_.viettel, help_.tu, help_.hung):
        with pytest.raises(PermissionDenied):
            pledged(by=by)
    assert pledged(by=help_.minh).recorded_by == help_.minh


def test_a_change_is_told_and_a_change_of_what_one_did_not_see_is_refused(help_, pledged):
    made = pledged()
    actions.change_pledge(pledge=made, by=help_.lan, version=1, amount=12)
    entry = Entry.objects.get(event="pledge.changed")
    assert (entry.before, entry.after) == ({"amount": 10}, {"amount": 12})
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_pledge(pledge=made, by=help_.lan, version=1, amount=15)
    actions.change_pledge(pledge=made, by=help_.lan, version=2, amount=12)  # nothing differs
    assert events().count("pledge.changed") == 1
    with pytest.raises(PermissionDenied):
        actions.change_pledge(pledge=made, by=help_.dung, version=2, amount=1)


def test_a_changed_promise_may_not_run_into_another(help_, pledged):
    pledged(since_on=UNTIL, until_on=dt.date(2027, 6, 1))
    made = pledged()
    with pytest.raises(actions.AlreadyPledged):
        actions.change_pledge(pledge=made, by=help_.lan, version=1, until_on=dt.date(2027, 1, 2))


def test_a_withdrawn_promise_comes_back_unless_another_took_its_place(help_, pledged):
    made = pledged()
    actions.withdraw_pledge(pledge=made, reason="Ghi nhầm", by=help_.lan, version=1)
    assert not Pledge.objects.standing().exists()
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_pledge(pledge=made, by=help_.lan, version=2, amount=3)
    actions.restore_pledge(pledge=made, by=help_.lan)
    actions.restore_pledge(pledge=made, by=help_.lan)
    assert Pledge.objects.standing().get().withdrawn_reason == ""
    assert events().count("pledge.restored") == 1
    actions.withdraw_pledge(pledge=made, reason="Ghi nhầm", by=help_.lan, version=3)
    pledged()
    with pytest.raises(actions.AlreadyPledged):
        actions.restore_pledge(pledge=made, by=help_.lan)
