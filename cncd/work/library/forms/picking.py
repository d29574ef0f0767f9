"""Choosing texts of the library in another room's form."""

from django import forms

from cncd.work.library.models import Item


class ItemsField(forms.ModelMultipleChoiceField):
    """Published texts that the person sees: boxes to tick, in Vietnamese order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, user=None, **options):
        super().__init__(queryset=Item.objects.none(), **options)
        if user is not None:
            self.offer(user)

    def offer(self, user, **narrowed) -> None:
        """Sets which may be chosen; `narrowed` are filters of Item."""
        rows = Item.objects.published().visible_to(user).filter(**narrowed)
        self.queryset = rows.order_by("sort_key", "pk")
