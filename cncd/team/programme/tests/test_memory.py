"""What the programme says is read once, until it changes."""

import datetime as dt

import pytest

from cncd.team.programme import queries
from cncd.team.programme.actions import counter_like, ensure_period, switch_source
from cncd.team.programme.models import Measure, Period


@pytest.fixture
def november(programme):
    return ensure_period(scheme=queries.scheme_in_use(), day=dt.date(2026, 11, 1)).pk


def asked(pk: int) -> list:
    return queries.sheet_for("hamlet", Period.objects.get(pk=pk))


def test_another_request_finds_the_sheet_remembered(november, django_assert_num_queries):
    first = asked(november)
    with django_assert_num_queries(2):  # the period, and whether the programme changed
        assert asked(november) is first


def test_any_change_of_the_programme_is_seen_at_once(november, cast):
    first = asked(november)
    other = counter_like("activities", "activities", {})
    measure, december = Measure.objects.get(code="XH10.num"), dt.date(2026, 12, 1)
    switch_source(measure=measure, counter=other, since_on=december, by=cast.quan_tri)
    assert asked(november) is not first
    assert asked(november) == first
