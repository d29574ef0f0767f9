"""An empty database gets its tables at once; step by step they must come out the same."""

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

ALIAS = "step_by_step"


@pytest.fixture
def empty(tmp_path, db):
    """A second, empty database beside the one of the tests."""
    name = f"{connection.settings_dict['NAME']}_slowly"
    found = connection.copy(ALIAS)
    if connection.vendor == "sqlite":
        found.settings_dict["NAME"] = str(tmp_path / "slowly.sqlite3")
    else:
        found.settings_dict["NAME"] = name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connections[ALIAS] = found
    yield found
    found.close()
    del connections[ALIAS]
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def quicker(monkeypatch):
    """After each step Django draws anew whatever is related at any distance: near is enough here.

    A step that met a model drawn too long ago would fail, or leave tables that differ.
    """
    draw = ProjectState.reload_model

    def draw_near(state, app_label, name, delay=True):
        draw(state, app_label, name, delay=True)

    monkeypatch.setattr(ProjectState, "reload_model", draw_near)


def test_step_by_step_the_tables_come_out_as_they_do_at_once(empty, quicker):
    executor = MigrationExecutor(empty)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert tables(empty) == tables(connection)
    assert made_by_hand(empty) == made_by_hand(connection)
    assert not MigrationExecutor(connection).migration_plan(executor.loader.graph.leaf_nodes())


def tables(database) -> dict:
    """{table: (its columns, its constraints and indexes)}; no names given by the database."""
    with database.cursor() as cursor:
        ask = database.introspection
        return {
            table: (
                sorted((c.name, str(c.type_code), c.null_ok) for c in columns),
                sorted(
                    (
                        name if name.startswith(table[:10]) else "",
                        str(sorted(rule.items(), key=str)),
                    )
                    for name, rule in ask.get_constraints(cursor, table).items()
                ),
            )
            for table in ask.table_names(cursor)
            for columns in [ask.get_table_description(cursor, table)]
        }


def made_by_hand(database) -> list:
    """Triggers and generated columns, which Django knows nothing of."""
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT attrelid::regclass::text, attname, attgenerated FROM pg_attribute"
        " WHERE attgenerated <> '' ORDER BY 1, 2",
    }
    with database.cursor() as cursor:
        cursor.execute(asked[database.vendor])
        found = cursor.fetchall()
    assert found
    return found
