"""Hamlets to compare with: chosen by the rules, seen with their reasons, replaced by an officer."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places.queries import ancestors
from cncd.results.pilots import actions
from cncd.results.pilots.entering import pilot_run, pilot_seen, unit_run
from cncd.results.pilots.forms import UnitForm, VersionForm
from cncd.results.pilots.lists import CandidateList
from cncd.results.pilots.page import candidate_rows
from cncd.results.pilots.queries import units_of


@allow("pilots.view")
def candidates(request, pk):
    """Every hamlet that was looked at, and why it was chosen or left out."""
    found = pilot_seen(request, pk)
    runs = authority.can(request.user, "pilots.run", place=found.place)
    context = {"pilot": found, "runs": runs}
    return CandidateList(request, candidate_rows(found), context=context).response()


@allow("pilots.run")
@require_POST
def choose(request, pk):
    """Chooses by the stated rules."""
    found, form = pilot_run(request, pk), VersionForm({"version": 0})
    if done(request, lambda: actions.choose_comparisons(pilot=found, by=request.user), form):
        n = found.units.standing().compared().count()
        text = ngettext("%(n)d hamlet is compared with.", "%(n)d hamlets are compared with.", n)
        say_done(request, text % {"n": n})
        return redirect("pilots:candidates", pk)
    context = {"title": _("The hamlets stay as they are"), "form": form}
    return render(request, "pilots/refused.html", context | {"back": found.get_absolute_url()})


@allow("pilots.run")
def add(request, pk):
    """A hamlet to compare with that the rules did not choose, with the reason."""
    found = pilot_run(request, pk)
    form = UnitForm(request.POST or None, pilot=found, units=units_of(found), below=_top(found))

    def act():
        return actions.add_comparison(pilot=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The hamlet is compared with."))
        return redirect(found)
    context = {"form": form, "title": _("Add a hamlet to compare with"), "intro": found.name}
    context["back"] = reverse("pilots:candidates", args=[pk])
    return render(request, "kit/form_page.html", context)


@allow("pilots.run")
def replace(request, pk):
    """Another hamlet in place of one that was chosen, or none, with the reason."""
    unit = unit_run(request, pk)
    pilot_run(request, unit.pilot_id)
    form = UnitForm(
        request.POST or None, pilot=unit.pilot, units=[], below=_top(unit.pilot), replacing=True
    )

    def act():
        actions.replace_unit(unit=unit, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("Replaced. The figures of the hamlet before stay in the journal."))
        return redirect(unit.pilot)
    name = next(u.full_name for u in units_of(unit.pilot) if u.row.pk == unit.pk)
    context = {"form": form, "title": _("Replace a comparison hamlet"), "intro": name}
    return render(request, "kit/form_page.html", context | {"back": unit.pilot.get_absolute_url()})


def _top(pilot):
    """The highest unit of the tree: a comparison hamlet may lie outside the unit that runs it."""
    return next(iter(ancestors(pilot.place, pilot.issued_on)), pilot.place)
