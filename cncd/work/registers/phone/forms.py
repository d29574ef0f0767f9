"""The forms of the phone: what a volunteer of 62 can answer, one question at a time."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField, PhoneField
from cncd.work.households.models import Household
from cncd.work.registers.models import Owner, Product
from cncd.work.registers.phone.choices import BANK
from cncd.work.registers.phone.entry import (
    Entry,
    Step,
    address_field,
    day_field,
    floor_field,
    owner_field,
)
from cncd.work.registers.phone.fields import RecordField
from cncd.work.registers.phone.things import broken_things, ending_things, thing_named

NEW, OTHER = "new", "other"
ENDED, MISTAKE = "ended", "mistake"


class OwnerField(RecordField):
    free = frozenset({NEW})


class ProductForm(Entry):
    what, title = "product", _("New product")
    of_new = frozenset({"owner_name", "owner_kind", "household"})
    STEPS = (
        Step(_("Which product is it?"), ("name", "kind")),
        Step(_("Who makes it?"), ("owner", "owner_name", "owner_kind", "household")),
        Step(_("In which hamlet?"), ("place",)),
    )

    name = NFCCharField(label=_("Name of the product"), max_length=160)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Product.Kind.choices, widget=forms.RadioSelect
    )
    owner = OwnerField(Owner, label=_("Owner"), ask=_("Choose the owner"))
    owner_name = NFCCharField(
        label=_("Name of the new owner"),
        max_length=160,
        required=False,
        help_text=_("As on its papers or sign. No identity number, no account number."),
    )
    owner_kind = forms.ChoiceField(
        label=_("Kind of owner"),
        choices=Owner.Kind.choices,
        initial=Owner.Kind.HOUSEHOLD,
        widget=forms.RadioSelect,
        required=False,
    )
    household = forms.CharField(
        label=_("Household code"),
        max_length=20,
        required=False,
        help_text=_("From the hamlet's list. Leave it empty when you do not know it."),
    )
    place = forms.TypedChoiceField(label=_("Hamlet"), coerce=int)
    same = forms.CharField(required=False, widget=forms.HiddenInput)
    same_owner = forms.CharField(required=False, widget=forms.HiddenInput)

    def offer(self):
        super().offer()
        for name in ("kind", "owner_kind"):
            rows = self.fields[name].choices
            self.fields[name].choices = [(value, capfirst(label)) for value, label in rows]
        new = (NEW, _("A new owner"))
        self.fields["owner"].offer(self.choices.owners, self.sender, new)
        hamlets = self.choices.hamlets
        if len(hamlets) == 1:
            del self.fields["place"]
        else:
            self.fields["place"].choices = [("", _("Choose the hamlet")), *hamlets.items()]

    @property
    def place_id(self) -> int | None:
        """Of the hamlet chosen, or of the only one there is."""
        return self.cleaned_data.get("place") or next(iter(self.choices.hamlets), None)

    def clean(self):
        said = super().clean()
        if said.get("owner") == NEW:
            if not said.get("owner_name") and "owner_name" not in self.errors:
                self.add_error("owner_name", _("Write who makes it."))
            self._find_household(said)
        if not self.choices.hamlets:
            self.add_error(None, _("Your team covers no hamlet yet. Ask the commune officer."))
        return said

    def _find_household(self, said: dict) -> None:
        said["owner_kind"] = said.get("owner_kind") or Owner.Kind.HOUSEHOLD.value
        if code := (said.get("household") or "").strip():
            rows = Household.objects.on(self.choices.day).filter(place=self.place_id)
            said["household"] = rows.filter(code__iexact=code).first()
            if said["household"] is None:
                wrong = _("The hamlet's list has no code %(code)s. Check it, or leave it empty.")
                self.add_error("household", wrong % {"code": code})
        else:
            said["household"] = None


class ListingForm(Entry):
    what, title = "listing", _("Put a product on a floor")
    STEPS = (
        Step(_("Which product?"), ("product",)),
        Step(_("On which floor is it sold?"), ("floor",)),
        Step(_("At which address does a buyer find it?"), ("address", "on")),
    )

    product = RecordField(Product, label=_("Product"), ask=_("Choose the product"))
    floor = floor_field()
    address = address_field()
    on = day_field(_("Sold there since"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def offer(self):
        super().offer()
        self.fields["product"].offer(self.choices.products, self.sender)


class ShopForm(Entry):
    what, title = "shop", _("New storefront")
    STEPS = (
        Step(_("Whose storefront?"), ("owner",)),
        Step(_("On which floor?"), ("floor", "name")),
        Step(_("At which address?"), ("address", "on")),
    )

    owner = owner_field()
    floor = floor_field()
    name = NFCCharField(label=_("Name of the storefront"), max_length=160, required=False)
    address = address_field(required=False)
    on = day_field(_("Opened on"))


class PaymentForm(Entry):
    what, title = "payment", _("Takes electronic payment")
    intro = _("Only which bank, wallet or mobile money. Never write the number of an account.")
    STEPS = (
        Step(_("Who takes the payment?"), ("owner",)),
        Step(_("Through whom?"), ("provider", "on")),
    )

    owner = owner_field()
    provider = forms.ChoiceField(label=_("Paid through"))
    on = day_field(_("Since"))

    def offer(self):
        super().offer()
        rows = [(row.code, row.name) for row in self.choices.providers]
        first = [("", _("Choose")), (BANK, _("Bank account"))]
        self.fields["provider"].choices = [*first, *rows]

    def clean_provider(self):
        """A row of the catalogue; None is a bank."""
        code = self.cleaned_data["provider"]
        return next((row for row in self.choices.providers if row.code == code), None)


class CommitmentForm(Entry):
    what, title = "commitment", _("Quality commitment signed")
    STEPS = (
        Step(_("Who signed?"), ("owner",)),
        Step(_("When?"), ("on", "note")),
    )

    owner = owner_field()
    on = day_field(_("Signed on"))
    note = NFCCharField(label=_("Note"), max_length=200, required=False)


class ConsentForm(Entry):
    what, title = "consent", _("Contact of an owner")
    is_draft = False  # of a person's phone nothing is kept but what waits to be sent
    intro = _(
        "Say to them first: the commune and those who help to sell will see this name and phone, "
        "for selling only; they may take it back at any time. Write it down only when they agree."
    )
    HOW = {"said": _("Said so"), "signed": _("Signed a paper"), "wrote": _("Wrote a message")}
    STEPS = (
        Step(_("Whose contact?"), ("owner",)),
        Step(_("Whom to call?"), ("contact_name", "contact_phone")),
        Step(_("How did they agree?"), ("how", "on")),
    )

    owner = owner_field()
    contact_name = NFCCharField(label=_("Contact person"), max_length=120, required=False)
    contact_phone = PhoneField(label=_("Phone"))
    how = forms.ChoiceField(label=_("How"), choices=HOW.items(), widget=forms.RadioSelect)
    on = day_field(_("Agreed on"))
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ThingForm(Entry):
    """Of something that stands already: `thing` says what, which, and as which version seen."""

    thing = forms.CharField(label=_("Which one"), widget=forms.Select)
    things = staticmethod(ending_things)
    ask_thing = _("Choose")

    def offer(self):
        super().offer()
        self.fields["thing"].widget.choices = [("", self.ask_thing), *self.things(self.choices)]

    def clean_thing(self):
        return thing_named(self.cleaned_data["thing"], self.sender)


class CloseForm(ThingForm):
    what, title = "close", _("No longer so")
    STEPS = (
        Step(_("What has ended?"), ("thing",)),
        Step(_("Why?"), ("why", "on", "reason")),
    )

    why = forms.ChoiceField(
        label=_("Why"),
        choices=[(ENDED, _("It has ended")), (MISTAKE, _("It was written down by mistake"))],
        initial=ENDED,
        widget=forms.RadioSelect,
    )
    on = day_field(_("From which day"))
    reason = NFCCharField(label=_("In a few words"), max_length=200, required=False)


class BrokenForm(ThingForm):
    what, title = "broken", _("An address that does not open")
    things = staticmethod(broken_things)
    STEPS = (
        Step(_("Which one does not open?"), ("thing",)),
        Step(_("What do you see?"), ("note",)),
    )

    note = NFCCharField(
        label=_("What is seen instead"),
        max_length=200,
        required=False,
        help_text=_("For example: page not found, another product, sold out."),
    )


FORMS = {
    form.what: form
    for form in (
        ProductForm,
        ListingForm,
        ShopForm,
        PaymentForm,
        CommitmentForm,
        ConsentForm,
        CloseForm,
        BrokenForm,
    )
}
