"""An installation of its own for tests that start real processes: data directory and database."""

import contextlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg


@contextlib.contextmanager
def installation(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh installation in `folder`, on the kind of database under test."""
    environment = {
        **os.environ,
        "CNCD_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "cncd.config.settings",
        "CNCD_DB_POOL": "1",
    }
    address = os.environ.get("DATABASE_URL")
    if not address:
        yield environment
        return
    name = f"installation_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"create database {name}")
    try:
        yield {**environment, "DATABASE_URL": f"{address.rpartition('/')[0]}/{name}"}
    finally:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"drop database {name} with (force)")


def run(environment: dict[str, str], *arguments: str) -> str:
    """Run Python with these arguments; returns what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout
