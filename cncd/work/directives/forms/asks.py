"""One thing that is asked, and what will show that it is done."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, SeenField, WholeNumberField
from cncd.team.programme.models import ActivityKind, Content, Period
from cncd.work.directives.actions import Wanted
from cncd.work.directives.models import Ask, Directive

OFFERED = 4  # months


class AskForm(forms.Form):
    edition = SeenField()
    text = NFCCharField(label=_("What is to be done"), max_length=500)
    due_on = DayField(label=_("To be done by"))
    of_teams = forms.BooleanField(
        label=_("Each team below a unit does it"), required=False,
        help_text=_("The unit's part is done when all its teams have done theirs."),
    )  # fmt: skip
    evidence = forms.ChoiceField(
        label=_("What shows that it is done"), choices=Ask.Evidence.choices,
        widget=forms.RadioSelect, initial=Ask.Evidence.ANSWER,
        help_text=_(
            "Nobody ticks it off: it is done when this is there, and open when it is gone."
        ),
    )  # fmt: skip
    needs_file = forms.BooleanField(label=_("The answer needs a file"), required=False)
    amount = WholeNumberField(
        label=_("How many"), required=False, min_value=1,
        help_text=_("For activities. For teams: leave empty when every hamlet needs one."),
    )  # fmt: skip
    measure = forms.ChoiceField(
        label=_("Of what"), choices=Ask.Measure.choices, help_text=_("For activities.")
    )
    content = forms.ModelChoiceField(
        queryset=Content.objects.none(), required=False, label=_("Content"),
        empty_label=_("any content"), help_text=_("For activities."),
    )  # fmt: skip
    kind = forms.ModelChoiceField(
        queryset=ActivityKind.objects.none(), required=False, label=_("Kind of activity"),
        empty_label=_("any kind"), help_text=_("For activities."),
    )  # fmt: skip
    period = forms.ModelChoiceField(
        queryset=Period.objects.none(), required=False, label=_("Month of the report"),
        help_text=_("For a monthly report."),
    )  # fmt: skip

    def __init__(self, *args, day, audience: str, **options):
        super().__init__(*args, **options)
        self.day = day
        self.fields["content"].queryset = Content.objects.on(day)
        self.fields["kind"].queryset = ActivityKind.objects.on(day)
        recent = Period.objects.filter(scheme__in_use=True).values_list("pk", flat=True)
        self.fields["period"].queryset = Period.objects.filter(pk__in=list(recent[:OFFERED]))
        if audience in (Directive.Audience.TEAMS, Directive.Audience.BRANCH):
            del self.fields["of_teams"]
        if audience == Directive.Audience.TEAMS:
            kinds = [each for each in Ask.Evidence.choices if each[0] != Ask.Evidence.TEAMS]
            self.fields["evidence"].choices = kinds

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.day:
            raise ValidationError(_("The due day has passed. Choose today or a later day."))
        return due_on

    def clean(self):
        cleaned = super().clean()
        evidence = cleaned.get("evidence")
        if evidence == Ask.Evidence.ACTIVITIES and "amount" not in self.errors:
            if not cleaned.get("amount"):
                self.add_error("amount", _("Write how many."))
            if cleaned.get("measure") == Ask.Measure.COUNT and not cleaned.get("content"):
                self.add_error("content", _("Choose the content whose count is meant."))
        if evidence == Ask.Evidence.REPORT and not cleaned.get("period"):
            self.add_error("period", _("Choose the month of the report."))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        asked = {name: said for name, said in self.cleaned_data.items() if name != "edition"}
        return Wanted(**asked)


def first_values(ask: Ask) -> dict:
    """What the form of an ask shows."""
    names = ("text", "due_on", "of_teams", "evidence", "needs_file", "amount", "measure",
             "content", "kind", "period")  # fmt: skip
    return {name: getattr(ask, name) for name in names}
