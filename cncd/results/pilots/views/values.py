"""Figures of the hamlets: taken from records, entered by hand, and what is behind one."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.results.pilots import actions, wording
from cncd.results.pilots.entering import pilot_run, unit_run
from cncd.results.pilots.forms import ValuesForm, VersionForm
from cncd.results.pilots.models import Moment, Pilot, PilotValue
from cncd.results.pilots.queries import units_of
from cncd.results.pilots.queries.changed import now_otherwise
from cncd.results.reports import explaining


@allow("pilots.run")
@require_POST
def take(request, pk, moment):
    """Takes what records and reports state for one moment."""
    found, form = pilot_run(request, pk), VersionForm({"version": 0})
    _known(moment)

    def act() -> dict:
        return {"n": actions.take_values(pilot=found, moment=moment, by=request.user)}

    if answer := done(request, act, form):
        text = ngettext(
            "%(n)d figure was found in records and reports. What is left empty is entered by hand.",
            "%(n)d figures were found in records and reports. What is left empty is entered by"
            " hand.",
            answer["n"],
        )
        say_done(request, text % answer)
        return redirect(found)
    context = {"title": _("The figures cannot be taken yet"), "form": form}
    return render(request, "pilots/refused.html", context | {"back": found.get_absolute_url()})


@allow("pilots.run")
def by_hand(request, pk, moment):
    """The figures of one hamlet at one moment, by hand."""
    unit, label = unit_run(request, pk), _known(moment)
    measures = list(unit.pilot.measures.all())
    held = {row.measure_id: row for row in unit.values.filter(moment=moment)}
    form = ValuesForm(request.POST or None, measures=measures, held=held)

    def act():
        for measure, value in form.changes:
            _state(unit, measure, moment, value, held, form, request.user)

    if done(request, act, form):
        say_done(request, _("Saved."))
        return redirect(unit.pilot)
    first, last = unit.pilot.days.window_of(moment)
    name = next(u.full_name for u in units_of(unit.pilot) if u.row.pk == unit.pk)
    context = {"form": form, "title": f"{label}: {name}", "back": unit.pilot.get_absolute_url()}
    days = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    context["intro"] = _("What happened from %(first)s to %(last)s, or stood there then.") % days
    return render(request, "kit/form_page.html", context)


def _state(unit, measure, moment, value, held, form, user) -> None:
    if value is None:
        actions.clear_value(value=held[measure.pk], reason=form.cleaned_data["source"], by=user)
    else:
        actions.state_value(
            unit=unit, measure=measure, moment=moment, value=value,
            source=form.cleaned_data["source"], by=user,
        )  # fmt: skip


@allow("pilots.view")
def value(request, pk):
    """“Số này từ đâu?” of one figure."""
    rows = PilotValue.objects.filter(
        unit__pilot__in=Pilot.objects.visible_to(request.user)
    ).select_related("measure", "unit__pilot", "by__person")
    found = get_object_or_404(rows, pk=pk)
    pilot, behind = found.unit.pilot, None
    if found.origin == PilotValue.Origin.RECORDS:
        given = wording.value_of(found), found.records, found.last_day
        behind = explaining.of_records(found.measure, *given)
    name = next((u.full_name for u in units_of(pilot) if u.row.pk == found.unit_id), "")
    context = {"value": found, "pilot": pilot, "behind": behind, "hamlet": name}
    context["otherwise"] = next(iter(now_otherwise(pilot, [found])), None)
    context |= {"shown": wording.shown(found, found.measure), "face": "shell.html"}
    return render(request, "pilots/value.html", context | {"source": wording.source_of(found)})


def _known(moment: str) -> str:
    if moment not in Moment.values:
        raise Http404
    return Moment(moment).label
