"""A real worker process is killed in the middle of a job; the next one finishes it."""

import signal
import subprocess
import sys
import time

import pytest

from tests.installation import installation, run

WORKER = """
import django
django.setup()
from cncd.foundation.kit.worker import run_forever
run_forever((), beat=0.2, silence=1.5)
"""
ENQUEUE = """
import sys, django
django.setup()
from cncd.foundation.kit.tests import errands
getattr(errands, sys.argv[1]).enqueue(sys.argv[2])
"""
LIMIT = 30.0  # seconds; far more than needed, so that a busy machine does not fail the test


@pytest.fixture
def machine(tmp_path):
    with installation(tmp_path) as environment:
        for app in ("kit", "django_tasks_database"):
            run(environment, "-m", "django", "migrate", "-v0", app)
        yield environment


@pytest.fixture
def start_worker(machine):
    started = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", WORKER], env=machine)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(condition):
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def lines(path) -> int:
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_the_job_of_a_killed_worker_is_run_again_by_another(machine, start_worker, tmp_path):
    notes, after = tmp_path / "notes", tmp_path / "after"
    first = start_worker()
    run(machine, "-c", ENQUEUE, "hang_the_first_time", str(notes))
    wait_for(lambda: lines(notes) == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()

    second = start_worker()
    wait_for(lambda: lines(notes) == 2)
    run(machine, "-c", ENQUEUE, "note_it", str(after))
    wait_for(lambda: lines(after) == 1)
    assert lines(notes) == 2

    second.terminate()
    assert second.wait(LIMIT) == 0
