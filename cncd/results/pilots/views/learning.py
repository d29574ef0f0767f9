"""Day by day, lessons, costs, and the synthesis."""

import datetime as dt

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.results.pilots import actions
from cncd.results.pilots.entering import pilot_run, pilot_seen
from cncd.results.pilots.forms import LessonForm, SynthesisForm, VersionForm
from cncd.results.pilots.lists import DayList
from cncd.results.pilots.models import Lesson, Pilot
from cncd.results.pilots.queries import assembled, days_of, happened, units_of
from cncd.results.pilots.queries.synthesis import facts_of, otherwise_since


@allow("pilots.view")
def days(request, pk):
    """Every day of the pilot in numbers, the latest first."""
    found = pilot_seen(request, pk)
    rows = days_of(found, request.scope.today)
    return DayList(request, rows, context={"pilot": found}).response()


@allow("pilots.view")
def day(request, pk, day):
    """What happened on one day, record by record."""
    found = pilot_seen(request, pk)
    try:
        asked = dt.date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404 from wrong
    if not found.days.first_day <= asked <= found.days.last_day:
        raise Http404
    context = {
        "pilot": found,
        "day": asked,
        "number": found.days.number_of(asked),
        "found": happened(found, asked, request.user, request.scope.today),
        "before": max(asked - dt.timedelta(days=1), found.days.first_day),
        "after": min(asked + dt.timedelta(days=1), found.days.last_day),
    }
    return render(request, "pilots/day.html", context)


@allow("pilots.run")
def add(request, pk):
    """A lesson; sent twice, it is written once."""
    found, user = pilot_seen(request, pk), request.user
    form = LessonForm(request.POST or None, pilot=found, units=units_of(found))

    def run() -> dict:
        held = {name: form.cleaned_data[name] for name in ("kind", "text", "unit", "seen_on")}
        actions.add_lesson(pilot=found, by=user, **held)
        return {"url": f"{found.get_absolute_url()}#lessons"}

    def act() -> dict:
        return once(**form.envelope_of(kind="pilot.lesson", sender=user), run=run)

    if answer := done(request, act, form):
        say_done(request, _("The lesson is written down."))
        return redirect(answer["url"])
    context = {"form": form, "title": _("Write down a lesson"), "intro": found.name}
    return render(request, "kit/form_page.html", context | {"back": found.get_absolute_url()})


@allow("pilots.run")
@require_POST
def withdraw(request, pk):
    """Takes a lesson back."""
    rows = Lesson.objects.filter(pilot__in=Pilot.objects.visible_to(request.user))
    found = get_object_or_404(rows.select_related("pilot__place"), pk=pk)
    actions.withdraw_lesson(lesson=found, by=request.user)
    say_done(request, _("The lesson is taken back."))
    return redirect(found.pilot)


@allow("pilots.view")
def synthesis(request, pk):
    """The synthesis: the draft as things stand, or one that was confirmed (?version=)."""
    found, number = pilot_seen(request, pk), request.GET.get("version", "")
    today = request.scope.today
    versions = list(found.syntheses.exclude(confirmed_at=None).select_related("confirmed_by"))
    draft = found.syntheses.filter(confirmed_at=None).first()
    chosen = next((row for row in versions if str(row.number) == number), None)
    if chosen is None and not number and not draft and versions:
        chosen = versions[-1]
    facts = facts_of(chosen) if chosen else assembled(found, today, draft)
    context = {
        "pilot": found,
        "facts": facts,
        "otherwise": otherwise_since(facts, found, today) if chosen else [],
        "draft": draft,
        "versions": versions,
        "runs": authority.can(request.user, "pilots.run", place=found.place),
        "is_over": today > found.days.last_day,
    }
    return render(request, "pilots/synthesis.html", context)


@allow("pilots.run")
def write(request, pk):
    """The officer's words of the synthesis."""
    found = pilot_run(request, pk)
    draft = found.syntheses.filter(confirmed_at=None).first()
    last = draft or found.syntheses.order_by("number").last()
    held = {name: getattr(last, name) for name in ("assessment", "proposals")} if last else {}
    held["version"] = draft.version if draft else 0
    form = SynthesisForm(request.POST or None, initial=held)

    def act():
        return actions.write_synthesis(pilot=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("Saved."))
        return redirect("pilots:synthesis", pk)
    context = {"form": form, "title": _("Write the synthesis"), "intro": found.name}
    context["back"] = reverse("pilots:synthesis", args=[pk])
    return render(request, "kit/form_page.html", context)


@allow("pilots.run")
def confirm(request, pk):
    """Freezes the synthesis."""
    found = pilot_run(request, pk)
    draft = found.syntheses.filter(confirmed_at=None).first()
    form = VersionForm(request.POST or None, initial={"version": draft.version if draft else 0})

    def act():
        version = form.cleaned_data["version"]
        return actions.confirm_synthesis(pilot=found, by=request.user, version=version)

    if done(request, act, form):
        say_done(request, _("The synthesis is confirmed. Later figures do not change it."))
        return redirect("pilots:synthesis", pk)
    facts = assembled(found, request.scope.today, draft)
    context = {"form": form, "title": _("Confirm the synthesis"), "question": found.name}
    context |= {"consequences": facts.missing, "back": reverse("pilots:synthesis", args=[pk])}
    return render(request, "kit/confirm.html", context)
