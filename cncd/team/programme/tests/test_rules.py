import datetime as dt
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cncd.team.programme import rules
from cncd.team.programme.rules import NONE

numbers = st.integers(min_value=0, max_value=10**9)
values = st.one_of(st.none(), st.just(NONE), numbers)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


# -- over space -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "total"),
    [
        ([], None),
        ([None, None], None),
        ([5, None], 5),
        ([5, NONE], 5),
        ([NONE, NONE], NONE),
        ([NONE, None], NONE),
        ([0, NONE], 0),
        ([0, None], 0),
        ([3, 4, 0], 7),
    ],
)
def test_silence_is_left_out_and_nothing_arose_adds_as_zero(stated, total):
    assert rules.add_over_space(stated) == total


@given(st.lists(values), st.randoms())
def test_the_order_of_units_does_not_matter(stated, random):
    shuffled = random.sample(stated, len(stated))
    assert rules.add_over_space(stated) == rules.add_over_space(shuffled)


@given(st.lists(st.lists(values)))
def test_adding_by_commune_first_gives_the_province_the_same(communes):
    teams = [value for commune in communes for value in commune]
    by_commune = [rules.add_over_space(commune) for commune in communes]
    assert rules.add_over_space(by_commune) == rules.add_over_space(teams)


@given(st.lists(values))
def test_completeness_tells_stated_from_silent(stated):
    said, asked = rules.completeness(stated)
    assert asked == len(stated)
    assert said == asked - stated.count(None)


# -- over time --------------------------------------------------------------------------------


def test_a_flow_adds_up_over_months():
    found = rules.add_over_time("flow", [10, None, NONE, 5])
    assert found == rules.OverTime(15, "", 3, 4)


def test_a_stock_takes_the_last_month_even_when_it_fell():
    assert rules.add_over_time("stock", [9, 12, 7]).value == 7
    assert rules.add_over_time("stock", [9, 12, NONE]).value == NONE


def test_a_silent_last_month_of_a_stock_is_not_carried_forward():
    found = rules.add_over_time("stock", [9, 12, None])
    assert found.value is None
    assert found.reason == rules.LAST_MISSING


def test_a_stock_nobody_ever_reported_is_just_silent():
    assert rules.add_over_time("stock", [None, None]) == rules.OverTime(None, "", 0, 2)
    assert rules.add_over_time("stock", []) == rules.OverTime(None, "", 0, 0)


def test_households_of_several_months_are_not_added():
    found = rules.add_over_time("distinct", [30, 40])
    assert found.value is None
    assert found.reason == rules.NOT_ADDITIVE
    assert rules.show_over_time(found).startswith("–")


def test_households_of_several_months_come_from_the_list_when_there_is_one():
    assert rules.add_over_time("distinct", [30, 40], recounted=52).value == 52


def test_households_of_one_month_stand_as_they_are():
    assert rules.add_over_time("distinct", [30]).value == 30


@given(st.lists(values), st.lists(values))
def test_two_halves_of_a_year_of_flow_add_up_to_the_year(first, second):
    halves = [rules.add_over_time("flow", half).value for half in (first, second)]
    assert rules.add_over_space(halves) == rules.add_over_time("flow", first + second).value


@given(st.lists(st.lists(st.one_of(numbers, st.just(NONE)), min_size=3, max_size=3), min_size=1))
def test_flow_gives_the_same_by_unit_first_or_by_month_first(units):
    by_unit = rules.add_over_space(rules.add_over_time("flow", u).value for u in units)
    by_month = [rules.add_over_space(month) for month in zip(*units, strict=True)]
    assert by_unit == rules.add_over_time("flow", by_month).value


# -- ratios -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("num", "den", "share"),
    [
        (4, 5, Fraction(4, 5)),
        (NONE, 5, Fraction(0)),
        (0, 5, Fraction(0)),
        (None, 5, None),
        (4, None, None),
        (4, 0, NONE),
        (None, 0, NONE),
        (0, NONE, NONE),
    ],
)
def test_a_ratio_divides_or_says_why_not(num, den, share):
    assert rules.ratio(num, den) == share


def test_a_ratio_of_two_communes_is_not_the_average_of_their_ratios():
    nums, dens = [1, 90], [1, 100]
    total = rules.ratio(rules.add_over_space(nums), rules.add_over_space(dens))
    assert rules.show_percent(total) == "90,1%"
    assert total != Fraction(1, 2) * (Fraction(1, 1) + Fraction(90, 100))


def test_a_ratio_over_months_lets_each_side_follow_its_own_kind():
    # products listed and recognised are stocks: the quarter is what its last month says
    found = rules.ratio_over_time("stock", [2, 3, 4], "stock", [4, 4, 5])
    assert found == rules.OverTime(Fraction(4, 5), "", 3, 3)
    # reports on time and due are flows: the quarter adds both up first
    found = rules.ratio_over_time("flow", [1, 0, 1], "flow", [1, 1, 1])
    assert rules.show_over_time(found) == "66,7%"
    # teams with an activity may be other teams each month: a quarter can't be had by adding
    found = rules.ratio_over_time("distinct", [3, 4, 2], "stock", [5, 5, 5])
    assert found.value is None
    assert rules.show_over_time(found).startswith("– (cùng một hộ")


@given(st.lists(st.tuples(numbers, numbers).map(sorted), min_size=1))
def test_a_ratio_of_sums_lies_between_the_lowest_and_the_highest(pairs):
    shares = [Fraction(num, den) for num, den in pairs if den]
    total = rules.ratio(sum(n for n, _ in pairs), sum(d for _, d in pairs))
    assert total == NONE if not shares else min(shares) <= total <= max(shares)


# -- in words ---------------------------------------------------------------------------------


def test_the_three_values_read_differently():
    assert rules.show(None) == "chưa báo cáo"
    assert rules.show(NONE) == "không phát sinh"
    assert rules.show(0) == "0"
    assert rules.show(41220, unit="lượt") == "41.220 lượt"


def test_money_is_kept_in_dong_and_read_in_million_dong():
    assert rules.show(12_500_000, factor=1_000_000, unit="triệu đồng") == "12,5 triệu đồng"
    assert rules.show(1_234_567_890, factor=1_000_000) == "1.234,568"
    assert rules.show(3_000_000, factor=1_000_000) == "3"


@pytest.mark.parametrize(
    ("num", "den", "text"),
    [
        (98, 100, "98%"),
        (212, 263, "80,6%"),
        (9999, 10000, "99,9%"),
        (1, 10000, "0,1%"),
        (0, 10, "0%"),
        (10, 10, "100%"),
        (3, 2, "150%"),
        (0, 0, "không phát sinh"),
        (None, 3, "chưa báo cáo"),
    ],
)
def test_percents_have_one_decimal_no_space_and_never_round_up_to_done(num, den, text):
    assert rules.show_ratio(num, den) == text


def test_at_one_team_a_yes_no_ratio_reads_co_or_chua():
    assert rules.show_ratio(1, 1, yes_no=True, one_team=True) == "Có"
    assert rules.show_ratio(0, 1, yes_no=True, one_team=True) == "Chưa"
    assert rules.show_ratio(NONE, 1, yes_no=True, one_team=True) == "Chưa"
    assert rules.show_ratio(None, 1, yes_no=True, one_team=True) == "chưa báo cáo"
    assert rules.show_ratio(1, 1, yes_no=False, one_team=True) == "100%"
    assert rules.show_ratio(3, 4, yes_no=True, one_team=False) == "75%"


def test_a_share_of_too_few_answers_is_not_shown():
    assert "10" in rules.show_ratio(3, 4, least=10)
    assert rules.show_ratio(8, 10, least=10) == "80%"


# -- reading ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("  ", None),
        (None, None),
        ("không phát sinh", NONE),
        ("KHÔNG PHÁT SINH", NONE),
        ("khong phat sinh", NONE),
        ("0", 0),
        ("1.234", 1234),
        ("1 234", 1234),
        ("1234", 1234),
        (1234, 1234),
        (12.0, 12),
    ],
)
def test_entries_are_read_as_people_write_them(text, value):
    assert rules.read_value(text) == value


@pytest.mark.parametrize(
    "text", ["-3", "3,5", "12.5", "abc", "1.23.4", "5 người", "9" * 16, -1, 2.5]
)
def test_what_is_no_figure_is_refused_with_words(text):
    with pytest.raises(rules.NotAFigure) as refused:
        rules.read_value(text)
    assert len(str(refused.value)) > 10


@given(st.one_of(st.none(), st.just(NONE), st.integers(0, 10**15)), st.sampled_from([1, 10**6]))
def test_what_an_entry_field_shows_reads_back_the_same(value, factor):
    for language in ("vi", "en"):
        with translation.override(language):
            assert rules.read_value(rules.value_text(value, factor), factor) == value


@pytest.mark.parametrize(
    ("unit", "factor", "yes_no", "team", "place"),
    [
        ("lượt", 1, False, 10**6, 10**8),
        ("sản phẩm", 1, False, 10**6, 10**8),
        ("hợp đồng", 1, False, 10**6, 10**8),
        ("Tổ", 1, True, 1, 10**8),
        ("đồng", 1, False, rules.LARGEST, rules.LARGEST),
        ("Triệu đồng", 1, False, rules.LARGEST, rules.LARGEST),
        ("triệu đồng", 10**6, False, rules.LARGEST, rules.LARGEST),
        ("ha", 100, False, rules.LARGEST, rules.LARGEST),
    ],
)
def test_what_is_counted_one_by_one_has_a_largest_number_and_money_has_not(
    unit, factor, yes_no, team, place
):
    said = {"unit": unit, "factor": factor, "yes_no": yes_no}
    assert rules.most_of(**said, one_team=True) == team
    assert rules.most_of(**said, one_team=False) == place


def test_a_digit_too_many_is_refused_in_words():
    assert rules.read_value("1.000.000", most=10**6) == 10**6
    with pytest.raises(rules.NotAFigure, match=r"nhiều nhất là 1\.000\.000\. Xem lại"):
        rules.read_value("1.000.001", most=10**6)
    with pytest.raises(rules.NotAFigure, match="Ghi 1 nếu có, 0 nếu chưa"):
        rules.read_value("2", most=1)


# -- checks -----------------------------------------------------------------------------------


def check(kind, right="", factor=1, floor=0):
    message = "{left}: {value} > {limit}"
    return rules.CheckRow("c", kind, "KT02", right, factor, floor, message, "Lên sàn", "OCOP")


def test_more_listed_than_recognised_products_is_warned_about():
    found = rules.check_figures([check("at_most", "KT01")], {"KT02": 6, "KT01": 5})
    assert found == [rules.Finding("c", "KT02", "Lên sàn: 6 > 5")]


@pytest.mark.parametrize("figures", [{"KT02": 5, "KT01": 5}, {"KT02": 6}, {"KT01": 5}, {}])
def test_equal_or_silent_figures_are_not_warned_about(figures):
    assert rules.check_figures([check("at_most", "KT01")], figures) == []


def test_nothing_arose_counts_as_zero_in_a_check():
    assert rules.check_figures([check("at_most", "KT01")], {"KT02": 1, "KT01": NONE})
    assert not rules.check_figures([check("at_most", "KT01")], {"KT02": NONE, "KT01": NONE})


def test_at_most_ten_members_for_each_team():
    rule = check("at_most", "TC02", factor=10)
    assert rules.check_figures([rule], {"KT02": 11, "TC02": 1})
    assert not rules.check_figures([rule], {"KT02": 10, "TC02": 1})


def test_a_jump_above_three_times_the_median_of_three_months_is_warned_about():
    rule = check("jump", factor=3)
    assert rules.check_figures([rule], {"KT02": 31}, {"KT02": [99, 10, 9, 11]})
    assert not rules.check_figures([rule], {"KT02": 30}, {"KT02": [99, 10, 9, 11]})


def test_a_jump_is_not_judged_with_fewer_than_three_reported_months():
    rule = check("jump", factor=3)
    assert not rules.check_figures([rule], {"KT02": 500}, {"KT02": [1, None, 1]})
    assert not rules.check_figures([rule], {"KT02": 500}, {"KT02": [1, 1]})
    assert not rules.check_figures([rule], {"KT02": 500})


def test_small_numbers_may_jump_but_a_leap_from_nothing_is_warned_about():
    rule = check("jump", factor=3, floor=20)
    assert not rules.check_figures([rule], {"KT02": 7}, {"KT02": [1, 1, 1]})
    assert rules.check_figures([rule], {"KT02": 500}, {"KT02": [NONE, 0, NONE]})


def test_money_is_warned_about_in_million_dong():
    rule = check("jump", factor=3, floor=20)._replace(scale=1_000_000)
    months = {"KT02": [5_000_000, 6_000_000, 5_000_000]}
    assert not rules.check_figures([rule], {"KT02": 19_000_000}, months)
    found = rules.check_figures([rule], {"KT02": 21_500_000}, months)
    assert found[0].message == "Lên sàn: 21,5 > 15"


# -- calendar ---------------------------------------------------------------------------------


def test_the_calendar_month_of_the_plan():
    assert rules.month_span(1, dt.date(2026, 11, 22)) == (
        "2026-11",
        dt.date(2026, 11, 1),
        dt.date(2026, 11, 30),
    )


def test_the_state_month_from_the_fifteenth_to_the_fourteenth():
    november = ("2026-11", dt.date(2026, 10, 15), dt.date(2026, 11, 14))
    assert rules.month_span(15, dt.date(2026, 10, 15)) == november
    assert rules.month_span(15, dt.date(2026, 11, 14)) == november
    assert rules.month_span(15, dt.date(2026, 12, 20)).code == "2027-01"


@given(st.integers(1, 28), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_every_day_lies_in_exactly_one_period_and_periods_touch(begins_on, day):
    span = rules.month_span(begins_on, day)
    assert span.first_day <= day <= span.last_day
    following = rules.month_span(begins_on, span.last_day + dt.timedelta(days=1))
    assert following.first_day == span.last_day + dt.timedelta(days=1)
    assert following.code != span.code


def test_due_moments_are_in_vietnamese_time():
    due = rules.due_moment(dt.date(2026, 11, 30), 0, dt.time(23, 59))
    assert due.isoformat() == "2026-11-30T23:59:59+07:00"
    early = rules.due_moment(dt.date(2026, 11, 30), -2, dt.time(17))
    assert early.isoformat() == "2026-11-28T17:00:00+07:00"


# -- targets ----------------------------------------------------------------------------------


def test_progress_of_a_flow_towards_its_target():
    assert rules.progress(64, 80, "flow") == (Fraction(4, 5), False)
    assert rules.progress(80, 80, "flow").met


def test_progress_of_a_ratio_compares_percents():
    assert rules.progress(Fraction(4, 5), 100, "ratio") == (Fraction(4, 5), False)
    assert rules.progress(Fraction(1), 100, "ratio").met
    assert rules.progress(NONE, 100, "ratio") == (None, None)


def test_progress_where_less_is_better_or_nobody_judges():
    assert rules.progress(3, 5, "flow", -1).met
    assert not rules.progress(6, 5, "flow", -1).met
    assert rules.progress(6, 5, "flow", 0).met is None
    assert rules.progress(None, 5, "flow") == (None, None)
    assert rules.progress(0, 0, "flow").share is None


def test_a_target_of_a_year_and_of_a_month():
    year = rules.months_between(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert year == 12
    assert rules.months_between(dt.date(2026, 11, 10), dt.date(2026, 11, 20)) == 1
    monthly = {"kind": "flow", "per_month": True, "months": year}
    assert rules.whole_target(80, **monthly) == 960
    assert rules.month_target(80, **monthly) == 80
    whole = {"kind": "flow", "per_month": False, "months": year}
    assert rules.whole_target(1000, **whole) == 1000
    assert rules.month_target(1000, **whole) == 84  # 12 × 84 reaches it, 12 × 83 does not
    assert rules.month_target(5, kind="stock", per_month=False, months=year) == 5


@given(st.integers(0, 10**6), st.integers(1, 36))
def test_reaching_the_month_target_every_month_reaches_the_whole(value, months):
    span = {"kind": "flow", "per_month": False, "months": months}
    monthly = rules.month_target(value, **span)
    assert monthly * months >= rules.whole_target(value, **span)
    assert (monthly - 1) * months < max(value, 1)


def test_what_is_not_handed_down_yet():
    assert rules.undistributed(100, [40, 35]) == 25
    assert rules.undistributed(100, [60, 60]) == -20
