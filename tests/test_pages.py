"""The examiner must see each fault it is there for, and none where there is none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.places.models import Place
from tests.pages import faults, repeated

GOOD = """<!doctype html><html lang="vi"><head><title>Tổ · CNCĐ</title></head><body><main>
<h1>Tổ</h1><p>Có 4 tổ.</p><label for="q">Tìm</label><input id="q" name="q">
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<button><svg aria-hidden="true"><title>x</title></svg> Lưu</button></form>
<a href="/"><img src="/static/a.png" alt="Trang đầu"></a></main></body></html>"""


def test_a_good_page_has_no_fault():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' lang="vi"', ""),
        ("Tổ · CNCĐ", " · CNCĐ"),
        ("<h1>Tổ</h1>", ""),
        ("<h1>Tổ</h1>", "<h1>Tổ</h1><h1>Tổ</h1>"),
        ("<h1>Tổ</h1>", "<h1> </h1>"),
        ("<main>", "<div>"),
        ('<label for="q">Tìm</label>', ""),
        ('<label for="q">Tìm</label>', '<label for="r">Tìm</label>'),
        ("<p>", '<p id="q">'),
        ("<p>", '<p style="color:red">'),
        ("<p>", '<p onclick="x()">'),
        ("<p>", "<script>x()</script><p>"),
        ("<p>", "<style>p{}</style><p>"),
        ("<p>", '<a href="javascript:x()">x</a><p>'),
        ("<p>", '<a href="/x"><svg></svg></a><p>'),
        ("<p>", '<button type="button"></button><p>'),
        ("<p>", '<script src="https://cdn.example/x.js"></script><p>'),
        ("<p>", '<img src="/x.png"><p>'),
        ("<p>", '<p aria-describedby="nowhere">'),
        ("Có 4 tổ.", "None"),
        ("Có 4 tổ.", "{{ count }}"),
        ("Có 4 tổ.", "&lt;b&gt;4&lt;/b&gt; <i>&amp;lt;</i>"),
        ("Có 4 tổ.", "Clear search and filters"),
        ("csrfmiddlewaretoken", "other"),
    ],
)
def test_each_fault_is_seen(old, new):
    assert old in GOOD
    assert faults(GOOD.replace(old, new))


def test_english_is_no_fault_on_an_english_page_or_where_it_is_marked():
    page = GOOD.replace("Có 4 tổ.", "Clear search and filters")
    assert faults(page.replace('lang="vi"', 'lang="en"'), "en") == []
    assert faults(page.replace("<p>", '<p lang="en">')) == []


def test_a_part_of_a_page_needs_no_title_but_the_rest_holds():
    assert faults("<tr><td>1</td></tr>") == []
    assert faults("<input name='x'>")


def test_a_query_repeated_for_every_row_is_seen(cast):
    with CaptureQueriesContext(connection) as captured:
        for place in Place.objects.order_by("pk")[:9]:
            str(place.level.name)
    assert repeated(captured.captured_queries)


def test_a_few_queries_of_one_kind_are_fine(cast):
    with CaptureQueriesContext(connection) as captured:
        for count in range(1, 6):
            list(Place.objects.filter(pk__in=range(count)))
    assert not repeated(captured.captured_queries)


def test_a_page_with_a_fault_fails_the_test(page_client, settings):
    settings.ROOT_URLCONF = "tests.gallery"
    page_client.get("/gallery/door/")
    with pytest.raises(AssertionError, match="/gallery/faulty/"):
        page_client.get("/gallery/faulty/")
