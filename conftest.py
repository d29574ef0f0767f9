"""What every test run needs: up-to-date Vietnamese, a patient hypothesis, and no network."""

import ipaddress
import socket

import hypothesis
import pytest

from scripts import messages

# Two busy cores make any deadline fail now and then.
hypothesis.settings.register_profile("cncd", deadline=None)
hypothesis.settings.load_profile("cncd")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        messages.compile_stale()


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """A test that reaches beyond this machine fails."""
    connect = socket.socket.connect

    def connect_nearby(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = socket.gethostbyname(address[0]) if address[0] == "localhost" else address[0]
            assert ipaddress.ip_address(host).is_loopback, f"a test reached out to {address}"
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_nearby)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end, a thread of a live server may still hold PostgreSQL's test database."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def programme_forgotten():
    """A rolled-back test leaves no entry in the journal to forget what was remembered by."""
    from cncd.team.programme.queries import memory as programme
    from cncd.work.registers.queries import memory as registers

    programme.forget()
    registers.forget()


@pytest.fixture
def cast(db):
    from tests.cast import country
    from tests.replay import replayed

    return replayed("country", country)


@pytest.fixture
def programme(cast):
    """The packaged programme, seeded into the country of `cast`."""
    from cncd.team.programme.actions import seed_programme
    from tests.replay import replayed

    return replayed("programme", seed_programme)


@pytest.fixture
def page_client(db):
    from tests.pages import PageClient

    return PageClient()
