"""Icons drawn inside the page: the names are listed in scripts/icons.txt."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
NAME = re.compile(r"[a-z0-9-]+")


@cache
def drawing(name: str) -> SafeString:
    """What stands inside the icon's svg element; nothing for a name that is not in the set."""
    path = finders.find(f"vendor/icons/{name}.svg") if NAME.fullmatch(name) else None
    found = INNER.search(Path(path).read_text("utf-8")) if path else None
    # The file comes from the locked icon package, not from a person.
    return mark_safe(found[1].strip() if found else "")  # noqa: S308


def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """The icon; hidden from screen readers unless it has a label of its own."""
    speaks = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon {}" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" {}>'
        "{}</svg>",
        css,
        mark_safe(speaks),  # noqa: S308 (either a constant or escaped just above)
        drawing(name),
    )
