"""Composition rules and spans of days, without a database."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.team.teams.rules import (
    BY_CODE,
    RULES,
    SEVERITIES,
    Hamlet,
    Member,
    Roster,
    findings,
    first_excess,
    is_complete,
)
from cncd.team.teams.spans import Claim, Span, merged, overlap, settled

HAMLET = Hamlet("Ấp Mỹ Phước")
LEADER = Member("Sơn Văn Tư", "leader", "head")
DEPUTY = Member("Thạch Thị Nhàn", "deputy", "union")
PLAIN = Member("Lý Văn Cường", "member")


def roster(*members, hamlets=(HAMLET,), **more):
    return Roster(members=members, hamlets=tuple(hamlets), **more)


def codes(found) -> list[str]:
    return [finding.rule for finding in found]


def test_head_and_union_secretary_in_either_order_raise_no_finding():
    assert findings(roster(LEADER, DEPUTY, PLAIN)) == []
    swapped = [Member("A", "leader", "union"), Member("B", "deputy", "head")]
    assert findings(roster(*swapped)) == []


def test_one_person_may_hold_both_posts():
    both = Member("A", "leader", "both")
    assert findings(roster(both, Member("B", "deputy"))) == []


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([], ["no_members"]),
        ([DEPUTY, PLAIN], ["no_leader"]),
        ([LEADER, PLAIN], ["no_deputy"]),
        ([LEADER, Member("A", "leader", "union"), DEPUTY], ["two_leaders", "post_twice"]),
        ([Member("A", "leader"), DEPUTY], ["leader_post"]),
        ([LEADER, Member("B", "deputy")], ["pairing"]),
        ([Member("A", "leader", "union"), Member("B", "deputy", "union")],
         ["pairing", "post_twice"]),
        ([LEADER, DEPUTY, Member("C", "member", tie="neither")], ["not_local"]),
        ([LEADER, DEPUTY, Member("C", "member", has_component=False)], ["no_component"]),
        ([LEADER, DEPUTY, Member("C", "member", other_teams=("Tổ B",))], ["two_teams"]),
        ([LEADER, DEPUTY, Member("C", "member", "head")], ["post_twice"]),
    ],
)  # fmt: skip
def test_each_fault_of_the_roster_is_found(members, expected):
    assert codes(findings(roster(*members))) == expected


def test_a_team_of_two_hamlets_may_hold_both_heads():
    second = Member("A", "member", "head")
    found = findings(roster(LEADER, DEPUTY, second, hamlets=[HAMLET, Hamlet("Ấp Mỹ Hòa")]))
    assert found == []


def test_hamlet_posts_do_not_concern_a_team_of_the_commune():
    members = [Member("A", "leader"), Member("B", "deputy")]
    assert findings(roster(*members, is_of_hamlets=False)) == []


def test_nobody_with_an_account_is_found_and_one_account_is_enough():
    silent = [
        Member("A", "leader", "head", has_account=False),
        Member("B", "deputy", "union", has_account=False),
    ]
    assert codes(findings(roster(*silent))) == ["no_account"]
    assert findings(roster(*silent, PLAIN)) == []


def test_an_ended_hamlet_and_a_shared_hamlet_are_found_by_name():
    hamlets = [Hamlet("Ấp Cũ", is_alive=False), Hamlet("Ấp Chung", other_teams=("Tổ B",))]
    found = findings(roster(LEADER, DEPUTY, hamlets=hamlets))
    assert codes(found) == ["old_hamlets", "shared_hamlet"]
    assert "Ấp Cũ" in found[0].message
    assert "Ấp Chung" in found[1].message
    assert "Tổ B" in found[1].message


def test_no_hamlet_at_all_is_found():
    assert codes(findings(roster(LEADER, DEPUTY, hamlets=[]))) == ["no_hamlet"]


def test_effect_before_issue_is_found_but_not_on_the_same_day():
    june = dt.date(2025, 6, 1)
    late = roster(LEADER, DEPUTY, in_force_on=june, issued_on=dt.date(2025, 6, 2))
    assert codes(findings(late)) == ["early_effect"]
    assert "01/06/2025" in findings(late)[0].message
    assert findings(roster(LEADER, DEPUTY, in_force_on=june, issued_on=june)) == []


def test_more_than_the_maximum_is_a_finding_where_it_came_about_by_a_lower_maximum():
    full = roster(LEADER, DEPUTY, *[PLAIN] * 8)
    assert findings(full) == []
    assert codes(findings(roster(LEADER, DEPUTY, *[PLAIN] * 9))) == ["too_many"]
    assert codes(findings(roster(LEADER, DEPUTY, PLAIN, maximum=2))) == ["too_many"]


def test_every_rule_names_a_clause_and_a_known_severity():
    assert len(BY_CODE) == len(RULES)
    for rule in RULES:
        assert rule.clause
        assert rule.severity in SEVERITIES
        assert str(rule.title)


def test_completeness_asks_for_number_and_leading_posts_only():
    assert is_complete(roster(LEADER, DEPUTY))
    assert is_complete(roster(LEADER, DEPUTY, Member("C", "member", tie="neither")))
    assert not is_complete(roster(LEADER))


people = st.builds(
    Member,
    name=st.sampled_from(["An", "Bình", "Cúc"]),
    position=st.sampled_from(["leader", "deputy", "member"]),
    hamlet_post=st.sampled_from(["", "head", "union", "both"]),
    tie=st.sampled_from(["lives", "works", "both", "neither"]),
    has_component=st.booleans(),
    has_account=st.booleans(),
)


@given(st.lists(people, max_size=12))
def test_findings_depend_on_who_is_in_the_team_not_on_their_order(members):
    forwards = codes(findings(roster(*members)))
    assert sorted(forwards) == sorted(codes(findings(roster(*reversed(members)))))
    gravity = [list(SEVERITIES).index(BY_CODE[code].severity) for code in forwards]
    assert gravity == sorted(gravity)


@given(st.lists(people, max_size=12))
def test_a_complete_team_has_one_leader_a_deputy_and_both_posts(members):
    if is_complete(roster(*members)):
        leaders = [m for m in members if m.position == "leader"]
        deputies = [m for m in members if m.position == "deputy"]
        assert len(leaders) == 1
        assert deputies
        assert len(members) <= 10
        assert set().union(*(m.posts for m in leaders + deputies)) == {"head", "union"}


# -- spans ---------------------------------------------------------------------------------------

FIRST = dt.date(2026, 1, 1)
days = st.integers(0, 60).map(lambda n: FIRST + dt.timedelta(n))


@st.composite
def spans(draw):
    since = draw(days)
    until = draw(st.none() | st.integers(1, 40).map(lambda n: since + dt.timedelta(n)))
    return Span(since, until)


EVERY_DAY = [FIRST + dt.timedelta(n) for n in range(110)]


@given(spans(), spans())
def test_an_overlap_holds_exactly_on_the_shared_days(one, other):
    shared = overlap(one, other)
    for day in EVERY_DAY:
        assert (shared is not None and shared.holds(day)) == (one.holds(day) and other.holds(day))


@given(st.lists(spans(), max_size=6))
def test_merging_keeps_the_days_and_leaves_gaps_between_spans(given_spans):
    result = merged(given_spans)
    for day in EVERY_DAY:
        assert any(s.holds(day) for s in result) == any(s.holds(day) for s in given_spans)
    for left, right in itertools.pairwise(result):
        assert left.until is not None
        assert left.until < right.since


claims = st.builds(
    lambda span, place, rank: Claim(*span, place=place, level=place % 2, rank=(rank,)),
    spans(),
    st.integers(1, 6),
    st.integers(0, 2),
)


@given(st.lists(claims, max_size=8))
def test_at_most_one_place_of_a_level_wins_each_day_and_always_the_best(given_claims):
    rows = settled(given_claims)
    for day in EVERY_DAY:
        for level in (0, 1):
            winners = [r for r in rows if r.level == level and Span(r.since, r.until).holds(day)]
            rivals = [
                c for c in given_claims if c.level == level and Span(c.since, c.until).holds(day)
            ]
            assert len(winners) == (1 if rivals else 0)
            if rivals:
                best = min(rivals, key=lambda c: (c.rank, c.place))
                assert winners[0].place == best.place


@given(st.lists(spans(), max_size=9), st.lists(spans(), max_size=9), days, spans())
def test_the_first_day_over_the_maximum_is_found_however_far_ahead(before, after, since, lower):
    maxima = [(Span(dt.date.min, None), 4), (lower, 2)]
    found = first_excess(before, after, since, maxima)
    expected = None
    for day in EVERY_DAY:
        count, was = (sum(s.holds(day) for s in side) for side in (after, before))
        if day >= since and count > (2 if lower.holds(day) else 4) and count > was:
            expected = day
            break
    assert (found and found.day) == expected


def test_a_team_over_a_lowered_maximum_may_stay_but_not_grow():
    five = [Span(FIRST, None)] * 5
    maxima = [(Span(dt.date.min, None), 3)]
    assert first_excess(five, five, FIRST, maxima) is None
    assert first_excess(five, five[:4], FIRST, maxima) is None
    assert first_excess(five, [*five, five[0]], FIRST, maxima) == (FIRST, 6, 3)
