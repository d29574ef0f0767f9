"""Rows of the catalogues: contents, platforms, kinds, languages, kinds of difficulty."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField, today
from cncd.foundation.kit.icons import icon
from cncd.team.programme.choices import ICONS, icons
from cncd.team.programme.forms.fields import IconField
from cncd.team.programme.models import Platform


class RowForm(forms.Form):
    """What a row of any catalogue has: a name, and (when new) its first day."""

    name = NFCCharField(label=_("Name"), max_length=120)
    since_on = DayField(label=_("In force from"), initial=today)

    def __init__(self, *args, row=None, **options):
        if row is not None:
            names = set(self.base_fields) - {"since_on"}
            options["initial"] = {name: getattr(row, name) for name in names}
        super().__init__(*args, **options)
        if row is not None:
            self.fields.pop("since_on", None)


class Ordered(forms.Form):
    order = WholeNumberField(
        label=_("Place in the list"),
        max_value=9999,
        required=False,
        help_text=_("Empty: last."),
    )

    def clean(self):
        data = super().clean()
        if data.get("order") is None:
            data.pop("order", None)  # the action puts it last, or leaves it where it is
        return data


class Shown(Ordered):
    """Rows that helpers choose on the phone."""

    short_name = NFCCharField(
        label=_("Words on the tile"), max_length=26, help_text=_("At most 26 letters.")
    )
    clause = NFCCharField(label=_("Clause of the plan"), max_length=60, required=False)
    icon = IconField(required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        kept = self.initial.get("icon")
        if kept and kept not in ICONS:  # one of the packaged ones
            self.fields["icon"].choices = [(kept, icon(kept)), *icons()]


class ContentForm(Shown, RowForm):
    unit = NFCCharField(label=_("Unit of measure"), max_length=40, initial="lượt")
    platform = forms.ModelChoiceField(
        label=_("Platform"),
        queryset=Platform.objects.all(),
        required=False,
        empty_label=_("none in particular"),
    )
    field_order = ["name", "short_name", "unit", "platform", "clause", "icon", "order"]


class KindForm(Shown, RowForm):
    field_order = ["name", "short_name", "clause", "icon", "order"]


class PlatformForm(RowForm):
    group = NFCCharField(label=_("Group"), max_length=60, help_text=_("E.g. Mạng xã hội"))
    use = forms.ChoiceField(
        label=_("Used as"),
        choices=Platform.Use.choices,
        required=False,
        help_text=_("Floors, wallets and mobile money are offered in the registers."),
    )
    address = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    field_order = ["name", "group", "use", "address"]


class DifficultyForm(Ordered, RowForm):
    field_order = ["name", "order"]


class LanguageForm(Ordered):
    """A language used with neighbours; never says anything about a person."""

    name = NFCCharField(label=_("Name"), max_length=60, help_text=_("E.g. tiếng Khmer"))
    field_order = ["name", "order"]

    def __init__(self, *args, row=None, **options):
        if row is not None:
            options["initial"] = {"name": row.name, "order": row.order}
        super().__init__(*args, **options)


class EndRowForm(forms.Form):
    last_day = DayField(
        label=_("Last day in force"),
        required=False,
        help_text=_("Empty: open-ended. From the day after, nobody can choose it any more."),
    )

    @property
    def until_on(self) -> dt.date | None:
        last = self.cleaned_data["last_day"]
        return last and last + dt.timedelta(days=1)
