"""Choices with dates, for a place and all below it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.places import queries
from cncd.foundation.places.actions import (
    Refused,
    create_place,
    set_setting,
    withdraw_setting,
)
from cncd.foundation.places.models import Place, Setting

pytestmark = pytest.mark.django_db

BEFORE = dt.date(2025, 6, 30)
REFORM = dt.date(2025, 7, 1)
LATER = dt.date(2026, 1, 1)
TODAY = dt.date(2026, 11, 22)


def hamlet(cast, parent, name="Mỹ Thuận", code="31552.009", since=REFORM, by=None, kind="ap"):
    return create_place(kind=kind, code=code, name=name, parent=parent, since_on=since, by=by)


def commune(cast, parent, name, code, since=REFORM, kind="xa"):
    return create_place(kind=kind, code=code, name=name, parent=parent, since_on=since, by=None)


def reach(root, day):
    return set(Place.objects.reached_from([root.pk], day))


def test_the_nearest_setting_of_the_day_holds(cast):
    key = "team.max_members"
    set_setting(key=key, value=12, place=cast.soc_trang, since_on=REFORM, by=cast.ha)
    set_setting(key=key, value=8, place=cast.tran_de, since_on=LATER, by=cast.ha)
    assert queries.setting(key) == 10
    assert queries.setting(key, cast.my_phuoc, BEFORE) == 10
    assert queries.setting(key, cast.my_phuoc, REFORM) == 12
    assert queries.setting(key, cast.dau_giong, REFORM) == 12
    assert queries.setting(key, cast.dau_giong, TODAY) == 8


def test_a_new_setting_ends_the_one_before_it(cast):
    key = "team.max_members"
    set_setting(key=key, value=12, place=cast.soc_trang, since_on=REFORM, by=cast.ha)
    last = set_setting(key=key, value=9, place=cast.soc_trang, since_on=LATER, by=cast.ha)
    assert queries.setting(key, cast.my_phuoc, LATER - dt.timedelta(1)) == 12
    assert queries.setting(key, cast.my_phuoc, LATER) == 9
    withdraw_setting(setting=last, by=cast.ha)
    assert queries.setting(key, cast.my_phuoc, TODAY) == 12
    assert Setting.objects.count() == 1


@pytest.mark.parametrize("value", [0, 51, -1, "mười", None, True])
def test_a_setting_out_of_bounds_is_refused(cast, value):
    with pytest.raises(Refused):
        set_setting(
            key="team.max_members", value=value, place=cast.soc_trang, since_on=REFORM, by=cast.ha
        )


def test_a_setting_before_a_later_one_must_end_in_time(cast):
    key = "team.max_members"
    set_setting(key=key, value=12, place=cast.soc_trang, since_on=LATER, by=cast.ha)
    with pytest.raises(Refused):
        set_setting(key=key, value=11, place=cast.soc_trang, since_on=REFORM, by=cast.ha)
    set_setting(
        key=key, value=11, place=cast.soc_trang, since_on=REFORM, until_on=LATER, by=cast.ha
    )
    assert queries.setting(key, cast.my_phuoc, REFORM) == 11


def test_settings_are_for_those_above_the_place(cast):
    for user in (cast.lan, cast.outsider):
        with pytest.raises(PermissionDenied):
            set_setting(
                key="team.max_members", value=9, place=cast.soc_trang, since_on=REFORM, by=user
            )
