"""What happened to the hamlets of a pilot in its days that weakens the comparison."""

import datetime as dt

from django.utils.translation import gettext as _

from cncd.foundation.places.models import PlaceVersion
from cncd.results.pilots.models import Pilot, PilotUnit
from cncd.results.pilots.queries.ground import Unit
from cncd.team.teams.models import Coverage


def meanwhile(pilot: Pilot, units: list[Unit]) -> list[str]:
    """Teams that came or went, hamlets that merged, other pilots, one sentence each; four queries.

    A team formed in a pilot hamlet is what the pilot is about, so only a new one in a comparison
    hamlet is told.
    """
    days = pilot.days
    by_place = {unit.row.place_id: unit for unit in units}
    span = (days.first_day + dt.timedelta(days=1), days.last_day)
    found = [*_teams(by_place, span), *_places(by_place, span), *_tried(pilot, by_place)]
    return [text % {"hamlet": _named(by_place[place]), "day": day} for place, day, text in found]


def _named(unit: Unit) -> str:
    return f"{unit.full_name} ({unit.row.get_kind_display().lower()})"


def _teams(by_place: dict[int, Unit], span):
    rows = Coverage.objects.filter(place__in=by_place).select_related("team").order_by("since_on")
    held: dict[int, list] = {}
    for row in rows:
        ends = [day for day in (row.until_on, row.team.until_on) if day]
        since = max(row.since_on, row.team.since_on)
        held.setdefault(row.place_id, []).append((since, min(ends, default=None)))
    for place, spans in held.items():
        for since, until in spans:
            took_over = any(other == since for _since, other in spans)
            if span[0] <= since <= span[1] and not by_place[place].is_pilot and not took_over:
                yield place, f"{since:%d/%m/%Y}", _("%(hamlet)s got a team on %(day)s, meanwhile.")
            goes_on = any(other == until for other, _until in spans)
            if until and span[0] <= until <= span[1] and not goes_on:
                yield place, f"{until:%d/%m/%Y}", _("%(hamlet)s has had no team since %(day)s.")


def _places(by_place: dict[int, Unit], span):
    rows = PlaceVersion.objects.filter(place__in=by_place, until_on__range=span, is_last=True)
    for place, day in rows.order_by("until_on").values_list("place", "until_on"):
        text = _("%(hamlet)s was merged or divided on %(day)s: its later figures are of others.")
        yield place, f"{day:%d/%m/%Y}", text


def _tried(pilot: Pilot, by_place: dict[int, Unit]):
    compared = [place for place, unit in by_place.items() if not unit.is_pilot]
    rows = PilotUnit.objects.standing().tried().filter(place__in=compared)
    rows = rows.filter(pilot__withdrawn_at=None, pilot__issued_on__lte=pilot.days.last_day)
    for row in rows.exclude(pilot=pilot).select_related("pilot"):
        if row.pilot.days.last_day >= pilot.days.first_day:
            day = f"{row.pilot.issued_on:%d/%m/%Y}"
            yield row.place_id, day, _("%(hamlet)s is itself in a pilot since %(day)s.")
