"""Background jobs: lost ones come back, failed ones are tried again, periodic ones run once."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cncd.foundation.kit import worker
from cncd.foundation.kit.jobs import forget_old_jobs
from cncd.foundation.kit.models import Worker

from . import errands

NOON = dt.datetime(2022, 10, 22, 5, 0, tzinfo=dt.UTC)  # 12:00 in Sóc Trăng
DAILY = worker.Periodic(job="cncd.foundation.kit.jobs.forget_old_jobs", at=dt.time(2, 30))
HOURLY = worker.Periodic(
    job="cncd.foundation.kit.jobs.forget_old_jobs", every=dt.timedelta(hours=1)
)


@pytest.fixture
def notes(tmp_path):
    return tmp_path / "notes"


def times(notes) -> int:
    return len(notes.read_text().splitlines()) if notes.exists() else 0


def lost_job(*, attempts: int = 1, started=NOON) -> DBTaskResult:
    """A job that a worker claimed and never finished."""
    result = errands.note_it.enqueue("/dev/null")
    row = DBTaskResult.objects.get(pk=result.id)
    for number in range(attempts):
        row.claim(f"gone-{number}")
    DBTaskResult.objects.filter(pk=row.pk).update(started_at=started)
    row.refresh_from_db()
    return row


@pytest.mark.django_db
def test_a_ready_job_runs_and_keeps_its_answer(notes):
    result = errands.note_it.enqueue(str(notes))
    worker.run_ready()
    result.refresh()
    assert result.return_value == times(notes) == 1


@pytest.mark.django_db
def test_a_job_of_a_silent_worker_is_put_back():
    row = lost_job()
    worker.give_sign_of_life("gone-0", NOON)
    assert worker.requeue_lost(now=NOON + dt.timedelta(seconds=59)) == 0
    assert worker.requeue_lost(now=NOON + dt.timedelta(seconds=61)) == 1
    row.refresh_from_db()
    assert row.status == "READY"


@pytest.mark.django_db
def test_a_job_that_keeps_killing_its_workers_is_given_up():
    row = lost_job(attempts=worker.ATTEMPTS)
    worker.requeue_lost(now=NOON + dt.timedelta(minutes=5))
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert "killed" in row.traceback
    assert worker.retry_failed(now=NOON + dt.timedelta(minutes=6)) == 0


@pytest.mark.django_db
def test_a_failed_job_waits_longer_each_time_and_then_succeeds(notes):
    with time_machine.travel(NOON, tick=False) as clock:
        result = errands.fail_twice.enqueue(str(notes))
        for pause, ran in ((0, 1), (9, 1), (1, 2), (39, 2), (1, 3)):
            clock.shift(pause)
            worker.retry_failed(now=timezone.now())
            worker.run_ready()
            assert times(notes) == ran
        result.refresh()
        assert result.status == "SUCCESSFUL"


@pytest.mark.django_db
def test_a_job_that_never_succeeds_is_tried_five_times(notes):
    with time_machine.travel(NOON, tick=False) as clock:
        result = errands.fail_always.enqueue(str(notes))
        for _day in range(8):
            worker.retry_failed(now=timezone.now())
            clock.shift(dt.timedelta(days=1))
            worker.run_ready()
        result.refresh()
    assert times(notes) == worker.ATTEMPTS
    assert result.status == "FAILED"
    assert "never" in result.errors[0].traceback


@pytest.mark.django_db
def test_a_periodic_job_is_enqueued_once_per_slot_by_however_many_workers():
    for minutes in (0, 1, 300):
        worker.enqueue_due([DAILY], now=NOON + dt.timedelta(minutes=minutes))
    assert DBTaskResult.objects.count() == 1
    worker.enqueue_due([DAILY], now=NOON + dt.timedelta(hours=14))
    assert DBTaskResult.objects.count() == 1
    worker.enqueue_due([DAILY], now=NOON + dt.timedelta(hours=15))
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_a_periodic_job_really_runs():
    worker.enqueue_due([DAILY], now=timezone.now())
    worker.run_ready()
    row = DBTaskResult.objects.get()
    assert (row.status, row.traceback) == ("SUCCESSFUL", "")


def test_a_daily_slot_begins_at_its_vietnamese_hour():
    half_past_two = dt.datetime(2022, 10, 21, 19, 30, tzinfo=dt.UTC)
    assert DAILY.slot(NOON) == half_past_two
    assert DAILY.slot(half_past_two) == half_past_two
    earlier = half_past_two - dt.timedelta(seconds=1)
    assert DAILY.slot(earlier) == half_past_two - dt.timedelta(days=1)


def test_an_hourly_slot_begins_on_the_hour():
    assert HOURLY.slot(NOON + dt.timedelta(minutes=59)) == NOON
    assert HOURLY.slot(NOON + dt.timedelta(minutes=60)) == NOON + dt.timedelta(hours=1)


@pytest.mark.django_db
def test_old_finished_jobs_and_silent_workers_are_forgotten():
    now = timezone.now()
    for days in (13, 15):
        then = now - dt.timedelta(days=days)
        DBTaskResult.objects.create(
            id=uuid.uuid4(), status="SUCCESSFUL", finished_at=then, run_after=then,
            args_kwargs={}, task_path="x", backend_name="default",
        )  # fmt: skip
        worker.give_sign_of_life(f"worker-{days}", then)
    waiting = errands.note_it.enqueue("/dev/null")
    forget_old_jobs.call()
    assert list(Worker.objects.values_list("id", flat=True)) == ["worker-13"]
    assert DBTaskResult.objects.filter(status="SUCCESSFUL").count() == 1
    assert DBTaskResult.objects.filter(pk=waiting.id).exists()
