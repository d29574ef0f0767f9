"""Households over several months: a household reached in two of them counts once."""

import datetime as dt

import pytest

from cncd.results.totals import queries
from cncd.team.programme.models import Indicator
from cncd.team.programme.rules import NOT_ADDITIVE
from cncd.work.households.actions import number_households


@pytest.fixture
def autumn(season):
    """A list of thirty households in ấp Mỹ Phước. October reaches 001–003, November 003, 004."""
    cast, since = season.cast, dt.date(2026, 1, 1)
    number_households(place=cast.my_phuoc, first="001", last="030", since_on=since, by=cast.lan)
    season.log(8, month=10, visited=("1-3",))
    season.log(5, month=11, visited=("3-4",))
    return season


def reading(season, place=None, months=(10, 11)):
    """Households reached over the months, of the team or of a place."""
    periods = [season.months[month] for month in months]
    owner = place or season.cast.team
    of = queries.of_places if place else queries.of_teams
    rows = of([owner.pk], periods)
    indicator = Indicator.objects.select_related("measure").get(code="TC09")
    return queries.over_time([rows.get((owner.pk, period.pk)) for period in periods], indicator)


def test_a_household_reached_in_both_months_counts_once_up_to_the_province(autumn):
    autumn.send(month=10)
    autumn.send(month=11)
    cast = autumn.cast
    assert [reading(autumn, months=[m]).value for m in (10, 11)] == [3, 2]
    for place in (None, cast.nhon_my, cast.ke_sach, cast.soc_trang):
        found = reading(autumn, place)
        assert (found.value, found.reason) == (4, "")


def test_a_month_not_yet_sent_is_left_out_like_in_every_sum(autumn):
    autumn.send(month=10)
    assert reading(autumn).value == 3


def test_households_that_nobody_named_leave_the_months_unadded(autumn):
    autumn.log(6, households=2)
    autumn.send(month=10)
    autumn.send(month=11)
    for place in (None, autumn.cast.nhon_my):
        found = reading(autumn, place)
        assert (found.value, found.reason) == (None, NOT_ADDITIVE)


def test_logs_changed_after_sending_leave_the_months_unadded(autumn):
    autumn.send(month=10)
    autumn.send(month=11)
    autumn.log(7, visited=("9",))  # late: the report of November says 2
    assert reading(autumn).reason == NOT_ADDITIVE


def test_without_any_list_nothing_is_asked_of_the_logs(season, django_assert_num_queries):
    season.log(5, households=3)
    season.send(month=11)
    rows = [queries.of_teams([season.cast.team.pk], [season.months[11]]).popitem()[1], None]
    indicator = Indicator.objects.select_related("measure").get(code="TC09")
    with django_assert_num_queries(1):
        assert queries.over_time(rows, indicator).reason == NOT_ADDITIVE
