"""What counters count: worked examples, and that a figure and its records never part."""

import datetime as dt
import random

import pytest

from cncd.work.activities.actions import edit_activity, withdraw_activity
from cncd.work.activities.models import Activity
from cncd.work.activities.queries import counted, counted_as_stood, explain
from cncd.work.activities.tests.conftest import counter, done

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def values(team, *counters):
    """The November figures of one team, in the order of the counters."""
    found = counted([team], FIRST, LAST, counters)[team.pk]
    return [found[each.pk].value for each in counters]


@pytest.fixture
def month(log, cast):
    """Two visits, a meeting, and a summary of the first week."""
    return [
        log(10, people=3, elderly=2, contents={"vneid": 2, "zalo": 1}, languages={"khmer": 2}),
        log(11, people=5, households=4, contents={"zalo": 5}),
        log(12, kind="event", people=40, elderly=9, contents={}),
        log(1, ended_on=dt.date(2026, 11, 7), times=6, people=20, contents={"vneid": 11}),
    ]


def test_each_word_counts_what_it_says(month, cast):
    words = ["records", "people", "elderly", "households", "content", "language", "any"]
    assert values(cast.team, *map(counter, words)) == [9, 68, 11, 4, 19, 2, 1]


def test_filters_narrow_to_contents_kinds_and_languages(month, cast):
    assert values(
        cast.team,
        counter("content", content=["vneid"]),
        counter("content", content=["vneid", "zalo"], kind=["event"]),
        counter("records", kind=["event"]),
        counter("people", kind=["event"]),
        counter("people", content=["zalo"]),
        counter("language", language=["hoa"]),
        counter("any", kind=["inform"]),
    ) == [13, 0, 1, 40, 8, 0, 0]


def test_the_first_and_last_day_count_and_the_days_around_do_not(log, cast):
    log(1)
    log(22)
    every = counter("records")

    def between(first, last):
        days = dt.date(2026, 11, first), dt.date(2026, 11, last)
        return counted([cast.team], *days, [every])[cast.team.pk][every.pk].value

    assert between(1, 22) == 2
    assert between(2, 21) == 0


def test_a_team_without_logs_counts_nought_everywhere(log, cast):
    log()
    assert values(cast.team_my_hoa, counter("records"), counter("any")) == [0, 0]


def test_a_joint_event_counts_once_for_its_owner_and_shows_for_the_other(log, cast):
    joint = log(joint_teams=(cast.team_my_hoa.pk,))
    assert values(cast.team, counter("records")) == [1]
    assert values(cast.team_my_hoa, counter("records")) == [0]
    assert joint in Activity.objects.of_teams([cast.team_my_hoa.pk])
    assert joint in Activity.objects.visible_to(cast.liem)


def test_counting_asks_three_questions_however_many_teams(month, cast, django_assert_num_queries):
    counters = [counter("records"), counter("content", content=["vneid"]), counter("language")]
    teams = [cast.team, cast.team_my_hoa, cast.team_dau_giong]
    with django_assert_num_queries(3):
        counted(teams, FIRST, LAST, counters)


def by_hand(activities, each) -> int:
    """The same figure, counted the slow way from the rows."""
    total = 0
    for activity in activities:
        contents = {row.content.code: row.count for row in activity.contents.all()}
        languages = {row.language.code: row.people for row in activity.languages.all()}
        wanted = each.filters
        if "kind" in wanted and activity.kind.code not in wanted["kind"]:
            continue
        if "content" in wanted and not set(wanted["content"]) & set(contents):
            continue
        if "language" in wanted and not set(wanted["language"]) & set(languages):
            continue
        total += {
            "records": activity.times,
            "any": 1,
            "people": activity.people,
            "elderly": activity.elderly,
            "households": activity.households,
            "content": sum(n for c, n in contents.items() if c in wanted.get("content", [c])),
            "language": sum(n for c, n in languages.items() if c in wanted.get("language", [c])),
        }[each.counts]
    return min(total, 1) if each.counts == "any" else total


@pytest.mark.parametrize("seed", range(6))
def test_every_counter_equals_counting_by_hand_and_cites_exactly_what_it_counts(seed, log, cast):
    dice = random.Random(seed)
    for _each in range(12):
        people = dice.randint(1, 30)
        contents = {c: dice.randint(1, 9) for c in ("vneid", "zalo") if dice.random() < 0.5}
        khmer = dice.randint(0, people)
        log(
            dice.randint(1, 22),
            team=dice.choice([cast.team, cast.team, cast.team_my_hoa]),
            by=cast.lan,
            kind=dice.choice(["inform", "support", "event"]),
            people=people,
            elderly=dice.randint(0, people),
            households=dice.randint(0, 5),
            contents=contents,
            languages={"khmer": khmer} if khmer else {},
        )
    shapes = [{}, {"kind": ["event"]}, {"content": ["vneid"]}, {"language": ["khmer"]},
              {"content": ["zalo"], "kind": ["inform", "support"]}]  # fmt: skip
    words = ["records", "people", "elderly", "households", "content", "language", "any"]
    counters = [counter(word, **shape) for word in words for shape in shapes]

    def look():
        found = counted([cast.team, cast.team_my_hoa], FIRST, LAST, counters)
        return {(team, c): figure for team, row in found.items() for c, figure in row.items()}

    before = look()
    for team in (cast.team, cast.team_my_hoa):
        rows = list(Activity.objects.standing().filter(team=team))
        for each in counters:
            assert before[team.pk, each.pk].value == by_hand(rows, each)

    gone = dice.choice(list(Activity.objects.all()))
    withdraw_activity(activity=gone, by=cast.lan, reason="trùng")
    after = look()
    citing = {cell for cell, f in before.items() if str(gone.pk) in {r[1] for r in f.records}}
    assert {cell for cell in before if before[cell] != after[cell]} == citing
    assert citing


def test_a_figure_is_explained_by_the_versions_it_counted_for_ever(month, cast):
    each = counter("content", content=["vneid"])
    figure = counted([cast.team], FIRST, LAST, [each])[cast.team.pk][each.pk]
    visit = month[0]
    edit_activity(
        activity=visit, done=done(10, people=9, contents={"vneid": 9}), version=1, by=cast.tu
    )
    withdraw_activity(activity=month[3], by=cast.tu)

    assert counted_as_stood(figure.records, [each])[each.pk] == figure
    told = explain(figure.records, each)
    assert [row.amount for row in told] == [11, 2]
    assert sum(row.amount for row in told) == figure.value == 13
    assert [row.done.people for row in told] == [20, 3]
    assert [row.has_changed for row in told] == [True, True]
    assert counted([cast.team], FIRST, LAST, [each])[cast.team.pk][each.pk].value == 9


def test_records_of_other_rooms_are_left_alone(month):
    assert explain([("teams", "1", 1)]) == []


def test_an_unknown_word_or_filter_is_an_error_not_a_nought(cast, catalogue):
    for each in (counter("magic"), counter("people", colour=["red"])):
        with pytest.raises(KeyError):
            counted([cast.team], FIRST, LAST, [each])
