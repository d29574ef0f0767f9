"""One owner: its page, entering, putting right, the contact, how it is paid, what it signed."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.text import fold
from cncd.foundation.people.access import allow
from cncd.work.registers import actions, entering
from cncd.work.registers.entering import until
from cncd.work.registers.forms import (
    CommitmentForm,
    ConsentForm,
    DayForm,
    OwnerEditForm,
    OwnerForm,
    PaymentForm,
    ReasonForm,
)
from cncd.work.registers.models import Owner
from cncd.work.registers.pages import owner_page
from cncd.work.registers.views.doing import step
from cncd.work.registers.views.scope import changeable, in_sight, may, one

OFFERED = 12
OWNERS = Owner.objects.select_related("household", "place", "consent_by__person")


@allow("registers.view")
def owner(request, pk):
    """Who it is, what it makes, where it sells, how it is paid, what it signed for."""
    found = one(request, OWNERS.all(), pk)
    if found.merged_into_id:
        return redirect("registers:merged", "owner", pk)
    return _page(request, found, may_call=may(request, found, "registers.contact"))


@require_POST
@allow("registers.contact")
def contact(request, pk):
    """Shows the contact; the journal keeps who looked."""
    found = changeable(request, OWNERS.standing(), pk, "registers.contact")
    actions.show_contact(owner=found, by=request.user)
    return _page(request, found, may_call=True, is_shown=True)


def _page(request, found: Owner, **more):
    shown = {"page": owner_page(found, request.scope.today), "may_enter": may(request, found)}
    return render(request, "registers/owner.html", shown | more)


@allow("registers.enter")
def new(request):
    """An owner without a product yet."""
    scope = request.scope
    form = OwnerForm(request.POST or None, user=request.user, within=scope.place, day=scope.today)
    if request.method == "POST" and form.is_valid() and not entering.may_be_again(form):
        run = lambda: actions.add_owner(by=request.user, **form.fields_of())  # noqa: E731
        if pk := entering.added(form, "owner", run, by=request.user):
            say_done(request, _("The owner is in the register."))
            return redirect("registers:owner", pk)
    context = {"form": form, "title": _("New owner"), "back": reverse("registers:owners")}
    return render(request, "registers/form.html", context)


@allow("registers.enter")
def edit(request, pk):
    """The owner opened for change."""
    found = changeable(request, OWNERS.standing(), pk)
    form = OwnerEditForm.of(found, request.POST or None, user=request.user, day=request.scope.today)
    if request.method == "POST" and form.is_valid():
        said = form.fields_of() | {"version": form.cleaned_data["version"]}
        run = lambda: actions.change_owner(owner=found, by=request.user, **said)  # noqa: E731
        if entering.done(form, run):
            say_done(request, _("The change is saved; the earlier version stays readable."))
            return redirect("registers:owner", pk)
    context = {"form": form, "title": _("Put right: %(name)s") % {"name": found}}
    return render(request, "registers/form.html", context | {"back": address(found)})


@allow("registers.enter")
def consent(request, pk):
    """A contact, with the consent to keep it."""
    found = changeable(request, OWNERS.standing(), pk)
    return step(
        request,
        ConsentForm(request.POST or None),  # what is kept is shown elsewhere, to fewer people
        lambda said: actions.record_consent(
            owner=found, how=said.pop("consent_how"), by=request.user, **said
        ),
        title=_("Contact of %(name)s") % {"name": found},
        question=_("Tell them first who will see it, what for, and that they may take it back."),
        consequences=[
            _("Seen by the team's leaders, the commune and those who help to sell."),
            _("When they take it back, name and phone are erased at once."),
        ],
        back=address(found),
        said=_("The contact is kept, with their consent."),
        submit=_("They agreed: keep it"),
    )


@allow("registers.enter")
def forget_contact(request, pk):
    """Consent is withdrawn: the contact is erased."""
    found = changeable(request, OWNERS.all(), pk)
    return step(
        request,
        ReasonForm(request.POST or None, initial={"reason": _("They took it back.")}),
        lambda said: actions.withdraw_consent(owner=found, reason=said["reason"], by=request.user),
        title=_("Erase the contact of %(name)s") % {"name": found},
        question=_("Name and phone are erased at once, in the journal too. This cannot be undone."),
        back=address(found),
        said=_("The contact is erased."),
        submit=_("Erase it"),
        danger=True,
    )


@allow("registers.enter")
def payment(request, pk):
    """How the owner can be paid; never a number."""
    found = changeable(request, OWNERS.standing(), pk)
    form = PaymentForm(request.POST or None, day=request.scope.today)
    return step(
        request,
        form,
        lambda _said: actions.record_payment(owner=found, by=request.user, **form.fields_of()),
        title=_("How %(name)s can be paid") % {"name": found},
        question=_(
            "Only which bank, wallet or mobile money. Never write the number of an account."
        ),
        back=address(found),
        said=_("Recorded."),
    )


@allow("registers.enter")
def end_payment(request, pk, account):
    """From a day on no longer paid so."""
    found = changeable(request, OWNERS.standing(), pk)
    row = get_object_or_404(found.accounts.standing(), pk=account)
    return step(
        request,
        DayForm(request.POST or None),
        lambda said: actions.end_payment(account=row, on=said["on"], by=request.user),
        title=_("No longer paid through %(what)s")
        % {"what": row.provider or row.get_kind_display()},
        back=address(found),
        said=_("Recorded."),
    )


@allow("registers.enter")
def commitment(request, pk):
    """What the owner signed for the quality of what is sold (II.2.3)."""
    found = changeable(request, OWNERS.standing(), pk)
    form = CommitmentForm(request.POST or None, request.FILES or None)
    return step(
        request,
        form,
        lambda said: actions.sign_commitment(
            owner=found,
            signed_on=said["signed_on"],
            until_on=until(said["last_day"]),
            note=said["note"],
            file=entering.stored(said["file"], request.user),
            by=request.user,
        ),
        title=_("Quality commitment of %(name)s") % {"name": found},
        back=address(found),
        said=_("Recorded."),
    )


@allow("registers.enter")
def end_commitment(request, pk, commitment):
    """From a day on it no longer holds."""
    found = changeable(request, OWNERS.standing(), pk)
    row = get_object_or_404(found.commitments.standing(), pk=commitment)
    return step(
        request,
        DayForm(request.POST or None),
        lambda said: actions.end_commitment(commitment=row, on=said["on"], by=request.user),
        title=_("The commitment of %(day)s no longer holds") % {"day": f"{row.signed_on:%d/%m/%Y}"},
        back=address(found),
        said=_("Recorded."),
    )


@allow("registers.enter")
def choose(request):
    """Names of owners in sight, while one is typed."""
    text = fold(request.GET.get("owner_name", ""))[:100]
    rows = in_sight(request, Owner.objects.standing()).filter(search_key__contains=text)
    found = rows.order_by("sort_key").values_list("name", flat=True).distinct()
    context = {"offered": found[:OFFERED] if len(text) > 1 else []}
    return render(request, "places/suggestions.html", context)


def address(found: Owner) -> str:
    return reverse("registers:owner", args=[found.pk])
