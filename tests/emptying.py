"""Empties the tables after a test that committed: those that hold rows, and only those.

Django empties all of them and then writes its own few hundred rows (content types, permissions)
anew, which takes longer than most tests.
"""

from django.apps import apps
from django.db import connection, transaction

LAID_DOWN = {"django_content_type", "auth_permission", "django_migrations"}


def empty_tables() -> None:
    """Keys are looked at when it is over, hence the order of the tables does not matter."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _filled(cursor):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _filled(cursor) -> list[str]:
    models = apps.get_models(include_auto_created=True)
    tables = {each._meta.db_table for each in models if each._meta.managed} - LAID_DOWN
    asked = (
        f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(each)})"
        for each in sorted(tables)
    )
    cursor.execute(" UNION ALL ".join(asked))
    return [table for (table,) in cursor.fetchall()]
