"""Choosing a place, a person, a last day."""

import datetime as dt
from collections import defaultdict

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Place

BLANK = _("– choose –")


class PlaceField(forms.ModelChoiceField):
    """One of some places, listed under the unit they belong to, in Vietnamese order."""

    def __init__(self, queryset=None, *, day=None, **options):
        super().__init__(queryset=Place.objects.none(), **options)
        if queryset is not None:
            self.offer(queryset, day)

    def offer(self, queryset, day: dt.date) -> None:
        """Sets which places may be chosen, by their names of that day."""
        self.queryset = queryset
        rows = queryset.named(day).select_related("level").order_by("level__rank", "sort_key")
        rows = list(rows)
        above = places.names({row.parent_id for row in rows if row.parent_id}, day)
        groups = defaultdict(list)
        for row in rows:
            parent = above.get(row.parent_id)
            is_deep = parent and row.level.rank > 2
            group = parent.full_name if is_deep else row.level.name.capitalize()
            groups[group].append((row.pk, f"{row.kind_name} {row.name}"))
        blank = [] if self.required and len(rows) == 1 else [("", BLANK)]
        listed = next(iter(groups.values())) if len(groups) == 1 else list(groups.items())
        self.choices = blank + listed


class PersonField(forms.ModelChoiceField):
    """Somebody among the people in reach; only those found are shown, as radio buttons."""

    widget = forms.RadioSelect

    def offer(self, people, shown) -> None:
        """`people` may be chosen, `shown` (person, what they do) are listed."""
        self.queryset = people
        self.choices = [(person.pk, label) for person, label in shown]


class LastDayField(DayField):
    """The last day on which something holds; cleans to the first day without it."""

    def clean(self, value):
        day = super().clean(value)
        return day and day + dt.timedelta(days=1)

    def prepare_value(self, value):
        """Shows the first day without it as the last day with it."""
        if isinstance(value, dt.date):
            value = value - dt.timedelta(days=1)
        return super().prepare_value(value)


def open_end() -> LastDayField:
    """The last day of something that may have no end yet."""
    return LastDayField(
        label=_("Until the end of"),
        required=False,
        help_text=_("Leave empty when the end is not known."),
    )
