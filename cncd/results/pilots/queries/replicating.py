"""A plan of replication worked out: waves, sessions, cost; and what its unit costs rest on."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import number, with_unit
from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import Place
from cncd.results.pilots import wording
from cncd.results.pilots.freezing import thawed
from cncd.results.pilots.models import Pilot, Replication, ReplicationLine
from cncd.results.pilots.queries.costs import own_spending
from cncd.results.pilots.queries.given import CommuneLine, ReplicationPlan, Trainers, Wave
from cncd.results.pilots.queries.ground import units_of
from cncd.results.pilots.queries.readiness import Ready, ready_communes
from cncd.results.pilots.rules import waves as laws
from cncd.team.teams.queries import reaches
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries import standings
from cncd.work.training.models import Session

TRAINING = "tap-huan"  # the purpose of the money book
STATED = (
    "name", "state", "starts_on", "seats", "sessions_each", "team_cost", "session_cost",
    "cost_basis", "text", "version", "approved_at", "answer", "trainers_each", "trainer_load",
)  # fmt: skip


def replication_of(plan: Replication) -> ReplicationPlan:
    """What the plan says (IV.1): as approved once it is, else as it stands."""
    held = plan.content if not plan.is_open and plan.content else None
    if held is None:
        return reckoned(plan)
    later = {
        "state": plan.state,
        "state_in_words": plan.get_state_display(),
        "answer": plan.answer,
    }
    return thawed(ReplicationPlan, held | later)


def reckoned(plan: Replication, day: dt.date | None = None) -> ReplicationPlan:
    """The plan worked out from its lines and terms, as of that day."""
    day = day or timezone.localdate()
    lines = list(plan.lines.all())
    names = places_room.names([plan.place_id, *(line.place_id for line in lines)], day)
    above = places_room.names({n.parent_id for n in names.values()} - {None}, day)
    terms = terms_of(plan)
    reach = reaches([plan.place_id], day)[0]
    waves = tuple(_waves(plan, lines, names, above, terms, reach.covered))
    pilot = plan.pilot
    return ReplicationPlan(
        **{name: getattr(plan, name) for name in STATED},
        plan_id=str(plan.pk),
        state_in_words=plan.get_state_display(),
        members_each=plan.members,
        place=names[plan.place_id].full_name,
        last_day=waves[-1].last_day if waves else plan.starts_on,
        hamlets_all=reach.hamlets,
        hamlets_with_team=reach.covered,
        hamlets=sum(wave.hamlets for wave in waves),
        members=sum(wave.members for wave in waves),
        sessions=sum(wave.sessions for wave in waves),
        waves=waves,
        trainers=tuple(trainers_of(plan.place, day)),
        cost=sum(wave.cost for wave in waves),
        pilot_name=pilot.name if pilot else "",
        pilot_basis=wording.basis_of(pilot.document) if pilot else "",
        approved_by=plan.approved_by.person.full_name if plan.approved_by_id else "",
        trainers_needed=max((wave.trainers for wave in waves), default=0),
        changed=_changed(waves, reach.hamlets - reach.covered),
    )


def _changed(waves: tuple[Wave, ...], without: int) -> tuple[str, ...]:
    """Whether the waves still lead to every hamlet."""
    planned = sum(wave.hamlets for wave in waves)
    if planned == without:
        return ()
    words = {"now": number(without), "planned": number(planned)}
    text = _(
        "%(now)s hamlets have no team today, the waves hold %(planned)s: teams were formed or"
        " dissolved since. Work the plan out anew before it is approved."
    )
    return (text % words,)


def terms_of(plan: Replication) -> laws.Terms:
    return laws.Terms(
        plan.members,
        plan.sessions_each,
        plan.seats,
        plan.team_cost,
        plan.session_cost,
        plan.trainers_each,
        plan.trainer_load,
    )


def _waves(plan: Replication, lines: list[ReplicationLine], names, above, terms, covered: int):
    by_wave = defaultdict(list)
    for line in lines:
        by_wave[line.wave].append(line)
    for wave in sorted(by_wave):
        rows = sorted(by_wave[wave], key=lambda row: (-row.met, names[row.place_id].sort_key))
        need = laws.need(sum(row.hamlets for row in rows), terms)
        communes = tuple(_commune(row, names[row.place_id], above) for row in rows)
        covered += need.hamlets
        yield Wave(
            wave, *plan.wave_days_of(wave), communes, need.hamlets, need.members, need.sessions,
            need.cost, need.trainers, covered,
        )  # fmt: skip


def _commune(line: ReplicationLine, name, above) -> CommuneLine:
    parent = above.get(name.parent_id)
    why = line.reason or _("%(met)d of %(of)d conditions met") % {"met": line.met, "of": line.of}
    district = parent.full_name if parent and parent.level == "district" else ""
    return CommuneLine(
        line.place_id, name.full_name, district, line.hamlets, line.met, line.of, why,
        line.by_hand, line.pk,
    )  # fmt: skip


def waiting(place: Place, day: dt.date) -> list[Ready]:
    """The communes under the unit with hamlets that no team serves."""
    below = Place.objects.within([place.pk], day).at_level("commune").order_by("pk")
    ids = list(below.values_list("pk", flat=True).distinct())
    return [row for row in ready_communes(ids, day) if row.without]


def waves_of(rows: list[Ready], per_wave: int) -> dict[int, int]:
    """Commune id → wave, by the stated rule."""
    units = [laws.Unit(row.place, row.without, row.met, row.sort_key) for row in rows]
    return laws.waves(units, per_wave)


@dataclass(frozen=True)
class UnitCosts:
    """Costs of a team and of a session in đồng, and the sentence that says what they rest on."""

    team: int
    session: int
    basis: str


def unit_costs(pilot: Pilot | None, today: dt.date) -> UnitCosts:
    """What the pilot itself cost, per pilot team and per session held there (III).

    Only lines that are the pilot's own count. Training money is divided by the sessions, the rest
    by the teams; both rounded up to a thousand.
    """
    if pilot is None:
        return UnitCosts(0, 0, "")
    rows = own_spending(pilot)
    whole = rows.aggregate(n=Sum("amount"))["n"] or 0
    if not whole:
        return UnitCosts(0, 0, _("No spending is marked as the pilot's: enter the costs."))
    training = rows.filter(purpose__code=TRAINING).aggregate(n=Sum("amount"))["n"] or 0
    last_day = min(today, pilot.days.last_day)
    tried = [unit for unit in units_of(pilot) if unit.is_pilot]
    communes = {unit.commune_id for unit in tried if unit.commune_id}
    near = Place.objects.within(communes, last_day).order_by()
    sessions = Session.objects.standing().filter(
        place__in=near.values("pk"), held_on__range=(pilot.days.first_day, last_day), team=None
    )
    held, teams = sessions.count(), len(tried)
    words = {
        "name": pilot.name,
        "whole": with_unit(whole, "đồng"),
        "training": with_unit(training, "đồng"),
        "teams": number(teams),
        "sessions": number(held),
    }
    text = _(
        "Spending of the pilot “%(name)s”: %(whole)s, of which %(training)s for training; divided"
        " by %(teams)s teams and %(sessions)s sessions."
    )
    if not held and training:
        text += " " + _(
            "No session was held there, so training is part of the cost of a team: enter what a"
            " session costs if it comes in addition."
        )
    rest = whole - training if held else whole
    return UnitCosts(laws.per_team(rest, teams), laws.per_team(training, held), text % words)


def trainers_of(place: Place, day: dt.date) -> list[Trainers]:
    """Who promised to hold training sessions or to send people, to the unit or a unit below."""
    below = Place.objects.reached_from([place.pk], day).order_by()
    kinds = [Pledge.Kind.TRAINING, Pledge.Kind.PEOPLE]
    rows = Pledge.objects.standing().on(day).filter(place__in=below.values("pk"), kind__in=kinds)
    found = standings(rows.order_by("agency", "place", "pk"), day)
    return [
        Trainers(
            each.agency, each.unit, each.pledge.get_kind_display(), each.pledge.amount,
            each.delivered, reverse("partners:pledge", args=[each.pledge.pk]),
            each.pledge.kind == Pledge.Kind.TRAINING,
        )
        for each in found
    ]  # fmt: skip
