"""A country with its programme and three open months."""

import datetime as dt

import pytest

from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import PeriodScheme


@pytest.fixture
def country(cast, programme, clock):
    """The cast, the seeded programme, and the months of September to November 2026."""
    scheme = PeriodScheme.objects.get(in_use=True)
    cast.periods = [ensure_period(scheme=scheme, day=dt.date(2026, m, 1)) for m in (9, 10, 11)]
    cast.september, cast.october, cast.november = cast.periods
    return cast
