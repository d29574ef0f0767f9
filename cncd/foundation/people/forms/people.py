"""Adding and correcting a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField, PhoneField
from cncd.foundation.kit.text import fold
from cncd.foundation.people import actions
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.people.models import Person


class PersonForm(forms.Form):
    full_name = NFCCharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("Family name first, with marks: Sơn Thị Hoa."),
    )
    gender = forms.ChoiceField(label=_("Gender"), choices=Person.Gender.choices, required=False)
    contact_phone = PhoneField(
        label=_("Contact phone"),
        required=False,
        help_text=_("Members of one family may share a number."),
    )
    home = PlaceField(label=_("Home or unit"))
    is_other = forms.BooleanField(label=_("It is another person, add anyway"), required=False)

    def __init__(self, *args, user, places, day, person=None, **options):
        self.user, self.person = user, person
        if person:
            names = ("full_name", "gender", "contact_phone", "home")
            options["initial"] = {name: getattr(person, name) for name in names}
        super().__init__(*args, **options)
        self.fields["home"].offer(places, day)
        self.namesakes = []
        if person or not self.is_bound or not self.data.get("full_name"):
            del self.fields["is_other"]

    def clean(self):
        data = super().clean()
        if self.person or not data.get("full_name"):
            return data
        known = Person.objects.visible_to(self.user).filter(search_key=fold(data["full_name"]))
        self.namesakes = list(known[:5])
        if self.namesakes and not data.get("is_other"):
            text = _("Somebody of this name is here already: see below. Is it the same person?")
            raise forms.ValidationError(text)
        if not self.namesakes:
            self.fields.pop("is_other", None)
        return data

    @property
    def values(self) -> dict:
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_other"}

    def save(self):
        if self.person:
            return actions.change_person(person=self.person, **self.values, by=self.user)
        return actions.add_person(**self.values, by=self.user)
