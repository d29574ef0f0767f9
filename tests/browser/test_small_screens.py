"""What a screen 360 pixels wide asks of single pages: names first, nothing cut, letters to read."""

import pytest

from cncd.foundation.kit import lists
from cncd.results.conftest import NOON, Season
from cncd.results.reports.actions import save_draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def season(cast, programme, time_machine):
    time_machine.move_to(NOON, tick=True)
    return Season(cast)


@pytest.fixture
def small(visit):
    """`small(user)`: that person with a phone in hand."""
    return lambda user: visit(user, 360)


@pytest.mark.parametrize("address", ["/desk/indicators/", "/programme/", "/programme/measures/"])
def test_a_list_that_leads_with_codes_shows_names_first(small, cast, season, address):
    visitor = small(cast.lan)
    row = visitor.open(address).locator(".list-table tbody tr").first
    code, name = row.locator("th"), row.locator("th + td")
    assert code.inner_text() == "TC01"
    assert name.bounding_box()["y"] < code.bounding_box()["y"]
    sizes = [
        cell.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") for cell in (code, name)
    ]
    assert 12 <= sizes[0] < 16 < sizes[1]
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0


@pytest.mark.parametrize("large", [False, True])
def test_a_list_cut_for_printing_says_so_within_the_screen(small, cast, monkeypatch, large):
    monkeypatch.setattr(lists, "PRINTED", 5)
    cast.ha.large_text = large
    cast.ha.save()
    visitor = small(cast.ha)
    page = visitor.open("/people/?print=1")
    assert "5 dòng" in page.inner_text(".list-line .tag")
    assert visitor.overflow() <= 0


def test_names_on_the_map_can_be_read(small, cast, season):
    visitor = small(cast.minh)
    page = visitor.open("/desk/map/")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".place-map text")].map(
            (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert len(sizes) == 2
    assert min(sizes) >= 12
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0


@pytest.mark.parametrize("large", [False, True])
def test_nothing_arose_stands_whole_in_its_field(small, cast, season, large):
    save_draft(team=cast.team, period=season.period, content=season.content(), by=cast.tu)
    cast.tu.large_text = large
    cast.tu.save()
    page = small(cast.tu).open(f"/reports/write/{cast.team.pk}/2026-11/")
    field = page.locator("[name='v.KT06']")
    assert field.input_value() == "không phát sinh"
    assert field.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert field.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16


@pytest.mark.parametrize("address", ["/rights/", "/personal-data/", "/people/", "/activities/"])
def test_who_has_no_desk_stays_in_the_phones_frame(small, cast, season, address):
    visitor = small(cast.tu)
    page = visitor.open(address)
    assert page.locator("nav.doors a").count() == 4
    assert page.locator(".tabs, .scope, .top-search").count() == 0
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    page = small(cast.lan).open(address)
    assert page.locator(".tabs").count() == 1
    assert page.locator("nav.doors").count() == 0
