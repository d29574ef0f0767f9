"""An installation moves in one file, to either database, and stands there as it stood."""

import zipfile

import pytest
from django.core.management import call_command

from cncd.config.moving import NotEmpty, NotOurFile, export_all, import_all, tables
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.results.totals.models import PlaceTotal
from cncd.team.teams.models import Team
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done

pytestmark = pytest.mark.django_db


def everything():
    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in tables()}


def wiped():
    call_command("flush", interactive=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_what_was_written_out_is_read_back_the_same(cast, programme, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "photo.jpg").write_bytes(b"light")
    day = cast.team.since_on
    log_activity(team=cast.team, done=Done(kind="huong-dan", happened_on=day, people=3), by=cast.tu)
    before = everything()
    index, sums = PlaceIndex.objects.count(), PlaceTotal.objects.count()
    export_all(tmp_path / "all.zip")
    wiped()
    (settings.MEDIA_ROOT / "photo.jpg").unlink()

    assert import_all(tmp_path / "all.zip") == sum(map(len, before.values()))
    assert everything() == before
    assert (PlaceIndex.objects.count(), PlaceTotal.objects.count()) == (index, sums)
    assert (settings.MEDIA_ROOT / "photo.jpg").read_bytes() == b"light"
    last = Team.objects.order_by("-pk").first()
    fresh = Place.objects.create(level=last.level)  # the next id is free
    assert Place.objects.filter(pk=fresh.pk).count() == 1


def test_an_import_never_mixes_with_what_is_there(cast, tmp_path):
    export_all(tmp_path / "all.zip")
    with pytest.raises(NotEmpty):
        import_all(tmp_path / "all.zip")


@pytest.mark.parametrize("content", [None, "hello", '{"format": 99, "table": "x", "fields": []}'])
def test_another_file_is_refused(content, tmp_path):
    path = tmp_path / "other.zip"
    if content is None:
        path.write_bytes(b"not a zip")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("rows.jsonl" if content.startswith("{") else "other.txt", content)
    with pytest.raises(NotOurFile):
        import_all(path)


def test_a_file_cannot_write_outside_the_uploads(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rows.jsonl", "")
        archive.writestr("uploads/../../evil.txt", "boo")
    with pytest.raises(NotOurFile):
        import_all(path)
    assert not (tmp_path / "evil.txt").exists()


def test_what_moves_points_at_nothing_that_stays():
    """A device, for one, belongs to a session, which dies with the machine."""
    moving = set(tables())
    lost = [
        f"{model._meta.label}.{field.name}"
        for model in moving
        for field in model._meta.concrete_fields
        if field.is_relation and not field.null and field.related_model not in moving
    ]
    assert lost == []
