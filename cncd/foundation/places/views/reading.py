"""Rows of templates that more than one page shows."""

from django.utils.translation import gettext as _

from cncd.foundation.places.models import Setting
from cncd.foundation.places.options import known_options


def readings(held: dict[str, Setting], place) -> list[dict]:
    """Every option of the place (None: everywhere) with its value, and the row that chose it."""
    found = []
    for option in known_options().values():
        if place and option.everywhere:
            continue
        row = held.get(option.key)
        value = option.default if row is None else row.value
        found.append({"option": option, "value": option.shown(value) or _("(empty)"), "row": row})
    return found
