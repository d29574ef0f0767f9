"""What the hamlets of records are called, with their communes."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.places import queries


def unit_names(places: Iterable[int], day: dt.date) -> dict[int, tuple[str, str]]:
    """{hamlet id: (its name, the name of its commune)}; two queries."""
    named = queries.names(places, day)
    above = queries.names({each.parent_id for each in named.values() if each.parent_id}, day)
    return {
        pk: (each.full_name, above[each.parent_id].full_name if each.parent_id in above else "")
        for pk, each in named.items()
    }
