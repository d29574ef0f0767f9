"""What the tests of the teams share: the day, a decision, a hamlet without a team."""

import datetime as dt

import pytest

from cncd.foundation.documents.models import Document
from tests.cast import place


@pytest.fixture
def today(time_machine):
    """Everything happens on 22/11/2026 at ten in the morning."""
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def decision(cast):
    return Document.objects.create(
        number="15/QĐ-UBND", issued_on=dt.date(2026, 10, 20), issuer="UBND xã", place=cast.nhon_my
    )


@pytest.fixture
def empty(cast):
    """A hamlet of Nhơn Mỹ without a team."""
    return place(cast, "ap", "31552.003", "Mỹ Lợi", cast.nhon_my, cast.ke_sach, cast.soc_trang)


@pytest.fixture
def lan(page_client, cast):
    """The browser of the officer of Nhơn Mỹ."""
    return page_client.as_(cast.lan)
