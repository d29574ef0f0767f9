"""Which of two records stays, and which of them is right where they differ."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField
from cncd.work.registers.actions.rounds import LARGEST
from cncd.work.registers.comparing import Comparison

SIDES = [("first", _("The one on the left")), ("second", _("The one on the right"))]


class MergeForm(forms.Form):
    """`kept` is the record that stays; each line that differs says whose word holds."""

    kept = forms.ChoiceField(choices=SIDES, widget=forms.RadioSelect, label=_("Keep"))
    reason = NFCCharField(label=_("Why they are one"), max_length=200, required=False)
    versions = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, comparison: Comparison, **options):
        self.comparison = comparison
        super().__init__(*args, **options)
        sides = (comparison.first, comparison.second)
        self.fields["kept"].initial = comparison.fuller
        self.fields["versions"].initial = "-".join(str(row.version) for row in sides)
        for line in comparison.chosen:
            initial = comparison.fuller
            if not (line.first and line.second):
                initial = "first" if line.first else "second"
            self.fields[line.column] = forms.ChoiceField(
                choices=SIDES, widget=forms.RadioSelect, label=line.label, initial=initial
            )

    @property
    def rows(self) -> list:
        """[(line, the bound field where one is chosen)], for the table."""
        return [
            (line, self[line.column] if line.is_chosen else None) for line in self.comparison.lines
        ]

    def clean_versions(self) -> tuple[int, int]:
        one, _dash, other = self.cleaned_data["versions"].partition("-")
        if not (one.isdecimal() and other.isdecimal()):
            raise forms.ValidationError(_("Open the page again."))
        return int(one), int(other)

    def told(self) -> dict:
        """What the action asks, but `by`."""
        said, pair = self.cleaned_data, self.comparison
        is_first = said["kept"] == "first"
        kept, merged = (pair.first, pair.second) if is_first else (pair.second, pair.first)
        other = "second" if is_first else "first"
        return {
            "kept": kept,
            "merged": merged,
            "take": [line.column for line in pair.chosen if said[line.column] == other],
            "versions": said["versions"] if is_first else said["versions"][::-1],
            "reason": said["reason"],
        }


class DrawForm(forms.Form):
    """How many listings to look at again, and until when."""

    size = WholeNumberField(
        label=_("How many listings"),
        min_value=1,
        max_value=LARGEST,
        initial=20,
        help_text=_("20 take about half an hour."),
    )
    due_on = DayField(label=_("Due"), required=False)
