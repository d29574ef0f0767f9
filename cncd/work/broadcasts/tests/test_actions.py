"""Recording, changing, taking out, and what is then counted (CQ03)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.bulk import LinesRefused
from cncd.team.programme.models import Counter
from cncd.work.broadcasts import actions
from cncd.work.broadcasts.actions import Aired, BroadcastRefused
from cncd.work.broadcasts.models import Broadcast
from cncd.work.broadcasts.queries import counted_places

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def day(number, month=11):
    return dt.date(2026, month, number)


def counted(*places, first=FIRST, last=LAST):
    counter = Counter.objects.get(room="broadcasts")
    found = counted_places(places, first, last, [counter])
    return [found[place.pk][counter.pk].value for place in places]


def test_times_are_counted_on_the_days_of_the_month_only(c, air):
    air(since_on=day(28, 10), last_on=day(3), times=2)  # 3 days of November
    air("Bài viết", day(5), medium=c.web)
    assert counted(c.nhon_my) == [3 * 2 + 1]
    assert counted(c.nhon_my, first=day(1, 10), last=day(31, 10)) == [4 * 2]


def test_a_unit_that_never_recorded_says_nothing(c, air):
    counter = Counter.objects.get(room="broadcasts")
    assert not counted_places([c.nhon_my], FIRST, LAST, [counter])[c.nhon_my.pk][counter.pk].kept
    air(since_on=day(1, 9))
    found = counted_places([c.nhon_my], FIRST, LAST, [counter])[c.nhon_my.pk][counter.pk]
    assert (found.value, found.kept) == (0, True)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"since_on": dt.date(2026, 11, 23)}, "last_on"),  # tomorrow
        ({"last_on": dt.date(2026, 11, 2)}, "last_on"),
        ({"weekdays": "1"}, "weekdays"),  # the 3rd is a Tuesday
        ({"times": 0}, "times"),
        ({"times": 49}, "times"),
        ({"since_on": dt.date(2025, 1, 1), "last_on": dt.date(2026, 11, 1)}, "last_on"),
    ],
)
def test_what_cannot_be_is_refused(c, air, said, field):
    with pytest.raises(BroadcastRefused) as refused:
        air(**said)
    assert field in refused.value.message_dict


def test_only_officers_of_the_unit_or_above_it_record(c, air):
    for by in (c.tu, c.dung, c.hung, c.viettel):
        with pytest.raises(PermissionDenied):
            air(by=by)
    air(by=c.minh)


def test_changes_are_journalled_with_the_first_day_they_touch(c, air):
    one = air()
    line = Aired(medium=c.radio, title="Khác", since_on=day(2, 10))
    one = actions.change_broadcast(broadcast=one, version=1, aired=line, by=c.lan)
    entry = Entry.objects.get(event="broadcast.changed")
    assert entry.after["on"] == "2026-10-02"
    with pytest.raises(actions.ChangedMeanwhile):
        actions.withdraw_broadcast(broadcast=one, version=1, reason="x", by=c.lan)


def test_a_file_is_written_whole_or_not_at_all(c):
    good = Aired(medium=c.radio, title="Một", since_on=day(3))
    bad = Aired(medium=c.radio, title="Hai", since_on=day(29))
    with pytest.raises(LinesRefused) as refused:
        actions.import_broadcasts(place=c.nhon_my, lines=[good, bad], by=c.lan)
    assert [line[:2] for line in refused.value.lines] == [(1, "last_on")]
    assert not Broadcast.objects.exists()
    actions.import_broadcasts(place=c.nhon_my, lines=[good], by=c.lan)
    assert counted(c.nhon_my) == [1]
