"""Proposing, deciding, writing down what was given, answering a question."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.forms import DocumentChoice
from cncd.foundation.documents.models import Document
from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, SeenField, SeenMixin, today
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.places.models import Place
from cncd.results.rewards.actions import Named, Ruling, Wanted, deciders_for
from cncd.results.rewards.models import Candidate, Form, Sign


def long_text(label, *, most: int, required=True, rows=2, **options) -> NFCCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return NFCCharField(label=label, max_length=most, required=required, widget=widget, **options)


LATER = "later"
RECENT = dt.timedelta(days=366)  # older decisions are entered anew, by their number


def decisions_of(place):
    """The unit's decisions of the last year, newest first."""
    since = today() - RECENT
    rows = Document.objects.filter(place=place, kind=Document.Kind.DECISION, issued_on__gte=since)
    return rows.order_by("-issued_on", "-pk")


class ReasonForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=300)


class NamedForm(OnceMixin):
    """For each team or member chosen: the form of commendation and why.

    `chosen` maps a key ("t12": a team, "m34": a membership) to (team, person or None, reason).
    """

    def __init__(self, *args, chosen: dict, day, **options):
        super().__init__(*args, **options)
        self.chosen = chosen
        held = Form.objects.on(day)
        for key, (_team, person, reason) in chosen.items():
            fits = held.filter(for_people=True) if person else held.filter(for_teams=True)
            self.fields[f"form-{key}"] = forms.ModelChoiceField(
                fits, label=_("Form of commendation"), initial=fits.first(), empty_label=None
            )
            self.fields[f"reason-{key}"] = long_text(_("Reason"), most=500, initial=reason)

    @property
    def sections(self) -> list[tuple]:
        """(name, of which team, fields) of each of those chosen."""
        return [
            (person or team, team if person else "", [self[f"form-{key}"], self[f"reason-{key}"]])
            for key, (team, person, _reason) in self.chosen.items()
        ]

    @property
    def named(self) -> list[Named]:
        data = self.cleaned_data
        return [
            Named(team, data[f"form-{key}"], data[f"reason-{key}"], person)
            for key, (team, person, _reason) in self.chosen.items()
        ]


class ProposalForm(NamedForm):
    """What a proposal is about, and those chosen for it."""

    version = SeenField()
    decider = PlaceField(
        label=_("Who decides"),
        help_text=_("The unit itself, or one above it; its leader is told once this is sent."),
    )
    title = NFCCharField(label=_("Title of the proposal"), max_length=200)
    first_day = DayField(label=_("Merits from"))
    last_day = DayField(label=_("Merits to"))
    note = long_text(_("Note to the unit that decides"), most=1000, required=False)
    OWN = ("decider", "title", "first_day", "last_day", "note")

    def __init__(self, *args, place, day, chosen=None, **options):
        super().__init__(*args, chosen=chosen or {}, day=day, **options)
        ids = [each.pk for each in deciders_for(place, day)]
        self.fields["decider"].offer(Place.objects.filter(pk__in=ids), day)

    @property
    def own(self) -> list:
        return [self[name] for name in self.OWN]

    @property
    def wanted(self) -> Wanted:
        about = {name: self.cleaned_data[name] for name in self.OWN}
        return Wanted(**about, named=self.named)


class RulingForm(forms.Form):
    """For each of those named: commended, not this time, or not yet decided; with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, candidates, **options):
        super().__init__(*args, **options)
        self.candidates = list(candidates)
        for row in self.candidates:
            self.fields[f"verdict-{row.pk}"] = forms.ChoiceField(
                label=_("Decision"), initial=row.verdict or LATER, widget=forms.RadioSelect,
                choices=[(LATER, _("Decide later")), *Candidate.Verdict.choices],
            )  # fmt: skip
            self.fields[f"reason-{row.pk}"] = NFCCharField(
                label=_("Why so"), max_length=500, required=False, initial=row.verdict_reason,
                help_text=_("Needed when refused; the unit that proposed and the team read it."),
            )  # fmt: skip

    def fields_of(self, pk: int) -> list:
        return [self[f"verdict-{pk}"], self[f"reason-{pk}"]]

    @property
    def rulings(self) -> list[Ruling]:
        """What was changed."""
        data = self.cleaned_data
        asked = (
            Ruling(row.pk, data[f"verdict-{row.pk}"].replace(LATER, ""), data[f"reason-{row.pk}"])
            for row in self.candidates
        )
        held = {row.pk: (row.verdict, row.verdict_reason) for row in self.candidates}
        return [each for each in asked if (each.verdict, each.reason) != held[each.candidate]]


class IssueForm(forms.Form):
    """The numbered decision: one that is entered already, or a new one in the fields below."""

    document = DocumentChoice(
        Document.objects.none(), label=_("The decision"), required=False,
        empty_label=_("not entered yet: fill in the fields below"),
    )  # fmt: skip

    def __init__(self, *args, place, **options):
        super().__init__(*args, **options)
        self.fields["document"].queryset = decisions_of(place)


class RecordForm(OnceMixin):
    """A decision from before or beside the program: which of a team it commends."""

    whole = forms.BooleanField(label=_("The team itself"), required=False)
    members = forms.ModelMultipleChoiceField(
        None, label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )
    form = forms.ModelChoiceField(
        Form.objects.none(), label=_("Form of commendation"), empty_label=None
    )
    reason = long_text(_("For what"), most=500)
    document = DocumentChoice(
        Document.objects.none(), label=_("The decision"), required=False,
        empty_label=_("not entered yet: fill in the fields below"),
    )  # fmt: skip

    def __init__(self, *args, team, members, place, day, **options):
        super().__init__(*args, **options)
        self.team = team
        self.fields["members"].queryset = members
        self.fields["form"].queryset = Form.objects.on(day)
        self.fields["document"].queryset = decisions_of(place)

    def clean(self):
        data = super().clean()
        if not data.get("whole") and not data.get("members"):
            self.add_error("whole", _("Tick the team or at least one member."))
        return data

    @property
    def named(self) -> list[Named]:
        data = self.cleaned_data
        people = [None] if data["whole"] else []
        people += [row.person for row in data["members"]]
        return [Named(self.team, data["form"], data["reason"], person) for person in people]


class SendForm(forms.Form):
    """Nothing but the press itself, of what the page showed."""

    version = SeenField()


class AnswerForm(SeenMixin):
    answer = long_text(_("How it came"), most=1000, rows=3)


class SettleForm(forms.Form):
    """What an officer makes of a sign."""

    verdict = forms.ChoiceField(
        label=_("It is"), choices=Sign.Verdict.choices, widget=forms.RadioSelect
    )
    reason = long_text(_("Reason"), most=500, help_text=_("The team reads it."))


class FormForm(forms.Form):
    """A form of commendation that may be chosen from a day on."""

    name = NFCCharField(label=_("Name"), max_length=120)
    for_teams = forms.BooleanField(label=_("For teams"), required=False, initial=True)
    for_people = forms.BooleanField(label=_("For members"), required=False, initial=True)
    since_on = DayField(label=_("From"))


class EndForm(forms.Form):
    on = DayField(label=_("No longer from"))
