"""Consolidating and dissolving teams: history is kept, the maximum holds every day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.places.models import Setting
from cncd.team.teams import queries
from cncd.team.teams.actions import (
    BadDate,
    BadMembers,
    Dissolved,
    NothingToChange,
    TooManyMembers,
    consolidate_team,
    dissolve_team,
)
from cncd.team.teams.lines import Change, MemberLine, NewPerson
from cncd.team.teams.models import Membership, Team
from cncd.team.teams.tests.rosters import EVE, ON, lines, names, row_of, rules_of
from tests.cast import FORMED, TODAY, person

pytestmark = pytest.mark.usefixtures("today")


def consolidate(cast, decision, on=ON, by=None, team=None, **changes):
    return consolidate_team(
        team=team or cast.team, decision=decision, on=on, by=by or cast.lan, **changes
    )


def test_consolidation_keeps_who_was_a_member_before(cast, decision):
    consolidate(
        cast,
        decision,
        leave=[row_of(cast.nhan).pk],
        change=[Change(row_of(cast.cuong).pk, {"position": "deputy", "hamlet_post": "union"})],
        join=[MemberLine(NewPerson("Thạch Sáu"), union_member=True)],
    )
    assert names(cast.team, EVE) == ["Sơn Văn Tư", "Thạch Thị Nhàn", "Kim Thị Bảy", "Lý Văn Cường"]
    assert names(cast.team, ON) == ["Sơn Văn Tư", "Lý Văn Cường", "Kim Thị Bảy", "Thạch Sáu"]
    cuong = Membership.objects.filter(person=cast.cuong.person).order_by("since_on")
    assert [(row.position, row.since_on, row.until_on) for row in cuong] == [
        ("member", FORMED, ON),
        ("deputy", ON, None),
    ]
    assert cuong[1].document == decision
    entry = Entry.objects.get(event="team.consolidated")
    assert [row["what"] for row in entry.rows] == ["joined", "left", "changed"]
    assert entry.personal_values.get(field="left").after == "Thạch Thị Nhàn"


def test_the_one_who_left_loses_the_team_and_the_one_who_joined_gains_it(cast, decision):
    newcomer = person("Lâm Mới", "moi", home=cast.my_phuoc).user
    assert not Team.objects.visible_to(newcomer).exists()
    consolidate(cast, decision, leave=[row_of(cast.nhan).pk], join=[MemberLine(newcomer.person)])
    assert list(Team.objects.visible_to(newcomer)) == [cast.team]
    assert not Team.objects.visible_to(cast.nhan).exists()


def test_hamlets_change_with_the_team_and_keep_their_days(cast, decision):
    consolidate(cast, decision, places=[cast.my_hoa])
    rows = cast.team.coverages.order_by("since_on").values_list("place", "since_on", "until_on")
    assert list(rows) == [(cast.my_phuoc.pk, FORMED, ON), (cast.my_hoa.pk, ON, None)]
    assert queries.unit_of([cast.team.pk], "hamlet", EVE) == {cast.team.pk: cast.my_phuoc.pk}
    assert queries.unit_of([cast.team.pk], "hamlet", ON) == {cast.team.pk: cast.my_hoa.pk}


def test_a_team_of_an_old_hamlet_is_consolidated_onto_the_new_one(cast, decision):
    from cncd.foundation.places.actions import create_place, succeed_places

    reform = dt.date(2026, 7, 1)
    heir = create_place(
        kind="ap", code="31552.009", name="Mới", parent=cast.nhon_my, since_on=reform, by=cast.ha
    )
    succeed_places(kind="merge", shares=[(cast.my_phuoc, heir, 1)], on=reform, by=cast.ha)
    assert "old_hamlets" in rules_of(cast.team, TODAY)
    consolidate(cast, decision, places=[heir])
    assert "old_hamlets" not in rules_of(cast.team, TODAY)
    assert "old_hamlets" in rules_of(cast.team, EVE)


def test_the_eleventh_member_is_refused_and_one_who_leaves_makes_room(cast, decision):
    consolidate(cast, decision, join=lines(6))
    later = ON + dt.timedelta(days=1)
    with pytest.raises(TooManyMembers):
        consolidate(cast, decision, on=later, join=lines(1))
    consolidate(cast, decision, on=later, join=lines(1), leave=[row_of(cast.bay).pk])
    assert len(names(cast.team, later)) == 10


def test_a_back_dated_eleventh_is_refused_for_a_day_in_the_middle_of_the_span(cast, decision):
    """Members who leave later still count on the days before."""
    consolidate(cast, decision, join=lines(6))
    leaving = dt.date(2026, 11, 10)
    consolidate(cast, decision, on=leaving, leave=[row_of(cast.bay).pk])
    with pytest.raises(TooManyMembers) as refusal:
        consolidate(cast, decision, on=dt.date(2026, 9, 1), join=lines(1))
    assert refusal.value.day == ON


def test_a_team_over_a_lowered_maximum_may_change_but_not_grow(cast, decision):
    Setting.objects.create(key="team.max_members", value=3, since_on=dt.date(2026, 9, 1))
    consolidate(cast, decision, change=[Change(row_of(cast.bay).pk, {"union_member": True})])
    with pytest.raises(TooManyMembers):
        consolidate(cast, decision, on=ON + dt.timedelta(days=1), join=lines(1))
    assert "too_many" in rules_of(cast.team, TODAY)


def test_nobody_joins_twice(cast, decision):
    with pytest.raises(BadMembers, match="Kim Thị Bảy"):
        consolidate(cast, decision, join=[MemberLine(cast.bay)])


def test_a_member_of_another_team_cannot_leave_this_one(cast, decision):
    with pytest.raises(BadMembers):
        consolidate(cast, decision, leave=[row_of(cast.liem).pk])


def test_a_change_before_a_later_change_of_the_same_member_is_refused(cast, decision):
    cuong = row_of(cast.cuong).pk
    consolidate(cast, decision, change=[Change(cuong, {"position": "deputy"})])
    with pytest.raises(BadDate, match="01/11/2026"):
        consolidate(cast, decision, on=dt.date(2026, 9, 1), leave=[cuong])


@pytest.mark.parametrize("day", [dt.date(2025, 5, 31), dt.date(2062, 1, 1)])
def test_a_day_before_the_team_or_far_ahead_is_refused(cast, decision, day):
    with pytest.raises(BadDate):
        consolidate(cast, decision, on=day, leave=[row_of(cast.bay).pk])


def test_a_consolidation_without_any_change_is_refused(cast, decision):
    same = Change(row_of(cast.bay).pk, {"position": "member"})
    with pytest.raises(NothingToChange):
        consolidate(cast, decision, change=[same], places=[cast.my_phuoc])


def test_another_communes_officer_cannot_consolidate_the_team(cast, decision):
    for other in (cast.dung, cast.tu, cast.minh):
        with pytest.raises(PermissionDenied):
            consolidate(cast, decision, by=other, leave=[row_of(cast.bay).pk])


# -- dissolving ----------------------------------------------------------------------------------


def test_a_dissolved_team_ends_with_members_and_hamlets_and_stays_in_sight(cast, decision):
    dissolve_team(team=cast.team, decision=decision, on=ON, by=cast.lan)
    cast.team.refresh_from_db()
    assert (cast.team.until_on, cast.team.last_day) == (ON, EVE)
    assert names(cast.team, EVE) != []
    assert names(cast.team, ON) == []
    assert queries.unit_of([cast.team.pk], "commune", ON) == {}
    assert cast.team in Team.objects.visible_to(cast.lan)
    assert cast.team in Team.objects.visible_to(cast.ha)
    assert cast.team not in Team.objects.visible_to(cast.dung)
    assert Entry.objects.get(event="team.dissolved").before == {"members": 4}


def test_nothing_of_a_dissolved_team_changes_any_more(cast, decision):
    dissolve_team(team=cast.team, decision=decision, on=ON, by=cast.lan)
    with pytest.raises(Dissolved):
        consolidate(cast, decision, on=ON, join=lines(1))
    with pytest.raises(Dissolved):
        dissolve_team(team=cast.team, decision=decision, on=TODAY, by=cast.lan)


def test_a_team_cannot_be_dissolved_before_a_change_already_entered(cast, decision):
    consolidate(cast, decision, join=lines(1))
    with pytest.raises(BadDate, match="01/11/2026"):
        dissolve_team(team=cast.team, decision=decision, on=ON, by=cast.lan)
