"""Cần xử lý: what waits for this person today. An inbox that empties; nothing in it is stored."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.people import authority
from cncd.foundation.places.models import Place, PlaceVersion
from cncd.results.reports.models import FigureReturn, Report
from cncd.results.reports.queries import unit_level
from cncd.team.programme.models import Period, PeriodDue
from cncd.team.teams import queries as teams
from cncd.team.teams.models import Team

SOON = dt.timedelta(days=3)
LOOK_AHEAD = dt.timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """One thing to do: what, how many, by when, and the page to do it on."""

    kind: str  # an icon name
    text: str
    address: str
    count: int = 1
    due_at: dt.datetime | None = None
    is_soon: bool = False


def items(user, now: dt.datetime) -> list[Item]:
    """Everything waiting, soonest due first, then by how many."""
    found = [
        *returned_to_me(user),
        *to_confirm(user, now),
        *to_accept(user),
        *teams_to_mend(user, timezone.localdate(now)),
        *hamlets_to_cover(user, timezone.localdate(now)),
    ]
    far = now + dt.timedelta(days=9999)
    return sorted(found, key=lambda item: (item.due_at or far, -item.count))


def count(request) -> int:
    """The number beside the tab: reports to accept and figures returned, in two queries."""
    waiting = _waiting(request.user)
    mine = _my_units(request.user)
    returned = FigureReturn.objects.filter(report__place__in=mine, settled_by=None)
    return waiting.count() + returned.count()


def _my_units(user) -> set[int]:
    """The units whose consolidated report this person confirms."""
    return authority.roots(user, "reports.confirm")


def _waiting(user):
    """Sent reports whose next reader is this person: of the teams, or of the units just below."""
    roots = authority.roots(user, "reports.accept")
    if not roots:
        return Report.objects.none()
    today = timezone.localdate()
    below = PlaceVersion.objects.on(today).filter(parent__in=roots).values("place")
    mine = Place.objects.filter(pk__in=roots, level=unit_level())
    own_teams = Team.objects.within(mine.values("pk"), today)
    waiting = Report.objects.filter(state=Report.State.SENT)
    return waiting.filter(place__in=below) | waiting.filter(team__in=own_teams)


def to_accept(user) -> list[Item]:
    months = (
        _waiting(user)
        .values("period")
        .annotate(many=Count("pk"), first=Min("first_received_at"))
        .order_by("period__first_day")
    )
    names = Period.objects.in_bulk([row["period"] for row in months])
    return [
        Item(
            "inbox",
            ngettext(
                "%(n)d report of %(period)s to accept",
                "%(n)d reports of %(period)s to accept",
                row["many"],
            )
            % {"n": row["many"], "period": names[row["period"]]},
            _at("reports:list", k=names[row["period"]].code, state="sent"),
            row["many"],
        )
        for row in months
    ]


def to_confirm(user, now: dt.datetime) -> list[Item]:
    """Own consolidated reports that are due soon or past due."""
    mine = list(Place.objects.filter(pk__in=_my_units(user)).select_related("level"))
    if not mine:
        return []
    dues = PeriodDue.objects.filter(
        level__in={place.level_id for place in mine},
        due_at__lte=now + LOOK_AHEAD,
        due_at__gte=now - dt.timedelta(days=62),
        period__scheme__in_use=True,
    ).select_related("period")
    sent = set(
        Report.objects.counting().filter(place__in=mine).values_list("place_id", "period_id")
    )
    named = Place.objects.filter(pk__in=_my_units(user)).named(timezone.localdate(now)).in_bulk()
    return [
        Item(
            "send",
            _("Confirm the report of %(unit)s for %(period)s")
            % {"unit": f"{named[place.pk].kind_name} {named[place.pk].name}", "period": due.period},
            _at("totals:unit", u=place.pk, k=due.period.code),
            due_at=due.due_at,
            is_soon=due.due_at <= now + SOON,
        )
        for place in mine
        for due in dues
        if due.level_id == place.level_id and (place.pk, due.period_id) not in sent
    ]


def returned_to_me(user) -> list[Item]:
    """Figures the level above has returned to a unit this person speaks for."""
    rows = (
        FigureReturn.objects.filter(report__place__in=_my_units(user), settled_by=None)
        .select_related("measure", "report__period")
        .order_by("at")
    )
    return [
        Item(
            "arrow-counterclockwise",
            _("Returned: %(figure)s of %(period)s: “%(note)s”")
            % {
                "figure": row.measure.short_name,
                "period": row.report.period,
                "note": row.note,
            },
            _at("totals:unit", u=row.report.place_id, k=row.report.period.code),
        )
        for row in rows
    ]


def teams_to_mend(user, today: dt.date) -> list[Item]:
    """Teams whose composition has findings, for those who form teams."""
    if not user.can("teams.form"):
        return []
    mine = list(Team.objects.visible_to(user, "teams.form").on(today).values_list("pk", flat=True))
    many = sum(1 for found in teams.findings_of(mine, today).values() if found)
    if not many:
        return []
    text = ngettext("%(n)d team to look over", "%(n)d teams to look over", many) % {"n": many}
    return [Item("people", text, _at("teams:list", findings="any"), many)]


def hamlets_to_cover(user, today: dt.date) -> list[Item]:
    if not user.can("teams.form"):
        return []
    many = len(teams.hamlets_without_team(authority.roots(user, "teams.form"), today))
    if not many:
        return []
    text = ngettext("%(n)d hamlet without a team", "%(n)d hamlets without a team", many) % {
        "n": many
    }
    return [Item("geo-alt", text, _at("teams:uncovered"), many)]


def _at(name: str, **query) -> str:
    address = reverse(name)
    return f"{address}?{urlencode(query)}" if query else address
