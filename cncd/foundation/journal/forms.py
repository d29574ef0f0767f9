"""The days between which the journal is read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField


class DaysForm(forms.Form):
    """Both days are included; either may be missing."""

    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)

    def clean(self):
        found = super().clean()
        if found.get("since") and found.get("until") and found["since"] > found["until"]:
            self.add_error("until", _("This day is before the first one."))
        return found

    def narrowed(self, entries):
        """The entries of those days."""
        days = self.cleaned_data if self.is_valid() else {}
        if days.get("since"):
            entries = entries.filter(at__date__gte=days["since"])
        if days.get("until"):
            entries = entries.filter(at__date__lte=days["until"])
        return entries
