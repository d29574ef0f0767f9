"""Jobs for the tests of the job worker; each writes down that it ran."""

import time
from pathlib import Path

from django_tasks import task


def note(path: str) -> int:
    with Path(path).open("a") as file:
        file.write("ran\n")
    return len(Path(path).read_text().splitlines())


@task
def note_it(path: str) -> int:
    return note(path)


@task
def hang_the_first_time(path: str) -> None:
    if note(path) == 1:
        time.sleep(600)


@task
def fail_twice(path: str) -> None:
    if note(path) <= 2:
        raise ValueError("not yet")


@task
def fail_always(path: str) -> None:
    note(path)
    raise ValueError("never")
