"""One household, or a whole row of codes: added, changed, ended, brought back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places.queries import names
from cncd.work.households import actions
from cncd.work.households.forms import AddForm, ChangeForm, EndForm, NumberForm
from cncd.work.households.models import Household
from cncd.work.households.queries import with_visits
from cncd.work.households.reaching import (
    CHANGE,
    hamlets_in_sight,
    kept_household,
    one_at_most,
)


@allow("households.change")
def add(request):
    """One more household on a list."""
    hamlets = one_at_most(hamlets_in_sight(request, CHANGE))
    form = AddForm(request.POST or None, hamlets=hamlets, initial=_hamlet_asked(request))
    if made := done(request, lambda: _added(form, request.user), form):
        undo = reverse("households:remove", args=[made.pk])
        said = {"code": made.code, "hamlet": form.place.full_name}
        say_done(request, _("Household %(code)s is on the list of %(hamlet)s.") % said, undo=undo)
        return redirect(request.get_full_path() if "again" in request.POST else "households:list")
    context = {"form": form, "hamlets": hamlets}
    return render(request, "households/add.html", context)


def _added(form: AddForm, by) -> Household:
    said = form.cleaned_data
    flags = {name: said[name] for name in ("is_producing", "is_business")}
    return actions.add_household(place=form.place, code=said["code"], by=by, **flags)


def _hamlet_asked(request) -> dict:
    return {"place": request.GET.get("place", "")}


@allow("households.change")
def number(request):
    """The codes of a hamlet from first to last, made at once."""
    hamlets = one_at_most(hamlets_in_sight(request, CHANGE))
    form = NumberForm(request.POST or None, hamlets=hamlets, initial=_hamlet_asked(request))

    def run():
        codes = {name: form.cleaned_data[name] for name in ("first", "last")}
        return actions.number_households(place=form.place, by=request.user, **codes)

    if made := done(request, run, form):
        entry = Entry.objects.about(made[0]).latest("pk")
        text = ngettext(
            "%(n)d code made for %(hamlet)s.", "%(n)d codes made for %(hamlet)s.", len(made)
        )
        said = {"n": len(made), "hamlet": form.place.full_name}
        say_done(request, text % said, undo=reverse("households:take_back", args=[entry.pk]))
        return redirect("households:list")
    return render(request, "households/number.html", {"form": form, "hamlets": hamlets})


@require_POST
@allow("households.change")
def take_back(request, entry_id):
    """Takes away the codes that one press made: the undo of `number`."""
    entry = get_object_or_404(Entry, pk=entry_id, event="households.numbered")
    ids = [row["household"] for row in entry.rows]
    rows = Household.objects.visible_to(request.user).changeable_by(request.user)
    return _removed(request, list(rows.filter(pk__in=ids).select_related("place")))


@require_POST
@allow("households.change")
def remove(request, pk):
    """Takes a household away that was entered by mistake: the undo of `add`."""
    return _removed(request, [kept_household(request, pk)])


def _removed(request, households: list[Household]):
    try:
        gone = actions.remove_households(households=households, by=request.user)
    except ValidationError as refused:
        say_refused(request, refused)
        return redirect("households:list")
    text = ngettext("%(n)d code removed.", "%(n)d codes removed.", gone)
    say_done(request, text % {"n": gone})
    return redirect("households:list")


@allow("households.change")
def household(request, pk):
    """A household as the list has it, opened for change."""
    found = kept_household(request, pk)
    initial = {name: getattr(found, name) for name in ChangeForm.base_fields}
    visits = with_visits(Household.objects.filter(pk=found.pk)).get().visits
    form = ChangeForm(request.POST or None, initial=initial)
    form.fields["code"].disabled = visits > 0

    def run():
        actions.change_household(household=found, by=request.user, **form.cleaned_data)

    if done(request, run, form):
        say_done(request, _("Household %(code)s is changed.") % form.cleaned_data)
        return redirect("households:list")
    hamlet = names([found.place_id], timezone.localdate())[found.place_id].full_name
    context = {"form": form, "household": found, "visits": visits, "hamlet": hamlet}
    return render(request, "households/household.html", context)


@allow("households.change")
def end(request, pk):
    """Ends a household on the list, after asking for its last day."""
    found = kept_household(request, pk)
    form = EndForm(request.POST or None)

    def run():
        last_day = form.cleaned_data["last_day"]
        actions.end_household(household=found, last_day=last_day, by=request.user)

    if done(request, run, form):
        undo = reverse("households:restore", args=[found.pk])
        say_done(request, _("Household %(code)s has ended.") % {"code": found.code}, undo=undo)
        return redirect("households:list")
    told = [
        _("It can't be ticked for days afterwards."),
        _("What was counted stays counted."),
        _("You can bring it back at any time."),
    ]
    context = {"form": form, "consequences": told, "submit": _("End")}
    context["title"] = _("End household %(code)s") % {"code": found.code}
    context["question"] = _("It moved away, or was joined with another?")
    context["back"] = reverse("households:household", args=[found.pk])
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("households.change")
def restore(request, pk):
    """Brings an ended household back to the list."""
    found = actions.restore_household(household=kept_household(request, pk), by=request.user)
    say_done(request, _("Household %(code)s is on the list again.") % {"code": found.code})
    return redirect("households:list")


def say_refused(request, refused: ValidationError) -> None:
    """Tells on the next page why nothing was done."""
    messages.error(request, " ".join(refused.messages))
