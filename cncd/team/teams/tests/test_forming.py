"""Forming teams: what is written, what is refused."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.models import Person
from cncd.foundation.places.models import Setting
from cncd.team.teams import queries
from cncd.team.teams.actions import (
    BadDate,
    BadMembers,
    BadPlaces,
    TooManyMembers,
    form_team,
    form_teams,
)
from cncd.team.teams.lines import MemberLine, NewPerson, TeamPlan
from cncd.team.teams.models import Team
from cncd.team.teams.tests.rosters import EVE, ON, lines, names
from tests.cast import person

pytestmark = pytest.mark.usefixtures("today")


def test_a_team_is_formed_with_its_roster_index_and_one_journal_entry(cast, decision, empty):
    roster = [
        MemberLine(person("Lý Ánh", home=cast.my_hoa), "leader", "head"),
        MemberLine(NewPerson("Thạch Sáu", "m", "0912 345 678"), "deputy", "union"),
    ]
    before = Entry.objects.count()
    team = form_team(
        places=[empty], decision=decision, since_on=ON, members=roster, by=cast.lan, is_pilot=True
    )
    assert team.name == "Tổ CNCĐ ấp Mỹ Lợi"
    assert team.code == "31552.003"
    assert team.is_pilot
    assert names(team, ON) == ["Lý Ánh", "Thạch Sáu"]
    assert names(team, EVE) == []
    assert queries.unit_of([team.pk], "commune", ON) == {team.pk: cast.nhon_my.pk}
    assert Person.objects.get(full_name="Thạch Sáu").contact_phone == "0912345678"
    entry = Entry.objects.get(event="team.formed")
    assert (entry.team_id, entry.place_id, entry.actor_id) == (
        team.pk,
        cast.nhon_my.pk,
        cast.lan.pk,
    )
    assert entry.after["number"] == "15/QĐ-UBND"
    assert entry.personal_values.get(field="joined").after == "Lý Ánh, Thạch Sáu"
    assert Entry.objects.count() == before + 2  # the team, and the new person


def test_two_teams_of_one_hamlet_get_different_codes(cast, decision, empty):
    first, second = (
        form_team(places=[empty], decision=decision, since_on=ON, members=[], by=cast.lan)
        for _time in range(2)
    )
    assert (first.code, second.code) == ("31552.003", "31552.003-2")


def test_a_team_may_cover_several_hamlets_and_is_named_after_them(cast, decision, empty):
    team = form_team(
        places=[empty, cast.my_hoa], decision=decision, since_on=ON, members=[], by=cast.lan
    )
    assert team.name == "Tổ CNCĐ ấp Mỹ Lợi, ấp Mỹ Hòa"
    assert team.level.code == "hamlet"


def test_a_commune_may_have_a_team_of_its_own_level(cast, decision):
    team = form_team(places=[cast.nhon_my], decision=decision, since_on=ON, members=[], by=cast.lan)
    assert team.level.code == "commune"
    assert team.name == "Tổ CNCĐ xã Nhơn Mỹ"
    assert queries.unit_of([team.pk], "hamlet", ON) == {}


def test_hamlets_of_two_communes_cannot_be_one_team(cast, decision, empty):
    with pytest.raises(BadPlaces, match="Xã Xuân Hòa"):
        form_team(
            places=[empty, cast.hoa_loc], decision=decision, since_on=ON, members=[], by=cast.lan
        )


@pytest.mark.parametrize("pick", ["none", "district", "mixed"])
def test_a_team_needs_hamlets_or_a_commune(cast, decision, pick):
    covered = {
        "none": [],
        "district": [cast.ke_sach],
        "mixed": [cast.nhon_my, cast.my_phuoc],
    }[pick]
    with pytest.raises(BadPlaces):
        form_team(places=covered, decision=decision, since_on=ON, members=[], by=cast.lan)


def test_a_hamlet_that_has_ended_cannot_get_a_team(cast, decision, empty):
    empty.versions.update(until_on=ON)
    empty.index.update(until_on=ON)
    with pytest.raises(BadPlaces, match="Mỹ Lợi"):
        form_team(places=[empty], decision=decision, since_on=ON, members=[], by=cast.lan)


def test_ten_members_are_formed_and_eleven_are_refused_with_nothing_written(cast, decision, empty):
    people = Person.objects.count()
    with pytest.raises(TooManyMembers) as refusal:
        form_team(places=[empty], decision=decision, since_on=ON, members=lines(11), by=cast.lan)
    assert (refusal.value.count, refusal.value.maximum, refusal.value.day) == (11, 10, ON)
    assert Person.objects.count() == people
    assert not Team.objects.filter(coverages__place=empty).exists()
    team = form_team(places=[empty], decision=decision, since_on=ON, members=lines(10), by=cast.lan)
    assert team.memberships.count() == 10


def test_a_lower_maximum_that_begins_later_is_seen_when_a_team_is_formed(cast, decision, empty):
    Setting.objects.create(
        key="team.max_members", place=cast.ke_sach, value=7, since_on=dt.date(2027, 1, 1)
    )
    with pytest.raises(TooManyMembers) as refusal:
        form_team(places=[empty], decision=decision, since_on=ON, members=lines(8), by=cast.lan)
    assert refusal.value.day == dt.date(2027, 1, 1)


def test_nobody_is_listed_twice(cast, decision, empty):
    twice = [MemberLine(cast.bay), MemberLine(cast.bay, "leader")]
    with pytest.raises(BadMembers, match="Kim Thị Bảy"):
        form_team(places=[empty], decision=decision, since_on=ON, members=twice, by=cast.lan)


def test_only_officers_of_the_commune_form_its_teams(cast, decision, empty):
    for other in (cast.dung, cast.minh, cast.tu, cast.outsider, cast.xem):
        with pytest.raises(PermissionDenied):
            form_team(places=[empty], decision=decision, since_on=ON, members=[], by=other)
    form_team(places=[empty], decision=decision, since_on=ON, members=[], by=cast.hung)


def test_people_out_of_the_officers_reach_cannot_be_made_members(cast, decision, empty):
    with pytest.raises(PermissionDenied):
        form_team(
            places=[empty],
            decision=decision,
            since_on=ON,
            members=[MemberLine(cast.sa.person)],
            by=cast.lan,
        )


def test_a_day_far_ahead_is_refused(cast, decision, empty):
    with pytest.raises(BadDate):
        form_team(
            places=[empty],
            decision=decision,
            since_on=dt.date(2062, 11, 1),
            members=[],
            by=cast.lan,
        )


def test_one_decision_forms_several_teams_with_one_journal_entry(cast, decision, empty):
    plans = [TeamPlan([empty], lines(2)), TeamPlan([cast.my_hoa], lines(3), name="Tổ  số 2 ")]
    teams = form_teams(plans=plans, decision=decision, since_on=ON, by=cast.lan)
    assert [team.name for team in teams] == ["Tổ CNCĐ ấp Mỹ Lợi", "Tổ số 2"]
    assert [team.memberships.count() for team in teams] == [2, 3]
    entry = Entry.objects.get(event="teams.formed")
    assert [row["team"] for row in entry.rows] == [team.pk for team in teams]
    assert not Entry.objects.filter(event="team.formed").exists()


def test_one_bad_plan_forms_no_team_at_all(cast, decision, empty):
    count = Team.objects.count()
    plans = [TeamPlan([empty], lines(2)), TeamPlan([cast.my_hoa], lines(11))]
    with pytest.raises(TooManyMembers):
        form_teams(plans=plans, decision=decision, since_on=ON, by=cast.lan)
    assert Team.objects.count() == count
