"""What is found about real groups: by the tree, the rules and the postings of a day."""

import datetime as dt

import pytest

from cncd.foundation.people.actions import create_agency, hand_over, post_person
from cncd.foundation.people.models import Branch
from cncd.foundation.places.actions import change_place, succeed_places
from cncd.team.programme.models import Counter
from cncd.team.teams.models import Team
from cncd.work.channels import actions, queries
from cncd.work.channels.models import Channel, RequiredMember
from cncd.work.channels.tests.conftest import OPENED, RIGHT_COMMUNE, RIGHT_TEAM, TODAY
from tests.cast import BEGINNING, person, place

NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
OCTOBER = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))


def codes(channel, day=TODAY) -> list[str]:
    found = queries.standings([Channel.objects.listed().get(pk=channel.pk)], day)[0]
    return [finding.code for finding in found.findings if not finding.code.startswith("member")]


def row_of(channel, day=TODAY):
    return queries.standings([Channel.objects.listed().get(pk=channel.pk)], day)[0]


def group(c, where, name, team=None, **words):
    said = {"platform": c.zalo, "opened_on": OPENED, "by": None}
    return actions.register_channel(place=where, team=team, name=name, **(said | words))


def test_groups_named_right_have_no_finding(c, team_group, commune_group):
    assert codes(team_group) == codes(commune_group) == []
    assert row_of(team_group).expected == RIGHT_TEAM


def test_the_old_name_is_told_after_a_unit_was_renamed(c, commune_group, team_group):
    day = dt.date(2026, 7, 1)
    change_place(place=c.nhon_my, on=day, name="Nhơn Mỹ Mới", by=None)
    assert codes(commune_group, dt.date(2026, 6, 30)) == []
    assert codes(commune_group) == codes(team_group) == ["old_name"]
    row = row_of(team_group)
    assert row.must_rename
    assert row.expected == "Tổ CNCĐ_Mỹ Phước_Nhơn Mỹ Mới_Kế Sách"
    assert "01/07/2026" in row.findings[0].detail


def test_part_of_an_old_name_is_told_too(c, commune_group):
    change_place(place=c.ke_sach, on=dt.date(2026, 7, 1), name="Kế Thành", by=None)
    actions.change_channel(channel=commune_group, by=c.lan, version=1, name="CNCĐ-Nhơn Mỹ-Kế Sách")
    assert codes(commune_group) == ["old_name", "separator"]


def test_after_a_merger_the_group_goes_to_the_unit_that_took_over(c, commune_group):
    day = dt.date(2026, 7, 1)
    succeed_places(kind="merge", shares=[(c.nhon_my, c.xuan_hoa, 1)], on=day, by=None)
    row = row_of(commune_group)
    assert (row.place, row.expected) == (c.xuan_hoa.pk, "CNCĐ_Xuân Hòa_Kế Sách")
    assert codes(commune_group) == ["old_name"]
    group(c, c.xuan_hoa, "CNCĐ_Xuân Hòa_Kế Sách")
    assert "two_groups" in codes(commune_group)


def test_without_districts_rows_are_edited_and_names_follow(c):
    """Two-level administration: the 2025 tree, with rules that name the province."""
    day = dt.date(2026, 7, 1)
    for commune in (c.nhon_my, c.xuan_hoa, c.tt_tran_de):
        change_place(place=commune, on=day, parent=c.soc_trang, by=None)
    one = group(c, c.nhon_my, RIGHT_COMMUNE)
    assert codes(one) == ["no_rule"]
    for code, pattern in (
        ("commune", "CNCĐ_{commune}_{province}"),
        ("hamlet", "Tổ CNCĐ_{hamlet}_{commune}_{province}"),
    ):
        actions.set_name_rules(level=c.levels[code], patterns=[pattern], since_on=day, by=c.ha)
    assert codes(one) == ["old_name"]
    assert row_of(one).expected == "CNCĐ_Nhơn Mỹ_Sóc Trăng"
    two = group(c, c.my_phuoc, "Tổ CNCĐ_Mỹ Phước_Nhơn Mỹ_Sóc Trăng", c.team)
    assert codes(two) == []


def test_units_of_one_name_need_their_type(c):
    town = place(c, "thi_tran", "31999", "Nhơn Mỹ", c.ke_sach)
    one = group(c, c.nhon_my, RIGHT_COMMUNE)
    two = group(c, town, "CNCĐ_TT Nhơn Mỹ_Kế Sách")
    assert codes(one) == ["type_missing"]
    assert "thị trấn Nhơn Mỹ" in row_of(one).findings[0].detail
    assert row_of(one).expected == "CNCĐ_X Nhơn Mỹ_Kế Sách"
    assert codes(two) == []


def test_one_name_on_two_groups_and_two_groups_of_one_unit(c, commune_group):
    other = group(c, c.xuan_hoa, f"{RIGHT_COMMUNE} ")
    assert "two_units" in codes(other)
    assert codes(commune_group) == ["two_units"]
    actions.withdraw_channel(channel=other, by=None)
    assert codes(commune_group) == []
    group(c, c.nhon_my, RIGHT_COMMUNE, platform=c.viber)  # another network is no second group
    assert codes(commune_group) == []
    group(c, c.nhon_my, "Nhóm cũ")
    assert codes(commune_group) == ["two_groups"]


def test_a_team_of_several_hamlets_may_take_the_name_of_any(c, team_group):
    from cncd.team.teams.models import Coverage

    Coverage.objects.create(team=c.team, place=c.my_hoa, since_on=BEGINNING)
    name = "Tổ CNCĐ_Mỹ Hòa_Nhơn Mỹ_Kế Sách"
    actions.change_channel(channel=team_group, by=c.tu, version=1, name=name)
    assert codes(team_group) == ["other_form"]


def test_who_has_no_group_is_listed_with_the_name_to_take(c, team_group, commune_group):
    rows = queries.lacking(c.ke_sach, TODAY, Team.objects.all())
    assert {(row.unit, row.expected) for row in rows} == {
        ("Huyện Kế Sách", "CNCĐ_Kế Sách_Sóc Trăng"),
        ("Xã Xuân Hòa", "CNCĐ_Xuân Hòa_Kế Sách"),
        ("Ấp Mỹ Hòa", "Tổ CNCĐ_Mỹ Hòa_Nhơn Mỹ_Kế Sách"),
    }
    assert {row.state for row in rows} == {"none"}


def test_the_list_asks_as_often_for_many_groups_as_for_few(
    c, commune_group, django_assert_max_num_queries
):
    for n in range(12):
        group(c, c.my_phuoc, f"Nhóm {n}", c.team)
    channels = list(Channel.objects.listed())
    with django_assert_max_num_queries(34):
        rows = queries.standings(channels, TODAY)
    assert len(rows) == 13


# -- members --------------------------------------------------------------------------------------


def tick_all(c, channel, on=TODAY):
    culture = create_agency(
        name="Phòng Văn hóa và Thông tin", branch=Branch.objects.get(code="culture"),
        place=c.ke_sach, since_on=BEGINNING, by=None,
    )  # fmt: skip
    firm = create_agency(
        name="Viễn thông", branch=Branch.objects.get(code="telecom"), place=c.soc_trang,
        since_on=BEGINNING, by=None, is_enterprise=True,
    )  # fmt: skip
    office = post_person(
        person=person("Huỳnh Văn Hóa"), role="district_officer", place=c.ke_sach,
        since_on=BEGINNING, agency=culture, by=None,
    )  # fmt: skip
    technician = post_person(
        person=person("Bùi Kỹ Thuật"), role="enterprise", place=c.soc_trang, since_on=BEGINNING,
        agency=firm, by=None,
    )  # fmt: skip
    for code, posting in (
        ("leader-district", c.phuc.person.postings.get()),
        ("office-digital", office),
        ("office-culture", office),
        ("leader-commune", c.hung.person.postings.get()),
        ("enterprise", technician),
    ):
        kind = RequiredMember.objects.get(code=code)
        actions.tick_presence(channel=channel, required=kind, posting=posting, on=on, by=c.lan)


def test_every_kind_that_is_missing_is_a_finding(c, commune_group):
    sheet = queries.checklist(commune_group, TODAY)
    assert [f.code for f in sheet.findings] == ["member_missing"] * 5
    offered = {
        needed.required.code: {str(holder.posting.person) for holder in needed.holders}
        for needed in sheet.needed
    }
    assert offered["leader-commune"] == {"Trần Văn Hùng"}
    assert offered["leader-district"] == {"Võ Hồng Phúc"}
    assert offered["office-culture"] == set()  # nobody serves an agency of that branch yet


def test_complete_until_somebody_leaves_office_and_the_successor_is_named(c, commune_group):
    tick_all(c, commune_group)
    assert queries.checklist(commune_group, TODAY).is_complete
    later, old = TODAY + dt.timedelta(days=10), c.hung.person.postings.get()
    new = person("Mai Kế Nhiệm")
    hand_over(posting=old, successor=new, on=later, by=None)
    sheet = queries.checklist(commune_group, later)
    assert [f.code for f in sheet.findings] == ["member_ended", "member_missing"]
    assert "Mai Kế Nhiệm" in sheet.findings[0].detail
    presence = next(n.left[0].presence for n in sheet.needed if n.left)
    presence.posting.refresh_from_db()
    actions.hand_over_presence(
        presence=presence, posting=presence.posting.successor, on=later, by=c.lan
    )
    assert queries.checklist(commune_group, later).is_complete


# -- counting -------------------------------------------------------------------------------------


def counter(counts):
    return Counter.objects.filter(room="channels", counts=counts).first() or Counter.objects.create(
        room="channels", counts=counts
    )


def named_right(team, days):
    one = counter("named_right")
    return queries.counted([team.pk], *days, [one])[team.pk][one.pk]


def complete(commune, day):
    one = counter("complete_common")
    return queries.counted_places([commune.pk], day, day, [one])[commune.pk][one.pk]


def test_a_team_counts_when_its_group_is_named_right_in_either_form(c, team_group):
    found = named_right(c.team, NOVEMBER)
    assert found.value == 1
    assert found.records == (("channels", str(team_group.pk), 1),)
    actions.change_channel(
        channel=team_group, by=c.tu, version=1, name=RIGHT_TEAM.removeprefix("Tổ ")
    )
    assert named_right(c.team, NOVEMBER).value == 1
    actions.change_channel(channel=team_group, by=c.tu, version=2, name="Nhóm ấp")
    assert named_right(c.team, NOVEMBER) == (0, (), True)
    assert named_right(c.team_my_hoa, NOVEMBER) == (0, (), False)  # nothing entered


def test_a_past_month_keeps_the_name_it_bore_then(c, team_group, november):
    november.move_to(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC))
    actions.change_channel(channel=team_group, by=c.tu, version=1, name="Nhóm ấp")
    assert named_right(c.team, OCTOBER).value == 1
    november.move_to(dt.datetime(2026, 12, 5, 3, tzinfo=dt.UTC))
    assert named_right(c.team, NOVEMBER).value == 0
    assert named_right(c.team, OCTOBER).value == 1
    actions.change_channel(channel=team_group, by=c.tu, version=2, name=RIGHT_TEAM)
    assert named_right(c.team, NOVEMBER).value == 0  # December is right again, November was not


def test_closed_and_withdrawn_groups_do_not_count(c, team_group):
    actions.close_channel(channel=team_group, on=dt.date(2026, 11, 10), by=c.tu)
    assert named_right(c.team, NOVEMBER).value == 0
    assert named_right(c.team, OCTOBER).value == 1
    actions.withdraw_channel(channel=team_group, by=c.tu)
    assert named_right(c.team, OCTOBER).value == 0


def test_a_commune_counts_when_its_common_group_is_complete(c, commune_group):
    assert complete(c.nhon_my, TODAY).value == 0
    tick_all(c, commune_group)
    found = complete(c.nhon_my, NOVEMBER[1])
    assert found.value == 1
    assert found.records == (("channels", str(commune_group.pk), 6),)
    assert complete(c.nhon_my, OCTOBER[1]).value == 0
    assert complete(c.xuan_hoa, TODAY) == (0, (), False)


def test_another_word_is_refused(c):
    with pytest.raises(KeyError):
        queries.counted([c.team.pk], *NOVEMBER, [Counter(pk=1, room="channels", counts="x")])
