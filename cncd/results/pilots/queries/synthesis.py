"""The facts of a synthesis: assembled as things stand, or as they were when it was confirmed."""

import datetime as dt

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import number, with_unit
from cncd.foundation.places import queries as places_room
from cncd.results.pilots import wording
from cncd.results.pilots.freezing import thawed
from cncd.results.pilots.models import Moment, Pilot, PilotUnit, SynthesisText
from cncd.results.pilots.queries import weighing
from cncd.results.pilots.queries.by_day import Ground
from cncd.results.pilots.queries.given import (
    Figure,
    LessonLine,
    Synthesis,
    Totals,
    Trouble,
    UnitLine,
)
from cncd.results.pilots.queries.ground import Unit, units_of
from cncd.work.difficulties.models import Case
from cncd.work.difficulties.wording import state_of
from cncd.work.money.models import Spending
from cncd.work.money.queries import spent

DONG = "đồng"


def synthesis_of(pilot: Pilot, day: dt.date) -> Synthesis:
    """What the synthesis says (IV.3): frozen once confirmed, else the facts of that day.

    A draft written after a confirmation is shown only by `assembled`.
    """
    last = pilot.syntheses.exclude(confirmed_at=None).order_by("number").last()
    return facts_of(last) if last else assembled(pilot, day)


def facts_of(text: SynthesisText) -> Synthesis:
    """The facts as they were frozen when it was confirmed."""
    return thawed(Synthesis, text.content)


def assembled(pilot: Pilot, day: dt.date, text: SynthesisText | None = None) -> Synthesis:
    """The facts as they stand that day, with the words of the draft."""
    text = text or pilot.syntheses.filter(confirmed_at=None).first()
    units, measures = units_of(pilot), list(pilot.measures.all())
    values, ground = weighing.values_of(pilot), Ground(pilot, day)
    table = weighing.lines_of(units, measures, values)
    found = weighing.differences(units, measures, values)
    names = {unit.row.pk: unit.full_name for unit in units}
    return Synthesis(
        pilot_id=str(pilot.pk),
        name=pilot.name,
        place=places_room.names([pilot.place_id], pilot.days.last_day)[pilot.place_id].full_name,
        legal_basis=wording.basis_of(pilot.document),
        issued_on=pilot.issued_on,
        last_day=pilot.days.last_day,
        months=pilot.months,
        as_of=day,
        confirmed=bool(text and text.confirmed_at),
        version=text.number if text else 1,
        confirmed_at=text.confirmed_at if text else None,
        confirmed_by=_who(text.confirmed_by) if text else "",
        totals=_totals(ground, units),
        units=tuple(_unit_line(unit, names) for unit in units),
        values=weighing.value_lines(table),
        conclusions=tuple(weighing.conclusions(measures, found)),
        cannot_say=tuple(weighing.limits_of(pilot, units, found)),
        lessons=tuple(_lesson(row, names) for row in _lessons(ground)),
        troubles=tuple(troubles(ground)),
        assessment=text.assessment if text else "",
        proposals=text.proposals if text else "",
        missing=tuple(missing(pilot, table, day)),
    )


def _who(user) -> str:
    return user.person.full_name if user and user.person_id else ""


def _unit_line(unit: Unit, names: dict[int, str]) -> UnitLine:
    row = unit.row
    return UnitLine(
        row.place_id, unit.name, unit.commune, unit.district, row.kind, unit.team, unit.team_id,
        unit.households, why_of(unit), names.get(row.beside_id, ""),
    )  # fmt: skip


def why_of(unit: Unit) -> str:
    """Why the hamlet is there, as people read it."""
    if unit.row.by_hand:
        return _("chosen by an officer: %(reason)s") % {"reason": unit.row.reason}
    if unit.row.kind == PilotUnit.Kind.PILOT:
        return _("chosen for the pilot")
    return str(wording.OUTCOMES["taken"])


def _totals(ground: Ground, units: list[Unit]) -> Totals:
    logs = ground.activities().order_by("happened_on", "pk")
    records = tuple(("activities", str(pk), n) for pk, n in logs.values_list("pk", "version"))
    people = logs.aggregate(n=Sum("people"))["n"] or 0
    reports = list(ground.reports().order_by("pk").values_list("pk", "sent__number"))
    page = reverse("pilots:days", args=[ground.pilot.pk])
    return Totals(
        activities=Figure(len(records), number(len(records)), page, records),
        people=Figure(people, number(people), page, records),
        reports=Figure(
            len(reports), number(len(reports)), page,
            tuple(("reports", str(pk), n) for pk, n in reports),
        ),
        spent=cost_of(ground, units),
    )  # fmt: skip


def cost_of(ground: Ground, units: list[Unit]) -> Figure:
    """What the communes of the pilot hamlets themselves spent in the days of the pilot, in đồng.

    Nobody's spending says for which hamlet it was, so this is the most the pilot can have cost.
    """
    communes = sorted({unit.commune_id for unit in units if unit.is_pilot and unit.commune_id})
    days = (ground.pilot.days.first_day, ground.last_day)
    amounts = spent([*communes, *ground.places], *days)
    page = reverse("pilots:costs", args=[ground.pilot.pk])
    if not amounts:
        return Figure(None, _("nothing recorded"), page)
    rows = Spending.objects.standing().filter(place__in=amounts, spent_on__range=days)
    records = tuple(("spending", str(pk), n) for pk, n in rows.values_list("pk", "version"))
    total = sum(amounts.values())
    source = _("Own spending of the communes of the pilot hamlets, from the money book.")
    return Figure(total, with_unit(total, DONG), page, records, source)


def _lessons(ground: Ground):
    return ground.lessons().select_related("by__person")


def _lesson(row, names: dict[int, str]) -> LessonLine:
    return LessonLine(
        row.get_kind_display(), row.text, row.seen_on, names.get(row.unit_id, ""), _who(row.by),
        ("pilots", str(row.pk), 1),
    )  # fmt: skip


def troubles(ground: Ground) -> list[Trouble]:
    """Difficulties raised in the pilot hamlets in these days, with their answers; four queries."""
    rows = list(ground.cases().exclude(state=Case.State.WITHDRAWN).listed().order_by("opened_at"))
    ids = {row.place_id for row in rows} | {row.answered_for_id for row in rows} - {None}
    names = places_room.names(ids, ground.last_day)
    return [
        Trouble(
            row.text, row.category.name, names[row.place_id].full_name,
            timezone.localdate(row.opened_at), state_of(row)[0], row.answer,
            row.answered_at and timezone.localdate(row.answered_at),
            names[row.answered_for_id].full_name if row.answered_for_id else "",
            row.get_absolute_url(), ("difficulties", str(row.pk), row.version),
        )
        for row in rows
    ]  # fmt: skip


def missing(pilot: Pilot, table, day: dt.date) -> list[str]:
    """What is still to be stated before the synthesis is whole."""
    found = [] if pilot.document_id else [_("The legal basis: the document of the plan.")]
    if not pilot.units.standing().compared().exists():
        found.append(_("Hamlets to compare with."))
    for place, moment in enumerate(Moment):
        if pilot.days.window_of(moment)[1] >= day:
            continue
        lines = [line for _measure, lines in table for line in lines]
        empty = sum(line.cells[place].row is None for line in lines)
        if empty:
            words = {"n": empty, "of": len(lines), "moment": moment.label}
            found.append(_("%(moment)s: %(n)d of %(of)d figures are not reported.") % words)
    return found
