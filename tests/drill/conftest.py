import pytest


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker):
    """A country in a real database with real commits; empty again after the last seed."""
    from tests.drill.ground import Ground

    with django_db_blocker.unblock():
        found = Ground()
        yield found
        found.clear()
