"""Planning an inspection, looking at its items, putting right what was found."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.forms import CheckedFileField
from cncd.foundation.kit.forms import (
    DayField,
    NFCCharField,
    OnceMixin,
    WholeNumberField,
    today,
)
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.people.models import Person
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team
from cncd.work.inspections import queries
from cncd.work.inspections.actions import Line
from cncd.work.inspections.models import Finding, Item
from cncd.work.inspections.rules import DAYS_TO_SETTLE

RESULTS = [
    (Finding.Result.MET, Finding.Result.MET.label),
    (Finding.Result.UNMET, Finding.Result.UNMET.label),
    (Finding.Result.NOT_APPLICABLE, Finding.Result.NOT_APPLICABLE.label),
]
LONG = forms.Textarea(attrs={"rows": 3})


class WhoForm(forms.Form):
    """When, and by whom."""

    planned_on = DayField(label=_("Day of the inspection"), initial=today)
    leader = forms.ModelChoiceField(Person.objects.none(), label=_("Head of the inspection"))
    party = NFCCharField(
        label=_("Other members"),
        required=False,
        max_length=300,
        help_text=_("Names and offices, as in the decision."),
    )

    def offer_leaders(self, places, day: dt.date) -> None:
        found = Person.objects.none()
        for place in places:
            found = found | queries.inspectors_of(place, day)
        self.fields["leader"].queryset = found.distinct().order_by("sort_key")


class PlanForm(OnceMixin, WhoForm):
    """Which teams or units are inspected, by which unit, when, by whom."""

    inspecting = PlaceField(label=_("Inspecting unit"))
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=_("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.ModelMultipleChoiceField(
        Place.objects.none(),
        label=_("Units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("inspecting", "planned_on", "leader", "party", "units", "teams")

    def __init__(self, *args, user, place, day: dt.date, **options):
        super().__init__(*args, **options)
        own = queries.inspecting_places(user, day)
        self.fields["inspecting"].offer(own, day)
        self.offer_leaders(own, day)
        below = Place.objects.within([place.pk], day).exclude(level__code="hamlet")
        units = below.exclude(pk__in=own.values("pk")).named(day)
        self.fields["units"].queryset = units.order_by("level__rank", "sort_key")
        self.fields["units"].label_from_instance = lambda row: row.full_name
        self.fields["teams"].queryset = Team.objects.within([place.pk], day).distinct()
        self.fields["leader"].initial = user.person_id
        for name in ("units", "teams"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("teams") and not cleaned.get("units"):
            raise forms.ValidationError(_("Choose at least one team or unit."))
        return cleaned

    @property
    def plan(self) -> dict:
        """What the action takes."""
        held = self.cleaned_data
        names = ("inspecting", "planned_on", "leader", "party")
        return {name: held[name] for name in names} | {
            "subjects": [*held.get("units", ()), *held.get("teams", ())]
        }


class ChangeForm(WhoForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, place, day: dt.date, **options):
        super().__init__(*args, **options)
        self.offer_leaders([place], day)


class ReasonForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LookForm(forms.Form):
    """All items of an inspection: a result and a note each."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, findings: list[Finding], **options):
        super().__init__(*args, **options)
        self.findings = findings
        for row in findings:
            self.fields[f"result-{row.pk}"] = forms.ChoiceField(
                label=row.text,
                choices=RESULTS,
                required=False,
                initial=row.result,
                widget=forms.RadioSelect,
            )
            self.fields[f"note-{row.pk}"] = NFCCharField(
                label=_("Note"),
                required=False,
                max_length=1000,
                initial=row.note,
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    @property
    def items(self) -> list[tuple]:
        """(finding, field of the result, field of the note), as the page draws them."""
        return [(row, self[f"result-{row.pk}"], self[f"note-{row.pk}"]) for row in self.findings]

    @property
    def lines(self) -> dict[int, Line]:
        held = self.cleaned_data
        return {
            row.pk: Line(held[f"result-{row.pk}"], held[f"note-{row.pk}"]) for row in self.findings
        }


class FindingForm(forms.Form):
    """One finding whole: what was seen, with a photo; what must follow, by whom, by when."""

    result = forms.ChoiceField(label=_("Result"), choices=RESULTS, widget=forms.RadioSelect)
    note = NFCCharField(label=_("What was seen"), required=False, max_length=2000, widget=LONG)
    upload = CheckedFileField(
        label=_("Photo or file"),
        required=False,
        allow=("image", "pdf"),
        help_text=_("Faces are personal data: take the thing, not the person."),
    )
    remedy = NFCCharField(label=_("What is to be done"), required=False, max_length=300)
    answerable = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who is answerable"), required=False
    )
    due_on = DayField(label=_("To be done by"), required=False)
    link = NFCCharField(
        label=_("Page it is about"),
        required=False,
        max_length=300,
        help_text=_("Paste the address of a team, a report or a product of this program."),
    )

    def __init__(self, *args, finding: Finding, day: dt.date, **options):
        first = answer_by(finding, day)
        super().__init__(*args, initial=first, **options)
        people = queries.answerable_people(finding.inspection, day)
        self.fields["answerable"].queryset = people

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("result") == Finding.Result.UNMET:
            for name in ("remedy", "answerable", "due_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("What is not met needs this."))
        return cleaned


def answer_by(finding: Finding, day: dt.date) -> dict:
    """What stands in the form first: what is held, else who and when are proposed."""
    names = ("result", "note", "remedy", "answerable", "due_on", "link")
    held = {name: getattr(finding, name) for name in names}
    held["result"] = held["result"] or Finding.Result.UNMET
    held["answerable"] = held["answerable"] or queries.answerable_first(finding.inspection, day)
    held["due_on"] = held["due_on"] or day + dt.timedelta(days=DAYS_TO_SETTLE)
    return held


class ExtraForm(forms.Form):
    text = NFCCharField(
        label=_("What else was found"),
        max_length=300,
        help_text=_("What no item of the list names."),
    )


class CloseForm(forms.Form):
    conclusion = NFCCharField(
        label=_("Conclusion"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    note = NFCCharField(label=_("How it was put right"), max_length=2000, widget=LONG)
    upload = CheckedFileField(
        label=_("Photo or file as evidence"), required=False, allow=("image", "pdf", "excel")
    )


class JudgeForm(forms.Form):
    """Confirmed, or returned with what is missing and a new day."""

    verdict = forms.ChoiceField(
        label=_("Is it put right?"),
        choices=[("confirmed", _("Yes, put right")), ("returned", _("Not yet: return it"))],
        widget=forms.RadioSelect,
    )
    note = NFCCharField(label=_("What is missing"), required=False, max_length=300)
    due_on = DayField(
        label=_("New day to be done by"),
        required=False,
        help_text=_("Leave empty to keep the day."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "returned" and not cleaned.get("note"):
            self.add_error("note", _("Say what is missing, so that it can be put right."))
        return cleaned


class ItemForm(forms.Form):
    """An item of a checklist, from a day on."""

    subject = forms.ChoiceField(label=_("For an inspection of"), choices=Item.Subject.choices)
    text = NFCCharField(label=_("What is looked at"), max_length=300)
    hint = NFCCharField(label=_("How to look at it"), required=False, max_length=300)
    clause = NFCCharField(label=_("Clause of the plan"), required=False, max_length=60)
    order = WholeNumberField(label=_("Order in the list"), max_value=9999, initial=100)
    since_on = DayField(label=_("From"), initial=today)


class EndItemForm(forms.Form):
    until_on = DayField(label=_("No longer looked at from"), initial=today)
