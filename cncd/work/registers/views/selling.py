"""Storefronts and listings: their pages, and the steps of a listing's life."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.registers import actions, entering
from cncd.work.registers.forms import DayForm, ListForm, PlanForm, ShopEditForm, ShopForm, StepForm
from cncd.work.registers.models import Listing, Owner, Product, Shop
from cncd.work.registers.pages import listing_page, shop_page
from cncd.work.registers.views.doing import step
from cncd.work.registers.views.scope import changeable, may, one

LISTINGS = Listing.objects.select_related("product__owner", "floor", "shop")
SHOPS = Shop.objects.select_related("owner", "floor", "helped_by")

# -- listings ----------------------------------------------------------------------------------


@allow("registers.view")
def listing(request, pk):
    """A product on a floor: its address, its life, who checked it."""
    found = one(request, LISTINGS.all(), pk)
    context = {
        "page": listing_page(found, request.scope.today),
        "may_enter": may(request, found),
        "may_verify": may(request, found, "registers.verify"),
    }
    return render(request, "registers/listing.html", context)


@allow("registers.enter")
def list_product(request, pk, floor=None):
    """Where a product is sold; with a floor, one that is planned, broken or was taken off."""
    product = changeable(request, Product.objects.standing().select_related("owner"), pk)
    known = LISTINGS.filter(product=product, floor=floor, withdrawn_at=None).first()
    if floor and known is None:
        raise Http404
    form = ListForm.of(product, known, request.POST or None, day=request.scope.today)
    return step(
        request,
        form,
        lambda said: actions.list_product(product=product, by=request.user, **form.fixed, **said),
        title=_("Put %(name)s on a floor") % {"name": product},
        question=known and str(known.floor),
        back=reverse("registers:product", args=[pk]),
        said=_("Recorded. An officer opens the address and checks it."),
    )


@allow("registers.enter")
def plan(request, pk):
    """A product that is to go on a floor."""
    product = changeable(request, Product.objects.standing(), pk)
    form = PlanForm(request.POST or None, product=product, day=request.scope.today)
    return step(
        request,
        form,
        lambda said: actions.plan_listing(product=product, floor=said["floor"], by=request.user),
        title=_("Plan a floor for %(name)s") % {"name": product},
        back=reverse("registers:product", args=[pk]),
        said=_("Recorded: it is to be listed there."),
    )


def _step_of(request, found, run, **page):
    form = StepForm(request.POST or None, initial={"version": found.version})
    return step(
        request,
        form,
        lambda said: run(listing=found, by=request.user, **said),
        question=str(found),
        address=found.address,
        back=reverse("registers:listing", args=[found.pk]),
        **page,
    )


@allow("registers.verify")
def verify(request, pk):
    """An officer opened the address and found the product."""
    found = changeable(request, LISTINGS.standing(), pk, "registers.verify")
    return _step_of(
        request,
        found,
        actions.verify_listing,
        title=_("Checked: the product is there"),
        consequences=[_("Open the address first: the right product, of the right owner.")],
        said=_("Checked. Thank you."),
        submit=_("It is there"),
    )


@allow("registers.view")
def broken(request, pk):
    """The address does not open, or shows something else."""
    found = one(request, LISTINGS.standing(), pk)
    if not (may(request, found) or may(request, found, "registers.verify")):
        raise Http404
    return _step_of(
        request,
        found,
        actions.report_broken,
        title=_("The address does not open"),
        said=_("Recorded: the address does not open. Correct it when the right one is known."),
        submit=_("It does not open"),
    )


@allow("registers.enter")
def take_off(request, pk):
    """The product is no longer on that floor."""
    found = changeable(request, LISTINGS.standing(), pk)
    return _step_of(
        request,
        found,
        actions.take_off,
        title=_("Taken off the floor"),
        consequences=[_("It may be put on the floor again later.")],
        said=_("Recorded: it is no longer on this floor."),
        submit=_("It is no longer there"),
    )


# -- storefronts -------------------------------------------------------------------------------


@allow("registers.view")
def shop(request, pk):
    """A storefront: whose, on which floor, since when, what is sold there."""
    found = one(request, SHOPS.all(), pk)
    if found.merged_into_id:
        return redirect("registers:merged", "shop", pk)
    page = shop_page(found, request.scope.today)
    context = {"page": page, "may_enter": may(request, found)}
    return render(request, "registers/shop.html", context)


@allow("registers.enter")
def open_shop(request, pk):
    """A storefront of an owner."""
    owner = changeable(request, Owner.objects.standing(), pk)
    form = ShopForm(request.POST or None, day=request.scope.today)
    back = reverse("registers:owner", args=[pk])
    if request.method == "POST" and form.is_valid() and not entering.may_be_again(form):
        run = lambda: actions.open_shop(owner=owner, by=request.user, **form.fields_of())  # noqa: E731
        if entering.added(form, "shop", run, by=request.user):
            say_done(request, _("The storefront is in the register."))
            return redirect(back)
    context = {"form": form, "title": _("Storefront of %(name)s") % {"name": owner}, "back": back}
    return render(request, "registers/form.html", context)


@allow("registers.enter")
def edit_shop(request, pk):
    """The storefront opened for change."""
    found = changeable(request, SHOPS.standing(), pk)
    form = ShopEditForm.of(found, request.POST or None, day=request.scope.today)
    back = reverse("registers:shop", args=[pk])
    if request.method == "POST" and form.is_valid():
        said = form.fields_of() | {"version": form.cleaned_data["version"]}
        run = lambda: actions.change_shop(shop=found, by=request.user, **said)  # noqa: E731
        if entering.done(form, run):
            say_done(request, _("The change is saved; the earlier version stays readable."))
            return redirect(back)
    context = {"form": form, "title": _("Put right: %(name)s") % {"name": found}, "back": back}
    return render(request, "registers/form.html", context)


@allow("registers.enter")
def close_shop(request, pk):
    """From a day on it is closed."""
    found = changeable(request, SHOPS.standing(), pk)
    return step(
        request,
        DayForm(request.POST or None),
        lambda said: actions.close_shop(shop=found, by=request.user, **said),
        title=_("Close the storefront %(name)s") % {"name": found},
        back=reverse("registers:shop", args=[pk]),
        said=_("Recorded: the storefront is closed."),
        undo=reverse("registers:shop_again", args=[pk]),
        submit=_("Save"),
    )


@require_POST
@allow("registers.enter")
def reopen_shop(request, pk):
    """It is open again: the undo of `close_shop`."""
    found = changeable(request, SHOPS.standing(), pk)
    actions.change_shop(shop=found, closed_on=None, by=request.user)
    say_done(request, _("Recorded: the storefront is open."))
    return redirect("registers:shop", pk)
