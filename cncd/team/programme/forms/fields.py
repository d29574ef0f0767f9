"""Fields several forms of the programme share."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.team.programme import queries, rules
from cncd.team.programme.choices import first_days, icons


class FirstDayField(forms.TypedChoiceField):
    """From which period on: the first day of a period that may still be changed."""

    def __init__(self, *, running: bool = False, **options):
        self.running = running
        options.setdefault("label", _("From which period on"))
        super().__init__(coerce=dt.date.fromisoformat, choices=self.offered, **options)

    def offered(self):
        scheme = queries.scheme_in_use()
        return first_days(scheme, running=self.running) if scheme else []


class FigureField(forms.CharField):
    """A figure as people write it, kept in the stored unit; empty is no figure."""

    def __init__(self, *, factor: int = 1, **options):
        self.factor = factor
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**options)

    def prepare_value(self, value):
        return rules.value_text(value, self.factor) if isinstance(value, int) else value

    def clean(self, value):
        try:
            found = rules.read_value(super().clean(value), self.factor)
        except rules.NotAFigure as refused:
            raise forms.ValidationError(str(refused)) from refused
        return 0 if found == rules.NONE else found


class IconField(forms.ChoiceField):
    """One of the drawings that stand on tiles."""

    def __init__(self, **options):
        options.setdefault("label", _("Icon"))
        super().__init__(choices=icons, widget=forms.RadioSelect, **options)


class Group:
    """Some fields of a form under one title; `folded` ones are opened when needed."""

    def __init__(self, form: forms.Form, title, names: list[str], *, folded: bool = False):
        self.title = title
        self.fields = [form[name] for name in names if name in form.fields]
        self.folded = folded and not any(field.errors for field in self.fields)
        self.is_optional = folded


def take_refusal(form: forms.Form, refusal) -> None:
    """Puts an action's refusal at the field it names, or over the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal))
