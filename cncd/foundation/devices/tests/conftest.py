"""A phone somebody is signed in on, on a clock that stands still."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from cncd.foundation.people import actions as people

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
SAMSUNG = (
    "Mozilla/5.0 (Linux; Android 13; SM-A042F) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/120.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def enter(cast):
    """`enter(user, client)`: comes in by a link, as from a slip."""

    def come_in(user, client=None, **more):
        client = client or Client()
        _link, token = people.make_sign_in_link(user=user, purpose="slip", by=None)
        client.post(f"/in/{token}/", headers={"User-Agent": SAMSUNG}, **more)
        return client

    return come_in


@pytest.fixture
def phone(cast, enter, page_client):
    """The leader's phone, signed in by a slip; no password anywhere."""
    cast.tu.set_unusable_password()
    cast.tu.save()
    return enter(cast.tu, page_client)


@pytest.fixture
def pinned(phone):
    """The same with a PIN, 7294."""
    phone.post("/account/pin/set/", {"pin": "7294", "again": "7294"})
    return phone


def session_of(user) -> UserSession:
    return UserSession.objects.get(user=user)
