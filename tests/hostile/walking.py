"""Finding pages and forms by following links, and sending forms as nobody should."""

import re
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.hostile.values import wild, wild_file
from tests.pages import Page

DIGIT = re.compile(r"\d").search  # ids, that is: a word would be found again on the page
LEFT_ALONE = {"account_logout", "desk:language"}


@dataclass
class Form:
    """A form of a page: where it goes, its fields with what stands in them and what they offer."""

    page: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    @property
    def key(self):
        return (route(self.action), frozenset(name.rstrip("0123456789") for name in self.values))

    def filled(self, rng: Random, share: float) -> dict:
        """What a browser would send, but `share` of its fields wild, missing or doubled."""
        sent: dict = {}
        everything = [each for values in self.offered.values() for each in values if DIGIT(each)]
        for name in sorted(self.values):
            if name == "csrfmiddlewaretoken":
                continue
            value = self.values[name] or self.offered.get(name, [])[:1]
            if rng.random() < share:
                options = self.offered.get(name) or everything
                value = rng.choice([[], [wild(rng, options)], [wild(rng, options)] * 2])
                value = value or [wild(rng, options)]
            sent[name] = value
        for name in sorted(self.files):
            if rng.random() < 0.8:
                sent[name] = wild_file(rng)
        return sent


def route(address: str) -> str | None:
    """The pattern of an address; None when there is none, or not here."""
    try:
        return "/" + resolve(urlsplit(address).path).route
    except Resolver404:
        return None


def forms(address: str, page: Page) -> list[Form]:
    """The forms of a page that are sent by POST."""
    found = {}
    for element in page.all("form"):
        if (element.attrs.get("method") or "").lower() == "post":
            action = urljoin(address, element.attrs.get("action") or address)
            found[element] = Form(address, action)
    by_id = {element.attrs.get("id"): element for element in found}
    for element in page.all("input", "textarea", "select", "option", "button"):
        owner = next((each for each in element.above if each in found), None)
        owner = by_id.get(element.attrs["form"]) if element.attrs.get("form") else owner
        if owner is not None:
            _add(found[owner], element)
    return list(found.values())


def _add(form: Form, element) -> None:
    attrs, kind = element.attrs, element.attrs.get("type", "text")
    if element.tag == "option":
        _offer(form, element)
        return
    name = attrs.get("name")
    if not name or "disabled" in attrs:
        return
    value = element.text if element.tag == "textarea" else attrs.get("value") or ""
    if kind == "file":
        form.files.add(name)
    elif kind in ("checkbox", "radio"):
        form.offered.setdefault(name, []).append(value)
        form.values.setdefault(name, [])
        if "checked" in attrs:
            form.values[name].append(value)
    elif element.tag == "button":
        form.values.setdefault(name, [value])
    else:
        form.values.setdefault(name, []).append(value)


def _offer(form: Form, option) -> None:
    select = next((each for each in option.above if each.tag == "select"), None)
    if select is not None:
        name, value = select.attrs.get("name"), option.attrs.get("value", option.text)
        form.offered.setdefault(name, []).append(value)
        if "selected" in option.attrs:
            form.values[name] = [value]


def links(address: str, page: Page):
    """Addresses of this site that the page leads to."""
    for element in page.all("a", "form", "button", "div", "input"):
        for name in ("href", "hx-get"):
            to = element.attrs.get(name)
            if to and not to.startswith(("#", "mailto:", "tel:")):
                whole = urlsplit(urljoin(f"http://testserver{address}", to))
                if whole.netloc == "testserver":
                    yield whole.path + (f"?{whole.query}" if whole.query else "")
