"""A test client that examines every page it opens, as a careful colleague would.

    def test_…(page_client, cast):
        page = page_client.as_(cast.lan).get("/teams/")

A page must have a language, a title, one heading, labels on all fields, names on all buttons and
links, no inline style or script, no id twice, no English left in Vietnamese, no query repeated per
row. `.as_(user)` gives a client signed in as that person.
"""

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scripts import messages

REPEATS = 6  # times the same query may run on one page
VOID = set("area base br col embed hr img input link meta source track wbr".split())
FIELDS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
LITERALS = re.compile(r"'(?:[^']|'')*'|(?<![\w.\"])-?\d+(?:\.\d+)?(?![\w.\"])")
LISTS = re.compile(r"\(\?(?:, ?\?)+\)|\(%s(?:, ?%s)+\)")


class Element:
    """A tag with its attributes, the text inside it, and its ancestors."""

    def __init__(self, tag, attrs, above):
        self.tag, self.attrs, self.above, self.words = tag, dict(attrs), above, []

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def inside(self, *tags) -> bool:
        return any(each.tag in tags for each in self.above)

    def __str__(self):
        shown = {
            k: v for k, v in self.attrs.items() if k in ("id", "name", "href", "class", "type")
        }
        return f"<{self.tag} {shown}>"


class Page(HTMLParser):
    """The elements of a page in order, with their text."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.texts: list[tuple[str, Element | None]] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = Element(tag, attrs, tuple(self._open))
        self.elements.append(element)
        # What an image or a labelled thing says counts as text of what holds it.
        spoken = element.attrs.get("alt") or element.attrs.get("aria-label") or ""
        for each in self._open if spoken else ():
            each.words.append(spoken)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data):
        if data.strip():
            self.texts.append((" ".join(data.split()), self._open[-1] if self._open else None))
            for each in self._open:
                each.words.append(data)

    def all(self, *tags) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


@cache
def english() -> dict[str, str]:
    """Message → Vietnamese ("" when missing), for messages that are not the same in both."""
    found = {}
    for room in messages.rooms():
        for message in messages.read_catalogue(room):
            msgid = messages.identity(message)[0]
            vietnamese = message.string if isinstance(message.string, str) else message.string[0]
            if msgid and msgid != vietnamese:
                found[msgid] = vietnamese
    return found


def faults(html: str, language: str = "vi") -> list[str]:
    """What is wrong with a page, or with a part of one sent for htmx."""
    page = Page(html)
    whole = bool(page.all("html"))
    rules = [_ids, _inline, _fields, _names, _forms, _leaks, _foreign]
    found = [fault for rule in [*rules, *([_frame] if whole else [])] for fault in rule(page)]
    return found + (_english(page) if language == "vi" else [])


def _frame(page):
    if not page.all("html")[0].attrs.get("lang"):
        yield "html has no lang"
    titles = [e for e in page.all("title") if not e.inside("svg")]
    if len(titles) != 1 or not titles[0].text.removesuffix("· CNCĐ").strip():
        yield f"title: {[e.text for e in titles]}"
    headings = page.all("h1")
    if len(headings) != 1 or not headings[0].text:
        yield f"h1: {[e.text for e in headings]}"
    if not page.all("main"):
        yield "no main"


def _ids(page):
    ids = Counter(e.attrs["id"] for e in page.elements if e.attrs.get("id"))
    yield from (f"id twice: {name}" for name, times in ids.items() if times > 1)
    if not page.all("html"):
        return
    for element in page.elements:
        wanted = f"{element.attrs.get('aria-describedby') or ''} {element.attrs.get('for') or ''}"
        yield from (f"{element} points to no id {n}" for n in wanted.split() if n not in ids)


def _inline(page):
    for element in page.elements:
        names = [n for n in element.attrs if n == "style" or n.startswith(("on", "hx-on"))]
        yield from (f"{element} has {name}=" for name in names)
        if str(element.attrs.get("href") or "").startswith("javascript:"):
            yield f"{element} is a javascript: link"
        is_data = element.attrs.get("type") == "application/json"
        if element.tag == "style" or (
            element.tag == "script" and "src" not in element.attrs and not is_data
        ):
            yield f"inline <{element.tag}>"


def _fields(page):
    labelled = {e.attrs.get("for") for e in page.all("label") if e.text}
    for element in page.all(*FIELDS):
        if element.attrs.get("type") in UNLABELLED:
            continue
        spoken = element.attrs.get("aria-label") or element.attrs.get("aria-labelledby")
        if not (spoken or element.inside("label") or element.attrs.get("id") in labelled):
            yield f"{element} has no label"


def _names(page):
    for element in page.all("a", "button", "summary"):
        if not (element.text or element.attrs.get("aria-label") or "hidden" in element.attrs):
            yield f"{element} has no name"
    for element in page.all("a"):
        if element.attrs.get("href") in ("", "#"):
            yield f"{element} leads nowhere"
    for element in page.all("img"):
        if "alt" not in element.attrs:
            yield f"{element} has no alt"


def _forms(page):
    posts = [e for e in page.all("form") if (e.attrs.get("method") or "").lower() == "post"]
    for form in posts:
        inside = [e for e in page.all("input") if form in e.above]
        if not any(e.attrs.get("name") == "csrfmiddlewaretoken" for e in inside):
            yield f"{form} has no CSRF token"


def _leaks(page):
    for text, element in page.texts:
        where = element.tag if element else "page"
        if text in ("None", "nan", "[]", "{}") or "{{" in text or "{%" in text:
            yield f"{where} shows {text[:60]!r}"
        elif "&lt;" in text or re.search(r"<(span|a|svg|strong)\b", text):
            yield f"{where} shows escaped HTML: {text[:60]!r}"


def _foreign(page):
    for element in page.all("script", "link", "img", "iframe"):
        address = element.attrs.get("src") or element.attrs.get("href") or ""
        if re.match(r"(https?:)?//", address):
            yield f"{element} loads from elsewhere: {address}"


def _english(page):
    found = []
    for text, element in page.texts:
        tongues = [e.attrs.get("lang") for e in (*element.above, element)] if element else []
        if text in english() and not any(t and t != "vi" for t in tongues):
            found.append(f"English on a Vietnamese page: {text!r}")
    return found


def repeated(queries) -> list[str]:
    """Queries that ran more than REPEATS times with nothing changed but the values."""
    shapes = Counter(LISTS.sub("(?)", LITERALS.sub("?", q["sql"])) for q in queries)
    return [f"{n} times: {sql[:300]}" for sql, n in shapes.items() if n > REPEATS]


class PageClient(Client):
    """Opens pages like the ordinary client; a page with a fault fails the test."""

    def as_(self, user) -> "PageClient":
        """Another client of this kind, signed in as that person."""
        fresh = type(self)()
        fresh.force_login(user)
        return fresh

    def request(self, **request):
        with CaptureQueriesContext(connection) as captured:
            response = super().request(**request)
        if "text/html" not in response.headers.get("Content-Type", "") or response.streaming:
            return response
        found = faults(response.content.decode(), response.headers.get("Content-Language", "vi"))
        if request.get("REQUEST_METHOD") == "GET":
            found += repeated(captured.captured_queries)
        assert not found, "\n".join([f"{request['PATH_INFO']} ({response.status_code}):", *found])
        return response
