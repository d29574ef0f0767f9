"""Plans of replication."""

from django import forms
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import (
    DayField,
    NFCCharField,
    OnceMixin,
    WholeNumberField,
)
from cncd.foundation.people import authority
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.places.models import Place
from cncd.results.pilots.forms.fields import DONG, TakeBackForm, VersionForm, long_text
from cncd.results.pilots.models import Pilot


class PlanForm(OnceMixin, forms.Form):
    """What a plan of replication begins with."""

    place = PlaceField(label=gettext_lazy("Unit"))
    name = NFCCharField(label=gettext_lazy("Name"), max_length=200)
    pilot = forms.ModelChoiceField(
        Pilot.objects.none(), label=gettext_lazy("Pilot it builds on"), required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Unit costs are worked out from what this pilot spent."),
    )  # fmt: skip
    starts_on = DayField(label=gettext_lazy("First wave begins"))
    wave_days = WholeNumberField(
        label=gettext_lazy("Days of a wave"), min_value=7, max_value=365, initial=60
    )
    per_wave = WholeNumberField(
        label=gettext_lazy("At most so many hamlets in a wave"), min_value=1, initial=150
    )
    members = WholeNumberField(
        label=gettext_lazy("Members of a team"), min_value=1, max_value=10, initial=5
    )
    sessions_each = WholeNumberField(
        label=gettext_lazy("Training sessions for each member"), max_value=20, initial=2
    )
    seats = WholeNumberField(
        label=gettext_lazy("People in a session"), min_value=1, max_value=500, initial=40
    )

    trainers_each = WholeNumberField(
        label=gettext_lazy("Trainers in a session"), min_value=1, max_value=50, initial=2
    )
    trainer_load = WholeNumberField(
        label=gettext_lazy("Sessions a trainer can hold in a wave"), min_value=1, max_value=500,
        initial=8,
    )  # fmt: skip

    def __init__(self, *args, user, day, **options):
        super().__init__(*args, **options)
        own = Place.objects.filter(pk__in=authority.roots(user, "pilots.plan"))
        own = own.exclude(level__code="hamlet").alive(day).distinct()
        self.fields["place"].offer(own, day)
        seen = Pilot.objects.standing().visible_to(user)
        self.fields["pilot"].queryset = seen
        self.fields["pilot"].initial = seen.first()

    @property
    def terms(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "envelope"}


class TermsForm(VersionForm):
    """What may be changed of a draft."""

    name = NFCCharField(label=gettext_lazy("Name"), max_length=200)
    starts_on, wave_days, per_wave, members, sessions_each, seats, trainers_each, trainer_load = (
        PlanForm.base_fields[name]
        for name in (
            "starts_on", "wave_days", "per_wave", "members", "sessions_each", "seats",
            "trainers_each", "trainer_load",
        )
    )  # fmt: skip
    team_cost = WholeNumberField(label=gettext_lazy("Cost of a team (đồng)"), max_value=DONG)
    session_cost = WholeNumberField(label=gettext_lazy("Cost of a session (đồng)"), max_value=DONG)
    cost_basis = NFCCharField(
        label=gettext_lazy("What these costs rest on"), max_length=500, required=False
    )
    text = long_text(6, label=gettext_lazy("How it is carried out"), max_length=20_000)

    @property
    def terms(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class WaveForm(TakeBackForm):
    wave = WholeNumberField(label=gettext_lazy("Wave"), min_value=1, max_value=40)
    field_order = ("wave", "reason")


class AnswerForm(forms.Form):
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Agree")), ("no", gettext_lazy("Send back"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    answer = long_text(4, label=gettext_lazy("Answer"), max_length=1000)
