"""Whatever comes twice is done once, also when both come at the same moment."""

import datetime as dt
import threading
import uuid
from decimal import Decimal

import pytest
from django.db import connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cncd.foundation.envelopes.actions import (
    DifferentContent,
    canonical,
    forget_old_envelopes,
    once,
)
from cncd.foundation.envelopes.jobs import forget_old_envelopes as forget_job
from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.places.models import Level

MADE = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
contents = st.dictionaries(st.text(max_size=5), plain, max_size=5)


class Work:
    """Something that must happen once; counts how often it ran."""

    def __init__(self, fails=False):
        self.runs, self.fails = 0, fails

    def __call__(self) -> dict:
        self.runs += 1
        if self.fails:
            raise ValueError("sai số liệu")
        return {"run": self.runs}


def send(work, *, id=None, content=None, sender=None, kind="activity") -> dict:
    return once(
        id=id or uuid.uuid4(),
        kind=kind,
        content={"people": 12} if content is None else content,
        sender=sender,
        made_at=MADE,
        run=work,
    )


def test_the_second_time_gets_the_first_answer_without_running(db):
    work, id = Work(), uuid.uuid4()
    assert send(work, id=id) == send(work, id=id) == {"run": 1}
    assert work.runs == 1


def test_other_ids_are_other_entries(db):
    work = Work()
    assert [send(work), send(work)] == [{"run": 1}, {"run": 2}]


@pytest.mark.parametrize("other", [{"content": {"people": 13}}, {"kind": "report"}])
def test_the_same_id_with_something_else_is_refused(db, other):
    work, id = Work(), uuid.uuid4()
    send(work, id=id)
    with pytest.raises(DifferentContent):
        send(work, id=id, **other)
    assert work.runs == 1


def test_an_id_seen_from_another_account_is_refused(cast):
    id = uuid.uuid4()
    send(Work(), id=id, sender=cast.tu)
    with pytest.raises(DifferentContent):
        send(Work(), id=id, sender=cast.nhan)


def test_what_failed_may_be_tried_again(db):
    id = uuid.uuid4()
    with pytest.raises(ValueError, match="sai số liệu"):
        send(Work(fails=True), id=id)
    assert not Envelope.objects.exists()
    assert send(Work(), id=id) == {"run": 1}


def test_the_change_and_its_receipt_stand_or_fall_together(db):
    def change_then_fail():
        Level.objects.create(code="x", rank=9, name="x", name_en="x")
        raise ValueError("hỏng")

    with pytest.raises(ValueError, match="hỏng"):
        send(change_then_fail)
    assert not Level.objects.exists()


def test_answers_may_hold_days_ids_and_decimals(db):
    id = uuid.uuid4()

    def answer():
        return {"id": id, "day": dt.date(2026, 11, 1), "rate": Decimal("0.5")}

    first = send(answer, id=id)
    assert first == send(answer, id=id) == {"id": str(id), "day": "2026-11-01", "rate": "0.5"}


@given(contents, contents)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_the_same_content_counts_as_the_same(db, first, second):
    work, id = Work(), uuid.uuid4()
    with transaction.atomic():
        send(work, id=id, content=first)
        shuffled = dict(reversed(list(first.items())))
        assert send(work, id=id, content=shuffled) == {"run": 1}
        if canonical(first) == canonical(second):
            assert send(work, id=id, content=second) == {"run": 1}
        else:
            with pytest.raises(DifferentContent):
                send(work, id=id, content=second)
        transaction.set_rollback(True)
    assert work.runs == 1


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_sendings_runs_each_entry_once(db, letters):
    works = {letter: Work() for letter in letters}
    ids = {letter: uuid.uuid4() for letter in letters}
    for letter in letters:
        answer = send(works[letter], id=ids[letter], content={"letter": letter})
        assert answer == {"run": 1}
    assert all(work.runs == 1 for work in works.values())


def race(*sendings) -> list:
    """Runs the sendings at the same moment, each on its own connection."""
    barrier, results = threading.Barrier(len(sendings)), [None] * len(sendings)

    def run(place, sending):
        try:
            barrier.wait()
            results[place] = sending()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, sending))
        for place, sending in enumerate(sendings)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
def test_of_identical_entries_at_the_same_moment_one_runs_and_all_get_its_answer():
    for _round in range(5):
        work, id = Work(), uuid.uuid4()
        results = race(*[lambda work=work, id=id: send(work, id=id)] * 4)
        assert results == [{"run": 1}] * 4
        assert work.runs == 1


def test_old_receipts_are_forgotten(db):
    send(Work())
    assert forget_old_envelopes(now=timezone.now() + dt.timedelta(days=170)) == 0
    assert forget_old_envelopes(now=timezone.now() + dt.timedelta(days=181)) == 1


def test_the_nightly_job_forgets_them(db):
    send(Work())
    Envelope.objects.update(received_at=timezone.now() - dt.timedelta(days=181))
    forget_job.call()
    assert not Envelope.objects.exists()
