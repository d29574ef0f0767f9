"""Built once by the real actions, then laid down again row by row: the same country in every test.

The first test of a process builds; what the build wrote is kept in memory, and the next tests, each
in a transaction of its own, get the same rows with the same ids in a few statements.
"""

import copy

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

KEPT: dict[str, tuple[list, object]] = {}
SAID: dict[str, list[tuple]] = {}  # the statements that lay it down, with their values


def replayed(key: str, build):
    """What `build()` returns, with all it wrote; later calls copy the first one."""
    if key not in KEPT:
        before = {model: _ids(model) for model in _models()}
        result = build()
        written = [_new_rows(model, before[model]) for model in _models()]
        KEPT[key] = ([table for table in written if table[2]], copy.deepcopy(result))
        return result
    rows, result = KEPT[key]
    with transaction.atomic():  # what points at a later row is checked at the end
        if key in SAID:
            _say_again(SAID[key])
        else:
            SAID[key] = _laid_down(rows)
    return copy.deepcopy(result)


def _laid_down(rows) -> list[tuple]:
    """Lays the rows down by Django, and gives what it said to the database."""
    said = []

    def heard(execute, sql, params, many, context):
        said.append((sql, params))
        return execute(sql, params, many, context)

    for model, fields, values in rows:
        made = [model(**dict(zip(fields, row, strict=True))) for row in values]
        with connection.execute_wrapper(heard):
            model._base_manager.bulk_create(made, batch_size=500)
    with connection.execute_wrapper(heard):
        _move_sequences([model for model, _fields, _values in rows])
    return [(sql, params) for sql, params in said if "SAVEPOINT" not in sql]


def _say_again(said: list[tuple]) -> None:
    with connection.cursor() as cursor:
        for sql, params in said:
            cursor.execute(sql, params)


def _move_sequences(models) -> None:
    """On PostgreSQL the next id follows those laid down, whatever an earlier test did to it."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _models():
    """Every table, what it points at before itself."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _ids(model) -> set:
    return set(model._base_manager.values_list("pk", flat=True))


def _new_rows(model, known: set):
    fields = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.exclude(pk__in=known) if known else model._base_manager.all()
    return model, fields, list(rows.order_by("pk").values_list(*fields))
