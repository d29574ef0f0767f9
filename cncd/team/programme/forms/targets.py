"""Targets: the days they hold, the value for each unit or indicator, the document behind them."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.forms import DocumentForm
from cncd.foundation.kit.forms import DayField, NFCCharField
from cncd.team.programme.forms.fields import FigureField
from cncd.team.programme.models import Indicator


def this_year() -> tuple[dt.date, dt.date]:
    """The first and last day of the running year."""
    year = timezone.localdate().year
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


class SpanForm(forms.Form):
    """From which to which day, both included."""

    since_on = DayField(label=_("First day"), initial=lambda: this_year()[0])
    last_day = DayField(label=_("Last day"), initial=lambda: this_year()[1])
    per_month = forms.BooleanField(
        label=_("The number is for each month"),
        required=False,
        help_text=_("Only for figures that add up; otherwise it is for the whole span."),
    )

    def clean(self):
        data = super().clean()
        since, last = data.get("since_on"), data.get("last_day")
        if since and last and last < since:
            self.add_error("last_day", _("The last day lies before the first day."))
        return data

    @property
    def span(self) -> dict:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "since_on": data["since_on"],
            "until_on": data["last_day"] + dt.timedelta(days=1),
            "per_month": data["per_month"],
        }


@dataclass
class Line:
    """One row of a table of targets: what it is for, its field, and what stands now."""

    key: str
    label: str
    unit: str
    factor: int
    value: int | None
    is_ratio: bool = False
    note: str = ""
    subject: object = None
    field: object = None


class GridForm(SpanForm):
    """One field for each line; an empty field gives no target and leaves one that stands."""

    def __init__(self, *args, lines: list[Line], **options):
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            self.fields[line.key] = FigureField(
                factor=line.factor, label=line.label, required=False, initial=line.value
            )
            line.field = self[line.key]

    def clean(self):
        data = super().clean()
        for line in self.lines:
            value = data.get(line.key)
            if line.is_ratio and value is not None and value > 100:
                self.add_error(line.key, _("A percentage is at most 100."))
        if not self.errors and not self.given():
            self.add_error(None, _("Fill in at least one number."))
        return data

    def given(self) -> list[tuple[Line, int]]:
        """The lines with a number."""
        found = ((line, self.cleaned_data.get(line.key)) for line in self.lines)
        return [(line, value) for line, value in found if value is not None]


class BasisForm(DocumentForm):
    """The legal basis; may be left out as a whole."""

    typed = ("number", "issued_on", "signer", "signer_title", "subject", "file")

    def __init__(self, *args, **options):
        super().__init__(
            *args, empty_permitted=True, use_required_attribute=False, prefix="basis", **options
        )

    def has_changed(self) -> bool:
        """Whether anything was typed; kind and agency are suggested and say nothing alone."""
        return any(self[name].data for name in self.typed)


class PickForm(forms.Form):
    """Which indicator the table is about."""

    indicator = forms.ModelChoiceField(
        label=_("Indicator"),
        queryset=Indicator.objects.none(),
        to_field_name="code",
        empty_label=_("Choose…"),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["indicator"].queryset = Indicator.objects.on(timezone.localdate())


class EndTargetForm(forms.Form):
    last_day = DayField(label=_("Last day it holds"), initial=timezone.localdate)
    reason = NFCCharField(label=_("Reason"), max_length=300)

    @property
    def until_on(self) -> dt.date:
        return self.cleaned_data["last_day"] + dt.timedelta(days=1)
