"""One product: its page, entering it from its papers, putting it right, recognising, ending."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.registers import actions, entering
from cncd.work.registers.forms import (
    DayForm,
    ProductEditForm,
    ProductForm,
    ReasonForm,
    RecogniseForm,
)
from cncd.work.registers.models import Owner, Product
from cncd.work.registers.pages import product_page
from cncd.work.registers.views.doing import step
from cncd.work.registers.views.scope import changeable, may, one

PRODUCTS = Product.objects.select_related("owner", "group", "place", "recorded_by__person")


@allow("registers.view")
def product(request, pk):
    """What it is, what it was recognised as, where it is sold and since when, who wrote it down."""
    found = one(request, PRODUCTS.all(), pk)
    if found.merged_into_id:
        return redirect("registers:merged", "product", pk)
    context = {
        "page": product_page(found, request.scope.today),
        "may_enter": may(request, found),
        "may_verify": may(request, found, "registers.verify"),
    }
    return render(request, "registers/product.html", context)


@allow("registers.enter")
def new(request):
    """A product from its papers: with owner, recognition and first floor at once."""
    asked = request.GET.get("owner")
    owner = changeable(request, Owner.objects.standing(), asked) if asked else None
    scope = request.scope
    initial = {"place": owner.place, "kind": Product.Kind.OCOP} if owner else None
    form = ProductForm(
        request.POST or None, user=request.user, within=scope.place, day=scope.today, owner=owner,
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and not entering.may_be_again(form):
        run = lambda: entering.enter_product(form, by=request.user)  # noqa: E731
        if pk := entering.added(form, "product", run, by=request.user):
            say_done(request, _("The product is in the register."))
            return redirect("registers:product", pk)
    return render(request, "registers/product_form.html", {"form": form, "owner": owner})


@allow("registers.enter")
def edit(request, pk):
    """The product opened for change; somebody else's change meanwhile is shown, not lost."""
    found = changeable(request, Product.objects.standing().select_related("owner", "place"), pk)
    page = {"user": request.user, "day": request.scope.today}
    form = ProductEditForm.of(found, request.POST or None, **page)
    if request.method == "POST" and form.is_valid():
        run = lambda: entering.change_product(form, found, by=request.user)  # noqa: E731
        if entering.done(form, run, refused={"owner": "owner_name"}):
            say_done(request, _("The change is saved; the earlier version stays readable."))
            return redirect("registers:product", pk)
    context = {"form": form, "title": _("Put right: %(name)s") % {"name": found}}
    return render(request, "registers/form.html", context | {"back": address(found)})


@allow("registers.enter")
def recognise(request, pk):
    """Stars by a decision; the recognition before it ends."""
    found = changeable(request, Product.objects.standing(), pk)
    form = RecogniseForm(request.POST or None, request.FILES or None)
    return step(
        request,
        form,
        lambda _said: entering.recognise(form, found, by=request.user),
        title=_("Recognise %(name)s") % {"name": found},
        back=address(found),
        said=_("The recognition is recorded."),
        submit=_("Save the recognition"),
    )


@allow("registers.enter")
def drop_recognition(request, pk, recognition):
    """Takes out a recognition written down by mistake."""
    found = changeable(request, Product.objects.standing(), pk)
    row = get_object_or_404(found.recognitions, pk=recognition)
    return step(
        request,
        ReasonForm(request.POST or None),
        lambda said: actions.drop_recognition(
            recognition=row, reason=said["reason"], by=request.user
        ),
        title=_("Take out decision %(number)s") % {"number": row.number},
        question=_(
            "The recognition was written down by mistake, and is taken out of the register?"
        ),
        back=address(found),
        said=_("The recognition was taken out; the versions of the product keep it."),
        submit=_("Take it out"),
        danger=True,
    )


@allow("registers.enter")
def end(request, pk):
    """From a day on it is no longer made."""
    found = changeable(request, Product.objects.standing(), pk)
    return step(
        request,
        DayForm(request.POST or None),
        lambda said: actions.end_product(product=found, by=request.user, **said),
        title=_("No longer made: %(name)s") % {"name": found},
        consequences=[
            _("From that day on it counts in no figure and in no list of what is still made."),
            _("Its recognitions and listings stay readable; it can be made again."),
        ],
        back=address(found),
        said=_("Recorded: the product is no longer made."),
        undo=reverse("registers:product_again", args=[pk]),
        submit=_("Save"),
    )


@require_POST
@allow("registers.enter")
def again(request, pk):
    """It is made again: the undo of `end`."""
    found = changeable(request, Product.objects.standing(), pk)
    actions.change_product(product=found, ended_on=None, by=request.user)
    say_done(request, _("Recorded: the product is made."))
    return redirect(address(found))


def address(found: Product) -> str:
    return reverse("registers:product", args=[found.pk])
