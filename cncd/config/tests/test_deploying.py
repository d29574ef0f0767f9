"""What stands in deploy/ does what it says: a backup is made, restored, and found equal."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import postgres
from tests.installation import installation, run

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
CNCD = Path(sys.executable).with_name("cncd")
FILL = """
import django; django.setup()
from django.core.files.base import ContentFile
from django.utils import timezone
from cncd.config import serving
from cncd.foundation.files.models import StoredFile
from cncd.results.totals.actions import rebuild
from cncd.team.programme.actions import ensure_period, seed_programme
from cncd.team.programme.queries import scheme_in_use
from tests.cast import country
import hashlib
serving.migrate()
country()
seed_programme()
ensure_period(scheme=scheme_in_use(), day=timezone.localdate())
rebuild()
light = b"light"
file = StoredFile(name="anh.jpg", media_type="image/jpeg", size=5, uploaded_at=timezone.now())
file.sha256 = hashlib.sha256(light).hexdigest()
file.content.save("anh.jpg", ContentFile(light))
"""

pytestmark = pytest.mark.xdist_group("deploying")  # one installation for all


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A small country, and one stored file, in an installation of its own."""
    with installation(tmp_path_factory.mktemp("machine")) as environment:
        root = str(DEPLOY.parent)
        environment |= {"CNCD": str(CNCD), "PYTHONPATH": root, "LANG": "C.UTF-8"}
        if "DATABASE_URL" in environment:  # psql and pg_dump of the server under test
            environment["PATH"] = f"{postgres.binaries()}:{environment['PATH']}"
        run(environment, "-c", FILL)
        yield environment


def drill(machine, *arguments, **more):
    return subprocess.run(
        [DEPLOY / "backup-drill", *arguments],
        env={**machine, **more}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_backup_of_everything_can_be_restored_and_is_equal(machine, tmp_path):
    done = drill(machine, tmp_path / "kept", TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "as many as restored" in done.stdout
    assert "Files: 1 stored, 0 missing or changed" in done.stdout
    assert re.search(r"^Sums: [1-9]\d*, the same when made over$", done.stdout, re.MULTILINE)
    [kept] = (tmp_path / "kept").iterdir()
    database = "database.dump" if machine.get("DATABASE_URL") else "db.sqlite3"
    assert {path.name for path in kept.iterdir()} == {database, "secret-key", "uploads"}
    assert stat.S_IMODE((kept / database).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]  # the fresh place is gone


def test_a_stored_file_that_is_lost_or_changed_fails_the_drill(machine, tmp_path):
    [photo] = Path(machine["CNCD_DATA"], "uploads").rglob("*.jpg")
    photo.write_bytes(b"dark!")
    try:
        done = drill(machine, TMPDIR=str(tmp_path))
    finally:
        photo.write_bytes(b"light")
    assert done.returncode == 1
    assert "1 missing or changed" in done.stdout
    assert "FAILED: stored files" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_data_folder_nothing_is_begun(machine, tmp_path):
    bare = {name: value for name, value in machine.items() if name != "CNCD_DATA"}
    done = subprocess.run(
        [DEPLOY / "backup", tmp_path / "kept"],
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert not (tmp_path / "kept").exists()


def test_the_units_run_what_stands_here():
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text("utf-8")
        assert "User=cncd" in text
        for line in text.splitlines():
            if "/opt/cncd/deploy/" in line:
                named = line.split("/opt/cncd/deploy/")[1].split()[0]
                assert os.access(DEPLOY / named, os.X_OK)


def test_the_proxy_says_anew_who_asks_and_takes_what_the_program_takes():
    from cncd.foundation.files.rules import MAX_BYTES

    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
    limit = int(text.split("client_max_body_size ")[1].split("m;")[0]) * 1_000_000
    assert limit > max(MAX_BYTES.values())
