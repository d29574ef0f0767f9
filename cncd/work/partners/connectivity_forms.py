"""How a hamlet is connected, and what is asked, answered and seen of a dead spot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField, today
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.people.forms.postings import AgencyField
from cncd.work.partners.models import Gap, Noting, Operator, Signal
from cncd.work.partners.queries import partners_on

NOT_KNOWN = ("", _("Not known"))
MOST_HOUSEHOLDS = 20_000
BY_EYE = "seen"


class OfHamletForm(OnceMixin):
    """Everything that is said of one hamlet of those offered."""

    place = PlaceField(label=_("Hamlet"))

    def __init__(self, *args, hamlets, day, **options):
        super().__init__(*args, **options)
        self.fields["place"].offer(hamlets, day)
        offered = [key for key, *_rest in self.fields["place"].choices if key]
        if len(offered) == 1:
            self.fields["place"].initial = offered[0]


class NotingForm(OfHamletForm):
    """What is seen in the hamlet; what is left at "not known" stays as it was."""

    noted_on = DayField(label=_("Day"), past=True, initial=today)
    fibre = forms.ChoiceField(
        label=_("Fibre line"), choices=Noting.Fibre.choices, required=False, initial=""
    )
    source = forms.ChoiceField(
        label=_("How it is known"), choices=Noting.Source.choices, initial=BY_EYE
    )
    note = NFCCharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, day, **options):
        super().__init__(*args, day=day, **options)
        self.operators = {f"signal_{row.code}": row for row in Operator.objects.on(day)}
        for name, row in self.operators.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Signal of %(name)s") % {"name": row.name}, required=False,
                choices=[NOT_KNOWN, *Signal.Strength.choices],
            )  # fmt: skip
        self.order_fields(["place", *self.operators, "fibre", "noted_on", "source", "note"])

    @property
    def said(self) -> dict:
        """What the action takes."""
        values = self.cleaned_data
        kept = {name: values[name] for name in ("place", "noted_on", "fibre", "source", "note")}
        signals = {row: values[name] for name, row in self.operators.items() if values[name]}
        return kept | {"signals": signals}


class UnnoteForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)


class GapForm(OfHamletForm):
    where = NFCCharField(
        label=_("Where exactly"), max_length=200,
        help_text=_("The group of houses, the canal, the road. No names of people."),
    )  # fmt: skip
    missing = forms.ChoiceField(label=_("What is missing"), choices=Gap.Missing.choices)
    households = WholeNumberField(
        label=_("Households affected"), max_value=MOST_HOUSEHOLDS, required=False,
        help_text=_("About how many; may be left empty."),
    )  # fmt: skip
    found_on = DayField(label=_("Found on"), past=True, initial=today)

    @property
    def said(self) -> dict:
        names = ("place", "where", "missing", "households", "found_on")
        return {name: self.cleaned_data[name] for name in names}


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AskForm(VersionForm):
    """Which enterprise is asked, and by when it is to answer."""

    agency = AgencyField(label=_("Enterprise"))
    due_on = DayField(label=_("Answer by"), required=False,
                      help_text=_("Left empty: so many days as the settings say."))  # fmt: skip

    def __init__(self, *args, day, **options):
        super().__init__(*args, **options)
        self.fields["agency"].offer(partners_on(day).filter(is_enterprise=True), day)


class AnswerForm(VersionForm):
    """What will be done by when, or why it cannot."""

    will_do = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[("yes", _("We will do it")), ("no", _("We cannot"))],
    )  # fmt: skip
    answer = NFCCharField(
        label=_("What will be done, or why it cannot"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    done_by = DayField(label=_("To be done by"), required=False)

    def said(self) -> dict:
        values = self.cleaned_data
        return {name: values[name] for name in ("answer", "done_by", "version")} | {
            "will_do": values["will_do"] == "yes"
        }


class CheckForm(forms.Form):
    """Whether there is a signal now; `covered` is the button that was pressed."""

    covered = forms.ChoiceField(label=_("What was seen"), choices=[
        ("yes", _("There is a signal now")), ("no", _("Still none"))])  # fmt: skip
    note = NFCCharField(label=_("Note"), max_length=200, required=False)

    @property
    def is_covered(self) -> bool:
        return self.cleaned_data["covered"] == "yes"
