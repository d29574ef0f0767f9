"""Many lives of a few phones under faults; each ends in what the rules say, and nothing else.

make drill                    1,000 seeds, a third of them on PostgreSQL too; and the browser
make drill SEEDS=50           so many
make drill SEED=17            one seed, with its story
"""

import os

import pytest
import time_machine
from django.db import connection, transaction

from cncd.foundation.places.models import Level
from tests.drill.killing import Killed, Point, dying
from tests.drill.life import BEGIN, Life

FEW = 20


def seeds() -> list[int]:
    if one := os.environ.get("SEED"):
        return [int(one)]
    return list(range(int(os.environ.get("SEEDS") or FEW)))


@pytest.mark.django_db(transaction=True)
def test_a_server_that_dies_does_all_of_a_transaction_or_nothing():
    def change():
        with transaction.atomic():
            Level.objects.create(code="x", rank=9, name="x", name_en="x")

    for where, left in (("statement", 0), ("before commit", 0), ("after commit", 1)):
        with pytest.raises(Killed), dying(Point(where, 1)):
            change()
        assert Level.objects.filter(code="x").count() == left


@pytest.mark.parametrize("seed", seeds())
def test_whatever_happens_every_entry_counts_once_or_says_why_not(ground, seed):
    with time_machine.travel(BEGIN, tick=False) as clock, connection.execute_wrapper(ground.note):
        try:
            life = Life(ground.cast, seed, clock)
            try:
                life.live()
            except BaseException as error:
                story = "\n".join([*life.story, repr(error), f"Replay: make drill SEED={seed}"])
                raise AssertionError(story) from error
        finally:
            ground.restore()
