"""Whether an answer is one a person can live with, and whether a refusal really wrote nothing."""

import re
from contextlib import contextmanager

from django.core.signals import got_request_exception
from django.db import connection
from django.forms import BaseForm

from tests.hostile.values import SCRIPT
from tests.pages import Page, _english

FINE = {200, 204, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429}
RAW = re.compile(
    r"Traceback|<class '|object at 0x|\b[A-Z][A-Za-z]+(?:Error|Exception)\b|DoesNotExist|"
    r"\b(?:This field|Select a valid|Enter a|Ensure (?:this|that)|is not (?:a|one) |must be an? |"
    r"Not Found|Bad Request|Forbidden|does not exist|invalid literal|not supported|"
    r"Null characters|List of values)\b"
)
GUARDS = {"envelope", "version", "edition", "revision", "seen", "edition_seen"}
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.I)
POINT = re.compile(r'^(SAVEPOINT|ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT) "?(\w+)"?', re.I)


class Watch:
    """The tables written to and not rolled back, and what was raised, while it is on."""

    def __init__(self):
        self.log, self.raised = [], []

    @contextmanager
    def on(self):
        self.log, self.raised = [], []
        got_request_exception.connect(self._raised)
        try:
            with connection.execute_wrapper(self._heard):
                yield self
        finally:
            got_request_exception.disconnect(self._raised)

    @property
    def written(self) -> set[str]:
        return {name for kind, name in self.log if kind == "WRITE"}

    def _raised(self, sender, request, **_more):
        import sys

        self.raised.append(repr(sys.exc_info()[1])[:300])

    def _heard(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if found := WRITES.match(sql):
            self.log.append(("WRITE", found[1]))
        elif found := POINT.match(sql):
            if found[1].upper() == "SAVEPOINT":
                self.log.append(("POINT", found[2]))
            elif found[1].upper().startswith("ROLLBACK"):
                del self.log[self.log.index(("POINT", found[2])) :]
        return result


def sent(values: dict) -> dict:
    """As a browser, or something worse, sends it: lone surrogates too."""
    return {name: _bytes(value) for name, value in values.items()}


def _bytes(value):
    if isinstance(value, list):
        return [_bytes(each) for each in value]
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def left_out(answer) -> set[str]:
    """Guards of a form that its page forgot: its own number, the version that was seen."""
    layers = (layer for context in answer.context or () for layer in getattr(context, "dicts", ()))
    forms = [one for layer in layers for one in layer.values() if isinstance(one, BaseForm)]
    names = {form[name].html_name for form in forms for name in GUARDS & set(form.fields)}
    html = answer.content.decode()
    return {f"{name} is not on the page" for name in names if f'name="{name}"' not in html}


def page_of(answer) -> Page:
    """The elements of the page, read once."""
    if not hasattr(answer, "page"):
        answer.page = Page(answer.content.decode(answer.charset, "replace"))
    return answer.page


def faults(answer, watch: Watch) -> list[str]:
    """What is wrong with an answer, whoever asked whatever."""
    found = [f"raised {each}" for each in watch.raised]
    if answer.status_code not in FINE:
        found.append(f"answered {answer.status_code}")
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not kind.startswith(("text/html", "application/json")):
        return found
    text = answer.content.decode(answer.charset, "replace")
    if SCRIPT[:15] in text:
        found.append("a script of the sender stands in the page")
    if kind.startswith("text/html"):
        page = page_of(answer)
        found += _english(page) if answer.headers.get("Content-Language") == "vi" else []
        text = " ¦ ".join(said for said, _where in page.texts)
    said = (text[raw.start() - 40 : raw.end() + 60] for raw in RAW.finditer(text))
    return found + [f"not Vietnamese: {each!r}" for each in said]
