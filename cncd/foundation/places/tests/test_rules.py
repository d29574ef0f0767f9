"""The index of who reaches whom, against a slow and obvious computation day by day."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.places.rules import (
    Passing,
    Span,
    Standing,
    Tree,
    joined,
    next_hamlet_code,
    says_little,
)

DAY_0 = dt.date(2025, 1, 1)
DAYS = 12
RANKS = {place: rank for place, rank in enumerate([1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4], 1)}


def day(number):
    return DAY_0 + dt.timedelta(days=number)


@st.composite
def histories(draw):
    """Lives, parents and successions of a dozen places over twelve days."""
    standings = []
    for place, rank in RANKS.items():
        above = [p for p, r in RANKS.items() if r < rank]
        cuts = sorted(draw(st.sets(st.integers(0, DAYS), min_size=1, max_size=3)))
        is_open = draw(st.booleans())
        ends = [*cuts[1:], None] if is_open else cuts[1:]
        for since, until in zip(cuts, ends, strict=False):
            parent = draw(st.sampled_from(above)) if above else None
            standings.append(
                Standing(place, parent, day(since), None if until is None else day(until))
            )
    pairs = st.tuples(st.sampled_from(list(RANKS)), st.sampled_from(list(RANKS)))
    passings = [
        Passing(old, new, day(draw(st.integers(0, DAYS))), draw(st.booleans()))
        for old, new in draw(st.lists(pairs, max_size=8))
        if old != new
    ]
    return standings, passings


def parent_on(standings, place, when):
    for each in standings:
        if each.place == place and each.since <= when and (each.until is None or when < each.until):
            return True, each.parent
    return False, None


def chain(standings, place, when):
    """The place and who stands above it that day, as far up as the tree exists."""
    alive, parent = parent_on(standings, place, when)
    if not alive:
        return set()
    return {place} | (chain(standings, parent, when) if parent else set())


def ended_without_heir(standings, passings, today):
    """(place, the parent it stood under) for each place whose last day was yesterday."""
    for place in {each.place for each in standings}:
        last = max((s for s in standings if s.place == place), key=lambda each: each.since)
        succeeded = any(p.old == place and p.whole for p in passings)
        if last.until == today and last.parent and not succeeded:
            yield place, last.parent


def slowly(standings, passings):
    """(place, ancestor, inherited, day), each morning anew: who answers for what was passed on."""
    found = set()
    holders = {each.place: {each.place} for each in standings}
    for number in range(DAYS + 2):
        today = day(number)
        news = {(p.old, p.new) for p in passings if p.on == today}
        news |= set(ended_without_heir(standings, passings, today))
        for place, answering in holders.items():
            fresh = set(answering)
            while fresh:
                heirs = {new for old, new in news if old in fresh} - answering
                answering |= heirs
                # What arrives today goes further today only through a place that is no more.
                fresh = {heir for heir in heirs if not parent_on(standings, heir, today)[0]}
            found |= {(place, a, False, today) for a in chain(standings, place, today)}
            for heir in answering - {place}:
                found |= {(place, a, True, today) for a in chain(standings, heir, today)}
    return found


def by_day(rows):
    return {
        (row.place, row.ancestor, row.inherited, day(number))
        for row in rows
        for number in range(DAYS + 2)
        if row.since <= day(number) and (row.until is None or day(number) < row.until)
    }


@given(histories())
def test_the_index_says_what_a_day_by_day_computation_says(history):
    assert by_day(Tree(*history).index()) == slowly(*history)


@given(histories())
def test_rows_of_one_pair_neither_overlap_nor_touch(history):
    rows = sorted(Tree(*history).index(), key=lambda row: (*row[:3], row.since))
    for one, other in pairwise(rows):
        if one[:3] == other[:3]:
            assert one.until is not None
            assert one.until < other.since


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))))
def test_joined_spans_hold_the_same_days(pairs):
    spans = [Span(day(since), day(since + length)) for since, length in pairs]
    numbers = range(41)
    held = [n for n in numbers if any(s.since <= day(n) < s.until for s in spans)]
    assert [n for n in numbers if any(s.since <= day(n) < s.until for s in joined(spans))] == held


def test_hamlet_codes_count_on_from_the_highest_of_their_commune():
    assert next_hamlet_code("31552", []) == "31552.001"
    assert next_hamlet_code("31552", ["31552.002", "31552.007", "31540.300", "khac"]) == "31552.008"


@pytest.mark.parametrize("name", ["1", "10", "8A", "II", "IX", "B"])
def test_a_numbered_unit_keeps_its_type_word(name):
    assert says_little(name)


@pytest.mark.parametrize("name", ["Nhơn Mỹ", "An Hiệp 2", "Xóm 3 cũ", "Ô"])
def test_a_unit_with_a_name_may_stand_without_its_type(name):
    assert not says_little(name)
