"""Levels and types of unit are rows: read by all, worded by the administrator."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cncd.foundation.journal.models import Entry
from cncd.foundation.places import queries
from cncd.foundation.places.actions import (
    Refused,
    add_kind,
    change_kind,
    change_level,
    set_setting,
)
from cncd.foundation.places.models import Level, PlaceKind
from tests.cast import BEGINNING

pytestmark = pytest.mark.django_db
LEVELS = reverse("places:levels")


def test_the_page_tells_levels_types_and_how_many_units_there_are(page_client, cast):
    page = page_client.as_(cast.lan).get(LEVELS).text
    assert "Phường (P)" in page or "Phường</a> (P)" in page
    assert reverse("places:change-level", args=["commune"]) not in page
    assert LEVELS in page_client.as_(cast.lan).get(reverse("places:list")).text


def test_a_level_is_renamed_with_one_entry(page_client, cast):
    client = page_client.as_(cast.ha)
    address = reverse("places:change-level", args=["commune"])
    client.get(address)
    sent = {"name": "xã, phường", "name_en": "commune or ward"}
    assert "Xã, phường" in client.post(address, sent, follow=True).text
    entry = Entry.objects.get(event="level.changed")
    assert entry.before["name"] == "xã"
    assert entry.after["name"] == "xã, phường"
    level = Level.objects.get(code="commune")
    change_level(level=level, name="xã, phường", name_en="commune or ward", by=cast.ha)
    assert Entry.objects.filter(event="level.changed").count() == 1


def test_a_type_of_unit_is_added_and_may_be_borne_by_a_unit(page_client, cast):
    client = page_client.as_(cast.ha)
    address = reverse("places:new-kind")
    client.get(address)
    sent = {"name": "Buôn", "short_name": "B", "level": "hamlet"}
    assert "Buôn" in client.post(address, sent, follow=True).text
    assert PlaceKind.objects.get(code="buon").level.code == "hamlet"
    assert "tên đó" in client.post(address, sent | {"name": "buôn"}).text
    assert PlaceKind.objects.filter(short_name="B").count() == 1


def test_a_type_that_units_bear_keeps_its_name(cast):
    kind = PlaceKind.objects.get(code="xa")
    with pytest.raises(Refused):
        change_kind(kind=kind, name="Làng", short_name="L", by=cast.ha)
    change_kind(kind=kind, name="Xã", short_name="Xã", by=cast.ha)
    kind.refresh_from_db()
    assert (kind.name, kind.short_name) == ("Xã", "Xã")
    assert Entry.objects.get(event="place_kind.changed").after == {"short_name": "Xã"}


def test_only_who_changes_places_words_levels(client, cast):
    level = Level.objects.get(code="commune")
    with pytest.raises(PermissionDenied):
        change_level(level=level, name="x", name_en="x", by=cast.lan)
    with pytest.raises(PermissionDenied):
        add_kind(name="Buôn", short_name="B", level=level, by=cast.lan)
    client.force_login(cast.lan)
    assert client.get(reverse("places:new-kind")).status_code == 403


def test_the_help_contact_is_chosen_once_for_everywhere(page_client, client, cast):
    admin = page_client.as_(cast.quan_tri)
    everywhere = reverse("places:settings-everywhere")
    assert everywhere in admin.get(reverse("places:list")).text
    assert "chọn tại đây" not in admin.get(everywhere).text
    admin.get(f"{everywhere}?key=help.contact")
    sent = {"value": "Sở TT&TT, 0299 382 1234", "since_on": BEGINNING.strftime("%d/%m/%Y")}
    admin.post(f"{everywhere}?key=help.contact", sent, follow=True)
    assert "Sở TT&amp;TT, 0299 382 1234" in client.get("/account/login/").text
    assert "chọn tại đây" in admin.get(everywhere).text
    place = reverse("places:settings", args=[cast.soc_trang.pk])
    assert "help.contact" not in page_client.as_(cast.ha).get(place).text
    with pytest.raises(Refused):
        set_setting(
            key="help.contact", value="x", place=cast.soc_trang, since_on=BEGINNING, by=cast.ha
        )
    assert queries.setting("help.contact") == "Sở TT&TT, 0299 382 1234"
