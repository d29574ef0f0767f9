"""Everything about one database: seeds it, measures it, prints JSON. `bench` calls it for each.

CNCD_DATA=/tmp/x [DATABASE_URL=postgres://…] python -m bench.one [--rounds 40] [--port 8111]
"""

import argparse
import json
import os
import sys
import time

import django

PARTS = (
    "roll_up pages entries phone phone_queue server rebuild registers library notices difficulties"
).split()


def options() -> argparse.Namespace:
    said = argparse.ArgumentParser()
    said.add_argument("--rounds", type=int, default=40, help="how often each page is asked for")
    said.add_argument("--limit", type=float, default=20, help="seconds at most for one page")
    said.add_argument("--load", type=float, default=30, help="seconds at most for one kind of load")
    said.add_argument("--port", type=int, default=8111)
    said.add_argument("--parts", nargs="*", choices=PARTS, help="only these, in this order")
    said.add_argument("--profile", default="", help="print where the time of this goes instead")
    return said.parse_args()


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def seed() -> dict:
    """Builds the demo province, unless it stands already (when a run is repeated by hand)."""
    from django.core.management import call_command
    from django.db import connection

    from cncd.config import serving
    from cncd.config.demo.build import Demo

    serving.collect_static()
    if "places_place" in connection.introspection.table_names():
        return {}
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    clock, cpu = time.perf_counter(), time.process_time()
    Demo().build()
    return {
        "seconds": round(time.perf_counter() - clock, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
    }


def database() -> dict:
    """Which it is, and how many MB it takes."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("SELECT sqlite_version()")
            version = cursor.fetchone()[0]
            size = os.path.getsize(connection.settings_dict["NAME"])
        else:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    return {"vendor": connection.vendor, "version": version, "mb": round(size / 1_048_576, 1)}


def measure(said: argparse.Namespace) -> dict:
    from bench import difficulties, library, load, notices, pages, phone, queue, registers
    from bench.people import Cast

    say("seeding")
    found = {"seed": seed(), "database": database()}
    cast = Cast()
    found["rows"] = pages.sizes(cast)
    parts = {
        "roll_up": lambda: pages.roll_ups(cast, said.rounds * 5),
        "pages": lambda: pages.Pages(cast, said.rounds, said.limit).all(),
        "entries": lambda: load.measure_entries(cast, said.port, said.load),
        "phone": lambda: phone.measure(cast, said.port),
        "phone_queue": lambda: queue.measure(cast, said.port),
        "server": lambda: load.measure(cast, said.port, said.load),
        "rebuild": lambda: pages.rebuilds(cast),
        "registers": lambda: registers.measure(cast, said.rounds, said.limit),
        "library": lambda: library.measure(cast, said.rounds, said.limit),
        "notices": notices.measure,
        "difficulties": difficulties.measure,
    }
    for name in said.parts or parts:
        say(name)
        found[name] = parts[name]()
    return found


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cncd.config.settings")
    django.setup()
    said = options()
    if said.profile:
        from bench.profiles import profile

        seed()
        profile(said.profile, said.rounds)
    else:
        print(json.dumps(measure(said)))


if __name__ == "__main__":
    main()
