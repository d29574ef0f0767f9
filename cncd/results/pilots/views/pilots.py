"""Pilots: the list, one with its figures, entering, correcting, withdrawing."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.results.pilots import actions
from cncd.results.pilots.entering import Plan, pilot_run, pilot_seen
from cncd.results.pilots.forms import PilotForm, ReasonForm, TakeBackForm, hamlets_in_words
from cncd.results.pilots.lists import PilotList
from cncd.results.pilots.models import Pilot
from cncd.results.pilots.page import PilotPage, pilot_rows
from cncd.team.teams.models import Coverage


@allow("pilots.view")
def listed(request):
    """The pilots one may see, and how far each is."""
    scope, user = request.scope, request.user
    rows = Pilot.objects.standing().visible_to(user)
    if scope.place:
        below = Place.objects.reached_from([scope.place.pk], scope.today).order_by().values("pk")
        mine = rows.filter(place__in=below) | rows.filter(units__place__in=below)
        rows = rows.filter(pk__in=mine.values("pk"))
    may_begin = user.can("pilots.run")
    context = {"may_begin": may_begin}
    if may_begin:
        context["first_step"] = (reverse("pilots:begin"), _("Enter the first pilot →"))
    return PilotList(request, pilot_rows(rows, scope.today), context=context).response()


@allow("pilots.view")
def pilot(request, pk):
    """One pilot: its hamlets, its figures side by side, what they allow to say, what is due."""
    page = PilotPage(pilot_seen(request, pk), request.user, request.scope.today)
    return render(request, "pilots/pilot.html", {"page": page, "pilot": page.pilot})


@allow("pilots.run")
def begin(request):
    """A new pilot; sent twice, it is entered once."""
    user, scope = request.user, request.scope
    form = PilotForm(request.POST or None, user=user, day=scope.today, initial=_marked(scope))
    paper = Plan(request, scope.place)

    def run() -> dict:
        place = form.cleaned_data["place"]
        made = actions.begin_pilot(place=place, document=paper.kept(), by=user, **form.terms)
        return {"url": made.get_absolute_url()}

    def act() -> dict:
        return once(**form.envelope_of(kind="pilot.begin", sender=user), run=run)

    if answer := done(request, act, form, paper):
        say_done(request, _("The pilot is entered. Now choose the hamlets to compare with."))
        return redirect(answer["url"])
    context = {"title": _("Enter a pilot"), "back": reverse("pilots:list"), "wide": True}
    return paper.page(form, "pilots/form.html", **context)


def _marked(scope) -> dict:
    """The hamlets of teams marked as pilot teams, as a first answer."""
    rows = Coverage.objects.on(scope.today).filter(team__is_pilot=True)
    if scope.place:
        rows = rows.filter(place__in=Place.objects.within([scope.place.pk], scope.today))
    return {"places": hamlets_in_words(rows.values_list("place", flat=True)[:10], scope.today)}


@allow("pilots.run")
def change(request, pk):
    """Corrects what was entered."""
    found = pilot_run(request, pk)
    units = found.units.standing().tried().values_list("place", flat=True)
    held = {name: getattr(found, name) for name in PilotForm.base_fields if hasattr(found, name)}
    held |= {"places": hamlets_in_words(units, found.issued_on), "measures": found.measures.all()}
    form = PilotForm(
        request.POST or None, user=request.user, day=request.scope.today, pilot=found, initial=held
    )
    paper = Plan(request, found.place)

    def act():
        given = form.terms | {"document": paper.kept() or found.document}
        given["version"] = form.cleaned_data["version"]
        return actions.change_pilot(pilot=found, by=request.user, **given)

    if done(request, act, form, paper):
        say_done(request, _("Saved."))
        return redirect(found)
    context = {"title": _("Correct the pilot"), "back": found.get_absolute_url()}
    return paper.page(form, "pilots/form.html", **context)


@allow("pilots.run")
def withdraw(request, pk):
    """Takes a pilot back that was entered by mistake; undone by one press."""
    found = pilot_run(request, pk)
    form = TakeBackForm(request.POST or None, initial={"version": found.version})

    def act():
        return actions.withdraw_pilot(pilot=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The pilot is withdrawn."), undo=reverse("pilots:restore", args=[pk]))
        return redirect("pilots:list")
    context = {"form": form, "title": _("Withdraw the pilot"), "question": found.name}
    context |= {"danger": True, "submit": _("Withdraw"), "back": found.get_absolute_url()}
    return render(request, "kit/confirm.html", context)


@allow("pilots.run")
@require_POST
def restore(request, pk):
    """Brings a withdrawn pilot back."""
    found = pilot_run(request, pk)
    form = ReasonForm({"reason": "-"})
    if done(request, lambda: actions.restore_pilot(pilot=found, by=request.user), form):
        say_done(request, _("The pilot is back."))
    return redirect(found)
