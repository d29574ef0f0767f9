"""The status follows from the evidence, whatever the order in which it came."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cncd.work.directives.rules.deriving import (
    DONE,
    EXEMPT,
    PASSED,
    Proof,
    Standing,
    day_complete,
    proof_of_parts,
    proof_of_steps,
    standing_of,
)

DAYS = st.dates(dt.date(2026, 11, 1), dt.date(2026, 12, 31))
STEPS = st.lists(st.tuples(DAYS, st.integers(0, 9)), max_size=12)
GIVEN = dt.date(2026, 11, 10)
PROOFS = st.builds(
    Proof, st.integers(0, 5), st.integers(0, 5), st.none() | DAYS, st.booleans(), st.booleans()
)


@given(PROOFS, st.booleans(), st.booleans(), st.booleans())
def test_done_if_and_only_if_the_evidence_is_whole(proof, acknowledged, exempt, passed):
    found = standing_of(
        proof, given_on=GIVEN, acknowledged=acknowledged, exempt=exempt, passed=passed
    )
    assert (found.status == DONE) == (proof.is_whole and not exempt and not passed)
    assert (found.done_on is None) == (found.status != DONE)
    assert found.done_on is None or found.done_on >= GIVEN


@given(STEPS, st.integers(1, 30), st.randoms())
def test_the_order_in_which_logs_are_written_does_not_matter(steps, needed, random):
    shuffled = list(steps)
    random.shuffle(shuffled)
    assert proof_of_steps(steps, needed) == proof_of_steps(shuffled, needed)


@given(STEPS, st.integers(1, 30))
def test_it_is_complete_on_the_first_day_on_which_the_sum_suffices(steps, needed):
    day = day_complete(steps, needed)
    if day is None:
        assert sum(amount for _day, amount in steps) < needed
    else:
        assert sum(amount for on, amount in steps if on <= day) >= needed
        assert sum(amount for on, amount in steps if on < day) < needed


@given(STEPS, st.integers(1, 30), st.tuples(DAYS, st.integers(0, 9)))
def test_more_never_undoes_and_taking_away_never_completes(steps, needed, more):
    before, after = day_complete(steps, needed), day_complete([*steps, more], needed)
    assert before is None or (after is not None and after <= before)


PARTS = st.lists(
    st.one_of(
        st.builds(Standing, st.just(DONE), st.just(1), st.just(1), DAYS),
        st.builds(Standing, st.sampled_from(["given", "working", EXEMPT, PASSED]), st.just(0),
                  st.just(1), st.none()),
    ),
    max_size=6,
)  # fmt: skip


@given(PARTS)
def test_a_unit_is_done_with_the_last_of_its_teams(parts):
    proof = proof_of_parts(parts)
    counted = [part for part in parts if part.status not in (EXEMPT, PASSED)]
    assert proof.needed == len(counted)
    if counted and all(part.status == DONE for part in counted):
        assert proof.done_on == max(part.done_on for part in counted)
    else:
        assert proof.done_on is None
