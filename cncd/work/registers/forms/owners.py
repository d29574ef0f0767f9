"""Owners: who they are, the contact they agreed to, how they can be paid, what they signed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.forms import CheckedFileField
from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, PhoneField, today
from cncd.team.programme.models import Platform
from cncd.work.households.models import Household
from cncd.work.registers import alike
from cncd.work.registers.forms.fields import hamlet_field, helpers
from cncd.work.registers.forms.steps import VersionMixin
from cncd.work.registers.models import Owner, PaymentAccount

Kinds = PaymentAccount.Kind


class OwnerFields(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of owner"), choices=Owner.Kind.choices)
    name = NFCCharField(
        label=_("Name"),
        max_length=160,
        help_text=_("As on its papers or sign. No identity number, no account number."),
    )
    household = NFCCharField(
        label=_("Household code"),
        max_length=20,
        required=False,
        help_text=_("From the hamlet's list of households; leave it empty when not known."),
    )
    field_order = ["kind", "name", "place", "household"]

    def __init__(self, *args, user, within=None, day, **options):
        self.user, self.day = user, day
        super().__init__(*args, **options)
        self.fields["place"] = hamlet_field(user, within, day)
        self.order_fields(self.field_order)

    def clean(self):
        said = super().clean()
        code, place = said.get("household"), said.get("place")
        said["household"] = None
        if code and place:
            said["household"] = Household.objects.filter(place=place, code__iexact=code).first()
            if said["household"] is None:
                wrong = _("The hamlet's list has no code %(code)s. Check it, or leave it empty.")
                self.add_error("household", wrong % {"code": code})
        return said

    def fields_of(self) -> dict:
        """What the actions ask."""
        return {name: self.cleaned_data[name] for name in ("kind", "name", "place", "household")}


class OwnerForm(OnceMixin, OwnerFields):
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def likely_ones(self) -> list:
        """What stands already and may be this owner."""
        return alike.likely_owners(name=self.cleaned_data["name"], place=self.cleaned_data["place"])


class OwnerEditForm(VersionMixin, OwnerFields):
    @classmethod
    def of(cls, owner: Owner, data=None, **options):
        initial = {
            "kind": owner.kind,
            "name": owner.name,
            "place": owner.place,
            "household": owner.household and owner.household.code,
            "version": owner.version,
        }
        return cls(data, initial=initial, **options)


class ConsentForm(forms.Form):
    """A contact, kept only with the consent to keep it."""

    contact_name = NFCCharField(label=_("Contact person"), max_length=120, required=False)
    contact_phone = PhoneField(label=_("Phone"), required=False)
    consented_on = DayField(label=_("Agreed on"), past=True, initial=today)
    consent_how = NFCCharField(
        label=_("How they agreed"),
        max_length=200,
        help_text=_("For example: signed a paper kept at the commune; said so on the phone."),
    )


class PaymentForm(OnceMixin, forms.Form):
    """Which bank, wallet or mobile money; there is no field for a number."""

    provider = forms.ChoiceField(label=_("Paid through"))
    since_on = DayField(label=_("Since"), past=True, initial=today)

    def __init__(self, *args, day, **options):
        super().__init__(*args, **options)
        kinds = (Kinds.WALLET.value, Kinds.MOBILE_MONEY.value, Kinds.BANK.value)
        rows = Platform.objects.on(day).filter(use__in=kinds).order_by("name")
        self.providers = {str(row.pk): row for row in rows}
        groups = [
            (
                Kinds(kind).label,
                [(pk, row.name) for pk, row in self.providers.items() if row.use == kind],
            )
            for kind in kinds[:2]
        ]
        banks = [(pk, row.name) for pk, row in self.providers.items() if row.use == Kinds.BANK]
        groups.append((Kinds.BANK.label, [(Kinds.BANK.value, _("Bank account")), *banks]))
        self.fields["provider"].choices = [("", _("Choose")), *(g for g in groups if g[1])]
        self.fields["helped_by"] = helpers(day)

    def fields_of(self) -> dict:
        """What the action asks; a bank need not be named."""
        provider = self.providers.get(self.cleaned_data["provider"])
        kind = provider.use if provider else Kinds.BANK.value
        said = {name: self.cleaned_data[name] for name in ("since_on", "helped_by")}
        return {"kind": kind, "provider": provider, **said}


class CommitmentForm(OnceMixin, forms.Form):
    signed_on = DayField(label=_("Signed on"), past=True, initial=today)
    last_day = DayField(
        label=_("Holds until the end of"),
        required=False,
        help_text=_("Leave it empty when it has no end."),
    )
    note = NFCCharField(label=_("Note"), max_length=200, required=False)
    file = CheckedFileField(
        label=_("Scan or photo"), required=False, allow=("pdf", "image"),
        help_text=_("Not required."),
    )  # fmt: skip
