"""Products: what they are, whose, what they were recognised as, where they are sold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.forms import CheckedFileField
from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin
from cncd.foundation.kit.text import fold
from cncd.work.registers import alike
from cncd.work.registers.forms.fields import AddressField, RankField, floors, hamlet_field
from cncd.work.registers.forms.owner_field import OwnerInput, find_owner
from cncd.work.registers.forms.steps import VersionMixin
from cncd.work.registers.models import Owner, Product, ProductGroup


class ProductFields(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Product.Kind.choices)
    name = NFCCharField(label=_("Product"), max_length=160)
    owner_name = NFCCharField(
        label=_("Name of the owner"),
        max_length=160,
        widget=OwnerInput,
        help_text=_("The name of the cooperative, enterprise or household that makes it."),
    )
    owner_kind = forms.ChoiceField(
        label=_("Kind of owner"),
        required=False,
        choices=[("", _("It is in the register already")), *Owner.Kind.choices],
        help_text=_("Choose it only for an owner that is not in the register yet."),
    )
    group = forms.ModelChoiceField(
        ProductGroup.objects.all(),
        label=_("Product group"),
        required=False,
        empty_label=_("Not known yet"),
        help_text=_("One of the six groups of the OCOP programme."),
    )
    since_on = DayField(
        label=_("Made since"),
        past=True,
        required=False,
        help_text=_("Leave it empty when it was made before this register began."),
    )
    note = NFCCharField(label=_("Note"), max_length=200, required=False)
    field_order = ["kind", "name", "place", "owner_name", "owner_kind", "group"]

    def __init__(self, *args, user, within=None, day, owner=None, **options):
        self.user, self.day, self.owner = user, day, owner
        super().__init__(*args, **options)
        self.fields["place"] = hamlet_field(user, within, day)
        self.fields["group"].queryset = ProductGroup.objects.on(day)
        if owner is not None:
            del self.fields["owner_name"], self.fields["owner_kind"]
        self.order_fields(self.field_order)

    def clean(self):
        said = super().clean()
        if self.owner is None and said.get("owner_name") and said.get("place"):
            self.owner = find_owner(self, said)
        return said

    def fields_of(self) -> dict:
        """What the actions ask, but the owner."""
        names = ("kind", "name", "place", "group", "since_on", "note")
        return {name: self.cleaned_data[name] for name in names}


class RecogniseFields(forms.Form):
    rank = RankField()
    number = NFCCharField(label=_("Decision number"), max_length=60)
    decided_on = DayField(label=_("Decision date"), past=True)
    last_day = DayField(
        label=_("Holds until the end of"),
        required=False,
        help_text=_("Leave it empty: it then holds as long as the setting says."),
    )
    file = CheckedFileField(label=_("Scan of the decision"), required=False, allow=("pdf", "image"))


class RecogniseForm(RecogniseFields):
    pass


class ProductForm(OnceMixin, ProductFields):
    """A product from its papers: with its recognition and its first floor, if it has them."""

    rank = RankField(required=False, label=_("OCOP rank"))
    number = NFCCharField(label=_("Decision number"), max_length=60, required=False)
    decided_on = DayField(label=_("Decision date"), past=True, required=False)
    floor = forms.ModelChoiceField(None)
    address = AddressField(required=False, help_text=_("At which a buyer finds the product."))
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["floor"] = floors(self.day)
        self.fields["floor"].required = False
        self.fields["floor"].empty_label = _("On no floor yet")
        self.order_fields([*self.field_order, "since_on", "note"])

    def clean(self):
        said = super().clean()
        needed = _("An OCOP product has this too; take it from the decision.")
        if said.get("rank") or said.get("number") or said.get("decided_on"):
            self._ask(said, needed, "rank", "number", "decided_on")
            if said.get("kind") != Product.Kind.OCOP:
                self.add_error("kind", _("Only an OCOP product has stars."))
        if said.get("floor") or said.get("address"):
            self._ask(said, _("Give both the floor and the address."), "floor", "address")
        return said

    def _ask(self, said: dict, message, *names: str) -> None:
        for name in names:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, message)

    def likely_ones(self) -> list:
        """What stands already and may be this product."""
        said = self.cleaned_data
        owner = self.owner.name if self.owner else said["owner_name"]
        return alike.likely_products(name=said["name"], owner_name=owner, place=said["place"])

    @property
    def parts(self) -> list:
        """[(heading, bound fields)], as the page groups them."""
        known = [name for name in ("owner_name", "owner_kind") if name in self.fields]
        return [
            (_("Product"), self._bound("kind", "name", "place", "group", "since_on", "note")),
            (_("Owner"), self._bound(*known)),
            (_("OCOP recognition"), self._bound("rank", "number", "decided_on")),
            (_("Where it is sold"), self._bound("floor", "address")),
        ]

    def _bound(self, *names: str) -> list:
        return [self[name] for name in names]


class ProductEditForm(VersionMixin, ProductFields):
    """A product opened for change; the owner's name left as it is means the same owner."""

    def clean(self):
        if fold(self.cleaned_data.get("owner_name", "")) == fold(self.product.owner.name):
            self.owner = self.product.owner
        return super().clean()

    @classmethod
    def of(cls, product: Product, data=None, **options):
        initial = {name: getattr(product, name) for name in ("kind", "name", "note", "since_on")}
        initial |= {"place": product.place, "group": product.group, "version": product.version}
        initial["owner_name"] = product.owner.name
        form = cls(data, initial=initial, **options)
        form.product = product
        return form
