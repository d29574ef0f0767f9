"""How figures add up over units."""

from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.kit.counting import NONE
from cncd.results.totals.rules import (
    ACCEPTED,
    PROVISIONAL,
    SENT,
    Sum,
    add_counts,
    add_into,
    of_one,
    team_counts,
    team_figures,
)


def total(*figures) -> Sum:
    found = {}
    for figure in figures:
        add_into(found, {"A": figure})
    return Sum(*found.get("A", Sum()))


def test_absent_adds_nothing_and_is_not_zero():
    assert total().value() is None
    assert total(of_one(5, ACCEPTED)).value() == 5


def test_nothing_arose_adds_as_zero_and_alone_stays_itself():
    assert total(of_one(NONE, SENT), of_one(NONE, ACCEPTED)).value() == NONE
    assert total(of_one(NONE, SENT), of_one(7, ACCEPTED)).value() == 7
    assert total(of_one(NONE, SENT), of_one(0, ACCEPTED)).value() == 0


def test_provisional_counts_only_while_the_month_runs():
    figure = total(of_one(4, PROVISIONAL), of_one(3, SENT))
    assert figure.value() == 3
    assert figure.value(with_provisional=True) == 7
    assert total(of_one(4, PROVISIONAL)).value() is None
    assert total(of_one(4, PROVISIONAL)).stated == 0


def test_what_registers_know_needs_no_report():
    provisional = team_figures("provisional", {"TC07": 2}, {"TC02": 1})
    assert provisional["TC02"] == of_one(1, ACCEPTED)
    assert provisional["TC07"] == of_one(2, PROVISIONAL)
    sent = team_figures("sent", {"TC04": 8}, {"TC04": 9})
    assert sent["TC04"] == of_one(8, SENT)  # what the report says goes before the register


def test_late_missing_and_not_due_are_counted_apart():
    parts = [
        team_counts(state="sent", is_due=True, is_on_time=True),
        team_counts(state="accepted", is_due=True, is_on_time=False),
        team_counts(state="", is_due=True, is_on_time=None),
        team_counts(state="", is_due=False, is_on_time=None),
    ]
    assert add_counts(parts) == {
        "teams": 4,
        "due": 3,
        "on_time": 1,
        "late": 1,
        "waiting": 1,
        "returned": 0,
        "accepted": 1,
    }


value = st.one_of(st.just(NONE), st.integers(0, 10**9))
figure = st.builds(of_one, value, st.sampled_from([ACCEPTED, SENT, PROVISIONAL]))


@given(st.lists(figure, max_size=12), st.integers(0, 12))
def test_any_grouping_of_units_gives_the_same_sum(figures, cut):
    assert total(*figures) == total(total(*figures[:cut]), total(*figures[cut:]))
