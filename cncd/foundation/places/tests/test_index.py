"""The stored index: kept up by every action, and the same as one built from nothing."""

import datetime as dt
import random
from itertools import pairwise

import pytest
from django.db import transaction

from cncd.foundation.places.actions import (
    Refused,
    change_place,
    create_place,
    end_place,
    rebuild_index,
    succeed_places,
    undo_change,
    undo_succession,
)
from cncd.foundation.places.models import Place, PlaceIndex, PlaceVersion, Succession

pytestmark = pytest.mark.django_db

FIRST = dt.date(2025, 1, 1)
KIND_AT = {"district": "huyen", "commune": "xa", "hamlet": "ap"}


class Story:
    """Somebody who changes the tree at random, one action after the other."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.day, self.number = FIRST, 0

    def step(self):
        """One random action; True when it was not refused."""
        self.day += dt.timedelta(days=self.dice.choice([0, 0, 1, 20]))
        action = self.dice.choice(
            [self.begin, self.begin, self.move, self.move, self.rename, self.merge, self.merge,
             self.transfer, self.abolish, self.end, self.undo, self.undo_whole]
        )  # fmt: skip
        try:
            with transaction.atomic():
                action()
        except (Refused, IndexError):
            return False
        return True

    def some(self, level, alive=True):
        places = Place.objects.filter(level__code=level)
        return self.dice.choice(list((places.alive(self.day) if alive else places).order_by("pk")))

    def level(self):
        return self.dice.choice(list(KIND_AT))

    def begin(self):
        level = self.level()
        above = {"district": "province", "commune": "district", "hamlet": "commune"}[level]
        parent = self.some(self.dice.choice([above, "province"]))
        self.number += 1
        create_place(
            kind=KIND_AT[level], code=f"n{self.number}", name=f"Mới {self.number}",
            parent=parent, since_on=self.day, by=None,
        )  # fmt: skip

    def move(self):
        level = self.dice.choice(["commune", "hamlet"])
        parent = self.some({"commune": "district", "hamlet": "commune"}[level])
        change_place(place=self.some(level), on=self.day, parent=parent, by=None)

    def rename(self):
        self.number += 1
        change_place(place=self.some(self.level()), on=self.day, name=f"Tên {self.number}", by=None)

    def merge(self):
        level = self.level()
        rows = [(self.some(level), self.some(level), 1)]
        succeed_places(kind="merge", shares=rows, on=self.day, by=None)

    def transfer(self):
        rows = [(self.some("commune"), self.some("commune"), 0.3)]
        moved = {self.some("hamlet"): rows[0][1]}
        succeed_places(kind="transfer", shares=rows, on=self.day, by=None, children=moved)

    def abolish(self):
        rows = [(self.some("district"), self.some("province"), 1)]
        succeed_places(kind="abolish", shares=rows, on=self.day, by=None)

    def end(self):
        end_place(place=self.some("hamlet"), on=self.day, by=None)

    def undo(self):
        undo_change(place=self.some(self.level(), alive=False), by=None)

    def undo_whole(self):
        undo_succession(
            succession=self.dice.choice(list(Succession.objects.order_by("pk"))), by=None
        )


def rows():
    fields = ("place", "ancestor", "inherited", "since_on", "until_on")
    return set(PlaceIndex.objects.values_list(*fields))


def assert_sound():
    """No two versions of a place share a day, and no child stands where its parent is not."""
    for place in Place.objects.all():
        versions = list(place.versions.order_by("since_on"))
        for one, other in pairwise(versions):
            assert one.until_on is not None
            assert one.until_on <= other.since_on
        assert [v.is_last for v in versions] == [False] * (len(versions) - 1) + [True]
    for version in PlaceVersion.objects.exclude(parent=None).select_related("parent", "place"):
        held = version.parent.versions.overlapping(version.since_on, version.until_on)
        assert min(v.since_on for v in held) <= version.since_on
        ends = [v.until_on for v in held if v.is_last]
        assert not ends or ends[0] is None or (version.until_on and version.until_on <= ends[0])
        assert version.parent.level.rank < version.place.level.rank


@pytest.mark.parametrize("seed", range(12))
def test_any_history_leaves_the_index_a_fresh_build_would_give(cast, seed):
    story, done = Story(seed), 0
    while done < 25:
        if story.step():
            done += 1
            kept = rows()
            assert rebuild_index() == 0, f"step {done} left the index behind"
            assert rows() == kept
    assert_sound()


def test_a_lost_index_is_rebuilt_whole(cast):
    kept = rows()
    PlaceIndex.objects.all().delete()
    assert rebuild_index() == len(kept)
    assert rows() == kept


def test_rebuilding_takes_away_what_is_wrong(cast):
    kept = rows()
    PlaceIndex.objects.create(place=cast.my_phuoc, ancestor=cast.bac_lieu, since_on=FIRST)
    assert rebuild_index(places=[cast.my_phuoc.pk]) == 1
    assert rows() == kept
