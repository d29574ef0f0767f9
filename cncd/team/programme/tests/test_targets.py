import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.models import Posting
from cncd.team.programme import actions, queries
from cncd.team.programme.models import Indicator, Target
from cncd.team.programme.wording import left_in_words
from tests.cast import officer

YEAR = {"since_on": dt.date(2026, 1, 1), "until_on": dt.date(2027, 1, 1)}
TODAY = dt.date(2026, 11, 22)


def line(code, value, unit) -> actions.TargetLine:
    indicator = Indicator.objects.select_related("measure").get(code=code)
    of = {"team": unit} if type(unit).__name__ == "Team" else {"place": unit}
    return actions.TargetLine(indicator, value, **of)


def assign(by, code, *pairs, **more):
    lines = [line(code, value, unit) for unit, value in pairs]
    return actions.assign_targets(lines=lines, by=by, **YEAR | more)


@pytest.fixture
def chain(programme):
    """9,600 people for the province, 6,000 for Kế Sách, 3,000 for Nhơn Mỹ, 80 a month below."""
    c = programme
    c.of_province = assign(c.ha, "TC08", (c.soc_trang, 9600))[0]
    c.of_district = assign(c.ha, "TC08", (c.ke_sach, 6000))[0]
    c.of_commune = assign(c.minh, "TC08", (c.nhon_my, 3000))[0]
    c.of_team = assign(c.lan, "TC08", (c.team, 80), per_month=True)[0]
    return c


def test_targets_go_down_from_province_to_team_and_know_where_they_come_from(chain):
    assert chain.of_team.handed_down_from == chain.of_commune
    assert chain.of_commune.handed_down_from == chain.of_district
    assert chain.of_district.handed_down_from == chain.of_province
    assert chain.of_province.handed_down_from is None
    assert chain.of_team.given_by == chain.nhon_my


def test_the_head_of_the_unit_answers_and_for_a_team_the_head_of_its_commune(chain):
    assert chain.of_team.answerable == chain.hung.person
    assert chain.of_commune.answerable == chain.hung.person
    assert chain.of_district.answerable == chain.phuc.person
    assert chain.of_province.answerable == chain.binh.person


def test_who_answers_is_the_head_on_that_date_and_stays_on_the_target(chain):
    successor = officer(chain, "Trần Thị Mới", "moi", "commune_leader", chain.nhon_my)
    Posting.objects.filter(person=chain.hung.person).update(until_on=dt.date(2026, 12, 1))
    Posting.objects.filter(person=successor.person).update(since_on=dt.date(2026, 12, 1))
    later = {"since_on": dt.date(2027, 1, 1), "until_on": dt.date(2028, 1, 1)}
    next_year = assign(chain.minh, "TC08", (chain.nhon_my, 3500), **later)[0]
    assert next_year.answerable == successor.person
    assert Target.objects.get(pk=chain.of_commune.pk).answerable == chain.hung.person


def test_the_chairman_answers_where_several_leaders_are_posted(programme):
    deputy = officer(programme, "Phó Chủ Tịch", "pho", "commune_leader", programme.nhon_my)
    Posting.objects.filter(person=deputy.person).update(
        title="Phó Chủ tịch UBND xã", since_on=dt.date(2020, 1, 1)
    )
    Posting.objects.filter(person=programme.hung.person).update(title="Chủ tịch UBND xã")
    found = assign(programme.minh, "KT06", (programme.nhon_my, 12))[0]
    assert found.answerable == programme.hung.person


def test_a_unit_without_a_head_gets_its_target_all_the_same(programme):
    found = assign(programme.minh, "KT06", (programme.xuan_hoa, 12))[0]
    assert found.answerable is None


def test_only_the_level_above_may_give_a_target(programme):
    c = programme
    for by, unit in (
        (c.lan, c.nhon_my),  # a commune gives none to itself
        (c.minh, c.ke_sach),
        (c.minh, c.tt_tran_de),  # another district's commune
        (c.dung, c.team),  # another commune's team
        (c.tu, c.team),
        (c.outsider, c.ke_sach),
        (c.xem, c.ke_sach),
    ):
        with pytest.raises(PermissionDenied):
            assign(by, "TC08", (unit, 5))
    assert not Target.objects.exists()


def test_one_unit_out_of_reach_stops_the_whole_table(programme):
    c = programme
    with pytest.raises(PermissionDenied):
        assign(c.minh, "TC08", (c.nhon_my, 5), (c.tt_tran_de, 5))
    assert not Target.objects.exists()


def test_what_is_not_handed_down_yet(chain):
    found = queries.distributions([chain.of_province, chain.of_commune], TODAY)
    province, commune = found[chain.of_province.pk], found[chain.of_commune.pk]
    assert (province.left, province.units, province.missing) == (3600, 2, 1)
    assert (commune.handed_down, commune.left) == (960, 2040)
    assert (commune.units, commune.missing) == (2, 1)
    assert left_in_words(chain.of_province, province) == "còn 3.600 lượt"


def test_percentages_are_not_shared_out_but_missing_units_show(programme):
    c = programme
    province = assign(c.ha, "KT03", (c.soc_trang, 100))[0]
    assert left_in_words(province, _share(province)) == "chưa giao xuống"
    assign(c.ha, "KT03", (c.ke_sach, 100))
    assert _share(province).left is None
    assert left_in_words(province, _share(province)) == "1 trên 2 đơn vị chưa có mức giao"
    assign(c.ha, "KT03", (c.tran_de, 90))
    assert left_in_words(province, _share(province)) == "đã giao hết"


def _share(target):
    return queries.distributions([target], TODAY)[target.pk]


def test_more_handed_down_than_given_is_said(programme):
    c = programme
    province = assign(c.ha, "KT06", (c.soc_trang, 10))[0]
    assign(c.ha, "KT06", (c.ke_sach, 8), (c.tran_de, 7))
    assert left_in_words(province, _share(province)) == ("vượt 5 gian hàng so với mức được giao")


def test_a_target_given_below_first_is_adopted_when_the_one_above_comes(programme):
    c = programme
    commune = assign(c.minh, "KT06", (c.nhon_my, 4))[0]
    assert commune.handed_down_from is None
    district = assign(c.ha, "KT06", (c.ke_sach, 10))[0]
    assert Target.objects.get(pk=commune.pk).handed_down_from == district
    assert _share(district).left == 6


def test_the_same_days_again_replace_the_value_and_history_keeps_both(chain):
    again = assign(chain.minh, "TC08", (chain.nhon_my, 3200))[0]
    assert again.pk == chain.of_commune.pk
    assert Target.objects.filter(place=chain.nhon_my).count() == 1
    pasts = queries.history_of(again)
    assert [(p.before, p.after) for p in pasts] == [
        ("3.000 lượt", "3.200 lượt"),
        ("", "3.000 lượt"),
    ]


def test_other_days_that_meet_a_standing_target_are_refused(chain):
    with pytest.raises(actions.TargetOverlap) as refused:
        assign(chain.minh, "TC08", (chain.nhon_my, 5), since_on=dt.date(2026, 6, 1))
    assert "31/12/2026" in str(refused.value)
    assert Target.objects.get(place=chain.nhon_my).value == 3000


def test_the_next_year_may_follow_without_a_gap(chain):
    later = {"since_on": dt.date(2027, 1, 1), "until_on": dt.date(2028, 1, 1)}
    assign(chain.minh, "TC08", (chain.nhon_my, 3500), **later)
    assert Target.objects.filter(place=chain.nhon_my).count() == 2


def test_a_percentage_above_100_and_an_empty_span_are_refused(programme):
    with pytest.raises(actions.Refused):
        assign(programme.ha, "KT03", (programme.ke_sach, 101))
    with pytest.raises(actions.Refused):
        assign(programme.ha, "KT06", (programme.ke_sach, 1), until_on=dt.date(2026, 1, 1))
    assert not Target.objects.exists()


def test_per_month_holds_for_flows_only(programme):
    c = programme
    assert assign(c.ha, "TC08", (c.ke_sach, 10), per_month=True)[0].per_month
    assert not assign(c.ha, "KT01", (c.ke_sach, 10), per_month=True)[0].per_month
    assert not assign(c.ha, "KT03", (c.ke_sach, 10), per_month=True)[0].per_month


def test_a_target_ends_before_its_time_with_a_reason(chain):
    end = {"target": chain.of_commune, "by": chain.minh}
    with pytest.raises(actions.Refused):
        actions.end_target(until_on=dt.date(2026, 7, 1), reason="", **end)
    with pytest.raises(actions.Refused):
        actions.end_target(until_on=dt.date(2027, 6, 1), reason="Sáp nhập", **end)
    with pytest.raises(PermissionDenied):
        actions.end_target(
            target=chain.of_commune, until_on=dt.date(2026, 7, 1), reason="x", by=chain.lan
        )
    actions.end_target(until_on=dt.date(2026, 7, 1), reason="Sáp nhập", **end)
    assert not queries.targets_of_places([chain.nhon_my], dt.date(2026, 7, 1))
    assert queries.targets_of_places([chain.nhon_my], dt.date(2026, 6, 30))
    assert queries.history_of(chain.of_commune)[0].reason == "Sáp nhập"


def test_targets_in_force_come_in_one_query_for_any_number(chain, django_assert_num_queries):
    with django_assert_num_queries(1):
        teams = queries.targets_of_teams([chain.team, chain.team_my_hoa], TODAY)
        target = teams[chain.team.pk][chain.of_team.indicator_id]
        assert (target.value, target.monthly, target.whole, target.kind) == (80, 80, 960, "flow")
    with django_assert_num_queries(1):
        places = queries.targets_of_places([chain.ke_sach, chain.nhon_my, chain.xuan_hoa], TODAY)
        assert set(places) == {chain.ke_sach.pk, chain.nhon_my.pk}
        assert places[chain.nhon_my.pk][target.indicator_id].monthly == 250


def test_people_see_the_targets_of_their_units_and_teams(chain):
    def seen(user):
        return set(Target.objects.visible_to(user))

    every = {chain.of_province, chain.of_district, chain.of_commune, chain.of_team}
    assert seen(chain.ha) == every
    assert seen(chain.quan_tri) == every
    assert seen(chain.minh) == every - {chain.of_province}
    assert seen(chain.lan) == {chain.of_commune, chain.of_team}
    assert seen(chain.tu) == {chain.of_team}
    assert not seen(chain.dung)
    assert not seen(chain.outsider)


def test_a_table_is_one_entry_that_lists_its_rows(programme):
    c = programme
    before = Entry.objects.count()
    assign(c.ha, "TC08", (c.ke_sach, 6000), (c.tran_de, 3600))
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.latest("pk")
    assert entry.event == "targets.assigned"
    assert [row["after"] for row in entry.rows] == ["6.000 lượt", "3.600 lượt"]
    assert entry.place_id == c.soc_trang.pk
