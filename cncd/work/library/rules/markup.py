"""The simple markup of the library: Markdown without HTML and pictures, safe by construction."""

import re
from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

SCHEMES = re.compile(r"^(https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
FIRST = re.compile(r"^\s*(?:#+|>|[-+*]|\d+[.)])\s+|^\|?[\s|:-]+$", re.MULTILINE)
EMPHASIS = re.compile(r"[*`~]+")


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True})
    reader.enable("table").disable(["image", "html_block", "html_inline"])
    reader.validateLink = lambda address: bool(SCHEMES.match(address.strip()))
    return reader


def html_of(text: str) -> SafeString:
    """The text as HTML: headings from the second level on, lists, tables, links to http(s).

    Raw HTML is shown as text; other kinds of links stay text. No level of heading is left out,
    whatever the writer began with.
    """
    tokens, above = _reader().parse(text), []
    for token in tokens:
        if token.type == "heading_open":
            above = [each for each in above if each < token.tag] + [token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(len(above) + 1, 4)}"
    return mark_safe(_reader().renderer.render(tokens, _reader().options, {}))  # noqa: S308


def text_of(text: str) -> str:
    """The words alone, without the signs of the markup: for the search and the plain copy."""
    text = FIRST.sub(" ", LINK.sub(r"\1", text)).replace("|", " ")
    return EMPHASIS.sub("", text)


def size_of(text: str) -> int:
    """Bytes of the text as a phone keeps it, without the frame of the page."""
    return len(html_of(text).encode())
