"""Teams side by side: the sum by hand, from their own beginning, never from what was not sent."""

import datetime as dt
from decimal import Decimal

import pytest

from cncd.foundation.places.actions import set_setting
from cncd.foundation.places.models import PlaceVersion
from cncd.results.rewards.queries.compared import compare, ground_of
from cncd.results.rewards.queries.members import members_did
from cncd.results.rewards.wording import reasons_in_words
from cncd.team.teams.models import Membership, Team
from cncd.work.partners.actions import report_gap

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 10, 31)


@pytest.fixture
def reported(r, c):
    """Two months of Mỹ Phước (200 households), one of Mỹ Hòa (100): 24 and 6 people helped."""
    r.log(5, month=9, people=16, elderly=4)
    r.log(5, month=10, people=8, elderly=8)
    r.log(6, month=10, team=c.team_my_hoa, by=c.liem, people=6)
    r.send(month=9)
    r.send(month=10)
    r.send(month=10, team=c.team_my_hoa, by=c.liem)
    return r


def compared(c, *teams, place=None):
    rows = compare(teams or [c.team], place or c.nhon_my, FIRST, LAST)
    return {row.team: row for row in rows}


def test_the_sum_is_that_of_the_pencil(reported, c):
    rows = compared(c, c.team, c.team_my_hoa)
    mine, other = rows[c.team], rows[c.team_my_hoa]
    assert mine.place.elderly == 50  # 12 of 24: a harder place
    assert mine.hard == 10
    assert mine.rate == Decimal("6.6")  # 24 ÷ 2 ÷ 200 × 100 = 6,0; × 110 %
    assert other.rate == Decimal("3.0")  # 6 ÷ 2 ÷ 100 × 100
    assert mine.usual == other.usual == Decimal("4.8")
    assert (mine.reach, other.reach) == (100, 63)  # 3,0 of 4,8 is 62,5: halves up
    assert dict(mine.parts)["on_time"] == mine.on_time.percent
    assert mine.score is None or 0 <= mine.score <= 100


def test_a_younger_team_is_set_against_its_own_months(reported, c):
    Team.objects.filter(pk=c.team_my_hoa.pk).update(since_on=dt.date(2026, 10, 5))
    c.team_my_hoa.refresh_from_db()
    row = compared(c, c.team_my_hoa)[c.team_my_hoa]
    assert (row.months, row.of_months, row.is_new) == (1, 2, True)
    assert row.rate == Decimal("6.0")


def test_what_is_only_logged_and_not_sent_does_not_count(reported, c):
    before = compared(c)[c.team].figures["TC08"]
    reported.log(20, month=10, people=400, kind="su-kien")
    assert compared(c)[c.team].figures["TC08"] == before == 24


def test_steps_are_settings_and_the_ground_of_a_commune_is_its_district(reported, c):
    set_setting(key="rewards.elderly", value=60, place=c.ke_sach, since_on=FIRST, by=None)
    assert compared(c)[c.team].hard == 0
    assert ground_of(c.nhon_my, LAST) == c.ke_sach
    assert ground_of(c.ke_sach, LAST) == c.ke_sach


def test_what_makes_a_place_harder_is_told_and_so_is_what_nobody_knows(reported, c):
    """A dead spot, half of those helped elderly, and 10,6 km to the only township."""
    [row] = compared(c).values()
    assert (row.place.km, row.place.has_gaps) == (None, None)
    told = {each.name: (each.known, each.adds) for each in reasons_in_words(row)}
    assert told["Sóng và đường truyền"] == ("", "")
    for place, point in ((c.nhon_my, (9.79, 106.03)), (c.tt_tran_de, (9.77, 105.935))):
        rows = PlaceVersion.objects.filter(place=place)
        rows.update(latitude=point[0], longitude=point[1])
    report_gap(place=c.my_phuoc, where="Xóm kinh", missing="signal", found_on=LAST, by=None)
    [row] = compared(c).values()
    assert row.hardships == ["gaps", "far", "elderly"]
    assert row.hard == 30
    told = {each.name: (each.known, each.counts, each.adds) for each in reasons_in_words(row)}
    way = told["Đường đến phường, thị trấn gần nhất"]
    assert way == ("10 km đường chim bay", "từ 8 km", "+10%")
    assert compared(c, c.team_dau_giong)[c.team_dau_giong].place.km == 0  # in the township


def test_any_number_of_teams_asks_the_same_number_of_questions(
    reported, c, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25):
        compared(c, c.team)
    with django_assert_max_num_queries(25):
        compared(c, *Team.objects.all(), place=c.soc_trang)


def test_a_member_is_told_by_own_days(reported, c):
    for day in (7, 7, 9):
        reported.log(day, month=10, participants=(c.cuong.person.pk, c.tu.person.pk))
    rows = members_did(Membership.objects.filter(team=c.team), FIRST, LAST)
    found = {row.person.full_name: (row.days, row.activities, row.months) for row in rows}
    assert found["Lý Văn Cường"] == (2, 3, 2)
    assert found["Kim Thị Bảy"] == (0, 0, 2)
