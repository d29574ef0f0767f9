"""Opening a round, giving marks, writing criteria."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import (
    DayField,
    NFCCharField,
    OnceMixin,
    SeenMixin,
    WholeNumberField,
    today,
)
from cncd.foundation.people import authority
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.places.models import Level, Place
from cncd.work.evaluations import queries
from cncd.work.evaluations.evidence import evidence_choices
from cncd.work.evaluations.models import Criterion, Round, Rules
from cncd.work.evaluations.rules import Mark

HALF = Decimal("0.5")


class DuesForm(forms.Form):
    """By when each step is to be done."""

    self_due_on = DayField(label=_("Teams score themselves by"))
    score_due_on = DayField(label=_("Communes score by"))
    decide_due_on = DayField(label=_("Decided by"))


class ChangeDuesForm(SeenMixin, DuesForm):
    """Other days for a round that stands."""


class RoundForm(OnceMixin, DuesForm):
    """A round for the teams of one unit."""

    place = PlaceField(label=_("Unit that decides"))
    name = NFCCharField(
        label=_("Name"), max_length=160, help_text=_("For example: Đánh giá Tổ CNCĐ quý IV/2026.")
    )
    kind = forms.ChoiceField(label=_("For"), choices=Round.Kind.choices)
    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("To"))
    rules = forms.ModelChoiceField(Rules.objects.none(), label=_("Criteria and weights"))
    field_order = (
        "place", "name", "kind", "first_day", "last_day", "rules",
        "self_due_on", "score_due_on", "decide_due_on",
    )  # fmt: skip

    def __init__(self, *args, user, day, **options):
        super().__init__(*args, **options)
        own = Place.objects.filter(pk__in=authority.roots(user, "evaluations.decide"))
        self.fields["place"].offer(own.alive(day).distinct(), day)
        self.fields["rules"].queryset = queries.rules_in_force(day)
        if self.fields["rules"].queryset.count() == 1:
            self.fields["rules"].initial = self.fields["rules"].queryset.first()

    @property
    def round(self) -> dict:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "envelope"}


class MarkField(forms.DecimalField):
    """A mark from 0 to 10, halves allowed; "7,5" is 7.5."""

    default_error_messages = {
        "half": _("Whole and half marks only, for example 7 or 7,5."),
        "invalid": _("Write a mark from 0 to 10, for example 7 or 7,5."),
        "max_value": _("A mark is at most 10."),
        "min_value": _("A mark is at least 0."),
    }

    def __init__(self, **options):
        widget = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 4}
        )
        super().__init__(min_value=0, max_value=10, widget=widget, required=False, **options)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
        found = super().to_python(value)
        if found is not None and found % HALF:
            raise forms.ValidationError(self.error_messages["half"], "half")
        return found

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value


class ScoreForm(forms.Form):
    """A mark, "does not apply" and a reason for each criterion."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, criteria: list[Criterion], marks: dict[int, Mark], **options):
        super().__init__(*args, **options)
        self.criteria = criteria
        for each in criteria:
            held = marks.get(each.pk, Mark())
            self.fields[f"mark-{each.pk}"] = MarkField(label=_("Mark (0 to 10)"), initial=held.mark)
            self.fields[f"na-{each.pk}"] = forms.BooleanField(
                label=_("Does not apply"), required=False, initial=held.is_na
            )
            self.fields[f"note-{each.pk}"] = NFCCharField(
                label=_("Reason, remark"), required=False, max_length=500, initial=held.note
            )

    def clean(self):
        cleaned = super().clean()
        for each in self.criteria:
            if cleaned.get(f"na-{each.pk}") and cleaned.get(f"mark-{each.pk}") is not None:
                text = _("Either a mark or “does not apply”, not both.")
                self.add_error(f"mark-{each.pk}", text)
        return cleaned

    def fields_of(self, criterion: Criterion) -> list:
        return [self[f"{name}-{criterion.pk}"] for name in ("mark", "na", "note")]

    @property
    def marks(self) -> dict[int, Mark]:
        held = self.cleaned_data
        return {
            each.pk: Mark(
                held.get(f"mark-{each.pk}"), held[f"na-{each.pk}"], held[f"note-{each.pk}"]
            )
            for each in self.criteria
        }


class ReasonForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=300)


class ReturnForm(forms.Form):
    """What has to be put right, in the marks that the page showed."""

    reason = NFCCharField(
        label=_("What has to be put right"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DraftForm(forms.Form):
    """A new set, from the packaged one or from one that stands."""

    name = NFCCharField(label=_("Name"), max_length=160)
    level = forms.ModelChoiceField(
        Level.objects.filter(code__in=("hamlet", "commune")), label=_("For teams of the level")
    )
    based_on = forms.ModelChoiceField(
        Rules.objects.all(), label=_("Begin from"), required=False,
        empty_label=_("The packaged set"),
    )  # fmt: skip


class CriterionForm(SeenMixin):
    name = NFCCharField(label=_("Criterion"), max_length=200)
    weight = WholeNumberField(label=_("Weight, percent"), min_value=1, max_value=100)
    guide = NFCCharField(label=_("How to mark"), required=False, max_length=500)
    clause = NFCCharField(label=_("Clause of the plan"), required=False, max_length=60)
    evidence = forms.MultipleChoiceField(
        label=_("Figures beside it"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("They are shown, never turned into a mark by themselves."),
    )
    order = WholeNumberField(label=_("Order in the list"), max_value=9999, initial=100)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["evidence"].choices = evidence_choices(today())


class GradesForm(SeenMixin):
    """Up to six classes, and how many marks apart ask for a reason."""

    far = WholeNumberField(label=_("Marks apart that need a reason"), min_value=1, max_value=10)
    MOST = 6

    def __init__(self, *args, grades=(), **options):
        super().__init__(*args, **options)
        rows = list(grades)
        for n in range(self.MOST):
            row = rows[n] if n < len(rows) else None
            self.fields[f"name-{n}"] = NFCCharField(
                label=_("Class %(n)s") % {"n": n + 1},
                required=False,
                max_length=60,
                initial=row and row.name,
            )
            self.fields[f"least-{n}"] = forms.DecimalField(
                label=_("From how many points, class %(n)s") % {"n": n + 1},
                required=False,
                min_value=0,
                max_value=100,
                max_digits=4,
                decimal_places=1,
                localize=True,
                initial=row and row.least,
            )

    @property
    def grades(self) -> list[tuple]:
        held = self.cleaned_data
        return [
            (held[f"name-{n}"], held[f"least-{n}"])
            for n in range(self.MOST)
            if held[f"name-{n}"] and held[f"least-{n}"] is not None
        ]


class EnforceForm(forms.Form):
    since_on = DayField(label=_("In force from"), initial=today)
