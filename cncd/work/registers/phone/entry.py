"""What every form of the phone shares: its questions, its lists to choose from, its fields."""

from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, OnceMixin
from cncd.work.registers.models import Owner
from cncd.work.registers.phone.choices import Choices
from cncd.work.registers.phone.fields import RecordField


class Step(NamedTuple):
    """A question and the fields that answer it."""

    ask: str
    fields: tuple[str, ...]


class Entry(OnceMixin, forms.Form):
    """One thing written down; `what` names it in addresses, its envelope is `register.<what>`."""

    what: str
    title: str
    intro: str = ""
    is_draft = True  # what is being typed is kept on the phone
    of_new: frozenset[str] = frozenset()  # fields that only a new owner needs
    CARRIED = ("envelope", "version")
    STEPS: tuple[Step, ...]

    def __init__(self, *args, choices: Choices, sender, **options):
        self.choices, self.sender = choices, sender
        self.likely: list = []  # what it may be a second time; see `likely_field`
        self.likely_field = ""
        self.clash = None
        self.is_doubtful = False
        super().__init__(*args, **{"auto_id": f"{self.what}_%s"} | options)
        self.offer()

    def offer(self) -> None:
        """Fills the lists to choose from."""
        if "owner" in self.fields:
            self.fields["owner"].offer(self.choices.owners, self.sender)
        if "floor" in self.fields:
            rows = [(row.code, row.name) for row in self.choices.floors]
            self.fields["floor"].choices = [("", _("Choose the floor")), *rows]

    def clean_floor(self):
        code = self.cleaned_data["floor"]
        return next(row for row in self.choices.floors if row.code == code)

    def clean_on(self):
        return self.cleaned_data["on"] or self.choices.day

    @property
    def envelope_kind(self) -> str:
        return f"register.{self.what}"

    @property
    def carried(self) -> list:
        """What the page sends along; ticks and answers of a second look are in the page."""
        return [self[name] for name in self.CARRIED if name in self.fields]

    @property
    def steps(self) -> list:
        """[(question, bound fields)]: questions without a field are left out."""
        asked = [
            (step.ask, [self[name] for name in step.fields if name in self.fields])
            for step in self.STEPS
        ]
        return [step for step in asked if step[1]]


def floor_field() -> forms.ChoiceField:
    wrong = _("This floor is no longer in use. Choose another one.")
    return forms.ChoiceField(label=_("Floor"), error_messages={"invalid_choice": wrong})


def owner_field() -> RecordField:
    return RecordField(Owner, label=_("Owner"), ask=_("Choose the owner"))


def day_field(label) -> DayField:
    """Left empty it is the day of the entry: a page may be days old when it is filled in."""
    return DayField(label=label, past=True, required=False, help_text=_("Empty means today."))


def address_field(**options) -> forms.CharField:
    hint = _("Open the page in the app or browser, tap Share, Copy link, then paste it here.")
    attrs = {"inputmode": "url", "autocomplete": "off", "autocapitalize": "off"}
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=_("Address"), max_length=500, widget=widget, help_text=hint, **options
    )
