"""What `cncd serve` does: make ready, then hand over to the supervisor."""

import hashlib
import json
import os
import socket
import sys

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate() -> bool:
    """Bring the database up to date; says whether there was anything to do."""
    executor = MigrationExecutor(connection)
    pending = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return pending


def collect_static() -> bool:
    """Copy the static files into the data directory when one has changed since last time."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(["*.map", ".*"]):
            seen = os.stat(storage.path(name))
            digest.update(f"{name} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".stamp"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return False
    options = {"interactive": False, "verbosity": 0, "clear": True, "ignore_patterns": ["*.map"]}
    call_command("collectstatic", **options)
    stamp.write_text(digest.hexdigest())
    return True


def is_free(host: str, port: int) -> bool:
    """Whether a server may listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As granian does: a port just left by another process counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def server_command(host: str, port: int, workers: int, pair=None) -> list[str]:
    # granian wants a number, not a name.
    address = "127.0.0.1" if host == "localhost" else host
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"] + [
        *("--host", address, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", "2", "--workers-kill-timeout", "10", "--log-level", "warning"),
        *(
            ["--ssl-certificate", str(pair.certificate), "--ssl-keyfile", str(pair.key)]
            if pair
            else []
        ),
        *("--respawn-failed-workers", "cncd.config.wsgi:application"),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "cncd.config.cli", "worker"]


def serve(*, host: str, port: int, workers: int, with_worker: bool, secured=None) -> None:
    """Serve until told to stop; this process becomes the supervisor and does not return."""
    commands = [server_command(host, port, workers, secured and secured.pair)]
    if with_worker:
        commands.append(worker_command())
    given = {"commands": commands, "look": secured and secured.look}
    arguments = [sys.executable, "-m", "cncd.config.supervisor", json.dumps(given)]
    os.execv(sys.executable, arguments)  # noqa: S606
