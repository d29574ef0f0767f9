"""Odd addresses and hostile forms, all over the demo province; only `make drill` runs it.

What it meets differs a little from run to run, as the demo's keys do; a fault names its request.
"""

import datetime as dt
import os

import pytest
from django.db import transaction

from cncd.config.demo.logins import PASSWORD
from cncd.config.tests.test_demo import demo
from cncd.foundation.people.actions import add_person, open_account, post_person
from cncd.foundation.people.models import User
from cncd.foundation.places.actions import create_place
from cncd.foundation.places.models import PlaceKind
from tests.hostile.reach import reached
from tests.hostile.storm import Storm

__all__ = ["demo"]
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def storm(demo):
    found = Storm(seed=int(os.environ.get("SEED") or 20261122))
    for login in ("canbotinh", "canboxa", "totruong", "doanhnghiep", "ubndtinh", "quantri"):
        found.as_(User.objects.get(login=login))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("demo", ["2022"], indirect=True)
def test_whatever_is_asked_or_sent_every_answer_is_a_page_a_person_can_live_with(storm):
    assert storm.faults == [], storm.told()
    assert storm.forms > 40, storm.told()
    assert min(storm.done, storm.refused) > 30, storm.told()


@pytest.mark.django_db
@pytest.mark.parametrize("demo", ["2022"], indirect=True)
@pytest.mark.parametrize("role", ["province_officer", None])
def test_nothing_of_this_province_opens_for_another_or_for_a_stranger(demo, storm, role):
    routes = storm.routes.items()
    things = [address for route, address in routes if "<int:" in route or "<uuid:" in route]
    assert len(things) > 40
    with transaction.atomic():
        found = reached(role and elsewhere(demo, role), things)
        transaction.set_rollback(True)
    assert found == [], "\n".join(found)


def elsewhere(demo, role: str) -> User:
    """The account of somebody who has that role in another province."""
    kind = PlaceKind.objects.filter(level__code="province").first()
    about = {"since_on": demo.today - dt.timedelta(days=900), "by": None}
    place = create_place(kind=kind, code=f"99{len(role)}", name="Nơi Khác", parent=None, **about)
    person = add_person(full_name="Người Nơi Khác", by=None)
    open_account(person=person, login=role, by=None, password=PASSWORD)
    post_person(person=person, role=role, place=place, **about)
    return person.user
