"""Dates of a pilot, the choice of comparison hamlets, waves, readiness."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.results.pilots.rules import choosing, waves
from cncd.results.pilots.rules.choosing import Candidate, Terms, chosen
from cncd.results.pilots.rules.days import PilotDays, months_later
from cncd.results.pilots.rules.readiness import CONDITIONS, WITHOUT, Cell, added, met


@pytest.mark.parametrize(
    ("issued", "months", "last"),
    [
        (dt.date(2022, 8, 15), 3, dt.date(2022, 11, 14)),
        (dt.date(2022, 11, 30), 3, dt.date(2023, 2, 27)),
        (dt.date(2023, 12, 1), 3, dt.date(2024, 2, 29)),
    ],
)
def test_three_months_end_the_day_before_the_same_day(issued, months, last):
    assert PilotDays(issued, months, 30, 10).last_day == last


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 36), st.integers(7, 92))
def test_windows_are_equally_long_and_before_ends_before_the_issue(issued, months, window):
    days = PilotDays(issued, months, window, 10)
    spans = [days.window_of(moment) for moment in ("baseline", "mid", "end")]
    assert {(last - first).days + 1 for first, last in spans} == {window}
    assert spans[0][1] < issued <= days.mid_day <= days.last_day
    assert days.number_of(days.last_day) == days.length


def test_a_month_later_than_the_31st_is_the_last_day():
    assert months_later(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)


def hamlet(place, households, *, kind="ấp", commune=1, **said):
    usual = {"has_baseline": True, "sort_key": f"{place:04d}"}
    return Candidate(place, kind, commune, households, **usual | said)


TERMS = Terms(same_kind=True, spread=30, per_unit=2)


def test_each_hamlet_is_chosen_or_left_out_for_the_first_reason_that_holds():
    pilot = hamlet(1, 100)
    around = [
        hamlet(2, 110),
        hamlet(3, 95),
        hamlet(4, 120),
        hamlet(5, 131),
        hamlet(6, 100, kind="khóm"),
        hamlet(7, None),
        hamlet(8, 100, has_baseline=False),
        hamlet(9, 100, is_pilot=True),
    ]
    found = {row.place: row.outcome for row in chosen([pilot], {1: around}, TERMS)}
    without = replace(TERMS, with_team=False, per_unit=3)
    assert 8 in {r.place for r in chosen([pilot], {1: around}, without) if r.outcome == "taken"}
    assert found == {
        3: choosing.TAKEN,
        2: choosing.TAKEN,
        4: choosing.NOT_NEEDED,
        5: choosing.TOO_FAR,
        6: choosing.OTHER_KIND,
        7: choosing.UNKNOWN,
        8: choosing.NO_BASELINE,
        9: choosing.PILOT,
    }


def test_of_equals_the_same_commune_comes_first_then_the_name():
    around = [hamlet(2, 100, commune=9), hamlet(4, 100), hamlet(3, 100)]
    found = chosen([hamlet(1, 100)], {1: around}, TERMS)
    assert [row.place for row in found if row.outcome == choosing.TAKEN] == [3, 4]


def test_a_hamlet_is_compared_with_one_pilot_hamlet_only():
    around = [hamlet(3, 100)]
    found = chosen([hamlet(1, 100), hamlet(2, 100)], {1: around, 2: around}, TERMS)
    assert [(row.beside, row.outcome) for row in found] == [
        (1, choosing.TAKEN),
        (2, choosing.NOT_NEEDED),
    ]


@given(st.lists(st.integers(20, 300), min_size=1, max_size=20), st.randoms())
def test_the_choice_is_the_same_in_whatever_order_hamlets_come(sizes, shuffle):
    rows = [hamlet(place, size) for place, size in enumerate(sizes, 10)]
    pilots = [hamlet(1, 100), hamlet(2, 150)]
    mixed = rows[:]
    shuffle.shuffle(mixed)
    once = chosen(pilots, {1: rows, 2: rows}, TERMS)
    assert once == chosen(pilots[::-1], {1: mixed, 2: mixed}, TERMS)
    taken = [row.place for row in once if row.outcome == choosing.TAKEN]
    assert len(taken) == len(set(taken)) <= 4


def unit(place, hamlets, met_conditions):
    return waves.Unit(place, hamlets, met_conditions, f"{place:04d}")


def test_the_readiest_begin_and_a_wave_is_filled_up_to_its_size():
    units = [unit(1, 6, 3), unit(2, 5, 8), unit(3, 5, 8), unit(4, 30, 8), unit(5, 0, 8)]
    assert waves.waves(units, 10) == {2: 1, 3: 1, 4: 2, 1: 3}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)), max_size=40), st.integers(1, 60))
def test_every_hamlet_stands_in_one_wave_and_readier_ones_never_later(sizes, per_wave):
    units = [unit(place, *each) for place, each in enumerate(sizes)]
    found = waves.waves(units, per_wave)
    assert found.keys() == {each.place for each in units if each.hamlets}
    by_wave = {}
    for each in units:
        if each.place in found:
            by_wave.setdefault(found[each.place], []).append(each)
    assert sorted(by_wave) == list(range(1, len(by_wave) + 1))
    assert all(len(rows) == 1 or sum(u.hamlets for u in rows) <= per_wave
               for rows in by_wave.values())  # fmt: skip
    for one, other in zip(sorted(by_wave), sorted(by_wave)[1:], strict=False):
        assert min(u.met for u in by_wave[one]) >= max(u.met for u in by_wave[other])


def test_sessions_are_rounded_up_and_costs_are_whole_dong():
    terms = waves.Terms(members=5, sessions_each=2, seats=40, team_cost=1_200_000,
                        session_cost=3_000_000, trainers_each=2, trainer_load=3)  # fmt: skip
    assert waves.need(13, terms) == waves.Need(13, 65, 4, 13 * 1_200_000 + 4 * 3_000_000, 3)
    assert waves.need(1, terms).trainers == 2  # one session still needs both
    assert waves.need(0, terms) == waves.Need(0, 0, 0, 0, 0)


def test_what_a_team_cost_is_rounded_up_to_a_thousand():
    assert waves.per_team(10_000_000, 3) == 3_334_000
    assert waves.per_team(0, 3) == waves.per_team(5, 0) == 0


def test_a_condition_is_met_when_all_are_there_and_there_is_something():
    cells = {name: Cell(1, 1) for name in (WITHOUT, *CONDITIONS)}
    cells |= {"leaders": Cell(3, 4), "trained": Cell(0, 0)}
    assert met(cells) == len(CONDITIONS) - 2
    assert added([cells, cells])["leaders"] == Cell(6, 8)
