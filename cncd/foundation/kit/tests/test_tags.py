from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import RequestFactory

from cncd.foundation.kit.messages import UNDO

pytestmark = pytest.mark.urls("tests.gallery")


def draw(source, request=None, **context):
    context |= {"request": request} if request else {}
    return Template("{% load kit %}" + source).render(Context(context))


def page(path, **scope):
    request = RequestFactory().get(path)
    request.scope = SimpleNamespace(query=scope)
    return request


def test_an_icon_is_drawn_in_the_page_and_silent():
    html = draw('{% icon "people" %}')
    assert '<use href="/static/vendor/icons.svg#people"' in html
    assert 'aria-hidden="true"' in html


def test_an_icon_with_a_label_speaks():
    html = draw('{% icon "people" label=words %}', words="Tổ <1>")
    assert 'role="img"' in html
    assert 'aria-label="Tổ &lt;1&gt;"' in html


@pytest.mark.parametrize("name", ["no-such-icon", "../../settings", "people.svg", ""])
def test_an_icon_that_does_not_exist_draws_nothing(name):
    assert "<path" not in draw("{% icon name %}", name=name)


def test_filters_show_a_dash_where_there_is_nothing():
    for name in ("number", "percent", "day", "daytime", "with_unit:1"):
        assert "–" in draw("{{ value|" + name + " }}", value=None)
    assert draw("{{ value|number }}", value=1234) == "1.234"
    assert draw("{{ value|with_unit:'lượt' }}", value=41220) == "41.220\xa0lượt"
    assert draw("{{ value|with_unit:'%' }}", value=98) == "98%"
    assert draw("{{ value|percent }}", value=0.5) == "50%"
    assert draw("{{ value|percent:1 }}", value=0.125) == "12,5%"


def test_a_meter_is_full_when_the_goal_is_met_and_never_fuller():
    assert 'value="80"' in draw('{% meter 64 80 "Lượt" %}')
    assert "is-met" not in draw('{% meter 64 80 "Lượt" %}')
    assert 'value="100"' in draw('{% meter 99 80 "Lượt" %}')
    assert "is-met" in draw('{% meter 80 80 "Lượt" %}')
    assert 'value="0"' in draw('{% meter nothing 80 "Lượt" %}', nothing=None)


def test_the_meter_is_not_full_before_the_goal_is_met():
    assert 'value="99"' in draw('{% meter 999 1000 "Lượt" %}')


def test_links_keep_the_unit_and_the_period():
    found = draw('{% scoped_url "account_login" %}', page("/", u=7, k="2026-11"))
    assert found == "/account/login/?u=7&amp;k=2026-11"


def test_a_link_may_name_another_unit():
    found = draw('{% scoped_url "account_login" u=9 %}', page("/", u=7, k="2026-11"))
    assert found == "/account/login/?u=9&amp;k=2026-11"


def test_here_changes_only_what_is_named():
    request = page("/x/?a=1&page=3")
    assert draw("{% here u=4 page=None %}", request) == "?a=1&amp;u=4"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_out_of_the_house(wanted):
    assert (
        draw('{% way_back "/teams/" %}', RequestFactory().get("/", {"next": wanted})) == "/teams/"
    )


def test_the_way_back_is_the_page_one_came_from():
    request = RequestFactory().get("/", {"next": "/teams/3/?u=1"})
    assert draw('{% way_back "/teams/" %}', request) == "/teams/3/?u=1"


def test_a_message_may_carry_a_way_to_undo():
    assert draw("{{ m|undo_url }}", m=Message(25, "x", UNDO + "/undo/")) == "/undo/"
    assert draw("{{ m|undo_url }}", m=Message(25, "x")) == ""
