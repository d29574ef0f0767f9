"""Households that entries name by their code: written down, put right, counted once."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.journal.models import Entry
from cncd.team.teams.models import Coverage
from cncd.work.activities.actions import (
    ActivityRefused,
    Line,
    edit_activity,
    log_batch,
    withdraw_activity,
)
from cncd.work.activities.counting import Logged, additions, count, weigher
from cncd.work.activities.history import Clash, history
from cncd.work.activities.models import Activity
from cncd.work.activities.queries import (
    counted,
    counted_as_stood,
    explain,
    recounted_households,
    with_visits,
)
from cncd.work.activities.rules import Done
from cncd.work.activities.tests.conftest import counter, done
from cncd.work.households.actions import (
    HouseholdRefused,
    change_household,
    end_household,
    remove_households,
)
from cncd.work.households.models import Household

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def named(activity) -> list[str]:
    return [home.code for home in activity.visited.all()]


# -- writing down -------------------------------------------------------------------------------


def test_codes_are_kept_as_the_list_writes_them_and_fill_in_the_number(log, codes):
    activity = log(visited=("15", "3", "18-20"))
    assert named(activity) == ["003", "015", "018", "019", "020"]
    assert activity.households == 5
    kept = activity.versions.get().content
    assert kept["visited"] == ["003", "015", "018", "019", "020"]
    assert Entry.objects.latest("pk").after["visited"] == "003, 015, 018, 019, 020"


def test_more_households_than_codes_may_be_reached_but_not_fewer(log, codes):
    assert log(visited=("1", "2"), households=7).households == 7
    with pytest.raises(ActivityRefused) as refused:
        log(visited=("1", "2"), households=1)
    assert "không thể dưới 2" in str(refused.value.error_dict["households"][0].messages)


@pytest.mark.parametrize(
    ("visited", "told"),
    [
        (("1", "99", "A5"), "không có mã: 99, A5"),
        (("25-40",), "không có mã: 25-40"),
        (tuple(map(str, range(40, 60))), "40, 41, 42, 43, 44, 45, 46, 47…"),
    ],
)
def test_unknown_codes_are_refused_by_name(visited, told, log, codes):
    with pytest.raises(ActivityRefused) as refused:
        log(visited=visited)
    assert set(refused.value.error_dict) == {"visited"}
    assert told in str(refused.value.messages)
    assert not Activity.objects.exists()


def test_a_household_that_has_left_is_named_only_for_earlier_days(log, codes, cast):
    home = Household.objects.get(place=cast.my_phuoc, code="007")
    end_household(household=home, last_day=dt.date(2026, 11, 20), by=cast.lan)
    assert named(log(20, visited=("7",))) == ["007"]
    with pytest.raises(ActivityRefused) as refused:
        log(21, visited=("7", "8"))
    assert "không còn trong danh sách" in str(refused.value.messages)
    assert named(log(21, visited=("6-8",))) == ["006", "008"]


def test_a_hamlet_without_a_list_names_no_household(log, cast):
    with pytest.raises(ActivityRefused) as refused:
        log(visited=("7",))
    assert "chưa có danh sách hộ" in str(refused.value.messages)


def test_codes_are_those_of_the_hamlet_of_the_entry(log, codes, cast):
    Coverage.objects.create(team=cast.team, place=cast.my_hoa, since_on=dt.date(2026, 11, 1))
    activity = log(place=cast.my_hoa.pk, visited=("7",))
    assert activity.visited.get().place == cast.my_hoa
    with pytest.raises(ActivityRefused):
        log(place=cast.my_hoa.pk, visited=("27",))


def test_a_correction_changes_the_households_and_shows_both(log, codes, cast):
    activity = log(visited=("1", "2"))
    activity = edit_activity(
        activity=activity, done=done(visited=("2", "3", "4")), version=1, by=cast.tu
    )
    assert named(activity) == ["002", "003", "004"]
    assert Entry.objects.latest("pk").before["visited"] == "001, 002"
    [change] = history(activity).changes
    assert ("mã hộ đã đến", "001, 002", "002, 003, 004") in change.fields
    sides = Clash.between(activity, done(visited=("9",), households=1)).sides
    assert ("Mã hộ đã đến", "002, 003, 004", "9") in sides


def test_a_version_from_before_there_were_lists_names_none(log, codes, cast):
    activity = log()
    version = activity.versions.get()
    del version.content["visited"]
    version.save()
    assert Done.from_content(version.content).visited == ()
    assert "mã hộ đã đến" not in [label for label, _text in history(activity).now]
    each = counter("reached")
    figure = counted_as_stood([("activities", str(activity.pk), 1)], [each])[each.pk]
    assert figure.value == 0
    assert edit_activity(activity=activity, done=done(visited=("1",)), version=1, by=cast.tu)


def test_a_batch_names_households_too(codes, cast):
    lines = [
        Line(cast.team, done(10, visited=("1-3",)), cast.tu),
        Line(cast.team_my_hoa, done(11, visited=("9",))),
    ]
    own, other = log_batch(lines=lines, by=cast.lan, subject=cast.nhon_my)
    assert named(own) == ["001", "002", "003"]
    assert other.visited.get().place == cast.my_hoa


def test_visits_of_a_household_are_those_of_standing_logs_of_the_days(log, codes, cast):
    log(3, visited=("1",))
    log(12, visited=("1", "2"))
    withdraw_activity(activity=log(13, visited=("2",)), by=cast.tu)
    rows = Household.objects.filter(place=cast.my_phuoc, code__in=["001", "002", "003"])
    found = with_visits(rows, FIRST, dt.date(2026, 11, 20)).order_by("code")
    seen = [(home.visits, home.last_visit_on and home.last_visit_on.day) for home in found]
    assert seen == [(2, 12), (1, 12), (0, None)]
    assert [home.visits for home in with_visits(rows).order_by("code")] == [2, 2, 0]


def test_a_household_that_a_log_names_keeps_its_code_and_is_not_removed(log, codes, cast):
    withdraw_activity(activity=log(visited=("7",)), by=cast.tu)  # it may come back
    homes = Household.objects.filter(place=cast.my_phuoc)
    home = homes.get(code="007")
    with pytest.raises(HouseholdRefused):
        change_household(household=home, code="70", by=cast.lan)
    with pytest.raises(HouseholdRefused):
        remove_households(households=list(homes), by=cast.lan)
    assert homes.count() == 30
    assert change_household(household=home, is_business=True, by=cast.lan).is_business


# -- counting -----------------------------------------------------------------------------------


def figures(team, *words, first=FIRST, last=LAST):
    """The team's figures; None where the room declines."""
    counters = [counter(word) for word in words]
    found = counted([team], first, last, counters)[team.pk]
    return [found[each.pk].value if each.pk in found else None for each in counters]


def test_a_household_visited_twice_in_a_month_counts_once(log, codes, cast):
    log(3, visited=("1", "2"))
    log(9, visited=("2", "3"), households=5)  # three more, whose codes nobody wrote
    log(12, households=4)
    # 001, 002, 003, then 3 and 4 without codes
    assert figures(cast.team, "reached", "households") == [10, 11]


def test_without_a_list_the_households_of_the_logs_are_added_as_an_estimate(log, cast):
    log(3, households=5)
    log(9, households=5)
    assert figures(cast.team, "reached", "reached_year") == [10, None]


def test_the_year_counts_named_households_from_january_on(codes, log, cast):
    for month, day, visited in ((1, 31, ("1", "2")), (3, 5, ("2", "3")), (11, 5, ("3", "4"))):
        entry = done(visited=visited, households=9)
        lines = [Line(cast.team, entry.__class__.from_content(
            entry.as_content() | {"happened_on": f"2026-{month:02}-{day:02}"}
        ), cast.tu)]  # fmt: skip
        log_batch(lines=lines, by=cast.lan, subject=cast.team)
    assert figures(cast.team, "reached_year") == [4]
    october = {"first": dt.date(2026, 10, 1), "last": dt.date(2026, 10, 31)}
    assert figures(cast.team, "reached_year", **october) == [3]
    # A month from the 15th of December belongs to the year in which it ends.
    turn = {"first": dt.date(2025, 12, 15), "last": dt.date(2026, 1, 14)}
    assert figures(cast.team, "reached_year", **turn) == [0]


def test_a_team_with_a_hamlet_without_a_list_is_asked_by_hand(codes, log, cast):
    log(visited=("1",))
    Coverage.objects.create(team=cast.team, place=cast.hoa_loc, since_on=dt.date(2026, 11, 1))
    assert figures(cast.team, "reached", "reached_year") == [1, None]


def test_a_sent_figure_stands_and_says_what_each_log_added(log, codes, cast):
    first, second = log(3, visited=("1", "2")), log(9, visited=("2", "3"), households=4)
    each = counter("reached")
    figure = counted([cast.team], FIRST, LAST, [each])[cast.team.pk][each.pk]
    edit_activity(activity=first, done=done(3, visited=("9",)), version=1, by=cast.tu)
    withdraw_activity(activity=second, by=cast.tu)
    assert counted_as_stood(figure.records, [each])[each.pk] == figure
    assert [row.amount for row in explain(figure.records, each)] == [2, 3]
    assert figure.value == 5
    assert figures(cast.team, "reached") == [1]


def test_named_households_cost_one_question_more_and_the_year_few(
    log, codes, cast, django_assert_num_queries
):
    log(visited=("1", "2"))
    teams = [cast.team, cast.team_my_hoa, cast.team_dau_giong]
    month, year, people = map(counter, ["reached", "reached_year", "people"])
    with django_assert_num_queries(4):
        counted(teams, FIRST, LAST, [month])
    with django_assert_num_queries(10):
        counted(teams, FIRST, LAST, [people, year])


@pytest.mark.parametrize("seed", range(5))
def test_reaching_equals_counting_by_hand_over_any_logs(seed, codes, log, cast):
    dice = random.Random(seed)
    lines = []
    for _each in range(25):
        team = dice.choice([cast.team, cast.team, cast.team_my_hoa])
        most = 30 if team == cast.team else 9
        homes = [f"{n:03}" for n in dice.sample(range(1, most + 1), dice.randint(0, 6))]
        extra = dice.choice([0, 0, dice.randint(1, 4)])
        day = dt.date(2026, dice.randint(1, 11), dice.randint(1, 22))
        entry = Done(
            kind=dice.choice(["inform", "support"]),
            happened_on=day,
            people=1,
            visited=tuple(homes),
            households=(len(homes) + extra) if homes or extra else 0,
        )
        lines.append(Line(team, entry))
    log_batch(lines=lines, by=cast.lan, subject=cast.nhon_my)
    gone = dice.choice(list(Activity.objects.all()))
    withdraw_activity(activity=gone, by=cast.lan, reason="trùng")

    for month in range(1, 12):
        first, last = dt.date(2026, month, 1), dt.date(2026, month, 28)
        for team in (cast.team, cast.team_my_hoa):
            rows = Activity.objects.standing().filter(team=team)
            of_month = rows.between(first, last)
            extra = sum(log.households - log.visited.count() for log in of_month)
            ticked = Household.objects.filter(activities__in=of_month).distinct().count()
            of_year = rows.between(dt.date(2026, 1, 1), last)
            since = Household.objects.filter(activities__in=of_year).distinct().count()
            days = {"first": first, "last": last}
            assert figures(team, "reached", "reached_year", **days) == [ticked + extra, since]


LOGS = st.lists(
    st.tuples(
        st.sets(st.tuples(st.sampled_from([1, 2]), st.sampled_from("abcdefg"))),
        st.integers(0, 3),
        st.sampled_from(["support", "event"]),
    ),
    max_size=9,
)


@given(
    LOGS, st.sampled_from(["reached", "reached_year"]), st.sampled_from([{}, {"kind": ["event"]}])
)
def test_each_household_is_counted_once_whatever_the_logs_say(said, word, filters):
    logs = [
        Logged(str(n), 1, kind, 1, 0, len(homes) + more, 1, {}, {}, frozenset(homes))
        for n, (homes, more, kind) in enumerate(said)
    ]
    weigh = weigher(word, filters)
    figure = count(logs, word, weigh)
    looked_at = [row for row in said if not filters or row[2] == "event"]
    homes = set().union(*(row[0] for row in looked_at))
    more = sum(row[1] for row in looked_at) if word == "reached" else 0
    assert figure.value == len(homes) + more
    assert sum(added for _log, added in additions(logs, word, weigh)) == figure.value
    # What a figure cites is all it needs to be counted again.
    cited = [log for log in logs if ("activities", log.id, 1) in figure.records]
    assert count(cited, word, weigh) == figure


# -- over several months ------------------------------------------------------------------------

OCTOBER = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
NOVEMBER = (FIRST, LAST)


@pytest.fixture
def two_months(codes, cast, log):
    """October: 001, 002, 003. November: 003, 004."""
    october = done(visited=("1-3",)).as_content() | {"happened_on": "2026-10-08"}
    lines = [Line(cast.team, Done.from_content(october), cast.tu)]
    log_batch(lines=lines, by=cast.lan, subject=cast.team)
    log(5, visited=("3", "4"))


def test_a_household_reached_in_both_months_counts_once(two_months, cast):
    stated = {(cast.team.pk, OCTOBER): 3, (cast.team.pk, NOVEMBER): 2}
    assert recounted_households(stated) == 4
    assert recounted_households({(cast.team.pk, OCTOBER): 3}) == 3


def test_what_was_stated_otherwise_is_not_recounted(two_months, cast, log):
    stated = {(cast.team.pk, OCTOBER): 3, (cast.team.pk, NOVEMBER): 2}
    assert recounted_households(stated | {(cast.team.pk, NOVEMBER): 5}) is None
    assert recounted_households({}) is None
    log(6, households=2)  # not named: who knows whether they were reached before
    assert recounted_households(stated | {(cast.team.pk, NOVEMBER): 4}) is None


def test_teams_of_several_hamlets_are_recounted_together(two_months, cast, log):
    log(7, team=cast.team_my_hoa, by=cast.liem, visited=("1-3",))
    stated = {
        (cast.team.pk, OCTOBER): 3,
        (cast.team.pk, NOVEMBER): 2,
        (cast.team_my_hoa.pk, NOVEMBER): 3,
        (cast.team_my_hoa.pk, OCTOBER): 0,
    }
    assert recounted_households(stated) == 7


def test_recounting_asks_few_questions(two_months, cast, django_assert_max_num_queries):
    stated = {(cast.team.pk, OCTOBER): 3, (cast.team.pk, NOVEMBER): 2}
    with django_assert_max_num_queries(4):
        recounted_households(stated)
