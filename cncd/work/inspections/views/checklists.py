"""The checklists: what inspections look at, by date."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.inspections import actions
from cncd.work.inspections.forms import EndItemForm, ItemForm
from cncd.work.inspections.lists import ItemList
from cncd.work.inspections.models import Item


@allow("inspections.view")
def items(request):
    """What is looked at today; ended items on demand."""
    rows = Item.objects.all() if request.GET.get("ended") else Item.objects.on(request.scope.today)
    may_rule = request.user.can("inspections.rules")
    context = {"may_rule": may_rule, "has_items": Item.objects.exists()}
    return ItemList(request, rows, may_rule=may_rule, context=context).response()


@allow("inspections.rules")
def add(request):
    """A new item, from a day on."""
    form = ItemForm(request.POST or None)
    return _write(request, form, _("Add to a checklist"), None)


@allow("inspections.rules")
def change(request, pk):
    """Another wording from a day on; past inspections keep theirs."""
    row = get_object_or_404(Item, pk=pk)
    names = ("subject", "text", "hint", "clause", "order")
    form = ItemForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    return _write(request, form, _("Change an item"), row)


def _write(request, form, title: str, row: Item | None):
    def act():
        return actions.set_item(by=request.user, replaces=row, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The checklist is saved."))
        return redirect("inspections:items")
    back = reverse("inspections:items")
    intro = _("Inspections opened before that day keep the items they had.")
    context = {"form": form, "title": title, "intro": intro, "back": back}
    return render(request, "kit/form_page.html", context)


@allow("inspections.rules")
def end(request, pk):
    """Takes an item off from a day on."""
    row = get_object_or_404(Item, pk=pk)
    form = EndItemForm(request.POST or None)
    act = lambda: actions.end_item(item=row, by=request.user, **form.cleaned_data)  # noqa: E731
    if done(request, act, form):
        say_done(request, _("The item is taken off."))
        return redirect("inspections:items")
    context = {"form": form, "title": _("Take off the checklist"), "intro": row.text}
    return render(request, "kit/form_page.html", context | {"back": reverse("inspections:items")})


@allow("inspections.rules")
@require_POST
def take(request):
    """Takes the packaged checklists where there is none."""
    count = actions.take_packaged(by=request.user)
    say_done(request, _("Items taken: %(n)d.") % {"n": count})
    return redirect("inspections:items")
