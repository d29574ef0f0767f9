"""Correcting what was mistyped, and reasons beside findings."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.team.teams.actions import (
    BadDate,
    BadMembers,
    ReasonMissing,
    TeamError,
    correct_membership,
    correct_team,
    note_finding,
    remove_membership,
    seed_components,
)
from cncd.team.teams.models import Component, FindingNote
from cncd.team.teams.tests.rosters import names, row_of, rules_of
from tests.cast import FORMED, TODAY, person

pytestmark = pytest.mark.usefixtures("today")


def test_a_typing_error_is_overwritten_with_a_reason_and_both_sides_kept(cast):
    row = correct_membership(
        membership=row_of(cast.bay), by=cast.lan, reason="gõ nhầm", tie="works", person=cast.bay
    )
    assert (row.tie, row.version) == ("works", 2)
    entry = Entry.objects.get(event="membership.corrected")
    assert (entry.before["tie"], entry.after["tie"]) == ("lives", "works")
    assert entry.reason == "gõ nhầm"


def test_the_wrong_person_can_be_replaced_but_not_by_somebody_in_the_team(cast):
    other = person("Kim Thị Báy", home=cast.my_phuoc)
    correct_membership(membership=row_of(cast.bay), by=cast.lan, reason="nhầm tên", person=other)
    assert row_of(other).team == cast.team
    with pytest.raises(BadMembers):
        correct_membership(
            membership=row_of(other), by=cast.lan, reason="nhầm", person=cast.tu.person
        )


def test_a_correction_asks_for_a_reason_and_the_right_officer(cast):
    with pytest.raises(ReasonMissing):
        correct_membership(membership=row_of(cast.bay), by=cast.lan, reason=" ", tie="works")
    with pytest.raises(PermissionDenied):
        correct_membership(membership=row_of(cast.bay), by=cast.dung, reason="x", tie="works")


def test_a_corrected_first_day_stays_within_the_team(cast):
    early = FORMED - dt.timedelta(days=1)
    with pytest.raises(BadDate):
        correct_membership(membership=row_of(cast.bay), by=cast.lan, reason="x", since_on=early)


def test_a_line_entered_by_mistake_is_taken_out_and_told_in_the_journal(cast):
    remove_membership(membership=row_of(cast.bay), by=cast.lan, reason="nhập nhầm tổ")
    assert "Kim Thị Bảy" not in names(cast.team, TODAY)
    entry = Entry.objects.get(event="membership.removed")
    assert entry.personal_values.get(field="person").before == "Kim Thị Bảy"


def test_the_name_and_the_pilot_mark_of_a_team_change(cast):
    correct_team(team=cast.team, by=cast.lan, name="Tổ chuyển đổi số ấp Mỹ Phước", is_pilot=True)
    cast.team.refresh_from_db()
    assert cast.team.is_pilot
    assert Entry.objects.get(event="team.corrected").before["name"] == "Tổ CNCĐ ấp Mỹ Phước"


# -- findings ------------------------------------------------------------------------------------


def test_a_reason_stands_beside_a_finding_and_a_later_one_replaces_it(cast):
    for reason in ("ấp chưa có Bí thư Đoàn", "đang kiện toàn chi đoàn"):
        note_finding(team=cast.team_my_hoa, rule="no_deputy", reason=reason, by=cast.lan)
    note = FindingNote.objects.get()
    assert (note.reason, note.by) == ("đang kiện toàn chi đoàn", cast.lan)
    assert "no_deputy" in rules_of(cast.team_my_hoa, TODAY)
    assert Entry.objects.filter(event="team.finding_noted").count() == 2


def test_a_note_needs_words_a_known_rule_and_the_right_officer(cast):
    with pytest.raises(ReasonMissing):
        note_finding(team=cast.team, rule="no_deputy", reason="  ", by=cast.lan)
    with pytest.raises(TeamError):
        note_finding(team=cast.team, rule="nonsense", reason="x", by=cast.lan)
    with pytest.raises(PermissionDenied):
        note_finding(team=cast.team, rule="no_deputy", reason="x", by=cast.tu)


def test_the_components_of_the_plan_are_entered_once(cast):
    before = Component.objects.count()
    added = seed_components()
    assert added > 5
    assert Component.objects.count() == before + added
    assert seed_components() == 0
    assert Entry.objects.filter(event="components.seeded").count() == 1
