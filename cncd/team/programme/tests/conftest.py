"""What the tests of this room share: the seeded programme on a frozen day of November 2026."""

import datetime as dt

import pytest
import time_machine

from cncd.team.programme import actions, queries
from tests.replay import replayed


@pytest.fixture
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def programme(cast, november):
    """The cast, the packaged programme, and the periods of September to November 2026."""
    replayed("programme", actions.seed_programme)
    scheme = queries.scheme_in_use()
    cast.periods = [
        actions.ensure_period(scheme=scheme, day=dt.date(2026, month, 1)) for month in (9, 10, 11)
    ]
    return cast


@pytest.fixture
def desk(programme, page_client):
    """The province officer's browser."""
    programme.desk = page_client.as_(programme.ha)
    return programme
