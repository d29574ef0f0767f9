"""Everything of an installation in one file, and back: to move house, or from SQLite to PostgreSQL.

The file is a zip: `rows.jsonl` holds a heading per table, then its rows; `uploads/` the files.
What can be made over (indexes, totals) and what dies with a machine (sessions, jobs) stays out.
"""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from cncd.foundation.places.actions import rebuild_index as rebuild_places
from cncd.results.totals.actions import rebuild as rebuild_totals
from cncd.team.teams.actions import rebuild_index as rebuild_teams

DERIVED = {"places.placeindex", "teams.teamindex", "totals.teamtotal", "totals.placetotal"}
LEFT = {"kit.worker", "devices.device", "notices.subscription", "notices.delivery", "notices.try"}
LEFT |= {"notices.gathered", "notices.address", "notices.feed"}  # sealed with this one's key
ALSO = ("mfa",)  # second factors and passkeys
BATCH = 500
ROWS, UPLOADS = "rows.jsonl", "uploads/"
FORMAT = 1


class Exact(DjangoJSONEncoder):
    """Moments to the microsecond: the usual encoder cuts them."""

    def default(self, value):
        return value.isoformat() if isinstance(value, dt.datetime) else super().default(value)


class NotOurFile(Exception):
    """The file is not one that `export_all` wrote, or another version wrote it."""


class NotEmpty(Exception):
    """There is data already; an import never mixes with it."""


def tables() -> list[type[models.Model]]:
    """The models that move, in one order."""
    labels = {room.rpartition(".")[2] for room in settings.ROOMS} | set(ALSO)
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model._meta.app_label in labels and model._meta.label_lower not in DERIVED | LEFT
    ]


def export_all(target: Path, tell: Callable[[str], None] = lambda name: None) -> int:
    """Writes everything to the file, as it stands at one moment; returns how many rows."""
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(ROWS, "w", force_zip64=True) as raw, transaction.atomic():
            out = io.TextIOWrapper(raw, "utf-8")
            for model in tables():
                tell(str(model._meta.verbose_name))
                count += _write(model, out)
            out.flush()
        for path in sorted(settings.MEDIA_ROOT.rglob("*")):
            if path.is_file():
                archive.write(path, UPLOADS + str(path.relative_to(settings.MEDIA_ROOT)))
    return count


def _write(model, out) -> int:
    names = [field.attname for field in model._meta.concrete_fields]
    heading = {"format": FORMAT, "table": model._meta.label_lower, "fields": names}
    out.write(json.dumps(heading) + "\n")
    count = 0
    rows = model._base_manager.order_by("pk").values_list(*names)
    for count, row in enumerate(rows.iterator(chunk_size=2000), 1):  # noqa: B007  counted
        out.write(json.dumps(row, cls=Exact, ensure_ascii=False) + "\n")
    return count


def import_all(source: Path, tell: Callable[[str], None] = lambda name: None) -> int:
    """Reads such a file into an empty installation and makes over what is derived; all or nothing.

    Raises NotOurFile or NotEmpty.
    """
    if any(model._base_manager.exists() for model in tables()):
        raise NotEmpty
    try:
        archive = zipfile.ZipFile(source)
        rows = archive.open(ROWS)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise NotOurFile(str(source)) from error
    with archive, rows, transaction.atomic():
        count = _read(io.TextIOWrapper(rows, "utf-8"), tell)
        _move_sequences()
        rebuild_places()
        rebuild_teams()
        rebuild_totals()
        _unpack(archive)
    return count


def _read(lines: Iterator[str], tell) -> int:
    known = {model._meta.label_lower: model for model in tables()}
    model, fields, batch, count = None, [], [], 0
    for line in lines:
        value = json.loads(line)
        if isinstance(value, dict):
            _store(model, batch)
            if value.get("format") != FORMAT or value["table"] not in known:
                raise NotOurFile(value.get("table", ""))
            model = known[value["table"]]
            tell(str(model._meta.verbose_name))
            by_name = {field.attname: field for field in model._meta.concrete_fields}
            fields = [by_name[name] for name in value["fields"]]
            continue
        batch.append(model(**{f.attname: _value(f, v) for f, v in zip(fields, value, strict=True)}))
        count += 1
        if len(batch) == BATCH:
            _store(model, batch)
    _store(model, batch)
    return count


def _value(field, value):
    """The value as the field keeps it; JSON columns hold what they hold."""
    if value is None or isinstance(field, models.JSONField):
        return value
    return (field.target_field if field.is_relation else field).to_python(value)


def _store(model, batch: list) -> None:
    if batch:
        model._base_manager.bulk_create(batch)
        batch.clear()


def _move_sequences() -> None:
    """On PostgreSQL the next id follows the last one read."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _unpack(archive: zipfile.ZipFile) -> None:
    root = settings.MEDIA_ROOT.resolve()
    for name in archive.namelist():
        if not name.startswith(UPLOADS) or name.endswith("/"):
            continue
        path = (root / name.removeprefix(UPLOADS)).resolve()
        if not path.is_relative_to(root):
            raise NotOurFile(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(archive.read(name))
