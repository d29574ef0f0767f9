import datetime as dt

import pytest

from cncd.faces.phone.rules import is_soon, time_left

VN = dt.timezone(dt.timedelta(hours=7))
DUE = dt.datetime(2026, 11, 30, 17, tzinfo=VN)


@pytest.mark.parametrize(
    ("day", "hour", "told", "soon"),
    [
        (22, 9, "còn 8 ngày", False),
        (26, 23, "còn 4 ngày", False),
        (27, 0, "còn 3 ngày", True),
        (29, 23, "hạn ngày mai", True),
        (30, 9, "hạn hôm nay, trước 17:00", True),
        (30, 18, "đã qua giờ hẹn, vẫn gửi được", True),
    ],
)
def test_the_time_left_is_said_in_words_and_turns_amber_at_three_days(day, hour, told, soon):
    now = dt.datetime(2026, 11, day, hour, tzinfo=VN)
    assert time_left(DUE, now) == told
    assert is_soon(DUE, now) is soon


def test_a_day_begins_at_midnight_in_vietnam():
    now = dt.datetime(2026, 11, 29, 17, 30, tzinfo=dt.UTC)  # 00:30 on the 30th there
    assert time_left(DUE, now) == "hạn hôm nay, trước 17:00"


def test_what_is_past_is_not_scolded():
    now = dt.datetime(2026, 12, 2, 9, tzinfo=VN)
    assert time_left(DUE, now) == "đã qua 2 ngày, vẫn gửi được"
