"""The forms of this room."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField
from cncd.foundation.places.models import Place
from cncd.work.households.actions.counts import FIGURES, FIRST_YEAR, CountLine
from cncd.work.households.rules import NotACode, checked_code

LABELS = {
    "households": _("Households"),
    "businesses": _("Producing and business households"),
    "adults": _("Adults (18 and over)"),
}
MOST_COUNTED = 100_000  # of one hamlet


class CodeField(NFCCharField):
    """A household's code; what looks like a name or a number of a person is refused."""

    def __init__(self, **options):
        # Longer than a code may be, so that a name is told from a long code.
        super().__init__(max_length=60, **options)
        self.widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters"}

    def clean(self, value):
        text = super().clean(value)
        try:
            return checked_code(text) if text else text
        except NotACode as refused:
            raise forms.ValidationError(refused.message) from None


class HamletMixin(forms.Form):
    """A form about one of some hamlets; a single one is not asked for."""

    def __init__(self, data=None, *, hamlets: list[Place], **options):
        super().__init__(data, **options)
        self.hamlets = {str(place.pk): place for place in hamlets}
        offered = [(pk, place.full_name) for pk, place in self.hamlets.items()]
        if len(offered) == 1:
            del self.fields["place"]
        else:
            self.fields["place"].choices = [("", _("Choose the hamlet")), *offered]

    @property
    def place(self) -> Place:
        """The hamlet chosen in a valid form."""
        [*pks] = self.hamlets
        return self.hamlets[self.cleaned_data.get("place") or pks[0]]


FLAGS = {
    "is_producing": _("Produces goods (farming, crafts…)"),
    "is_business": _("Does business (shop, trade, services…)"),
}


def flag(name: str) -> forms.BooleanField:
    return forms.BooleanField(label=FLAGS[name], required=False)


class AddForm(OnceMixin, HamletMixin):
    place = forms.ChoiceField(label=_("Hamlet"))
    code = CodeField(
        label=_("Household code"),
        help_text=_("Only the code the hamlet uses, for example 012. No name, no phone number."),
    )
    is_producing = flag("is_producing")
    is_business = flag("is_business")


class ChangeForm(forms.Form):
    code = CodeField(label=_("Household code"))
    is_producing = flag("is_producing")
    is_business = flag("is_business")


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day on the list"), past=True, initial=timezone.localdate)


class NumberForm(HamletMixin):
    place = forms.ChoiceField(label=_("Hamlet"))
    first = CodeField(label=_("From code"), initial="001")
    last = CodeField(label=_("To code"), help_text=_("For example 250: codes 001, 002 … 250."))


def years(today: dt.date | None = None) -> list[int]:
    """The years counts may be stated for, this one first."""
    return list(range((today or timezone.localdate()).year, FIRST_YEAR - 1, -1))


class YearForm(forms.Form):
    """Which year a page speaks of."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["year"].choices = [(year, str(year)) for year in years()]


class SourceMixin(forms.Form):
    source = NFCCharField(
        label=_("Source of the figures"),
        max_length=200,
        help_text=_("For example: rà soát của ban nhân dân ấp, tháng 11/2026."),
    )


class CountsForm(SourceMixin):
    """The yearly counts of some hamlets, a row for each; `seen` is what stood when opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, rows: list["CountRow"], **options):
        super().__init__(data, use_required_attribute=False, **options)
        self.rows = rows
        for row in rows:
            for name in FIGURES:
                field = WholeNumberField(required=False, max_value=MOST_COUNTED)
                said = {"what": LABELS[name], "where": row.hamlet.full_name}
                field.widget.attrs["aria-label"] = _("%(what)s, %(where)s") % said
                field.label = field.widget.attrs["aria-label"]
                field.initial = row.typed.get(name)
                self.fields[f"h{row.hamlet.pk}-{name}"] = field
            row.fields = [self[f"h{row.hamlet.pk}-{name}"] for name in FIGURES]

    def clean(self):
        said = super().clean()
        for row in self.rows:
            some, whole = (said.get(f"h{row.hamlet.pk}-{name}") for name in FIGURES[1::-1])
            if some is not None and whole is not None and some > whole:
                told = _("More than the households (%(all)s).") % {"all": whole}
                self.add_error(f"h{row.hamlet.pk}-businesses", told)
        return said

    def lines(self) -> list[CountLine]:
        """What the valid form says of each hamlet."""
        said = self.cleaned_data
        return [
            CountLine(row.hamlet, *(said[f"h{row.hamlet.pk}-{name}"] for name in FIGURES))
            for row in self.rows
        ]


class CountRow:
    """A hamlet in the grid: what is known, what may be taken from its list."""

    def __init__(self, hamlet: Place, known: dict, listed: dict, *, from_list: bool, year: int):
        self.hamlet, self.listed = hamlet, listed
        stated = {name: row for name, row in known.items() if row.year == year}
        self.typed = {name: getattr(row, name) for name, row in stated.items()}
        if from_list:
            self.typed = {name: n for name, n in listed.items() if n} | self.typed
        earlier = [row for name, row in known.items() if name not in stated]
        self.before = max(earlier, key=lambda row: row.year, default=None)
        self.fields: list = []
