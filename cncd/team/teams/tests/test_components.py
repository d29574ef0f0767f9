"""Components of teams are rows an administrator keeps; the most members is a dated choice."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cncd.foundation.journal.models import Entry
from cncd.foundation.places.queries import setting
from cncd.team.teams.actions import NameTaken, add_component, change_component, seed_components
from cncd.team.teams.models import Component

pytestmark = pytest.mark.django_db
LIST = reverse("teams:components")


def test_everybody_on_a_desk_reads_the_components(page_client, cast):
    seed_components()
    page = page_client.as_(cast.lan).get(LIST).text
    assert "Nhân viên y tế" in page
    assert "<strong>10</strong>" in page
    assert reverse("teams:change_component", args=["health"]) not in page
    assert "Nhân viên y tế" in page_client.as_(cast.lan).get(LIST, {"q": "y te"}).text
    assert "Giáo viên" not in page_client.as_(cast.lan).get(LIST, {"q": "y te"}).text


def test_a_component_is_added_and_put_right_by_form(page_client, cast):
    seed_components()
    client = page_client.as_(cast.ha)
    client.get(reverse("teams:add_component"))
    sent = {"name": "Hội Người cao tuổi", "order": ""}
    client.post(reverse("teams:add_component"), sent, follow=True)
    added = Component.objects.get(code="hoi-nguoi-cao-tuoi")
    assert added == Component.objects.last()
    assert "Đã có thành phần" in client.post(reverse("teams:add_component"), sent).text
    address = reverse("teams:change_component", args=[added.code])
    client.get(address)
    client.post(address, {"name": "Hội Người cao tuổi ấp", "order": ""}, follow=True)
    added.refresh_from_db()
    assert added.name == "Hội Người cao tuổi ấp"
    entry = Entry.objects.get(event="component.changed")
    assert (entry.before, entry.after) == (
        {"name": "Hội Người cao tuổi"},
        {"name": "Hội Người cao tuổi ấp"},
    )


def test_two_components_may_not_share_a_name(cast):
    first = add_component(name="Thú y", by=cast.ha)
    other = add_component(name="Khuyến nông", by=cast.ha)
    with pytest.raises(NameTaken):
        change_component(component=other, name="thú y", by=cast.ha)
    change_component(component=first, name="Thú y", by=cast.ha)
    assert not Entry.objects.filter(event="component.changed").exists()


def test_only_who_changes_the_programme_words_components(client, cast):
    with pytest.raises(PermissionDenied):
        add_component(name="Khuyến công", by=cast.lan)
    client.force_login(cast.lan)
    assert client.get(reverse("teams:add_component")).status_code == 403


def test_the_most_members_is_changed_from_the_page_of_components(page_client, cast):
    client = page_client.as_(cast.ha)
    at = reverse("places:settings", args=[cast.soc_trang.pk]) + "?key=team.max_members"
    assert at in client.get(LIST).text
    client.post(at, {"value": "12", "since_on": "01/01/2026"}, follow=True)
    assert setting("team.max_members", cast.my_phuoc) == 12
    assert "<strong>12</strong>" in client.get(LIST).text
