"""Lock files hold names, versions and hashes, and no address of any registry."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = sorted(ROOT.glob("requirements*.lock"))
HEAVY = {"numpy", "pandas", "shapely", "geopy", "tqdm", "unidecode"}


def names(path: Path) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", path.read_text(), re.MULTILINE))


def test_the_python_locks_are_there():
    assert {path.name for path in PYTHON_LOCKS} == {
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-node.lock",
        "requirements-uv.lock",
    }


@pytest.mark.parametrize("path", [*PYTHON_LOCKS, ROOT / "package-lock.json"], ids=lambda p: p.name)
def test_no_lock_file_holds_an_address(path):
    assert "://" not in path.read_text()
    assert "index-url" not in path.read_text()
    assert "find-links" not in path.read_text()


@pytest.mark.parametrize("path", PYTHON_LOCKS, ids=lambda p: p.name)
def test_every_locked_package_has_a_hash(path):
    entries = re.split(r"^(?=[\w.-]+==)", path.read_text(), flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_every_locked_browser_package_has_a_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_what_only_the_code_of_the_unit_data_needs_is_not_installed():
    for path in PYTHON_LOCKS:
        assert not names(path) & HEAVY


def test_the_test_lock_holds_everything_that_runs():
    assert names(ROOT / "requirements.lock") <= names(ROOT / "requirements-dev.lock")
