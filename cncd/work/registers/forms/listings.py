"""Putting a product on a floor, and the steps of its life there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, today
from cncd.work.registers.forms.fields import AddressField, floors, helpers
from cncd.work.registers.models import Listing, Product, Shop


class ListForm(forms.Form):
    address = AddressField(help_text=_("Open the product on the floor and copy its link."))
    on = DayField(label=_("Sold there since"), past=True, initial=today)
    shop = forms.ModelChoiceField(
        Shop.objects.none(), label=_("Storefront"), required=False, empty_label=_("No storefront")
    )

    @classmethod
    def of(cls, product: Product, known: Listing | None, data=None, *, day):
        """The form for any floor, or for the one where it is known to be, to be or to have been."""
        if known is None:
            return cls(data, product=product, day=day)
        initial = {"address": known.address, "shop": known.shop, "helped_by": known.helped_by}
        return cls(data, product=product, day=day, floor=known.floor, initial=initial)

    def __init__(self, *args, product: Product, day, floor=None, **options):
        self.fixed = {} if floor is None else {"floor": floor}
        super().__init__(*args, **options)
        shops = Shop.objects.open_on(day).filter(owner=product.owner_id).select_related("floor")
        if floor is None:
            self.fields["floor"] = floors(day)
            self.order_fields(["floor"])
        else:
            shops = shops.filter(floor=floor)
        self.fields["shop"].queryset = shops
        if not shops:
            del self.fields["shop"]
        self.fields["helped_by"] = helpers(day)


class PlanForm(forms.Form):
    def __init__(self, *args, product: Product, day, **options):
        super().__init__(*args, **options)
        self.fields["floor"] = floors(day)


class StepForm(forms.Form):
    """A step in the life of a listing: on what day, and a note."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = DayField(label=_("On which day"), past=True, initial=today)
    note = NFCCharField(label=_("Note"), max_length=200, required=False)
