"""Icons, drawn from one file that the browser keeps; the names are listed in scripts/icons.txt."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SPRITE = "vendor/icons.svg"


@cache
def names() -> frozenset[str]:
    """The icons there are."""
    text = Path(finders.find(SPRITE)).read_text("utf-8")
    return frozenset(re.findall(r'<symbol id="([a-z0-9-]+)"', text))


@cache
def drawing(name: str) -> SafeString:
    """What stands inside the icon's svg element; nothing for a name that is not in the set."""
    if name not in names():
        return mark_safe("")
    return format_html('<use href="{}#{}"/>', static(SPRITE), name)


def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """The icon; hidden from screen readers unless it has a label of its own."""
    speaks = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon {}" width="16" height="16" fill="currentColor" {}>{}</svg>',
        css,
        mark_safe(speaks),  # noqa: S308 (either a constant or escaped just above)
        drawing(name),
    )
