"""What the figures depend on: the machine, how busy it is, and what processes hold in memory."""

import contextlib
import os
import platform
import threading
import time
from pathlib import Path
from statistics import median, quantiles

MB = 1_048_576


def percentiles(seconds: list[float]) -> dict:
    """p50 and p95 in milliseconds, and of how many."""
    if not seconds:
        return {"n": 0}
    ordered = sorted(seconds)
    p95 = quantiles(ordered, n=20, method="inclusive")[-1] if len(ordered) > 1 else ordered[0]
    return {
        "p50_ms": round(median(ordered) * 1000, 2),
        "p95_ms": round(p95 * 1000, 2),
        "n": len(ordered),
    }


def facts() -> dict:
    """The machine, and how busy others keep it."""
    model = ""
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        rows = [line for line in cpu.read_text().splitlines() if line.startswith("model name")]
        model = rows[0].partition(":")[2].strip() if rows else ""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cpu": model or platform.machine(),
        "cores": os.cpu_count(),
        "memory_mb": pages * size // MB,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    } | strain()


def strain() -> dict:
    """Load average, and the CPU milliseconds of a fixed piece of work: busier means dearer."""
    before = time.process_time()
    found = {}
    for number in range(300_000):
        found[number % 1000] = str(number)
    spent = time.process_time() - before
    return {
        "load_average": [round(value, 2) for value in os.getloadavg()],
        "fixed_work_cpu_ms": round(spent * 1000, 1),
    }


def memory_of(root: int) -> dict[str, float]:
    """RSS and PSS in MB of a process and all it has started; PSS counts shared pages once."""
    found = {"rss_mb": 0.0, "pss_mb": 0.0, "processes": 0}
    for pid in (root, *descendants(root)):
        try:
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        held = {row.split(":")[0]: row.split()[1] for row in rows[1:]}
        found["rss_mb"] += int(held["Rss"]) / 1024
        found["pss_mb"] += int(held["Pss"]) / 1024
        found["processes"] += 1
    return {name: round(value, 1) for name, value in found.items()}


def cpu_of(root: int) -> float:
    """Processor seconds used by a process and those it started that still run."""
    ticks = 0
    for pid in (root, *descendants(root)):
        with contextlib.suppress(OSError):
            rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(rest[11]) + int(rest[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def parent_of(pid: int) -> int:
    """Id of the process that started this one."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def descendants(root: int) -> list[int]:
    """Ids of the processes below this one."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                pid = int(entry.name)
                parents.setdefault(parent_of(pid), []).append(pid)
    found, pending = [], [root]
    while pending:
        children = parents.get(pending.pop(), [])
        found += children
        pending += children
    return found


class Meter:
    """What server and database use: processor time so far, and the most memory they ever held."""

    def __init__(self, server: int, postmaster: int | None):
        self.roots = {"server": server} | ({"database": postmaster} if postmaster else {})
        self.peaks = {name: {"pss_mb": 0.0} for name in self.roots}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def cpu(self) -> dict[str, float]:
        """Processor seconds so far: server, database and ourselves, the clients."""
        found = {name: cpu_of(root) for name, root in self.roots.items()}
        return found | {"clients": time.process_time()}

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.over.wait(0.5):
            for name, root in self.roots.items():
                held = memory_of(root)
                self.peaks[name] = max(self.peaks[name], held, key=lambda each: each["pss_mb"])
