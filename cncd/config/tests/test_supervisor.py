"""The supervisor keeps two processes running, and takes both along when it ends."""

import os
import signal
import subprocess
import sys
import time

import pytest

LIMIT = 20.0  # seconds; far more than needed
SUPERVISE = """
import sys
from cncd.config import supervisor
supervisor.RESTART_AFTER = 0.1
main, other = sys.argv[1:]
sys.exit(supervisor.Supervisor([sys.executable, "-c", main], [sys.executable, "-c", other]).run())
"""
STAY = "import time; time.sleep(600)"


def supervise(main, other):
    return subprocess.Popen([sys.executable, "-c", SUPERVISE, main, other])


def write_pid(path, then):
    return f"import os; open({str(path)!r}, 'a').write(f'{{os.getpid()}}\\n'); {then}"


def pids(path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition):
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def test_the_exit_code_of_the_server_is_passed_on():
    assert supervise("raise SystemExit(3)", STAY).wait(LIMIT) == 3


def test_a_worker_that_dies_is_started_again(tmp_path):
    notes = tmp_path / "pids"
    supervisor = supervise(STAY, write_pid(notes, "raise SystemExit(1)"))
    wait_for(lambda: len(pids(notes)) >= 3)
    supervisor.terminate()
    assert supervisor.wait(LIMIT) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_ends_both_processes(tmp_path, number):
    main, other = tmp_path / "main", tmp_path / "other"
    supervisor = supervise(write_pid(main, STAY), write_pid(other, STAY))
    wait_for(lambda: pids(main) and pids(other))
    supervisor.send_signal(number)
    assert supervisor.wait(LIMIT) == 0
    assert not any(map(is_running, pids(main) + pids(other)))


def test_killed_it_leaves_no_process_behind(tmp_path):
    main, other = tmp_path / "main", tmp_path / "other"
    supervisor = supervise(write_pid(main, STAY), write_pid(other, STAY))
    wait_for(lambda: pids(main) and pids(other))
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()
    wait_for(lambda: not any(map(is_running, pids(main) + pids(other))))
