"""What every test run needs: up-to-date Vietnamese, a patient hypothesis, and no network."""

import gc
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


def pytest_collection_finish():
    """What is there before the first test stays to the end: it need not be looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(config, items):
    """Every test runs on SQLite; on PostgreSQL those whose outcome a database can change."""
    from django.db import connection

    if connection.vendor == "postgresql":
        again = [item for item in items if _depends_on_database(item)]
        config.hook.pytest_deselected(items=[i for i in items if not _depends_on_database(i)])
        items[:] = again


def _depends_on_database(item) -> bool:
    """Whether it asks a database, and is not marked to look only at what was made of the answers.

    Actions, queries, races, totals, searches, jobs, migrations, the demo, the pages of every room
    and the journeys all stay; docs/tour.md says what does not.
    """
    if item.get_closest_marker("looks"):
        return False
    return "django_db_setup" in item.fixturenames or bool(item.get_closest_marker("django_db"))


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


@pytest.fixture(autouse=True, scope="session")
def quick_emptying():
    from django.test import TransactionTestCase

    from tests.emptying import empty_tables

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty_tables())
        yield


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
