"""Recording a line of the money book, putting it right, taking it out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.figures import with_unit
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.people.views.answers import Paper
from cncd.work.money import actions
from cncd.work.money.forms import BudgetForm, SpendingForm, WithdrawForm
from cncd.work.money.imports import BudgetImport, SpendingImport
from cncd.work.money.models import Budget, Entry
from cncd.work.money.queries.plan import overview
from cncd.work.money.views.listing import LISTS, recorder_of, year_of


class Voucher(Paper):
    """The decision or plan the money rests on."""

    KIND = "decision"


def own_unit(request):
    """The unit in sight, if the person keeps its book, else 404."""
    place = request.scope.place
    if not recorder_of(request, place):
        raise Http404
    return place


def changeable(request, model, pk) -> Entry:
    """The line, if the person may change it, else 404."""
    rows = model.objects.visible_to(request.user).select_related("place__level", "document")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.can("money.record", place=found.place):
        raise Http404
    return found


def _form(model):
    return BudgetForm if model is Budget else SpendingForm


def _listed(entry_or_model, **query) -> str:
    model = entry_or_model if isinstance(entry_or_model, type) else type(entry_or_model)
    address = reverse(f"money:{LISTS[model][1]}s")
    return f"{address}?{urlencode(query)}" if query else address


@allow("money.record")
def new(request, model: type[Entry]):
    """The quick form; a paper may be added; saving again shows it empty for the next line."""
    place, kind = own_unit(request), LISTS[model][1]
    form = _form(model)(request.POST or None, day=request.scope.today, initial=_last(model, place))
    paper = Voucher(request, place)

    def run() -> dict:
        said = form.said(paper.kept())
        made = actions.record_entry(place=place, said=said, by=request.user)
        return {"id": str(made.pk), "told": str(made), "year": year_of(made)}

    def act() -> dict:
        return once(**form.envelope_of(kind=f"{kind}.record", sender=request.user), run=run)

    if answer := done(request, act, form, paper):
        undo = reverse(f"money:undo_{kind}", args=[answer["id"]])
        say_done(request, _("Recorded: %(what)s") % {"what": answer["told"]}, undo=undo)
        _warn(request, place, answer["year"])
        return redirect(reverse(f"money:new_{kind}") if "again" in request.POST
                        else _listed(model, year=answer["year"]))  # fmt: skip
    title = _("Record a budget") if model is Budget else _("Record spending")
    return paper.page(form, "money/form.html", title=title, back=_listed(model), is_new=True)


def _last(model, place) -> dict:
    """Purpose and source used last: most of what follows is alike."""
    last = model.objects.filter(place=place).order_by("-recorded_at").first()
    return {"purpose": last.purpose_id, "source": last.source_id} if last else {}


def _warn(request, place, year: int) -> None:
    """Says where more was spent than planned; nothing is ever held up by it."""
    for line in overview(place, year, request.scope.today).beyond:
        text = _("%(purpose)s, %(year)s: spending exceeds the budget by %(over)s.")
        over = with_unit(line.own.over, "đồng")
        messages.warning(request, text % {"purpose": line.name, "year": year, "over": over})


@allow("money.record")
def edit(request, pk, model: type[Entry]):
    """A line opened for change, with the reason."""
    found = changeable(request, model, pk)
    form = _form(model)(request.POST or None, day=request.scope.today, entry=found)
    paper = Voucher(request, found.place)

    def act():
        return actions.change_entry(
            entry=found, version=form.cleaned_data["version"], by=request.user,
            said=form.said(paper.kept() or found.document), reason=form.cleaned_data["reason"],
        )  # fmt: skip

    if done(request, act, form, paper):
        say_done(request, _("Saved."))
        return redirect(found)
    title = _("Change the line")
    return paper.page(form, "money/form.html", title=title, back=found.get_absolute_url())


@allow("money.record")
def withdraw(request, pk, model: type[Entry]):
    """Takes out what was written by mistake, with the reason."""
    found = changeable(request, model, pk)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.withdraw_entry(entry=found, by=request.user,
                                                     **form.cleaned_data), form):  # fmt: skip
        undo = reverse(f"money:restore_{LISTS[model][1]}", args=[pk])
        say_done(request, _("Taken out: %(what)s") % {"what": found}, undo=undo)
        return redirect(_listed(found, year=year_of(found)))
    context = {
        "form": form, "title": _("Take a line out"), "question": str(found),
        "consequences": [_("It no longer counts in any sum, nor in a month not sent yet.")],
        "danger": True, "submit": _("Take it out"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("money.record")
def undo(request, pk, model: type[Entry]):
    """Takes back what was just recorded."""
    found = changeable(request, model, pk)
    try:
        actions.withdraw_entry(
            entry=found, version=found.version, reason=_("Undone"), by=request.user
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("Taken out: %(what)s") % {"what": found})
    return redirect(_listed(found, year=year_of(found)))


@require_POST
@allow("money.record")
def restore(request, pk, model: type[Entry]):
    """Brings back what was taken out."""
    found = changeable(request, model, pk)
    try:
        actions.restore_entry(entry=found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("It is back."))
    return redirect(found)


@allow("money.record")
def imported(request, model: type[Entry]):
    """A list from Excel: upload or paste, look, confirm."""
    reader = BudgetImport if model is Budget else SpendingImport
    return reader(request, unit=own_unit(request), back=_listed(model)).response()
