"""Runs background jobs, and looks after them: lost ones, failed ones, periodic ones.

django-tasks stores and runs jobs; it neither retries one that failed, nor notices one whose worker
was killed, nor knows the clock. A job may therefore run more than once: it must call one action
that does no harm the second time.
"""

import datetime as dt
import logging
import threading
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import exclusive_transaction

from .models import Worker

logger = logging.getLogger("cncd.jobs")

BEAT = 5.0  # seconds between two signs of life
SILENCE = 60.0  # seconds without one, after which a worker counts as killed
ATTEMPTS = 5
FIRST_WAIT = dt.timedelta(seconds=10)  # before the second attempt; four times longer each time
PERIODIC_IDS = uuid.UUID("5f1c1f9e-6c58-4f0e-9d43-2f3f0d7a6f0b")


@dataclass(frozen=True, kw_only=True)
class Periodic:
    """A job without arguments that runs by the clock: `every` so often, or daily `at` a time."""

    job: str
    every: dt.timedelta | None = None
    at: dt.time | None = None

    def slot(self, now: dt.datetime) -> dt.datetime:
        """The latest moment, not after `now`, at which the job is due."""
        if self.every:
            epoch = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
            return epoch + (now - epoch) // self.every * self.every
        local = timezone.localtime(now)
        today = timezone.make_aware(dt.datetime.combine(local.date(), self.at))
        return today if today <= now else today - dt.timedelta(days=1)


def give_sign_of_life(worker_id: str, now: dt.datetime) -> None:
    """Says that this worker is alive."""
    Worker.objects.update_or_create(id=worker_id, defaults={"seen_at": now})


def requeue_lost(*, now: dt.datetime, silence: float = SILENCE) -> int:
    """Puts back the running jobs whose worker has been silent for `silence` seconds."""
    limit = now - dt.timedelta(seconds=silence)
    alive = set(Worker.objects.filter(seen_at__gt=limit).values_list("id", flat=True))
    done = 0
    for row in DBTaskResult.objects.running():
        if not alive.intersection(row.worker_ids[-1:]):
            done += _put_back(row, now, why="its worker was killed")
    return done


def retry_failed(*, now: dt.datetime) -> int:
    """Puts back the failed jobs that have attempts left, each time after a longer wait."""
    # The fifth worker id is there when the fifth attempt was made.
    left = DBTaskResult.objects.failed().filter(**{f"worker_ids__{ATTEMPTS - 1}__isnull": True})
    rows = left.filter(worker_ids__0__isnull=False)
    return sum(_put_back(row, now, why=row.exception_class_path) for row in rows)


def _put_back(row: DBTaskResult, now: dt.datetime, *, why: str) -> int:
    attempts = len(row.worker_ids)
    changes = {"status": TaskResultStatus.READY, "run_after": now}
    if row.status == TaskResultStatus.FAILED:
        changes["run_after"] = row.finished_at + FIRST_WAIT * 4 ** (attempts - 1)
    elif attempts >= ATTEMPTS:
        changes = {"status": TaskResultStatus.FAILED, "finished_at": now, "traceback": why}
    # Only one of several workers wins, and none when the job has moved on meanwhile.
    same = DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at)
    changed = same.update(**changes)
    if changed:
        logger.warning("%s: attempt %d failed: %s", row.task_path, attempts, why)
    return changed


def enqueue_due(schedule: Iterable[Periodic], *, now: dt.datetime) -> None:
    """Enqueues each periodic job once per slot, whichever worker comes first."""
    for periodic in schedule:
        key = f"{periodic.job} {periodic.slot(now).astimezone(dt.UTC).isoformat()}"
        row = DBTaskResult(
            id=uuid.uuid5(PERIODIC_IDS, key),
            task_path=periodic.job,
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            run_after=get_date_max(),
        )
        if not DBTaskResult.objects.filter(pk=row.pk).exists():
            DBTaskResult.objects.bulk_create([row], ignore_conflicts=True)


class Keeper(threading.Thread):
    """Beside the running job: signs of life, lost and failed jobs, the clock."""

    def __init__(
        self, worker_id: str, schedule: Iterable[Periodic], *, beat: float, silence: float
    ):
        super().__init__(name="job-keeper", daemon=True)
        self.worker_id, self.schedule = worker_id, tuple(schedule)
        self.beat, self.silence = beat, silence

    def round(self) -> None:
        now = timezone.now()
        give_sign_of_life(self.worker_id, now)
        requeue_lost(now=now, silence=self.silence)
        retry_failed(now=now)
        enqueue_due(self.schedule, now=now)

    def run(self) -> None:
        while True:
            try:
                close_old_connections()
                self.round()
            except OperationalError:
                logger.exception("The database did not answer; trying again")
            time.sleep(self.beat)


def _runner(worker_id: str) -> TaskRunner:
    return TaskRunner(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )


def run_ready() -> int:
    """Runs, in this process, every job that is ready now; returns how many."""
    runner = _runner(f"once-{uuid.uuid4().hex}")
    done = 0
    while True:
        with exclusive_transaction():
            if row := DBTaskResult.objects.ready().get_locked():
                row.claim(runner.worker_id)
        if not row:
            return done
        runner.run_task(row)
        done += 1


def run_forever(schedule: Iterable[Periodic], *, beat: float = BEAT, silence: float = SILENCE):
    """Runs jobs until SIGTERM or SIGINT; a running job is finished first."""
    worker_id = f"worker-{uuid.uuid4().hex}"
    runner = _runner(worker_id)
    runner.configure_signals()
    keeper = Keeper(worker_id, schedule, beat=beat, silence=silence)
    keeper.round()
    keeper.start()
    while runner.running:
        try:
            runner.run()
        except OperationalError:
            logger.exception("The database did not answer; trying again")
            connection.close()
            time.sleep(beat)
