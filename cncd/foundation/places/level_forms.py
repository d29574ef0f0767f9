"""Forms of levels of administration and types of unit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField
from cncd.foundation.places.models import Level


class LevelForm(forms.Form):
    name = NFCCharField(
        label=_("Name"), max_length=60, help_text=_("In small letters, as in a sentence: “xã”.")
    )
    name_en = NFCCharField(label=_("English name"), max_length=60)


class KindForm(forms.Form):
    name = NFCCharField(
        label=_("Name"), max_length=60, help_text=_("As written before the unit's name: “Phường”.")
    )
    short_name = NFCCharField(
        label=_("Short form"), max_length=10, help_text=_("Where room is scarce, e.g. “P”.")
    )


class NewKindForm(KindForm):
    level = forms.ModelChoiceField(
        label=_("Level"), queryset=Level.objects.all(), empty_label=None, to_field_name="code"
    )
