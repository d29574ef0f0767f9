"""Recording, changing, withdrawing a promise."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.people.views.answers import Paper
from cncd.work.partners import actions
from cncd.work.partners.forms import ChangeForm, PledgeForm, WithdrawForm
from cncd.work.partners.models import Pledge


class Agreement(Paper):
    """The paper in which help was promised."""

    KIND = "other"


def _changeable(request, pk) -> Pledge:
    """The promise: 404 out of sight, 403 where one may not change it."""
    found = get_object_or_404(Pledge.objects.visible_to(request.user), pk=pk)
    if not request.user.can("partners.change", place=found.place):
        raise PermissionDenied("partners.change")
    return found


def _done(request, act, form, paper=None):
    """What `act` gives once everything sent is right; a refusal stands at its field."""
    forms = [form, paper] if paper else [form]
    if request.method != "POST" or not all([each.is_valid() for each in forms]):
        return None
    try:
        with transaction.atomic():
            return act()
    except ValidationError as refusal:
        said = set(getattr(refusal, "error_dict", {}))
        if paper and said and said <= set(paper.form.fields) - set(form.fields):
            paper.form.add_error(None, refusal)
        elif said <= set(form.fields):
            form.add_error(None, refusal)
        else:
            form.add_error(None, refusal.messages)
        return None


@allow("partners.change")
def make(request):
    """A new promise; sent twice, it is recorded once."""
    scope = request.scope
    first = {"place": scope.place, "agency": request.GET.get("agency")}
    form = PledgeForm(request.POST or None, user=request.user, day=scope.today, initial=first)
    paper = Agreement(request, scope.place)

    def run() -> dict:
        made = actions.make_pledge(document=paper.kept(), by=request.user, **form.promise)
        return {"url": made.get_absolute_url()}

    def act() -> dict:
        return once(**form.envelope_of(kind="pledge.make", sender=request.user), run=run)

    if answer := _done(request, act, form, paper):
        say_done(request, _("The promise is recorded. The enterprise or union now sees the unit."))
        return redirect(answer["url"])
    title, back = _("Record a promise of help"), reverse("partners:list")
    return paper.page(form, "partners/form.html", title=title, back=back)


@allow("partners.change")
def change(request, pk):
    """Another number, other days, another note."""
    found = _changeable(request, pk)
    values = {name: getattr(found, name) for name in ("amount", "since_on", "until_on", "note")}
    form = ChangeForm(request.POST or None, initial=values | {"version": found.version})

    def act():
        version = form.cleaned_data["version"]
        return actions.change_pledge(pledge=found, by=request.user, version=version, **form.promise)

    if _done(request, act, form):
        say_done(request, _("The promise is changed."))
        return redirect(found)
    context = {"form": form, "title": _("Change the promise"), "intro": str(found)}
    return render(request, "kit/form_page.html", context | {"back": found.get_absolute_url()})


@allow("partners.change")
def withdraw(request, pk):
    """Takes a promise back, with the reason; undone by one press."""
    found = _changeable(request, pk)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if _done(request, lambda: actions.withdraw_pledge(pledge=found, by=request.user,
                                                      **form.cleaned_data), form):  # fmt: skip
        undo = reverse("partners:restore", args=[pk])
        say_done(request, _("The promise is withdrawn."), undo=undo)
        return redirect("partners:list")
    context = {
        "form": form,
        "title": _("Withdraw the promise"),
        "question": str(found),
        "consequences": [
            _("It no longer counts, and the enterprise or union no longer sees the unit for it."),
            _("What was delivered stays in the registers."),
        ],
        "danger": True,
        "submit": _("Withdraw"),
        "back": found.get_absolute_url(),
    }
    return render(request, "kit/confirm.html", context)


@allow("partners.change")
@require_POST
def restore(request, pk):
    """Brings a withdrawn promise back."""
    found = _changeable(request, pk)
    try:
        actions.restore_pledge(pledge=found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("The promise is back."))
    return redirect(found)
