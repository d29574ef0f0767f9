"""Where data lives, the key, the database address."""

import stat
from pathlib import Path

import pytest

from cncd.config import machine


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = machine.secret_key(tmp_path)
    assert len(first) > 50
    assert machine.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_the_address_in_letters_and_feeds_is_the_port_that_is_served(monkeypatch):
    monkeypatch.delenv("CNCD_PORT", raising=False)
    assert machine.local_origin() == "http://localhost:8000"
    monkeypatch.setenv("CNCD_PORT", "8877")
    assert machine.local_origin() == "http://localhost:8877"


def test_a_chosen_data_directory_is_created(tmp_path, monkeypatch):
    monkeypatch.setenv("CNCD_DATA", str(tmp_path / "a" / "b"))
    assert machine.data_directory() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_outside_a_checkout_data_lives_in_the_home_directory(tmp_path, monkeypatch):
    monkeypatch.delenv("CNCD_DATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(machine, "CHECKOUT", tmp_path / "site-packages")
    assert machine.data_directory() == tmp_path / ".local" / "share" / "cncd"


def test_without_an_address_the_database_is_a_file_in_wal_mode():
    settings = machine.database("", Path("/data"))
    assert settings["NAME"] == Path("/data/db.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_a_postgres_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("CNCD_DB_POOL", "1")
    address = "postgres://cncd:b%40t@db.local:5433/cong%20dong?sslmode=require"
    settings = machine.database(address, Path("/data"))
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"]) == ("cncd", "b@t")
    assert (settings["HOST"], settings["PORT"]) == ("db.local", "5433")
    assert settings["NAME"] == "cong dong"
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["pool"]["max_size"] >= 2
    assert "jit=off" in settings["OPTIONS"]["options"]


def test_a_postgres_address_may_say_its_own_options():
    settings = machine.database("postgres://db.local/cncd?options=-c%20jit%3Don", Path("/data"))
    assert settings["OPTIONS"]["options"] == "-c jit=on"


def test_another_kind_of_address_is_refused_in_words():
    with pytest.raises(ValueError, match="postgres://"):
        machine.database("mysql://root@localhost/x", Path("/data"))


def test_public_addresses_are_read_from_a_comma_separated_list(monkeypatch):
    monkeypatch.setenv("CNCD_ORIGINS", "https://cncd.example.vn/, https://www.example.vn")
    assert machine.origins() == ["https://cncd.example.vn", "https://www.example.vn"]
    monkeypatch.setenv("CNCD_ORIGINS", "")
    assert machine.origins() == []
