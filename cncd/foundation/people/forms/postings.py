"""Posting, ending, handing over, standing in, delegating."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, today
from cncd.foundation.people.forms.fields import (
    BLANK,
    LastDayField,
    PersonField,
    PlaceField,
    open_end,
)
from cncd.foundation.people.models import Agency, Role


class AgencyField(forms.ModelChoiceField):
    """An agency of those offered, by its name of the day."""

    def __init__(self, **options):
        super().__init__(queryset=Agency.objects.none(), empty_label=BLANK, **options)

    def offer(self, agencies, day) -> None:
        self.queryset = agencies.named(day).order_by("place__level__rank", "sort_key")

    def label_from_instance(self, agency):
        return agency.name


class RoleField(forms.ModelChoiceField):
    """A role of those offered; cleans to its code."""

    def __init__(self, **options):
        super().__init__(queryset=Role.objects.none(), empty_label=BLANK, **options)

    def label_from_instance(self, role):
        return f"{role.title} ({role.level.name})" if role.level else role.title

    def clean(self, value):
        role = super().clean(value)
        return role and role.code


class PostForm(forms.Form):
    role = RoleField(
        label=_("Role"), help_text=_("What the person may do; see the page “Who may do what”.")
    )
    place = PlaceField(label=_("At which unit"))
    agency = AgencyField(label=_("Agency"), required=False)
    title = NFCCharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("As it is written on paper, for example Chủ tịch UBND xã."),
    )
    since_on = DayField(label=_("From"), initial=today)
    until_on = open_end()

    def __init__(self, *args, roles, places, agencies, day, **options):
        super().__init__(*args, **options)
        self.fields["role"].queryset = roles
        self.fields["place"].offer(places, day)
        self.fields["agency"].offer(agencies, day)


class EndForm(forms.Form):
    until_on = LastDayField(label=_("Last day"))
    reason = NFCCharField(label=_("Reason"), max_length=200, required=False)


class StopForm(forms.Form):
    until_on = LastDayField(label=_("Last day"))


class ChoosePersonForm(forms.Form):
    who = "person"

    def __init__(self, *args, people, shown, **options):
        super().__init__(*args, **options)
        self.fields[self.who].offer(people, shown)


class HandOverForm(ChoosePersonForm):
    who = "successor"
    successor = PersonField(queryset=None, label=_("Successor"))
    on = DayField(label=_("The successor begins on"), initial=today)
    title = NFCCharField(label=_("Title"), max_length=120, required=False)
    carry_substitutes = forms.BooleanField(
        label=_("Those who stand in go on standing in for the successor"), required=False
    )


class SubstituteForm(ChoosePersonForm):
    person = PersonField(queryset=None, label=_("Who stands in"))
    since_on = DayField(label=_("From"), initial=today)
    until_on = LastDayField(label=_("Until the end of"))
    reason = NFCCharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("For example sick leave.")
    )


class DelegateForm(forms.Form):
    giver = AgencyField(label=_("Which agency delegates"))
    taker = AgencyField(label=_("To which agency"))
    role = RoleField(label=_("Its officers act as"))
    place = PlaceField(label=_("At which unit"))
    since_on = DayField(label=_("From"), initial=today)
    until_on = open_end()

    def __init__(self, *args, roles, places, agencies, day, **options):
        super().__init__(*args, **options)
        self.fields["role"].queryset = roles
        self.fields["place"].offer(places, day)
        for name in ("giver", "taker"):
            self.fields[name].offer(agencies, day)
