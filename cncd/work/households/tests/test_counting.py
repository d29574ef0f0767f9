"""What is counted from here: yearly counts of the hamlets a team or a commune has."""

import datetime as dt

import pytest

from cncd.team.programme.models import Counter
from cncd.team.teams.models import Coverage
from cncd.work.households.actions import end_household, number_households
from cncd.work.households.models import Household
from cncd.work.households.queries import (
    counted,
    counted_places,
    explain,
    latest_counts,
    teams_with_lists,
)
from cncd.work.households.tests.conftest import stated
from tests.cast import TODAY

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def counter(counts: str) -> Counter:
    return Counter.objects.create(room="households", counts=counts)


def value(team, word: str, last_day=LAST):
    """The team's figure; None when the room declines."""
    each = counter(word)
    found = counted([team], FIRST, last_day, [each])[team.pk].get(each.pk)
    return found and found.value


@pytest.fixture
def both(cast):
    """Mỹ Phước's team covers Mỹ Hòa too, whose own team is gone."""
    cast.team_my_hoa.until_on = dt.date(2026, 10, 1)
    cast.team_my_hoa.save()
    Coverage.objects.create(team=cast.team, place=cast.my_hoa, since_on=dt.date(2026, 10, 1))
    return cast.team


def test_a_team_has_the_households_of_its_hamlets_as_stated_last(both, cast):
    stated(cast, cast.my_phuoc, 2025, households=240, businesses=31)
    stated(cast, cast.my_phuoc, households=250)  # the business households are those of 2025
    stated(cast, cast.my_hoa, households=100, businesses=9)
    assert (value(both, "households"), value(both, "businesses")) == (350, 40)


def test_a_figure_that_one_hamlet_lacks_is_left_to_be_asked_by_hand(both, cast):
    stated(cast, cast.my_phuoc, households=250, businesses=40)
    assert value(both, "households") is None
    stated(cast, cast.my_hoa, households=0)
    assert (value(both, "households"), value(both, "businesses")) == (250, None)
    assert value(cast.team_dau_giong, "households") is None


def test_a_year_counts_from_its_own_first_day_on(cast):
    stated(cast, cast.my_phuoc, 2025, households=240)
    stated(cast, cast.my_phuoc, 2026, households=250)
    assert value(cast.team, "households", dt.date(2025, 12, 31)) == 240
    assert value(cast.team, "households", dt.date(2026, 1, 31)) == 250
    assert value(cast.team, "households", dt.date(2024, 12, 31)) is None


def test_the_adults_of_a_commune_are_those_of_all_its_hamlets(cast):
    each = counter("adults")
    stated(cast, cast.my_phuoc, adults=700)
    assert counted_places([cast.nhon_my], FIRST, LAST, [each]) == {cast.nhon_my.pk: {}}
    stated(cast, cast.my_hoa, adults=300)
    found = counted_places([cast.nhon_my, cast.xuan_hoa], FIRST, LAST, [each])
    assert found[cast.nhon_my.pk][each.pk].value == 1000
    assert found[cast.xuan_hoa.pk] == {}


def test_a_figure_opens_the_rows_it_was_counted_from_for_ever(cast):
    each = counter("households")
    [row] = stated(cast, cast.my_phuoc, households=250, source="niên giám")
    figure = counted([cast.team], FIRST, LAST, [each])[cast.team.pk][each.pk]
    stated(cast, cast.my_phuoc, households=260)
    [told] = explain(figure.records)
    assert (told.count, told.hamlet) == (row, "Ấp Mỹ Phước")
    assert (told.count.households, told.count.source) == (250, "niên giám")
    assert explain([("teams", "1", 1)]) == []


def test_an_unknown_word_is_an_error_not_a_nought(cast):
    with pytest.raises(KeyError):
        value(cast.team, "people")


def test_counting_asks_as_much_for_one_team_as_for_many(cast, django_assert_max_num_queries):
    counters = [counter("households"), counter("businesses")]
    for place, by in ((cast.my_phuoc, cast.lan), (cast.my_hoa, cast.lan)):
        stated(cast, place, households=10, businesses=1, by=by)
    with django_assert_max_num_queries(7):
        counted([cast.team, cast.team_my_hoa, cast.team_dau_giong], FIRST, LAST, counters)


def test_latest_counts_know_each_figure_by_itself(cast):
    [old] = stated(cast, cast.my_phuoc, 2024, households=1, adults=5)
    [new] = stated(cast, cast.my_phuoc, 2026, households=2)
    assert latest_counts([cast.my_phuoc.pk], 2026) == {
        cast.my_phuoc.pk: {"households": new, "adults": old}
    }


def test_a_team_has_a_list_when_each_of_its_hamlets_has_one(both, my_phuoc, cast):
    teams = [both.pk, cast.team_dau_giong.pk]
    assert teams_with_lists(teams, TODAY) == set()
    number_households(place=cast.my_hoa, first="1", last="2", by=cast.lan)
    assert teams_with_lists(teams, TODAY) == {both.pk}
    assert teams_with_lists(teams, TODAY - dt.timedelta(days=1)) == set()
    for home in Household.objects.filter(place=cast.my_hoa):
        end_household(household=home, last_day=TODAY, by=cast.lan)
    assert teams_with_lists(teams, LAST) == set()
