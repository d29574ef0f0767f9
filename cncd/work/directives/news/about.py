"""What a notice is about, in plain values, the same whoever tells it; who bears it, by name."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.people.models import Agency
from cncd.foundation.places.queries import names
from cncd.work.directives.models import Obligation


def about(row: Obligation) -> str:
    return f"obligation {row.pk}"


def about_all(row: Obligation) -> str:
    """All that one directive asks of one bearer."""
    return f"directive {row.directive_id} of {row.team_id}, {row.agency_id}, {row.place_id}"


def owners(rows: Iterable[Obligation], day: dt.date) -> dict[int, str]:
    """Obligation id → the name of its team, agency or unit that day."""
    rows = list(rows)
    called = names({row.place_id for row in rows if row.place_id and not row.agency_id}, day)
    agencies = Agency.objects.filter(pk__in={row.agency_id for row in rows if row.agency_id})
    offices = dict(agencies.named(day).values_list("pk", "name"))
    return {row.pk: _owner(row, called, offices) for row in rows}


def _owner(row: Obligation, called: dict, offices: dict) -> str:
    if row.team_id:
        return row.team.name
    if row.agency_id:
        return offices.get(row.agency_id) or ""
    return called[row.place_id].full_name if row.place_id in called else ""
