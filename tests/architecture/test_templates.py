"""What no page may hold: inline styles, scripts and handlers, or files from elsewhere."""

import re

import pytest

from tests.architecture.trees import name, ours

TEMPLATES = ours("*.html")
RULES = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>"),
    "a script address": re.compile(r"""href=["']javascript:"""),
    "something loaded from elsewhere": re.compile(
        r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["'](?:https?:)?//"""
    ),
    "text marked safe": re.compile(r"\|safe\b"),
    # A page writes 1095 as 1.095, which no address and no form gives back: |stringformat:"s".
    "a key written as a number": re.compile(
        r"""{{ *(?:[\w.]+\.)?(?:pk|(?!auto_|summary_|field_|checkbox_)[a-z_]+_id) *[|}]"""
        r"""(?!stringformat|default:""\|stringformat)"""
    ),
}


def test_there_are_templates():
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize("fault", RULES)
def test_no_template_holds(fault):
    found = [name(path) for path in TEMPLATES if RULES[fault].search(path.read_text("utf-8"))]
    assert found == []


def test_every_whole_page_stands_in_a_shell():
    """Only the shells write <html>; every page that extends something extends one of them."""
    with_html = [path.name for path in TEMPLATES if "<html" in path.read_text("utf-8")]
    assert set(with_html) <= {
        "desk.html",
        "phone.html",
        "door.html",
        "500.html",
        "slips.html",
        "wall.html",
        "letter.html",
    }
