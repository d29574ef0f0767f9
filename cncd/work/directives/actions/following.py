"""Obligations follow the units and teams: who begins is asked, who ends passes on or is exempt."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.work.directives.actions.deriving import derive
from cncd.work.directives.actions.doing import is_asked
from cncd.work.directives.actions.easing import mark_exempt
from cncd.work.directives.actions.issuing import give, journal_rows
from cncd.work.directives.models import Ask, Directive, Obligation
from cncd.work.directives.queries import heirs
from cncd.work.directives.queries.bearers import Bearer, bearers


@transaction.atomic
def follow_bearers(*, directives: Iterable[int], now=None) -> list[Obligation]:
    """Makes the open obligations of these directives (ids) follow what teams and units became.

    Of a team dissolved or a unit ended they pass to whoever serves its hamlets now, or are exempt
    with that reason. One that is there again, as after a merger taken back, gets its own back; a
    team or unit that began and is reached is asked, unless the due day has passed; a team that
    moved stands under its new unit. One entry per directive that changed. Running it again changes
    nothing.
    """
    now = now or timezone.now()
    today, changed = timezone.localdate(now), []
    wanted = Directive.objects.in_force().filter(pk__in=set(directives)).order_by("pk")
    for directive in wanted.select_for_update(of=("self",)):
        touched = []
        for ask in directive.asks.all():
            back = _given_back(ask, today)
            passed, heirs_made = _passed_on(directive, ask, today, now)
            reached = _still_asked(ask, bearers(directive, ask, today))
            moved = _moved_up(ask, reached)
            asked = give(directive, ask, reached, now) if ask.due_on >= today else []
            fresh = [*back, *passed, *heirs_made, *asked]
            _derive_all(fresh, moved, now)
            touched += fresh
        if touched:
            _tell(directive, touched, now)
        changed += touched
    return changed


def _derive_all(rows: list[Obligation], units: list[int], now) -> None:
    """These, who took over from them, and, whether or not they changed, what stands above."""
    ids = {row.pk for row in rows}
    through = Obligation.heirs.through.objects.filter(from_obligation__in=ids)
    ids |= set(through.values_list("to_obligation", flat=True))
    derive(obligations=ids, now=now)
    above = Obligation.objects.filter(pk__in=ids).exclude(above=None)
    derive(obligations={*units, *above.values_list("above", flat=True)}, now=now)


def _given_back(ask: Ask, today: dt.date) -> list[Obligation]:
    """What passed on from a unit, agency or team that is there again: theirs once more.

    Who had taken over keeps what they were asked themselves.
    """
    rows = list(ask.obligations.exclude(passed_on=None).select_related("team", "place", "agency"))
    gone = _gone(rows, today)
    back = [row for row in rows if row.pk not in gone]
    for row in back:
        row.passed_on = None
        row.save(update_fields=["passed_on"])
        row.heirs.clear()
    return back


def _gone(rows: list[Obligation], today: dt.date) -> set[int]:
    """Ids of those whose bearer is no more."""
    teams = heirs.gone_teams({row.team_id for row in rows if row.team_id}, today)
    agencies = heirs.gone_agencies({row.agency_id for row in rows if row.agency_id}, today)
    units = {row.place_id for row in rows if row.place_id and not row.agency_id}
    places = heirs.gone_places(units, today)
    return {
        row.pk
        for row in rows
        if row.team_id in teams
        or row.agency_id in agencies
        or (row.agency_id is None and row.place_id in places)
    }


def _passed_on(
    directive, ask: Ask, today: dt.date, now
) -> tuple[list[Obligation], list[Obligation]]:
    """The obligations of who is no more, relieved, and the new ones of their heirs."""
    rows = list(ask.obligations.open().select_related("directive", "team", "place", "agency"))
    taken = _heirs(rows, today)
    gone, new = [row for row in rows if row.pk in taken and is_asked(row)], []
    for row in gone:
        to = taken[row.pk]
        if not to:
            mark_exempt([row], _why(row), None, now)
            continue
        new += give(directive, ask, to, now, due_on=row.due_on)
        _name(directive, to)
        row.passed_on = today
        row.save(update_fields=["passed_on"])
        row.heirs.add(*[_owed(ask, bearer) for bearer in to])
    return gone, new


def _heirs(rows: list[Obligation], today: dt.date) -> dict[int, list[Bearer]]:
    """Obligation id → who takes it over, of those whose bearer is no more."""
    gone = _gone(rows, today)
    rows = [row for row in rows if row.pk in gone]
    if not rows:
        return {}
    to_teams = heirs.heirs_of_teams({row.team_id for row in rows} - {None}, today)
    to_agencies = heirs.heirs_of_agencies({row.agency_id for row in rows} - {None}, today)
    to_places = heirs.heirs_of_places({row.place_id for row in rows} - {None}, today)
    found = {}
    for row in rows:
        if row.team_id:
            found[row.pk] = [Bearer(team=pk) for pk in sorted(to_teams.get(row.team_id, ()))]
        elif row.agency_id:
            taking = sorted(to_agencies.get(row.agency_id, ()))
            found[row.pk] = [Bearer(place, agency) for agency, place in taking]
        else:
            found[row.pk] = [Bearer(pk) for pk in sorted(to_places.get(row.place_id, ()))]
    return found


def _name(directive: Directive, to: list[Bearer]) -> None:
    """Who takes over from somebody asked by name is asked by name too."""
    if directive.audience == Directive.Audience.UNITS:
        directive.units.add(*[bearer.place for bearer in to])
    elif directive.audience == Directive.Audience.TEAMS and directive.teams.exists():
        directive.teams.add(*[bearer.team for bearer in to])


def _still_asked(ask: Ask, reached: list[Bearer]) -> list[Bearer]:
    """Without the teams of units that were exempted: nobody asks these."""
    relieved = ask.obligations.exclude(place=None).exclude(exempted_at=None)
    left_out = set(relieved.values_list("place", flat=True))
    return [bearer for bearer in reached if bearer.unit not in left_out]


def _owed(ask: Ask, bearer: Bearer) -> Obligation:
    return ask.obligations.get(place=bearer.place, agency=bearer.agency, team=bearer.team)


def _moved_up(ask: Ask, reached: list[Bearer]) -> list[int]:
    """Puts teams under the unit they stand under today; ids of the units whose part changes."""
    units = dict(ask.obligations.exclude(place=None).values_list("place", "pk"))
    now_under = {bearer.team: units.get(bearer.unit) for bearer in reached if bearer.unit}
    changed = []
    for row in ask.obligations.filter(team__in=now_under):
        above = now_under[row.team_id]
        if above and above != row.above_id:
            changed += [pk for pk in (row.above_id, above) if pk]
            row.above_id = above
            row.save(update_fields=["above"])
    return changed


def _why(row: Obligation) -> str:
    if row.team_id:
        words = {"team": row.team, "day": f"{row.team.until_on:%d/%m/%Y}"}
        return _("%(team)s was dissolved on %(day)s, and no team serves its hamlets.") % words
    return _("%(unit)s is no more, and nobody took over from it.") % {"unit": row.bearer}


def _tell(directive: Directive, touched: list[Obligation], now) -> None:
    """One entry; what became of each is read from the rows as they stand now."""
    rows = {row.pk: row for row in Obligation.objects.filter(pk__in=[row.pk for row in touched])}
    passed = [row for row in rows.values() if row.passed_on or row.exempted_at]
    given = [row for row in rows.values() if not (row.passed_on or row.exempted_at)]
    record(
        event="directive.followed",
        subject=directive,
        place=directive.place_id,
        after={"passed": len(passed), "count": len(given)},
        rows=journal_rows(rows.values()),
        now=now,
    )
