"""The units one's own enterprise or union promised to help, and what is to be done there."""

from dataclasses import dataclass, field

from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as places
from cncd.work.partners.lists import JobList
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries import by_unit, jobs, standings
from cncd.work.partners.wording import WHATS


@dataclass
class Unit:
    """A unit with its promises and how many lines there are of each kind."""

    pk: int
    name: str
    sort_key: str
    promises: list
    counts: dict = field(default_factory=lambda: dict.fromkeys(WHATS, 0))


@allow("partners.own")
def mine(request):
    """Only these units, and only what concerns selling there (IV.5)."""
    day = request.scope.today
    agencies = authority.own_agencies(request.user, day)
    rows = standings(Pledge.objects.standing().of_agencies(agencies).order_by("until_on"), day)
    current = [row for row in rows if row.pledge.holds_on(day)]
    units = by_unit(current, day)
    found = jobs(request.user, units, agencies, day) if units else []
    shown = _units(units, found, day)
    context = {
        "units": shown,
        "others": [row for row in rows if row not in current],
        "has_promises": bool(rows),
    }
    names = [(unit.pk, unit.name) for unit in shown]
    return JobList(request, found, units=names, context=context).response()


def _units(promises: dict, found: list, day) -> list[Unit]:
    """The units in Vietnamese order, with the lines counted."""
    names = places.names(promises, day)
    units = {
        pk: Unit(pk, names[pk].full_name, names[pk].sort_key, rows) for pk, rows in promises.items()
    }
    for job in found:
        units[job.unit_id].counts[job.what] += 1
    return sorted(units.values(), key=lambda unit: unit.sort_key)
