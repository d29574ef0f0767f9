import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.activities.rules import Days, Done, Ground, faults, needs_reason, only_hamlet
from cncd.work.activities.tests.conftest import done

TODAY = dt.date(2026, 11, 22)
FORMED = dt.date(2025, 6, 1)
HAMLET, OTHER_HAMLET, TU, CUONG = 1, 2, 11, 12

GROUND = Ground(
    team=Days(FORMED),
    hamlets={HAMLET: (Days(FORMED),), OTHER_HAMLET: (Days(dt.date(2026, 11, 10)),)},
    members={TU: (Days(FORMED),), CUONG: (Days(FORMED, dt.date(2026, 11, 5)),)},
    kinds={"support": Days(FORMED)},
    contents={
        "vneid": Days(FORMED),
        "zalo": Days(FORMED),
        "pc-covid": Days(FORMED, dt.date(2026, 1, 1)),
    },
    languages=frozenset({"khmer", "hoa"}),
    other_teams={7: Days(FORMED)},
    period_ends=(dt.date(2026, 10, 31), dt.date(2026, 11, 30)),
)


def wrong(**said) -> list[str]:
    """The fields at which an entry is faulty, with a question mark where the rules only ask."""
    entry = done(**{"place": HAMLET} | said)
    return [f"{f.field}{'?' if f.asks else ''}" for f in faults(entry, GROUND, TODAY)]


def test_a_plain_entry_is_right():
    assert wrong() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"day": 23}, "happened_on"),
        ({"people": -1, "contents": {"vneid": 1}}, "people"),
        ({"people": 0, "contents": {}}, "people"),
        ({"people": 10_001}, "people"),
        ({"elderly": 11}, "elderly"),
        ({"contents": {"vneid": 0}}, "content_vneid"),
        ({"contents": {"pc-covid": 3}}, "content_pc-covid"),
        ({"contents": {"khong-co": 3}}, "content_khong-co"),
        ({"kind": "dance"}, "kind"),
        ({"languages": {"khmer": 6, "hoa": 5}}, "language_khmer"),
        ({"languages": {"english": 1}}, "languages"),
        ({"place": None}, "place"),
        ({"place": 99}, "place"),
        ({"day": 9, "place": OTHER_HAMLET}, "place"),
        ({"participants": (CUONG,)}, "participants"),
        ({"joint_teams": (8,)}, "joint_teams"),
        ({"photos": ("a",) * 6}, "photos"),
        ({"times": 2}, "times"),
        ({"venue": "x" * 161}, "venue"),
    ],
)
def test_each_fault_is_told_at_its_field(said, field):
    assert wrong(**said) == [field]


def test_the_last_allowed_values_pass():
    assert wrong(people=500, elderly=500, contents={}, languages={"khmer": 500}) == []
    assert wrong(day=4, participants=(TU, CUONG), joint_teams=(7,), photos=("a",) * 5) == []
    assert wrong(people=0, contents={"vneid": 1}) == []


def test_nothing_is_written_for_days_before_the_team_or_after_its_end():
    early = Done(kind="support", happened_on=dt.date(2025, 5, 31), people=1, place=HAMLET)
    assert "happened_on" in [f.field for f in faults(early, GROUND, TODAY)]
    first = Done(kind="support", happened_on=FORMED, people=1, place=HAMLET)
    assert faults(first, GROUND, TODAY) == []


def test_a_great_many_people_is_asked_about_but_a_month_may_have_them():
    assert wrong(people=501) == ["people?"]
    assert wrong(day=1, ended_on=TODAY, times=3, people=1500) == []
    assert wrong(day=1, ended_on=TODAY, times=3, people=1501) == ["people?"]


def test_a_question_waits_until_the_faults_are_gone():
    assert wrong(people=501, elderly=502) == ["elderly"]


def test_a_summary_stays_inside_one_month():
    assert wrong(day=1, ended_on=dt.date(2026, 11, 22)) == []
    assert wrong(day=1, ended_on=dt.date(2026, 11, 23)) == ["ended_on"]
    assert wrong(day=20, ended_on=dt.date(2026, 11, 19)) == ["ended_on"]
    across = Done(
        kind="support",
        happened_on=dt.date(2026, 10, 31),
        ended_on=dt.date(2026, 11, 1),
        people=1,
        place=HAMLET,
    )
    assert [f.field for f in faults(across, GROUND, TODAY)] == ["ended_on"]


def test_a_summary_over_days_already_written_is_asked_about():
    told = GROUND.also_written(summaries=(), logged_on=(dt.date(2026, 11, 3),))
    month = done(1, ended_on=TODAY, place=HAMLET)
    assert [f.asks for f in faults(month, told, TODAY)] == [True]
    told = GROUND.also_written(
        summaries=((dt.date(2026, 11, 1), dt.date(2026, 11, 21)),), logged_on=()
    )
    assert [f.asks for f in faults(done(21, place=HAMLET), told, TODAY)] == [True]
    assert faults(done(22, place=HAMLET), told, TODAY) == []


def test_the_hamlet_is_filled_in_only_when_there_is_one_that_day():
    assert only_hamlet(GROUND, dt.date(2026, 11, 9), dt.date(2026, 11, 9)) == HAMLET
    assert only_hamlet(GROUND, TODAY, TODAY) is None


def test_ones_own_fresh_entry_is_put_right_without_a_reason():
    made = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
    assert not needs_reason(own=True, recorded_at=made, now=made + dt.timedelta(hours=24))
    assert needs_reason(own=True, recorded_at=made, now=made + dt.timedelta(hours=25))
    assert needs_reason(own=False, recorded_at=made, now=made)


NUMBERS = st.integers(min_value=-5, max_value=20_000)
ENTRIES = st.builds(
    done,
    day=st.integers(1, 30),
    people=NUMBERS,
    elderly=NUMBERS,
    households=NUMBERS,
    contents=st.dictionaries(st.sampled_from(["vneid", "zalo", "pc-covid"]), NUMBERS, max_size=3),
    languages=st.dictionaries(st.sampled_from(["khmer", "hoa"]), NUMBERS, max_size=2),
    place=st.sampled_from([None, HAMLET, OTHER_HAMLET, 99]),
    participants=st.lists(st.sampled_from([TU, CUONG, 99]), unique=True).map(tuple),
)


@given(ENTRIES)
def test_what_passes_keeps_every_promise(entry):
    if faults(entry, GROUND, TODAY):
        return
    assert FORMED <= entry.happened_on <= TODAY
    assert 0 <= entry.elderly <= entry.people <= 10_000
    assert entry.people or entry.contents
    assert all(number > 0 for number in entry.contents.values())
    assert sum(entry.languages.values()) <= entry.people
    assert entry.place in GROUND.hamlets


@given(ENTRIES)
def test_an_entry_survives_being_kept_as_json(entry):
    assert Done.from_content(entry.as_content()) == entry
