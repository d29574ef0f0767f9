"""From both sides: what the partner says it delivered, and what the unit says to that."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.partners import actions
from cncd.work.partners.actions.statements import is_partner
from cncd.work.partners.forms import DisputeForm, RestateForm, StateForm, WithdrawForm
from cncd.work.partners.models import Pledge, Statement


def _of_partner(request, pk) -> Statement:
    rows = Statement.objects.visible_to(request.user).standing().select_related("pledge__place")
    found = get_object_or_404(rows, pk=pk)
    if not is_partner(request.user, found.pledge):
        raise PermissionDenied("partners.own")
    return found


@allow("partners.own")
def state(request, pk):
    """The partner says what it delivered of a promise; sent twice, it is written once."""
    pledge = get_object_or_404(Pledge.objects.visible_to(request.user).standing(), pk=pk)
    if not is_partner(request.user, pledge):
        raise PermissionDenied("partners.own")
    form = StateForm(request.POST or None)

    def run() -> dict:
        said = {name: form.cleaned_data[name] for name in ("amount", "on", "note")}
        return {"id": str(actions.state_delivery(pledge=pledge, by=request.user, **said).pk)}

    def act() -> dict:
        return once(**form.envelope_of(kind="delivery.state", sender=request.user), run=run)

    if done(request, act, form):
        say_done(request, _("Written down. The unit is asked to confirm it."))
        return redirect(pledge)
    context = {"form": form, "title": _("Say what was delivered"), "intro": str(pledge)}
    return render(request, "kit/form_page.html", context | {"back": pledge.get_absolute_url()})


@require_POST
@allow("partners.change")
def confirm(request, pk):
    """The unit confirms what the partner says, by one press."""
    found, version = _of_unit(request, pk), request.POST.get("version", "")
    version = int(version) if version.isdecimal() else 0
    try:
        actions.answer_statement(statement=found, confirms=True, version=version, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("Confirmed."))
    return redirect(found.pledge)


@allow("partners.change")
def dispute(request, pk):
    """The unit gives its own number, and says why."""
    found = _of_unit(request, pk)
    first = {"version": found.version, "amount": found.unit_amount, "note": found.unit_note}
    form = DisputeForm(request.POST or None, initial=first)

    def act():
        return actions.answer_statement(statement=found, confirms=False, by=request.user,
                                        **form.cleaned_data)  # fmt: skip

    if done(request, act, form):
        say_done(request, _("Written down. The partner sees both numbers and your note."))
        return redirect(found.pledge)
    context = {"form": form, "title": _("The unit counts otherwise"), "intro": str(found)}
    return render(request, "kit/form_page.html",
                  context | {"back": found.pledge.get_absolute_url()})  # fmt: skip


@allow("partners.own")
def restate(request, pk):
    """The partner puts its number right; the unit's own number settles it."""
    found = _of_partner(request, pk)
    first = {"version": found.version, "amount": found.unit_amount or found.amount,
             "note": found.note}  # fmt: skip
    form = RestateForm(request.POST or None, initial=first)
    if made := done(request, lambda: actions.restate(statement=found, by=request.user,
                                                     **form.cleaned_data), form):  # fmt: skip
        settled = made.state == Statement.State.CONFIRMED
        say_done(request, _("Both sides agree now.") if settled
                 else _("Written down. The unit is asked to confirm it."))  # fmt: skip
        return redirect(found.pledge)
    context = {"form": form, "title": _("Put the number right"), "intro": found.unit_note}
    return render(request, "kit/form_page.html",
                  context | {"back": found.pledge.get_absolute_url()})  # fmt: skip


@allow("partners.own")
def withdraw(request, pk):
    """The partner takes back what it said by mistake."""
    found = _of_partner(request, pk)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.withdraw_statement(statement=found, by=request.user,
                                                        **form.cleaned_data), form):  # fmt: skip
        say_done(request, _("Taken back."))
        return redirect(found.pledge)
    context = {
        "form": form, "title": _("Take back what was said"), "question": str(found),
        "danger": True, "submit": _("Take this back"), "back": found.pledge.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


def _of_unit(request, pk) -> Statement:
    rows = Statement.objects.visible_to(request.user).standing().select_related("pledge__place")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.can("partners.change", place=found.pledge.place):
        raise PermissionDenied("partners.change")
    return found
