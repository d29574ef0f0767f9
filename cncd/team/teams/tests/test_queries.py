"""What the room counts, finds and tells, and how many queries that takes."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.documents.models import Document
from cncd.foundation.people.models import Person, User
from cncd.foundation.people.queries import ties
from cncd.foundation.places.models import Setting
from cncd.team.teams import queries
from cncd.team.teams.actions import consolidate_team, correct_membership, dissolve_team, form_team
from cncd.team.teams.lines import Change, MemberLine, NewPerson
from cncd.team.teams.models import Component, Team
from tests.cast import FORMED, TODAY, person, place

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def counter(counts, **filters):
    return SimpleNamespace(pk=f"{counts}{filters}", counts=counts, filters=filters)


def value(team, counter, day=LAST):
    found = queries.counted([team], day.replace(day=1), day, [counter])
    return found[team.pk][counter.pk].value


# -- counting ------------------------------------------------------------------------------------


def test_members_are_counted_as_of_the_last_day_with_filters(cast, decision):
    teacher = Component.objects.get(code="teacher")
    rows = cast.team.memberships
    rows.filter(person=cast.bay).update(component=teacher, union_member=True)
    Person.objects.filter(pk__in=[cast.bay.pk, cast.nhan.person_id]).update(gender="f")
    assert value(cast.team, counter("members")) == 4
    assert value(cast.team, counter("members", component=["teacher"])) == 1
    assert value(cast.team, counter("members", component="teacher", gender="f")) == 1
    assert value(cast.team, counter("members", gender=["f"])) == 2
    assert value(cast.team, counter("members", union=True)) == 1
    assert value(cast.team, counter("members", union=["yes"])) == 1
    assert value(cast.team, counter("members", union="no")) == 3
    assert value(cast.team, counter("members", position=["leader", "deputy"])) == 2
    consolidate_team(
        team=cast.team, decision=decision, on=LAST, by=cast.lan, leave=[rows.first().pk]
    )
    assert value(cast.team, counter("members")) == 3
    assert value(cast.team, counter("members"), dt.date(2026, 10, 31)) == 4


def test_records_name_the_memberships_counted_and_their_version(cast):
    row = cast.team.memberships.get(person=cast.bay)
    correct_membership(membership=row, by=cast.lan, reason="nhầm", union_member=True)
    union = counter("members", union=True)
    found = queries.counted([cast.team], FIRST, LAST, [union])[cast.team.pk][union.pk]
    assert found.records == [("memberships", row.pk, 2)]


def test_a_team_counts_itself_while_its_decision_is_in_force(cast, decision):
    itself = counter("self")
    assert value(cast.team, itself) == 1
    assert value(cast.team, itself, FORMED - dt.timedelta(days=1)) == 0
    dissolve_team(team=cast.team, decision=decision, on=LAST, by=cast.lan)
    assert value(cast.team, itself) == 0
    assert value(cast.team, counter("members")) == 0
    assert value(cast.team, itself, dt.date(2026, 10, 31)) == 1


def test_completeness_is_one_or_zero(cast):
    assert value(cast.team, counter("complete")) == 1
    assert value(cast.team_my_hoa, counter("complete")) == 0


def test_an_unknown_word_is_refused(cast):
    with pytest.raises(KeyError):
        value(cast.team, counter("elephants"))
    with pytest.raises(KeyError):
        value(cast.team, counter("members", shoe_size=43))


def test_hamlets_of_a_commune_are_counted_and_those_with_a_team(cast, empty):
    hamlets, covered, itself = counter("hamlets"), counter("hamlets_with_team"), counter("self")
    asked = [hamlets, covered, itself]
    found = queries.counted_places([cast.nhon_my, cast.bac_lieu], FIRST, LAST, asked)
    assert found[cast.nhon_my.pk][itself.pk].value == 1
    assert found[cast.nhon_my.pk][hamlets.pk].value == 3
    assert found[cast.nhon_my.pk][covered.pk].value == 2
    assert found[cast.bac_lieu.pk][hamlets.pk][:2] == (0, [])
    assert ("places", cast.my_phuoc.pk, 1) in found[cast.nhon_my.pk][covered.pk].records


# -- coverage ------------------------------------------------------------------------------------


def test_coverage_adds_up_from_commune_to_province(cast, empty):
    rows = queries.reaches([cast.soc_trang, cast.ke_sach, cast.nhon_my, cast.bac_lieu], LAST)
    figures = [(r.hamlets, r.covered, r.uncovered, r.teams, r.members) for r in rows]
    assert figures == [(5, 3, 2, 3, 6), (4, 2, 2, 2, 5), (3, 2, 1, 2, 5), (0, 0, 0, 0, 0)]
    assert rows[2].share == pytest.approx(2 / 3)
    assert (rows[3].share, rows[3].union_share) == (None, None)


def test_hamlets_without_a_team_name_the_team_of_the_old_hamlet(cast):
    from cncd.foundation.places.actions import create_place, succeed_places

    reform = dt.date(2026, 7, 1)
    heir = create_place(
        kind="ap", code="31552.009", name="Mới", parent=cast.nhon_my, since_on=reform, by=cast.ha
    )
    succeed_places(
        kind="merge",
        shares=[(cast.my_phuoc, heir, 1), (cast.my_hoa, heir, 1)],
        on=reform,
        by=cast.ha,
    )
    before = queries.hamlets_without_team([cast.nhon_my.pk], reform - dt.timedelta(days=1))
    assert before == []
    [line] = queries.hamlets_without_team([cast.nhon_my.pk], LAST)
    assert line.place == heir.pk
    assert line.commune_name == "Xã Nhơn Mỹ"
    assert {pk for pk, _name in line.old_teams} == {cast.team.pk, cast.team_my_hoa.pk}
    covered = counter("hamlets_with_team")
    found = queries.counted_places([cast.nhon_my], FIRST, LAST, [covered])
    assert found[cast.nhon_my.pk][covered.pk].value == 0


# -- findings ------------------------------------------------------------------------------------


def rules_of(team, day=LAST):
    return [finding.rule for finding in queries.findings_of([team], day).get(team.pk, [])]


def test_findings_see_accounts_other_teams_and_shared_hamlets(cast, decision, empty):
    assert rules_of(cast.team) == ["no_component"]
    User.objects.filter(person__memberships__team=cast.team).update(is_active=False)
    assert "no_account" in rules_of(cast.team)
    form_team(
        places=[cast.my_hoa],
        decision=decision,
        since_on=FIRST,
        members=[MemberLine(cast.bay, "leader", "head")],
        by=cast.lan,
    )
    assert "two_teams" in rules_of(cast.team)
    assert "two_teams" not in rules_of(cast.team, dt.date(2026, 10, 31))
    assert "shared_hamlet" in rules_of(cast.team_my_hoa)


def test_a_team_in_force_before_its_decision_was_issued_is_found(cast, decision, empty):
    team = form_team(
        places=[empty], decision=decision, since_on=dt.date(2026, 10, 1), members=[], by=cast.lan
    )
    assert "early_effect" in rules_of(team)


def test_the_maximum_of_the_nearest_place_above_holds(cast):
    Setting.objects.create(key="team.max_members", place=cast.soc_trang, value=2, since_on=FIRST)
    assert "too_many" in rules_of(cast.team)
    Setting.objects.create(key="team.max_members", place=cast.nhon_my, value=4, since_on=FIRST)
    assert "too_many" not in rules_of(cast.team)
    assert "too_many" not in rules_of(cast.team, dt.date(2026, 10, 31))


def test_a_team_that_is_dissolved_has_no_findings(cast, decision):
    dissolve_team(team=cast.team_my_hoa, decision=decision, on=FIRST, by=cast.lan)
    assert queries.findings_of([cast.team_my_hoa], LAST) == {}


def many_teams(cast, decision, count: int):
    for number in range(count):
        hamlet = place(
            cast, "ap", f"31552.{100 + number}", f"Số {number}", cast.nhon_my, cast.ke_sach,
            cast.soc_trang,
        )  # fmt: skip
        form_team(
            places=[hamlet],
            decision=decision,
            since_on=FIRST,
            members=[MemberLine(NewPerson(f"Người {number}"), "leader"), MemberLine(cast.bay)],
            by=cast.lan,
        )


def test_findings_of_many_teams_take_as_many_queries_as_of_one(cast, decision):
    def queries_for(teams):
        with CaptureQueriesContext(connection) as captured:
            queries.findings_of(teams, LAST)
        return len(captured)

    one = queries_for([cast.team])
    many_teams(cast, decision, 12)
    everyone = list(Team.objects.values_list("pk", flat=True))
    assert queries_for(everyone) == one
    assert one == 8


def test_counting_many_teams_takes_as_many_queries_as_one(cast, decision):
    counters = [counter("self"), counter("members"), counter("members", union=True)]

    def queries_for(teams):
        with CaptureQueriesContext(connection) as captured:
            queries.counted(teams, FIRST, LAST, counters)
        return len(captured)

    one = queries_for([cast.team.pk])
    many_teams(cast, decision, 5)
    assert queries_for(list(Team.objects.values_list("pk", flat=True))) == one == 2


# -- who -----------------------------------------------------------------------------------------


def test_members_stand_in_order_leader_deputy_then_by_given_name(cast):
    names = [row.person.full_name for row in queries.members_on(cast.team, TODAY)]
    assert names == ["Sơn Văn Tư", "Thạch Thị Nhàn", "Kim Thị Bảy", "Lý Văn Cường"]


def test_who_was_a_member_on_any_date(cast, decision):
    newcomer = person("Trà Nghĩa", home=cast.my_hoa)
    consolidate_team(
        team=cast.team,
        decision=decision,
        on=FIRST,
        by=cast.lan,
        leave=[cast.team.memberships.get(person=cast.bay).pk],
        join=[MemberLine(newcomer)],
        change=[Change(cast.team.memberships.get(person=cast.cuong.person).pk, {"tie": "works"})],
    )
    days = [FORMED - dt.timedelta(days=1), FORMED, dt.date(2026, 10, 31), FIRST]
    on = [{str(row.person) for row in queries.members_on(cast.team, day)} for day in days]
    before = {"Sơn Văn Tư", "Thạch Thị Nhàn", "Kim Thị Bảy", "Lý Văn Cường"}
    assert on == [
        set(),
        before,
        before,
        before - {"Kim Thị Bảy"} | {"Trà Nghĩa"},
    ]


def test_a_persons_page_names_their_teams(cast, settings):
    settings.PERSON_TIES = ["cncd.team.teams.queries.ties_of_people"]
    found = ties([cast.bay, cast.sa.person], TODAY)
    assert [tie.text for tie in found[cast.bay.pk]] == ["Tổ viên, Tổ CNCĐ ấp Mỹ Phước"]
    assert found[cast.bay.pk][0].place == "Xã Nhơn Mỹ"
    assert found[cast.sa.person.pk][0].address == f"/teams/{cast.team_dau_giong.pk}/"


# -- what pages of rooms below show --------------------------------------------------------------


def test_a_decision_tells_which_teams_rest_on_it(cast, decision):
    from cncd.foundation.documents.queries import uses

    consolidate_team(
        team=cast.team,
        decision=decision,
        on=FIRST,
        by=cast.lan,
        join=[MemberLine(cast.liem.person)],
    )
    assert [use.text for use in uses(decision, cast.lan)] == ["kiện toàn Tổ CNCĐ ấp Mỹ Phước"]
    assert [use.text for use in uses(cast.team.formed_by, cast.lan)] == [
        "thành lập Tổ CNCĐ ấp Mỹ Phước"
    ]
    assert uses(decision, cast.dung) == []


def test_members_see_the_decisions_of_their_own_team(cast, decision):
    Document.objects.filter(pk=cast.team_my_hoa.formed_by_id).update(place=cast.nhon_my)
    seen = Document.objects.visible_to(cast.liem)
    assert cast.team_my_hoa.formed_by in seen
    assert decision not in seen


def test_what_one_may_take_along_of_ones_own_names_the_memberships(cast):
    [part] = queries.own_memberships(cast.bay)
    assert part.rows[0][:2] == ["Tổ CNCĐ ấp Mỹ Phước", "Tổ viên"]
    assert part.rows[0][5] in ("có", "không")


def test_people_of_a_unit_include_the_members_of_its_teams(cast):
    within = Person.objects.filter(queries.people_within(cast.nhon_my, TODAY))
    assert cast.bay in within
    assert cast.sa.person not in within
