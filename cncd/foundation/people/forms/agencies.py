"""Founding, renaming and replacing agencies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, today
from cncd.foundation.people.forms.fields import BLANK, PlaceField
from cncd.foundation.people.forms.postings import AgencyField
from cncd.foundation.people.models import Branch


class NamesForm(forms.Form):
    name = NFCCharField(
        label=_("Name"), max_length=200, help_text=_("In full, as on its documents.")
    )
    short_name = NFCCharField(label=_("Short name"), max_length=60, required=False)


class FoundForm(NamesForm):
    branch = forms.ModelChoiceField(
        label=_("Branch"), queryset=Branch.objects.all(), empty_label=BLANK
    )
    place = PlaceField(label=_("Unit"))
    since_on = DayField(label=_("Exists from"), initial=today)
    is_enterprise = forms.BooleanField(label=_("It is an enterprise"), required=False)

    def __init__(self, *args, places, day, **options):
        super().__init__(*args, **options)
        self.fields["place"].offer(places, day)


class RenameForm(NamesForm):
    on = DayField(label=_("The new name holds from"), initial=today)


class SucceedForm(forms.Form):
    new = AgencyField(
        label=_("Which agency takes over"),
        help_text=_("It must exist already; add it first if it does not."),
    )
    on = DayField(label=_("From"), initial=today)
    move_postings = forms.BooleanField(
        label=_("Its officers and delegations go on under the new agency"),
        required=False,
        initial=True,
    )

    def __init__(self, *args, agencies, day, **options):
        super().__init__(*args, **options)
        self.fields["new"].offer(agencies, day)
