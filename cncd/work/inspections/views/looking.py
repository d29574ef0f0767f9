"""On site: item by item, on a phone or at a desk; then the conclusion."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.inspections import actions
from cncd.work.inspections.entering import finding_seen, inspected_by_me
from cncd.work.inspections.forms import CloseForm, ExtraForm, FindingForm, LookForm, ReasonForm
from cncd.work.inspections.models import Inspection


@allow("inspections.carry_out")
def look(request, pk):
    """All items with three answers and a note each; saved as often as one likes.

    The button beside an item saves all of them first, then opens that finding whole.
    """
    found = inspected_by_me(request, pk)
    rows = list(found.findings.select_related("item"))
    form = LookForm(request.POST or None, findings=rows, initial={"version": found.version})

    def act():
        version = form.cleaned_data["version"]
        return actions.note_findings(
            inspection=found, lines=form.lines, by=request.user, version=version
        )

    if found.state == Inspection.State.OPEN and done(request, act, form):
        if (wanted := request.POST.get("then", "")).isdecimal():
            return redirect("inspections:note", int(wanted[:18]))
        say_done(request, _("Saved. You may go on later."))
        return redirect("inspections:inspection", pk)
    context = {"form": form, "inspection": found, "is_open": found.state == found.State.OPEN}
    return render(request, "inspections/look.html", context)


@allow("inspections.carry_out")
def note(request, pk):
    """One finding whole: with a photo, and what must follow."""
    found = finding_seen(request, pk)
    held = inspected_by_me(request, found.inspection_id)
    if held.state != Inspection.State.OPEN:
        raise Http404
    form = FindingForm(
        request.POST or None, request.FILES or None, finding=found, day=request.scope.today
    )

    def act():
        return actions.change_finding(finding=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The finding is saved."))
        return redirect("inspections:inspection", held.pk)
    context = {"form": form, "title": _("Finding"), "intro": found.text}
    context["back"] = reverse("inspections:inspection", args=[held.pk])
    return render(request, "kit/form_page.html", context)


@allow("inspections.carry_out")
def add(request, pk):
    """Something that no item of the list names."""
    found = inspected_by_me(request, pk)
    form = ExtraForm(request.POST or None)

    def act():
        return actions.add_finding(inspection=found, by=request.user, **form.cleaned_data)

    if row := done(request, act, form):
        return redirect("inspections:note", row.pk)
    back = reverse("inspections:inspection", args=[pk])
    context = {"form": form, "title": _("Another finding"), "intro": str(found), "back": back}
    return render(request, "kit/form_page.html", context)


@allow("inspections.carry_out")
def close(request, pk):
    """The conclusion; what is to be put right is asked from then on."""
    found = inspected_by_me(request, pk)
    first = {"version": found.version, "conclusion": found.conclusion}
    form = CloseForm(request.POST or None, initial=first)

    def act():
        return actions.close_inspection(inspection=found, by=request.user, **form.cleaned_data)

    back = reverse("inspections:inspection", args=[pk])
    if done(request, act, form):
        say_done(request, _("The inspection is concluded. The inspected now see what to do."))
        return redirect(back)
    context = {"form": form, "title": _("Conclude the inspection"), "intro": str(found)}
    context |= {"back": back, "submit": _("Conclude")}
    return render(request, "kit/form_page.html", context)


@allow("inspections.carry_out")
def reopen(request, pk):
    """Opens a concluded inspection again, as long as no finding was answered."""
    found = inspected_by_me(request, pk)
    form = ReasonForm(request.POST or None)

    def act():
        reason = form.cleaned_data["reason"]
        return actions.reopen_inspection(inspection=found, by=request.user, reason=reason)

    back = reverse("inspections:inspection", args=[pk])
    if done(request, act, form):
        say_done(request, _("The inspection is open again."))
        return redirect(back)
    context = {"form": form, "title": _("Open the inspection again"), "intro": str(found)}
    return render(request, "kit/form_page.html", context | {"back": back})
