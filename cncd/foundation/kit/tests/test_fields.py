"""Documents are written row by row, and look to a migration like any other JSON."""

import pytest
from django.db import connection, models

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.fields import DocumentField


def test_a_migration_sees_an_ordinary_json_field():
    field = DocumentField(default=dict)
    field.set_attributes_from_name("figures")
    assert field.deconstruct() == ("figures", "django.db.models.JSONField", [], {"default": dict})
    assert isinstance(field, models.JSONField)


@pytest.mark.django_db
def test_many_documents_written_at_once_come_back_as_they_were():
    documents = [{"tên": 'Ấp "Mỹ Phước"', "n": 1}, {}, {"đường dẫn": "a\\b"}]
    rows = [Entry(at="2026-11-22T05:00Z", event="x.y", after=each) for each in documents]
    with connection.execute_wrapper(refuse_arrays):
        Entry.objects.bulk_create(rows)
    assert list(Entry.objects.order_by("pk").values_list("after", flat=True)) == documents


def refuse_arrays(execute, sql, params, many, context):
    assert "UNNEST" not in sql
    return execute(sql, params, many, context)
