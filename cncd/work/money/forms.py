"""A line of the money book."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.amounts import AmountField
from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField, today
from cncd.foundation.people.forms.fields import BLANK
from cncd.work.money.actions import Said
from cncd.work.money.models import Budget, Entry, Purpose, Source
from cncd.work.money.rules import FIRST_YEAR


class PlainYearField(WholeNumberField):
    """A year stands without a dot."""

    def prepare_value(self, value):
        return str(value) if isinstance(value, int) else value


def this_year() -> int:
    return timezone.localdate().year


class EntryForm(OnceMixin):
    """How much, for what, from where, when."""

    amount = AmountField(
        label=_("Amount"), help_text=_("In đồng: 1.250.000, or 1,25 triệu. No account numbers.")
    )
    purpose = forms.ModelChoiceField(
        label=_("Purpose"), queryset=Purpose.objects.none(), empty_label=BLANK
    )
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.none(), empty_label=BLANK
    )

    def __init__(self, *args, day, entry: Entry | None = None, **options):
        if entry:
            options["initial"] = {name: getattr(entry, name) for name in (
                "amount", "purpose", "source", "what", "version")} | {
                "on": entry.year if isinstance(entry, Budget) else entry.spent_on}  # fmt: skip
        super().__init__(*args, **options)
        for name, model in (("purpose", Purpose), ("source", Source)):
            held = model.objects.filter(pk=getattr(entry, f"{name}_id", None))
            self.fields[name].queryset = model.objects.on(day) | held
        if entry:
            self.fields["reason"] = NFCCharField(label=_("Why it is changed"), max_length=200)
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    def said(self, document=None) -> Said:
        """What the actions take."""
        names = ("on", "source", "purpose", "amount", "what")
        values = {name: self.cleaned_data[name] for name in names}
        return Said(**values, document=document)


class SpendingForm(EntryForm):
    what = NFCCharField(
        label=_("What for"), max_length=200,
        help_text=_("For example: 2 loa cầm tay cho Tổ ấp 1."),
    )  # fmt: skip
    on = DayField(label=_("Day of spending"), past=True, initial=today)
    field_order = ("what", "amount", "on", "purpose", "source", "reason")


class BudgetForm(EntryForm):
    on = PlainYearField(label=_("Year"), min_value=FIRST_YEAR, max_value=2100, initial=this_year)
    what = NFCCharField(
        label=_("What for"), max_length=200, required=False,
        help_text=_("May be left empty. What comes in addition during the year is another line."),
    )  # fmt: skip
    field_order = ("on", "amount", "purpose", "source", "what", "reason")


class CloseForm(forms.Form):
    """Nothing but the press itself."""


class ReopenForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)


class WithdrawForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)
