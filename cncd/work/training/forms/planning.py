"""Plans of a year and their lines."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.figures import number
from cncd.foundation.kit.forms import NFCCharField, OnceMixin, WholeNumberField
from cncd.foundation.people.forms.postings import AgencyField
from cncd.work.partners.queries import partners_on
from cncd.work.training.models import Audience, PlanLine, Topic
from cncd.work.training.rules.drafting import Limits

MOST_MONEY = 100_000_000_000  # đồng
QUARTERS = [(n, _("Quarter %(n)s") % {"n": n}) for n in range(1, 5)]


class YearField(forms.TypedChoiceField):
    """This year or one of the two to come."""

    def __init__(self, **options):
        super().__init__(coerce=int, label=_("Year"), **options)

    def offer(self, today) -> None:
        self.choices = [(year, str(year)) for year in range(today.year, today.year + 3)]


class PlanForm(OnceMixin):
    """An empty plan."""

    year = YearField()
    note = NFCCharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args, day=None, **options):
        super().__init__(*args, **options)
        self.fields["year"].offer(day or timezone.localdate())


class DraftForm(OnceMixin):
    """What the unit can hold in the year that is drafted."""

    year = YearField()
    courses = WholeNumberField(
        label=_("Most courses in the year"), min_value=1, max_value=200, initial=4
    )
    places = WholeNumberField(
        label=_("Seats in one course"), min_value=5, max_value=500, initial=30
    )
    sessions = WholeNumberField(label=_("Sessions of each"), min_value=1, max_value=30, initial=1)
    cost = WholeNumberField(
        label=_("Cost of one course, in đồng"), max_value=MOST_MONEY, initial="3.000.000"
    )
    budget = WholeNumberField(
        label=_("Money for the year, in đồng"), max_value=MOST_MONEY, required=False,
        help_text=_("Leave empty when there is no limit."),
    )  # fmt: skip

    def __init__(self, *args, day=None, **options):
        super().__init__(*args, **options)
        self.fields["year"].offer(day or timezone.localdate())

    @property
    def limits(self) -> Limits:
        return Limits(**{name: self.cleaned_data[name] for name in
                         ("places", "cost", "courses", "budget")})  # fmt: skip


class LineForm(forms.Form):
    """One line of a plan."""

    title = NFCCharField(label=_("Course"), max_length=200)
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Topic.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices)
    need = NFCCharField(
        label=_("Why it is needed"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    asks_above = forms.BooleanField(
        label=_("The unit above is asked to hold it"), required=False,
        help_text=_("It is then a need only; the unit above counts the course and its cost."),
    )  # fmt: skip
    classes = WholeNumberField(label=_("Courses"), max_value=200, initial=1)
    sessions = WholeNumberField(label=_("Sessions of each"), min_value=1, max_value=30, initial=1)
    people = WholeNumberField(label=_("Seats in all"), min_value=1, max_value=20_000)
    quarter = forms.TypedChoiceField(label=_("Quarter"), choices=QUARTERS, coerce=int)
    venue = NFCCharField(label=_("Where"), max_length=200, required=False)
    cost = WholeNumberField(
        label=_("Cost in all, in đồng"), max_value=MOST_MONEY, initial=0,
        help_text=_("For example 12.000.000; 0 when it costs nothing."),
    )  # fmt: skip
    trainer = NFCCharField(label=_("Trainer"), max_length=160, required=False)
    trainer_agency = AgencyField(label=_("Trainer from an enterprise or union"), required=False)

    def __init__(self, *args, day=None, **options):
        super().__init__(*args, **options)
        day = day or timezone.localdate()
        self.fields["topics"].queryset = Topic.objects.on(day)
        self.fields["trainer_agency"].offer(partners_on(day), day)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("asks_above") and cleaned.get("classes") == 0:
            self.add_error("classes", _("Plan at least one course, or ask the unit above."))
        return cleaned

    @property
    def line(self) -> dict:
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ChangeLineForm(LineForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def values_of(line: PlanLine) -> dict:
        plain = ("title", "audience", "need", "asks_above", "classes", "sessions", "people",
                 "quarter", "venue", "cost", "trainer", "version")  # fmt: skip
        values = {name: getattr(line, name) for name in plain} | {"cost": number(line.cost)}
        return values | {"trainer_agency": line.trainer_agency_id, "topics": line.topics.all()}


class ReasonForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)
