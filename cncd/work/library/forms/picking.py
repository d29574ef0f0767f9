"""Choosing texts of the library in another room's form."""

from django import forms

from cncd.work.library.models import Item
from cncd.work.library.rules.asking import asked
from cncd.work.library.search import find

MOST = 30  # offered beside those that are chosen


class ItemsField(forms.ModelMultipleChoiceField):
    """Texts to tick: those chosen already, then what a search finds best, else the newest."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        super().__init__(queryset=Item.objects.none(), **options)

    def offer(self, user, *, chosen=(), text: str = "", **narrowed) -> None:
        """Sets which may be ticked: published, seen by the person; `narrowed` are filters of Item.

        What is chosen stays so, even if the person does not see it.
        """
        rows = Item.objects.published().visible_to(user).filter(**narrowed)
        newest = rows.order_by("-published_at", "pk")
        found = find(rows, asked(text)).ids if text else newest.values_list("pk", flat=True)[:MOST]
        ids = dict.fromkeys([*(item.pk for item in chosen), *found[:MOST]])
        self.queryset = Item.objects.filter(pk__in=ids)
        named = self.queryset.in_bulk()
        self.choices = [(pk, named[pk].title) for pk in ids if pk in named]
