"""Pairs that may be one record: the list, one pair side by side, and what was decided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.registers import actions, entering
from cncd.work.registers.actions import rights
from cncd.work.registers.actions.withdrawing import place_of
from cncd.work.registers.comparing import compared, merge_of
from cncd.work.registers.contents import MODELS
from cncd.work.registers.forms.merging import MergeForm
from cncd.work.registers.models import Distinct
from cncd.work.registers.pairs import MOST, pairs_in
from cncd.work.registers.places import unit_names
from cncd.work.registers.views.scope import places_in_sight

MERGE = {
    "product": actions.merge_products,
    "owner": actions.merge_owners,
    "shop": actions.merge_shops,
}
KINDS = [("product", _("Products")), ("owner", _("Owners")), ("shop", _("Storefronts"))]
WHERE = [("near", _("in one commune")), ("far", _("in two communes"))]
STATES = [("open", _("Not decided yet")), ("apart", _("Found to be two"))]


def pair_address(pair) -> str:
    return reverse("registers:pair", args=[pair.kind, pair.first.pk, pair.second.pk])


class PairList(List):
    title = _("Likely duplicates")
    name = "nghi-trung"
    template = "registers/duplicates.html"
    columns = [
        Column("first.name", _("Record"), sort="first.name", link=pair_address),
        Column("first.owner", _("Owner"), sort="first.owner"),
        Column("first.commune", _("Where it stands"), sort="first.commune",
               value=lambda row: ", ".join(filter(None, [row.first.hamlet, row.first.commune]))),
        Column("second.name", _("Looks like"), sort="second.name"),
        Column("second.owner", _("Its owner"), sort="second.owner"),
        Column("second.commune", _("Where that one stands"), sort="second.commune",
               value=lambda row: ", ".join(filter(None, [row.second.hamlet, row.second.commune]))),
        Column("kind_name", _("Kind"), sort="kind"),
        Column("score", _("Alike"), kind="percent", sort="score"),
        Column("reasons", _("Why")),
    ]  # fmt: skip
    filters = [
        Choice("kind", _("Kind"), KINDS),
        Choice("where", _("Where"), WHERE,
               lambda rows, value: [row for row in rows if row.is_far == (value == "far")]),
        Choice("state", _("State"), STATES,
               lambda rows, value: [row for row in rows if row.is_apart == (value == "apart")],
               "open"),
    ]  # fmt: skip
    search_fields = ["text"]
    search_hint = _("Find a product, an owner or a commune")
    order = "-score"
    size = 50
    empty = _("Nothing in this unit looks as if it were written down twice.")


@allow("registers.verify")
def duplicates(request):
    """Pairs with one side at least in the unit in sight, likeliest first."""
    found = pairs_in(places_in_sight(request).order_by().values("pk"), request.scope.today)
    context = {"tab": "duplicates", "found": found, "most": MOST}
    return PairList(request, found.pairs, context=context).response()


@allow("registers.verify")
def pair(request, kind, first, second):
    """Both side by side: merge them, or say that they are two."""
    rows = _both(request, kind, first, second)
    if gone := next((row for row in rows if getattr(row, "merged_into_id", None)), None):
        return redirect("registers:merged", kind, gone.pk)
    comparison = compared(*rows, kind, request.scope.today)
    form = MergeForm(request.POST or None, comparison=comparison)
    may_merge = all(rights.may(request.user, "registers.verify", place_of(row)) for row in rows)
    if request.method == "POST" and may_merge and form.is_valid():
        told = form.told()
        if entering.done(form, lambda: MERGE[kind](by=request.user, **told)):
            undo = reverse("registers:split", args=[kind, told["merged"].pk])
            say_done(request, gettext("They are one record now."), undo=undo)
            return redirect(f"registers:{kind}", told["kept"].pk)
    one, other = sorted(row.pk for row in rows)
    apart = Distinct.objects.filter(kind=kind, first=one, second=other).exists()
    context = {"form": form, "pair": comparison, "may_merge": may_merge, "is_apart": apart}
    return render(request, "registers/duplicates_pair.html", context)


@require_POST
@allow("registers.verify")
def tell_apart(request, kind, first, second):
    """They are two: not shown as alike again."""
    one, other = _both(request, kind, first, second)
    actions.tell_apart(first=one, second=other, by=request.user)
    undo = reverse("registers:doubt_again", args=[kind, first, second])
    say_done(request, gettext("Noted: they are two."), undo=undo)
    return redirect("registers:duplicates")


@require_POST
@allow("registers.verify")
def doubt_again(request, kind, first, second):
    """Takes that back."""
    one, other = _both(request, kind, first, second)
    actions.doubt_again(first=one, second=other, by=request.user)
    say_done(request, gettext("They are shown as alike again."))
    return redirect("registers:pair", kind, first, second)


@allow("registers.view")
def merged(request, kind, pk):
    """Where a merged record went; whoever may see the kept one is led there at once."""
    found, kept = _merged(request, kind, pk)
    if kept is None:
        return redirect(f"registers:{kind}", pk)
    is_open = _rows(kind).visible_to(request.user).filter(pk=kept.pk).exists()
    if is_open and "stay" not in request.GET:
        return redirect(f"registers:{kind}", kept.pk)
    named = unit_names({place_of(kept)}, request.scope.today)
    may_split = all(
        rights.may(request.user, "registers.verify", place_of(x)) for x in (found, kept)
    )
    context = {"found": found, "kept": kept, "kind": kind, "merge": merge_of(found)}
    context |= {"where": ", ".join(filter(None, named.get(place_of(kept), ()))), "is_open": is_open}
    return render(request, "registers/merged.html", context | {"may_split": may_split})


@require_POST
@allow("registers.verify")
def split(request, kind, pk):
    """Undoes a merge."""
    found, _kept = _merged(request, kind, pk)
    try:
        actions.split_again(merged=found, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(f"{reverse('registers:merged', args=[kind, pk])}?stay=1")
    say_done(request, gettext("They are two records again: %(name)s") % {"name": found})
    return redirect(f"registers:{kind}", pk)


def _merged(request, kind: str, pk) -> tuple:
    """A record and what it passed into (or None), when one of them is within reach; else 404."""
    rows = _rows(kind)
    found = get_object_or_404(rows, pk=pk)
    kept = found.merged_into
    ids = [row.pk for row in (found, kept) if row]
    if not rows.visible_to(request.user).filter(pk__in=ids).exists():
        raise Http404
    return found, kept


def _rows(kind: str):
    if kind not in MERGE:
        raise Http404
    return MODELS[kind].objects.all()


def _both(request, kind: str, first, second) -> tuple:
    """Both records when one at least is within reach; the other is shown without a contact."""
    rows = _rows(kind).filter(pk__in=[first, second])
    found = rows.in_bulk()
    if len(found) != 2 or not rows.visible_to(request.user).exists():
        raise Http404
    return found[first], found[second]
