"""Cần xử lý: what waits for this person today. An inbox that empties; nothing in it is stored."""

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.dated import end_of
from cncd.foundation.kit.figures import number
from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty, duties_of, soonest_first
from cncd.foundation.places.models import Place, PlaceVersion
from cncd.results.reports.models import FigureReturn, Report
from cncd.results.reports.queries import unit_level
from cncd.team.programme.models import Period, PeriodDue
from cncd.team.teams import queries as teams
from cncd.team.teams.models import Team
from cncd.work.channels import queries as channels
from cncd.work.partners import queries as partners
from cncd.work.partners.models import Pledge
from cncd.work.partners.rules import SOON as SOON_DUE
from cncd.work.registers.models import Round

SOON = dt.timedelta(days=3)
LOOK_AHEAD = dt.timedelta(days=7)
KEPT, FRESH = "inbox_count", 180  # in the session; seconds


def items(user, now: dt.datetime) -> list[Duty]:
    """Everything waiting, soonest due first, then by how many."""
    found = [
        *returned_to_me(user),
        *to_confirm(user, now),
        *to_accept(user),
        *teams_to_mend(user, timezone.localdate(now)),
        *hamlets_to_cover(user, timezone.localdate(now)),
        *promises_to_keep(user, timezone.localdate(now)),
        *groups_to_keep(user, timezone.localdate(now)),
        *listings_to_check(user, timezone.localdate(now)),
        *duties_of(user, now),
    ]
    return soonest_first(found, now)


def count(request) -> int:
    """The number beside the tab: as many as the inbox lists.

    Every room is asked, in dozens of queries: so the session keeps the number from the first page
    on, for a few minutes and until the person sends something.
    """
    kept, counted_at = getattr(request, "session", {}).get(KEPT, (None, 0))
    if kept is None and getattr(request.resolver_match, "view_name", "") != "desk:home":
        return 0
    if timezone.now().timestamp() - counted_at > FRESH:
        return keep_count(request, len(items(request.user, timezone.localtime())))
    return kept


def keep_count(request, many: int) -> int:
    """Keeps how many the inbox lists now."""
    request.session[KEPT] = (many, timezone.now().timestamp())
    return many


class CountAgain:
    """Middleware: what a person sent may have emptied the inbox, so the next page counts anew."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and (kept := request.session.get(KEPT)):
            request.session[KEPT] = (kept[0], 0)
        return response


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


def to_accept(user) -> list[Duty]:
    months = (
        _waiting(user)
        .values("period")
        .annotate(many=Count("pk"), first=Min("first_received_at"))
        .order_by("period__first_day")
    )
    names = Period.objects.in_bulk([row["period"] for row in months])
    return [
        Duty(
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


def to_confirm(user, now: dt.datetime) -> list[Duty]:
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
        Duty(
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


def returned_to_me(user) -> list[Duty]:
    """Figures the level above has returned to a unit this person speaks for."""
    rows = (
        FigureReturn.objects.filter(report__place__in=_my_units(user), settled_by=None)
        .select_related("measure", "report__period")
        .order_by("at")
    )
    return [
        Duty(
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


def teams_to_mend(user, today: dt.date) -> list[Duty]:
    """Teams whose composition has findings, for those who form teams."""
    if not user.can("teams.form"):
        return []
    mine = list(Team.objects.visible_to(user, "teams.form").on(today).values_list("pk", flat=True))
    many = sum(1 for found in teams.findings_of(mine, today).values() if found)
    if not many:
        return []
    text = ngettext("%(n)d team to look over", "%(n)d teams to look over", many) % {"n": many}
    return [Duty("people", text, _at("teams:list", findings="any"), many)]


def hamlets_to_cover(user, today: dt.date) -> list[Duty]:
    if not user.can("teams.form"):
        return []
    many = len(teams.hamlets_without_team(authority.roots(user, "teams.form"), today))
    if not many:
        return []
    text = ngettext("%(n)d hamlet without a team", "%(n)d hamlets without a team", many) % {
        "n": many
    }
    return [Duty("geo-alt", text, _at("teams:uncovered"), many)]


def groups_to_keep(user, today: dt.date) -> list[Duty]:
    """Groups of one's own units to put right or to make, a commune's teams among them (II.2.7)."""
    if not user.can("channels.change"):
        return []
    found = []
    for owed in channels.owed(authority.roots(user, "channels.change"), today):
        mend = ngettext("%(n)d group to put right", "%(n)d groups to put right", owed.to_mend)
        make = ngettext(
            "%(n)d group to make or enter", "%(n)d groups to make or enter", owed.missing
        )
        for text, many, state in ((mend, owed.to_mend, "fault"), (make, owed.missing, "none")):
            narrowed = {} if owed.level == "commune" else {"level": owed.level}
            address = _at("channels:list", state=state, **narrowed)
            found += [Duty("chat-dots", text % {"n": many}, address, many)] if many else []
    return found


def promises_to_keep(user, today: dt.date) -> list[Duty]:
    """What one's own enterprise or union still owes the units it promised to help (IV.5)."""
    if not user.can("partners.own"):
        return []
    mine = Pledge.objects.standing().on(today).of_agencies(authority.own_agencies(user, today))
    rows = [row for row in partners.standings(mine, today) if row.left]
    return [
        Duty(
            "shop",
            _("%(unit)s: %(kind)s, %(left)s of %(all)s left")
            % {
                "unit": row.unit,
                "kind": row.pledge.get_kind_display(),
                "left": number(row.left),
                "all": number(row.pledge.amount),
            },
            row.pledge.get_absolute_url(),
            row.left,
            due_at=end_of(row.pledge.last_day),
            is_soon=row.state == SOON_DUE,
        )
        for row in rows
    ]


def listings_to_check(user, today: dt.date) -> list[Duty]:
    """Rounds of checking again that were drawn for a unit of one's own and are not finished."""
    if not user.can("registers.verify"):
        return []
    mine = Round.objects.filter(place__in=authority.roots(user, "registers.verify"))
    rows = mine.annotate(left=Count("items", filter=Q(items__outcome=""))).filter(left__gt=0)
    return [
        Duty(
            "clipboard-check",
            ngettext("%(n)d listing to check again", "%(n)d listings to check again", row.left)
            % {"n": row.left},
            reverse("registers:round", args=[row.pk]),
            row.left,
            due_at=row.due_on and end_of(row.due_on),
            is_soon=bool(row.due_on) and row.due_on - SOON <= today,
        )
        for row in rows
    ]


def _at(name: str, **query) -> str:
    address = reverse(name)
    return f"{address}?{urlencode(query)}" if query else address
