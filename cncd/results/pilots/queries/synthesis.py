"""The facts of a synthesis: assembled as things stand, or as they were when it was confirmed."""

import datetime as dt

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import number
from cncd.foundation.places import queries as places_room
from cncd.results.pilots import wording
from cncd.results.pilots.freezing import thawed
from cncd.results.pilots.models import Moment, Pilot, PilotUnit, SynthesisText
from cncd.results.pilots.queries.by_day import Ground
from cncd.results.pilots.queries.changed import now_otherwise, told
from cncd.results.pilots.queries.costs import cost_of
from cncd.results.pilots.queries.given import (
    Figure,
    LessonLine,
    Synthesis,
    Totals,
    Trouble,
    UnitLine,
)
from cncd.results.pilots.queries.ground import Unit, units_of
from cncd.results.pilots.queries.weighing import Weighing
from cncd.work.difficulties.models import Case
from cncd.work.difficulties.wording import state_of


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
    units, ground = units_of(pilot), Ground(pilot, day)
    weighed = Weighing(pilot, units, list(pilot.measures.all()))
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
        totals=_totals(ground),
        units=tuple(_unit_line(unit, names) for unit in units),
        values=weighed.lines,
        conclusions=tuple(weighed.conclusions),
        cannot_say=weighed.limits,
        lessons=tuple(_lesson(row, names) for row in _lessons(ground)),
        troubles=tuple(troubles(ground)),
        assessment=text.assessment if text else "",
        proposals=text.proposals if text else "",
        missing=tuple(missing(weighed, day)),
        summary=weighed.summary,
        assumptions=weighed.assumptions,
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


def _totals(ground: Ground) -> Totals:
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
        spent=cost_of(ground.pilot),
    )  # fmt: skip


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


def missing(weighed: Weighing, day: dt.date) -> list[str]:
    """What is still to be stated, or to be looked at again, before the synthesis is whole."""
    pilot = weighed.pilot
    found = [] if pilot.document_id else [_("The legal basis: the document of the plan.")]
    if not weighed.sizes[1]:
        found.append(_("Hamlets to compare with."))
    for place, moment in enumerate(Moment):
        if pilot.days.window_of(moment)[1] >= day:
            continue
        lines = [line for _measure, lines in weighed.table for line in lines]
        empty = sum(line.cells[place].row is None for line in lines)
        if empty:
            words = {"n": empty, "of": len(lines), "moment": moment.label}
            found.append(_("%(moment)s: %(n)d of %(of)d figures are not reported.") % words)
    names = {unit.row.pk: unit.full_name for unit in weighed.units}
    return found + told(now_otherwise(pilot, weighed.values.values()), names)


def otherwise_since(facts: Synthesis, pilot: Pilot, day: dt.date) -> list[str]:
    """Which figures of a confirmed synthesis stand otherwise today; it stays as it was."""
    today = {(line.unit, line.measure): line for line in assembled(pilot, day).values}
    found = []
    for line in facts.values:
        now = today.get((line.unit, line.measure))
        for moment in Moment:
            kept, other = getattr(line, moment), getattr(now, moment, None)
            if other and other.value != kept.value:
                words = {"unit": line.unit, "measure": line.measure, "moment": moment.label}
                words |= {"kept": kept.shown, "now": other.shown}
                text = _("%(unit)s, %(measure)s, %(moment)s: %(kept)s, now %(now)s")
                found.append(text % words)
    return found
