"""TC18: done in time among what was due in the period, against a count by hand."""

from types import SimpleNamespace

import pytest

from cncd.work.directives.queries import counted
from cncd.work.directives.queries.counted import DUE, IN_TIME
from cncd.work.directives.tests.life import Life, by_hand, months

COUNTERS = [SimpleNamespace(pk=1, counts=DUE), SimpleNamespace(pk=2, counts=IN_TIME)]


@pytest.mark.parametrize("seed", range(5))
def test_counted_is_counted_by_hand(cast, programme, clock, seed):
    Life(cast, clock, seed).run(120)
    teams, seen = [cast.team, cast.team_my_hoa, cast.team_dau_giong], 0
    for first, last in months(9, 10, 11, 12):
        found = counted(teams, first, last, COUNTERS)
        for team in teams:
            both = (found[team.pk][1].value, found[team.pk][2].value)
            assert both == by_hand(team, first, last)
            seen += sum(both)
    assert seen > 10
    assert not found[cast.team_dau_giong.pk][1].kept  # never asked: its 0 states nothing
