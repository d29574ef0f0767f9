"""Where a report belongs: its unit, who stands above it, and what stands below."""

from collections import defaultdict

from django.utils import timezone

from cncd.foundation.people import authority
from cncd.foundation.people.models import Posting
from cncd.foundation.people.permissions import PERMISSIONS
from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import PlaceIndex
from cncd.results.reports import rules
from cncd.results.reports.models import Report
from cncd.results.reports.queries.dues import team_level, unit_level
from cncd.team.teams import queries as teams_room
from cncd.team.teams.models import Team


def unit_ids(reports) -> dict[int, int]:
    """{report id: the place it belongs to}: its own, or the unit its team falls under."""
    found = {r.pk: r.place_id for r in reports if r.place_id}
    by_day = defaultdict(list)
    for report in reports:
        if report.team_id:
            day = rules.acting_day(report.team.until_on, report.period.last_day)
            by_day[day].append(report)
    level = unit_level().code if by_day else ""
    for day, rows in by_day.items():
        units = teams_room.unit_of([r.team_id for r in rows], level, day)
        found |= {r.pk: units[r.team_id] for r in rows if r.team_id in units}
    return found


def unit_id(report: Report) -> int | None:
    """The place a report belongs to; None for a team that falls nowhere that day."""
    return unit_ids([report]).get(report.pk)


def place_above(place, day=None):
    """The unit directly above on that day (today): who acts on its report; None for the highest."""
    chain = places_room.ancestors(place, day or timezone.localdate())
    return chain[-1] if chain else None


def reviewing_unit(report: Report) -> int | None:
    """The place whose officers act on the report today; where it adds up may be another one."""
    if report.place_id:
        above = place_above(report.place)
        return above.pk if above else None
    today = timezone.localdate()
    now_under = teams_room.unit_of([report.team_id], unit_level().code, today)
    return now_under.get(report.team_id) or unit_id(report)


def speaks_for(user, place_id: int | None, permission: str) -> bool:
    """Whether the person holds the permission at this very unit, or at what it passed into.

    Or above it, while nobody holds such an office there.
    """
    if authority.sees_everything(user, permission):
        return True
    roots = authority.roots(user, permission)
    if place_id is None or place_id in roots:
        return place_id is not None
    today = timezone.localdate()
    heirs = PlaceIndex.objects.on(today).filter(place=place_id, inherited=True)
    if heirs.filter(ancestor__in=roots).exists():
        return True
    roles = PERMISSIONS[permission]
    held = Posting.objects.on(today).filter(place=place_id, role__code__in=roles)
    return (
        not held.exists() and authority.reach(user, today, permission).filter(pk=place_id).exists()
    )


def reports_below(place, period):
    """Reports of the period one step down: teams that fall under the commune, or child units."""
    children = places_room.children(place, period.last_day)
    lowest = team_level().rank
    units = [child.pk for child in children if child.level.rank < lowest]
    rows = Report.objects.filter(period=period)
    if units:
        return rows.filter(place__in=units)
    return rows.filter(team__in=Team.objects.standing_under([place.pk], period.last_day))


def status_of(report: Report | None, *, is_due: bool, due_at, now=None) -> rules.Status:
    """The grid's word for a report, or for its absence."""
    return rules.status(
        state=report.state if report and report.sent_id else None,
        is_due=is_due,
        made_at=report.first_made_at if report else None,
        due_at=due_at,
        now=now or timezone.now(),
    )
