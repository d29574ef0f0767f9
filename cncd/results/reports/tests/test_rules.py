"""What is true of reports without a database or a clock."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.kit.counting import NONE, Counted
from cncd.results.reports.rules import (
    Entry,
    Line,
    Status,
    acting_day,
    changes,
    compose,
    must_report,
    status,
)

NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
DUE = dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("since", "until", "owed"),
    [
        (dt.date(2025, 6, 1), None, True),
        (dt.date(2026, 11, 30), None, True),  # in force on the last day
        (dt.date(2026, 12, 1), None, False),
        (dt.date(2025, 6, 1), dt.date(2026, 11, 15), True),  # a closing report
        (dt.date(2025, 6, 1), dt.date(2026, 11, 1), False),  # gone before the month began
        (dt.date(2025, 6, 1), dt.date(2026, 11, 2), True),
    ],
)
def test_who_must_report(since, until, owed):
    assert must_report(since, until, *NOVEMBER) is owed


def test_a_team_formed_within_the_cut_off_owes_nothing_yet():
    assert must_report(dt.date(2026, 11, 25), None, *NOVEMBER, cutoff_days=5)
    assert not must_report(dt.date(2026, 11, 26), None, *NOVEMBER, cutoff_days=5)


def test_a_dissolved_team_follows_the_tree_of_its_own_last_day():
    assert acting_day(dt.date(2026, 11, 15), NOVEMBER[1]) == dt.date(2026, 11, 14)
    assert acting_day(None, NOVEMBER[1]) == NOVEMBER[1]


@pytest.mark.parametrize(
    ("state", "is_due", "made", "now", "word"),
    [
        (None, True, None, -1, Status.NOT_YET),
        (None, True, None, 1, Status.MISSING),
        (None, False, None, 1, Status.NOT_DUE),
        ("sent", True, -1, 1, Status.ON_TIME),
        ("sent", True, 0, 1, Status.ON_TIME),
        ("sent", True, 1, 2, Status.LATE),
        ("returned", True, -1, 2, Status.RETURNED),
        ("accepted", True, 1, 2, Status.ACCEPTED),
        ("locked", True, 1, 2, Status.ACCEPTED),
        ("accepted", False, None, 2, Status.IMPORTED),
    ],
)
def test_the_grid_keeps_late_missing_and_not_due_apart(state, is_due, made, now, word):
    hours = dt.timedelta(hours=1)
    found = status(
        state=state,
        is_due=is_due,
        made_at=None if made is None else DUE + made * hours,
        due_at=DUE,
        now=DUE + now * hours,
    )
    assert found == word


def counted(value, *records):
    return Counted(value, tuple(("activities", name, 1) for name in records))


def test_a_count_stands_and_points_at_its_records():
    made = compose([Line("TC07", "", counted(2, "a", "b")), Line("TC08", "", counted(9, "b"))], {})
    assert made.values == {"TC07": 2, "TC08": 9}
    assert made.records == [("activities", "a", 1), ("activities", "b", 1)]
    assert made.figures["TC08"]["from"] == [1]


def test_a_changed_count_keeps_both_and_asks_why():
    line = Line("TC08", "", counted(9, "b"))
    made = compose([line], {"TC08": Entry(12)})
    assert made.unexplained == ["TC08"]
    made = compose([line], {"TC08": Entry(12, "quên ghi một buổi")})
    assert made.unexplained == []
    assert made.figures["TC08"]["value"] == 12
    assert made.figures["TC08"]["computed"] == 9


def test_typing_the_same_number_as_counted_is_no_change():
    made = compose([Line("TC08", "", counted(9))], {"TC08": Entry(9)})
    assert made.unexplained == []
    assert "reason" not in made.figures["TC08"]


def test_blank_zero_and_nothing_arose_stay_three_things():
    lines = [Line(code, "", required=False) for code in ("A", "B", "C")]
    made = compose(lines, {"A": Entry(0), "B": Entry(NONE)})
    assert made.values == {"A": 0, "B": NONE}
    assert "C" not in made.figures


def test_a_required_blank_figure_is_missing():
    assert compose([Line("KT15", "")], {}).missing == ["KT15"]


def test_one_tap_says_nothing_arose_but_keeps_what_was_counted():
    lines = [
        Line("TC07", "", counted(3, "a"), zero_is_none=True),
        Line("CQ06", "", counted(0), zero_is_none=True),
        Line("TC04", "", counted(0), zero_is_none=False),
        Line("KT01", ""),
    ]
    made = compose(lines, {}, nothing_happened=True)
    assert made.values == {"TC07": 3, "CQ06": NONE, "TC04": 0, "KT01": NONE}
    assert made.missing == []


def test_kept_figures_come_over_with_the_records_they_counted():
    before = compose([Line("TC07", "", counted(2, "a", "b")), Line("KT01", "")], {"KT01": Entry(5)})
    lines = [Line("TC07", "", counted(7, "c")), Line("KT01", "")]
    kept = {"TC07": before.figures["TC07"]}
    after = compose(lines, {"KT01": Entry(6)}, kept=kept, kept_records=before.records)
    assert after.values == {"TC07": 2, "KT01": 6}
    assert after.records == [("activities", "a", 1), ("activities", "b", 1)]


def test_changes_name_what_differs_and_absence_is_not_zero():
    before = {"A": {"value": 1}, "B": {"value": 0}}
    after = {"A": {"value": 1}, "C": {"value": NONE}}
    assert changes(before, after) == {"B": [0, None], "C": [None, NONE]}


values = st.one_of(st.just(NONE), st.integers(0, 1000))
records = st.lists(st.sampled_from("abcdefgh"), max_size=5, unique=True)
sheets = st.dictionaries(st.sampled_from("ABCDEFG"), st.tuples(values, records), max_size=7)


@given(sheets)
def test_every_figure_opens_exactly_the_records_its_count_named(sheet):
    lines = [Line(code, "", counted(value, *names)) for code, (value, names) in sheet.items()]
    made = compose(lines, {})
    assert len(set(made.records)) == len(made.records)
    for code, (_value, names) in sheet.items():
        assert [made.records[i][1] for i in made.figures[code]["from"]] == names
