"""`make bench`: the same measurements on SQLite and on PostgreSQL, side by side, as JSON.

    python -m bench                         both, a few minutes
    python -m bench --only sqlite           one of them
    python -m bench --parts entries phone   some of the measurements
    python -m bench --rounds 100 --load 60  more patience, steadier figures

Each database gets a fresh demo province in a folder of its own, removed at the end. PostgreSQL is
a real server with fsync on. Absolute times drift with what else the machine does: compare the two
columns of one run, and runs by `fixed_work_cpu_ms`.
"""

import argparse
import contextlib
import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.machine import facts, strain
from scripts.postgres import running

DATABASES = ("sqlite", "postgresql")
PACKAGES = ("django", "granian", "psycopg")


def main() -> None:
    said = argparse.ArgumentParser(description="Measures the demo province; prints JSON.")
    said.add_argument("--only", choices=DATABASES)
    said.add_argument("--output", type=Path, help="also write the JSON here")
    said, passed_on = said.parse_known_args()
    found = {"machine": facts(), "versions": versions()}
    for name in [said.only] if said.only else DATABASES:
        found[name] = measured(name, passed_on) | {"machine_after": strain()}
    if not said.only:
        found["postgresql_to_sqlite"] = ratios(*(found[name] for name in DATABASES))
    text = json.dumps(found, indent=2, ensure_ascii=False)
    print(text)
    if said.output:
        said.output.write_text(f"{text}\n")


def versions() -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        found["cncd"] = importlib.metadata.version("cncd")
    return found


def measured(name: str, passed_on: list[str]) -> dict:
    """One database in a process and a folder of its own."""
    print(f"-- {name}", file=sys.stderr)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        environment = {**os.environ, "CNCD_DATA": folder}
        environment.pop("DATABASE_URL", None)
        if name == "postgresql":
            environment["DATABASE_URL"] = stack.enter_context(running(durable=True))
        command = [sys.executable, "-m", "bench.one", *passed_on]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(f"The measurement of {name} failed.")
        return json.loads(done.stdout)


def ratios(one, other) -> object:
    """How many times the first figure the second one is, wherever both are numbers."""
    if isinstance(one, dict) and isinstance(other, dict):
        both = {key: ratios(one[key], other[key]) for key in one if key in other}
        return {key: value for key, value in both.items() if value not in (None, {})}
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return round(other / one, 2) if numbers and one else None


if __name__ == "__main__":
    main()
