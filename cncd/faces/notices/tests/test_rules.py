"""When to remind, when to try again, whom to hand a push to."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.faces.notices.rules import (
    AFTER,
    due_step,
    is_evening,
    is_push_service,
    seconds_to_live,
    topic,
    wait_after,
)

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "step"),
    [
        (at(27, 7, 59), None),
        (at(27, 8), 3),
        (at(28, 12), 3),
        (at(29, 7, 59), 3),
        (at(29, 8), 1),
        (at(30, 7), 1),
        (at(30, 8), 0),
        (at(30, 23, 59), 0),
        (at(1, 7, 59, month=12), None),
        (at(1, 8, month=12), AFTER),
        (at(3, 7, 59, month=12), AFTER),
        (at(3, 8, month=12), None),
    ],
)
def test_reminders_have_their_turn_one_after_the_other(now, step):
    assert due_step(at(30, 23, 59), now) == step


def test_a_report_due_in_the_small_hours_is_not_reminded_of_when_it_is_too_late():
    assert due_step(at(30, 7), at(30, 6)) == 1
    assert due_step(at(30, 7), at(30, 9)) is None


@given(st.integers(0, 20 * 24 * 60), st.integers(0, 20 * 24 * 60))
def test_as_time_goes_by_reminders_never_go_back(first, second):
    early, late = sorted((first, second))
    steps = [due_step(at(30, 17), at(16, 0) + dt.timedelta(minutes=m)) for m in (early, late)]
    if None not in steps:
        assert steps[0] >= steps[1]


def test_the_evening_is_that_of_the_due_day():
    assert is_evening(at(30, 17), at(30, 19), 19)
    assert not is_evening(at(30, 17), at(30, 18, 59), 19)
    assert not is_evening(at(30, 17), at(29, 20), 19)


def test_each_try_waits_longer_up_to_an_hour_or_as_long_as_asked():
    waits = [wait_after(tries) for tries in range(1, 7)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (dt.timedelta(minutes=1), dt.timedelta(hours=1))
    assert wait_after(1, dt.timedelta(hours=3)) == dt.timedelta(hours=3)
    assert wait_after(1, dt.timedelta(days=400)) == dt.timedelta(days=1)


def test_a_push_lives_as_long_as_it_is_of_use():
    assert seconds_to_live(at(30, 17), at(30, 16)) == 3600
    assert seconds_to_live(at(30, 17), at(30, 18)) == 0


def test_a_topic_fits_what_push_services_take():
    assert len(topic("team 12, 2026-11")) == 32
    assert topic("team 12, 2026-11") != topic("team 1, 2026-11")


SERVICES = ["fcm.googleapis.com", ".push.apple.com", "http://127.0.0.1:9"]


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://web.push.apple.com/x", True),
        ("http://127.0.0.1:9/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.vn/x", False),
        ("https://evilpush.apple.com/x", False),
        ("https://fcm.googleapis.com@evil.vn/x", False),
        ("https://evil.vn\\@fcm.googleapis.com/x", False),
        ("https://127.0.0.1/x", False),
        ("http://127.0.0.1:90/x", False),
        ("http://169.254.169.254/latest", False),
        ("https://fcm.googleapis.com:x/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_push_services_are_called(endpoint, is_one):
    assert is_push_service(endpoint, SERVICES) is is_one
