"""Looking again: rounds drawn for an officer, the listings of one, and what was found."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.registers import actions, entering, sampling
from cncd.work.registers.forms.merging import DrawForm
from cncd.work.registers.models import Round, RoundItem
from cncd.work.registers.places import unit_names

Outcome = RoundItem.Outcome
RIGHT = Count("items", filter=Q(items__outcome=Outcome.RIGHT))
CHECKED = Count("items", filter=~Q(items__outcome=""))
TONES = {"": "quiet", Outcome.RIGHT: "good", Outcome.BROKEN: "late", Outcome.OTHER: "late"}


class RoundList(List):
    title = _("Checking again")
    name = "dot-kiem-tra-lai"
    template = "registers/rounds.html"
    columns = [
        Column("made_at", _("Drawn at"), kind="datetime", sort="made_at",
               link=lambda row: reverse("registers:round", args=[row.pk])),
        Column("unit", _("Unit"), sort="unit"),
        Column("many", _("Listings"), kind="number", sort="many"),
        Column("checked", _("Looked at"), kind="number", sort="checked"),
        Column("right", _("As recorded"), kind="number", sort="right"),
        Column("due_on", _("Due"), kind="date", sort="due_on"),
        Column("made_by", _("Drawn by"), value=lambda row: str(row.made_by or "")),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), [("open", _("Not finished")), ("done", _("Finished"))],
               lambda rows, value: [r for r in rows if (r.checked < r.many) == (value == "open")]),
    ]  # fmt: skip
    search_fields = ["unit"]
    search_hint = _("Find a unit")
    order = "-made_at"
    empty = _("No listing has been drawn for checking here yet.")


@allow("registers.verify")
def rounds(request):
    """The rounds of the unit in sight and of all below it."""
    found = Round.objects.visible_to(request.user).select_related("made_by__person")
    if request.scope.place:
        found = found.within(request.scope.place, request.scope.today)
    rows = list(found.annotate(many=Count("items"), checked=CHECKED, right=RIGHT))
    named = unit_names({row.place_id for row in rows}, request.scope.today)
    for row in rows:
        row.unit = named.get(row.place_id, ("", ""))[0]
    first_step = (reverse("registers:draw"), gettext("Draw the first round →"))
    return RoundList(request, rows, context={"tab": "rounds", "first_step": first_step}).response()


@allow("registers.verify")
def draw(request):
    """How many, until when; the listings are drawn at once."""
    form, place = DrawForm(request.POST or None), request.scope.place
    if place is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        run = lambda: actions.draw_round(place=place, by=request.user, **form.cleaned_data)  # noqa: E731
        if made := entering.done(form, run):
            undo = reverse("registers:drop_round", args=[made.pk])
            say_done(request, gettext("The listings are drawn."), undo=undo)
            return redirect("registers:round", made.pk)
    return render(request, "registers/round_draw.html", {"form": form})


class ItemList(List):
    name = "kiem-tra-lai"
    template = "registers/round.html"
    columns = [
        Column("order", _("No."), kind="number", sort="order"),
        Column("listing.product.name", _("Product"), sort="listing.product.sort_key",
               link=lambda row: reverse("registers:listing", args=[row.listing_id])),
        Column("listing.product.owner.name", _("Owner"), sort="listing.product.owner.sort_key"),
        Column("hamlet", _("Hamlet"), sort="hamlet", hidden=True),
        Column("commune", _("Commune"), sort="commune"),
        Column("listing.floor.name", _("Floor"), sort="listing.floor.name"),
        Column("listing.address", _("Address"), template="registers/round_address.html"),
        Column("result", _("Result"), value="get_outcome_display", kind="badge", sort="outcome",
               tone=lambda row: TONES[row.outcome]),
        Column("note", _("Note"), hidden=True),
        Column("checked_at", _("Looked at on"), kind="datetime", sort="checked_at", hidden=True),
        Column("checker", _("Looked at by"), hidden=True,
               value=lambda row: str(row.checked_by or "")),
        Column("check", _("What did you find?"), value="pk", template="registers/round_check.html",
               export=False),
    ]  # fmt: skip
    filters = [
        Choice("outcome", _("Result"), [("waiting", Outcome.WAITING.label), *Outcome.choices[1:]],
               lambda rows, v: [r for r in rows if (r.outcome or "waiting") == v]),
    ]  # fmt: skip
    search_fields = ["listing.product.name", "listing.product.owner.name", "listing.address"]
    search_hint = _("Find a product, an owner or an address")
    order = "order"
    size = 50

    @property
    def title(self):
        return gettext("Checking again: %(unit)s") % {"unit": self.context["unit"]}


@allow("registers.verify")
def one_round(request, pk):
    """The listings of a round with their answers, and what these say of all."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    rows = list(
        found.items.select_related(
            "listing__product__owner", "listing__floor", "checked_by__person"
        )
    )
    _tell_where(rows, request.scope.today)
    right = sum(row.outcome == Outcome.RIGHT for row in rows)
    checked = sum(bool(row.outcome) for row in rows)
    unit = unit_names({found.place_id}, request.scope.today)[found.place_id][0]
    context = {"round": found, "unit": unit, "tab": "rounds", "many": len(rows)}
    context |= {"checked": checked, "share": sampling.share(right, checked)}
    return ItemList(request, rows, context=context).response()


def _tell_where(rows: list[RoundItem], day) -> None:
    named = unit_names({row.listing.product.place_id for row in rows}, day)
    for row in rows:
        row.hamlet, row.commune = named.get(row.listing.product.place_id, ("", ""))


@require_POST
@allow("registers.verify")
def check(request, pk):
    """What was found at one address: the button says which, the note beside it comes along."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    outcome, _dash, number = request.POST.get("answer", "").partition("-")
    item = get_object_or_404(found.items, pk=number if number.isdecimal() else None)
    note = request.POST.get(f"note-{item.pk}", "")
    try:
        actions.check_item(item=item, outcome=outcome, note=note, by=request.user)
    except ValidationError as refused:
        messages.error(request, f"{item.listing}: {' '.join(refused.messages)}")
    else:
        messages.success(request, gettext("Recorded: %(what)s") % {"what": item.listing})
    kept = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{reverse('registers:round', args=[pk])}{kept}#check-{item.pk}")


@require_POST
@allow("registers.verify")
def drop_round(request, pk):
    """Takes a round back that nobody has begun."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    try:
        actions.drop_round(drawn=found, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("registers:round", pk)
    say_done(request, gettext("The round was taken back."))
    return redirect("registers:rounds")
