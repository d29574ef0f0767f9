"""Figures by hand, lessons, the words of a synthesis."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.forms import (
    DayField,
    NFCCharField,
    OnceMixin,
    SeenMixin,
    WholeNumberField,
    today,
)
from cncd.results.pilots.forms.fields import VersionForm, long_text
from cncd.results.pilots.models import Lesson, Pilot


class ValuesForm(SeenMixin):
    """The figures of one hamlet at one moment, by hand: a number, or that nothing arose."""

    source = NFCCharField(
        label=gettext_lazy("Where the figures come from"), max_length=300, required=False,
        help_text=gettext_lazy(
            "For example: sổ theo dõi của Trưởng ban nhân dân ấp, đếm ngày 12/08."
        ),
    )  # fmt: skip

    def __init__(self, *args, measures, held: dict, **options):
        super().__init__(*args, **options)
        self.measures, self.held = measures, held
        for each in measures:
            row = held.get(each.pk)
            stated = row is not None
            self.fields[f"v-{each.pk}"] = WholeNumberField(
                label=f"{each.code} · {each.short_name} ({each.unit})", required=False,
                max_value=each.most(one_team=True), initial=row.value if stated else None,
                help_text=_("Leave empty what nobody has reported."),
            )  # fmt: skip
            self.fields[f"n-{each.pk}"] = forms.BooleanField(
                label=_("Nothing arose (không phát sinh)"), required=False,
                initial=stated and row.value is None,
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "source"] + ["source"])

    def clean(self):
        cleaned = super().clean()
        for each in self.measures:
            if cleaned.get(f"n-{each.pk}") and cleaned.get(f"v-{each.pk}") is not None:
                text = _("Either a number or “nothing arose”, not both.")
                self.add_error(f"v-{each.pk}", text)
        states = not self.errors and any(value is not None for _measure, value in self.changes)
        if states and not cleaned.get("source"):
            text = _("Say where the figures come from: which list, who counted.")
            self.add_error("source", text)
        return cleaned

    @property
    def changes(self) -> list[tuple]:
        """(measure, number, "none" or None) of what is otherwise than before."""
        found = []
        for each in self.measures:
            value = NONE if self.cleaned_data.get(f"n-{each.pk}") else None
            value = value or self.cleaned_data.get(f"v-{each.pk}")
            row = self.held.get(each.pk)
            before = None if row is None else NONE if row.value is None else row.value
            if value != before:
                found.append((each, value))
        return found


class LessonForm(OnceMixin, forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Lesson.Kind.choices, widget=forms.RadioSelect
    )
    text = long_text(3, label=gettext_lazy("What was learnt"), max_length=1000)
    unit = forms.ModelChoiceField(
        None, label=gettext_lazy("Hamlet"), required=False,
        empty_label=gettext_lazy("The whole pilot"),
    )  # fmt: skip
    seen_on = DayField(label=gettext_lazy("Seen on"), initial=today)

    def __init__(self, *args, pilot: Pilot, units, **options):
        super().__init__(*args, **options)
        self.fields["text"].required = True
        names = {unit.row.pk: unit.full_name for unit in units}
        field = self.fields["unit"]
        field.queryset = pilot.units.standing()
        field.label_from_instance = lambda row: names.get(row.pk, str(row))


class SynthesisForm(VersionForm):
    assessment = long_text(
        10, label=gettext_lazy("Assessment"), max_length=20_000,
        help_text=gettext_lazy(
            "In your own words: what was done, what changed, what was hard. The figures below are"
            " added by themselves."
        ),
    )  # fmt: skip
    proposals = long_text(6, label=gettext_lazy("Proposals"), max_length=20_000)
