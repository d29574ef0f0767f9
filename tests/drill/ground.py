"""The country in which each seed begins anew; what a seed changed is laid back as it was."""

import datetime as dt
import re

from django.db import connection, transaction

from cncd.foundation.kit.reading import forget as forget_read
from cncd.team.programme.actions import ensure_period, seed_programme
from cncd.team.programme.models import PeriodScheme
from cncd.team.programme.queries.memory import forget
from tests.cast import country
from tests.replay import _models, _move_sequences, replayed

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
MONTHS = [(2026, 10), (2026, 11), (2026, 12), *((2027, month) for month in range(1, 4))]


def build():
    """The cast, the programme and the months in which the drill plays."""
    cast = country()
    seed_programme()
    scheme = PeriodScheme.objects.get(in_use=True)
    cast.periods = [ensure_period(scheme=scheme, day=dt.date(year, m, 1)) for year, m in MONTHS]
    return cast


class Ground:
    """Real rows in a real database, committed; tables that were written are noted and restored."""

    def __init__(self):
        self.cast = replayed("drill", build)
        self.models = {model._meta.db_table: model for model in _models()}
        self.kept = {table: list(model._base_manager.all()) for table, model in self.models.items()}
        self.written: set[str] = set()

    def note(self, execute, sql, params, many, context):
        if found := WRITES.match(sql):
            self.written.add(found[1])
        return execute(sql, params, many, context)

    def restore(self) -> None:
        """In one transaction: foreign keys are looked at when it ends."""
        forget()
        forget_read()
        tables = [table for table in self.models if table in self.written]
        with transaction.atomic():
            for table in tables:
                self.models[table]._base_manager.all()._raw_delete("default")
            for table in tables:
                self.models[table]._base_manager.bulk_create(self.kept[table], batch_size=500)
            _move_sequences([self.models[table] for table in tables])
        self.written.clear()

    def clear(self) -> None:
        """Nothing is left for the tests that follow."""
        with transaction.atomic():
            for model in self.models.values():
                model._base_manager.all()._raw_delete("default")
        connection.close()
