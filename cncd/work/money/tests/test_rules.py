import pytest

from cncd.work.money.rules import Plan, cost_per, grouped, names_an_account


def test_what_is_left_and_what_exceeds_are_never_both():
    assert (Plan(10, 4).left, Plan(10, 4).over, Plan(10, 4).share) == (6, 0, 0.4)
    assert (Plan(4, 10).left, Plan(4, 10).over) == (0, 6)
    assert Plan(0, 5).share is None
    assert grouped([("a", Plan(1, 0)), ("b", Plan(5, 5)), ("a", Plan(0, 2))]) == {
        "a": Plan(1, 2), "b": Plan(5, 5)
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["STK 0123456789012", "Chuyển 9704 1234 5678 9012", "tk 123456789"]
)
def test_the_number_of_an_account_is_seen(text):
    assert names_an_account(text)


@pytest.mark.parametrize(
    "text",
    ["2 loa, 1.250.000.000 đồng", "Hóa đơn 00001234", "Quyết định 12/QĐ-UBND", "0912345678"],
)
def test_other_numbers_are_left_alone(text):
    assert not names_an_account(text)


def test_cost_of_one_result_is_said_only_where_both_are_known():
    assert cost_per(10_000_000, 3) == 3_333_333
    assert cost_per(5, 2) == 3  # to the nearest đồng, a half upwards
    assert cost_per(None, 3) is cost_per(5, 0) is cost_per(5, None) is cost_per(0, 3) is None
