"""The country of `cast` with the catalogue, and short ways to raise and to let days pass."""

import datetime as dt

import pytest
import time_machine

from cncd.foundation.journal.models import Entry
from cncd.foundation.places.models import Place
from cncd.team.programme.models import DifficultyCategory
from cncd.work.difficulties import actions
from cncd.work.difficulties.actions import Said

NOW = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)  # Monday, 9:00 in Vietnam


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def c(cast, programme, clock):
    """`cast` with kinds of difficulty, and `raised`: a difficulty of ấp Mỹ Phước's team."""
    Entry.objects.all().delete()  # what the seeding wrote
    cast.clock = clock
    cast.kinds_of = {row.code: row for row in DifficultyCategory.objects.all()}

    def raised(text="Cuối ấp sóng yếu", *, team=None, by=None, kind="song-mang", **said):
        category = cast.kinds_of[kind] if kind else None
        said = Said(text, category, **said)
        return actions.raise_difficulty(said=said, team=team or cast.team, by=by or cast.tu)

    def days(number):
        """So many days pass."""
        clock.shift(dt.timedelta(days=number))

    cast.raised, cast.days = raised, days
    cast.named = lambda pk: str(Place.objects.get(pk=pk))
    return cast
