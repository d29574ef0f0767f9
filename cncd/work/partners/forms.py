"""A promise, made or changed."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField, today
from cncd.foundation.people import authority
from cncd.foundation.people.forms.fields import LastDayField, PlaceField
from cncd.foundation.people.forms.postings import AgencyField
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries import partners_on

MOST = 10_000


class HowMuchForm(forms.Form):
    """What of a promise may change."""

    amount = WholeNumberField(label=_("How many"), min_value=1, max_value=MOST)
    since_on = DayField(label=_("From"), initial=today)
    until_on = LastDayField(
        label=_("To be done by"), help_text=_("The last day to keep the promise.")
    )
    note = NFCCharField(label=_("Note"), max_length=200, required=False)

    @property
    def promise(self) -> dict:
        """What the actions take."""
        names = set(self.cleaned_data) - {"envelope", "version"}
        return {name: self.cleaned_data[name] for name in names}


class PledgeForm(OnceMixin, HowMuchForm):
    """A new promise, for a unit of whoever fills it in."""

    agency = AgencyField(label=_("Enterprise or union"))
    place = PlaceField(label=_("Unit that is helped"))
    kind = forms.ChoiceField(
        label=_("What is promised"), choices=Pledge.Kind.choices,
        help_text=_(
            "Storefronts, listings, accounts, sessions, guides and dead spots are counted from "
            "the registers; people of a union from the members of the teams."
        ),
    )  # fmt: skip
    field_order = ("agency", "place", "kind", "amount", "since_on", "until_on", "note")

    def __init__(self, *args, user, day=None, **options):
        super().__init__(*args, **options)
        day = day or timezone.localdate()
        reach = authority.reach(user, permission="partners.change").alive(day)
        self.fields["place"].offer(reach.exclude(level__code="hamlet").distinct(), day)
        self.fields["agency"].offer(partners_on(day), day)


class ChangeForm(HowMuchForm):
    """Another number, other days."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class StateForm(OnceMixin):
    """What the partner says it delivered."""

    amount = WholeNumberField(label=_("How many"), min_value=1, max_value=100_000)
    on = DayField(label=_("Delivered on"), past=True, initial=today)
    note = NFCCharField(
        label=_("What was done"), max_length=300,
        help_text=_("Where, with whom: so that the unit can confirm it."),
    )  # fmt: skip


class RestateForm(forms.Form):
    """The partner's number put right; the unit's own number settles it."""

    amount = WholeNumberField(label=_("How many"), min_value=1, max_value=100_000)
    note = NFCCharField(label=_("What was done"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DisputeForm(forms.Form):
    """What the unit counts itself, and why."""

    amount = WholeNumberField(label=_("How many the unit counts"), max_value=100_000)
    note = NFCCharField(label=_("Why the numbers differ"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)
