"""Django's `migrate`, but an empty database gets its tables at once, as all migrations together
leave them: step by step Django draws every model anew some hundred times, which takes 15 seconds.

Of our own rooms, steps that run code or SQL are taken there too, in their order: they see the last
state of all tables, and no rows but what such steps made. Those of other packages only carry rows
over, and there are none. A test compares the tables of both ways.
"""

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor

CODE = (RunPython, RunSQL)


class Command(Migrate):
    def handle(self, *args, **options):
        connection = connections[options["database"]]
        asks_more = ("app_label", "migration_name", "plan", "fake", "fake_initial", "prune")
        is_plain = not any(options[name] for name in (*asks_more, "check_unapplied"))
        if is_plain and not connection.introspection.table_names():
            lay_down(connection)
        super().handle(*args, **options)


def lay_down(connection) -> None:
    """Makes all tables and takes down every migration as applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = executor.loader.project_state()
    with connection.schema_editor() as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    with connection.schema_editor() as editor:
        for migration, _backwards in plan:
            for step in own_steps(migration):
                step.database_forwards(migration.app_label, editor, state, state)
    executor.recorder.ensure_schema()
    rows = [(each.app_label, each.name) for each, _backwards in plan]
    model = executor.recorder.Migration
    model.objects.using(connection.alias).bulk_create(model(app=a, name=n) for a, n in rows)


def own_steps(migration) -> list:
    """What of it runs code or SQL, when it is of one of our rooms."""
    is_ours = type(migration).__module__.startswith("cncd.")
    return [each for each in migration.operations if is_ours and isinstance(each, CODE)]
