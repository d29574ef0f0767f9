"""Storefronts of an owner."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, today
from cncd.work.registers import alike
from cncd.work.registers.forms.fields import AddressField, floors, helpers
from cncd.work.registers.forms.steps import VersionMixin
from cncd.work.registers.models import Shop


class ShopFields(forms.Form):
    name = NFCCharField(
        label=_("Storefront name"),
        max_length=160,
        required=False,
        help_text=_("As buyers see it on the floor."),
    )
    address = AddressField(required=False, help_text=_("Open the storefront and copy its link."))
    opened_on = DayField(label=_("Opened on"), past=True, initial=today)

    def __init__(self, *args, day, **options):
        super().__init__(*args, **options)
        self.fields["helped_by"] = helpers(day)

    def fields_of(self) -> dict:
        return {
            name: self.cleaned_data[name] for name in ("name", "address", "opened_on", "helped_by")
        }


class ShopForm(OnceMixin, ShopFields):
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, day, **options):
        super().__init__(*args, day=day, **options)
        self.fields["floor"] = floors(day)
        self.order_fields(["floor"])

    def likely_ones(self) -> list:
        """What stands already and may be this storefront."""
        return alike.likely_shops(address=self.cleaned_data["address"])

    def fields_of(self) -> dict:
        return super().fields_of() | {"floor": self.cleaned_data["floor"]}


class ShopEditForm(VersionMixin, ShopFields):
    @classmethod
    def of(cls, shop: Shop, data=None, **options):
        names = ("name", "address", "opened_on", "helped_by", "version")
        return cls(data, initial={name: getattr(shop, name) for name in names}, **options)
