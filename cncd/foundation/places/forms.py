"""The forms of this room."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.forms import DocumentForm
from cncd.foundation.documents.models import Document
from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField, today
from cncd.foundation.places.fields import PlaceField, PlacesField
from cncd.foundation.places.models import Place, PlaceKind
from cncd.foundation.places.options import Option


def kinds_below(level_rank: int | None = None, level=None) -> list[tuple[str, str]]:
    """Types of unit to choose from: of one level, or of all levels below a rank."""
    kinds = PlaceKind.objects.select_related("level").order_by("level__rank", "pk")
    if level is not None:
        kinds = kinds.filter(level=level)
    elif level_rank is not None:
        kinds = kinds.filter(level__rank__gt=level_rank)
    grouped: dict[str, list] = {}
    for kind in kinds:
        grouped.setdefault(kind.level.name, []).append((kind.code, kind.name))
    if len(grouped) == 1:
        return next(iter(grouped.values()))
    return list(grouped.items())


class DegreesField(forms.FloatField):
    """Degrees, with a comma or a point."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(required=False, **options)

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value):
        return f"{value:.6f}".rstrip("0").replace(".", ",") if isinstance(value, float) else value


class PositionMixin(forms.Form):
    latitude = DegreesField(label=_("Latitude"), help_text=_("In degrees, for example 9,76210."))
    longitude = DegreesField(
        label=_("Longitude"), help_text=_("In degrees, for example 106,02500.")
    )


class NewPlaceForm(PositionMixin):
    """A unit that begins on a day."""

    parent = PlaceField(label=_("Under which unit"), required=False)
    kind = forms.ChoiceField(label=_("Type"))
    name = NFCCharField(
        label=_("Name"), max_length=120, help_text=_("Without the type: “Mỹ Phước”.")
    )
    code = NFCCharField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("The official code. A hamlet left without one gets the next local code."),
    )
    since_on = DayField(label=_("From day"), initial=today)
    field_order = ["parent", "kind", "name", "code", "since_on", "latitude", "longitude"]

    def __init__(self, *args, parent: Place | None = None, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds_below(parent.level.rank if parent else None)
        self.fields["parent"].initial = parent

    def clean(self):
        super().clean()
        kind = PlaceKind.objects.filter(code=self.cleaned_data.get("kind")).first()
        if kind and kind.level.code != "hamlet" and not self.cleaned_data.get("code"):
            self.add_error("code", _("Write the official code of the unit."))
        return self.cleaned_data


class ChangePlaceForm(PositionMixin):
    """A new name, code, type, position or parent from a day on."""

    on = DayField(
        label=_("In force from"),
        help_text=_("To correct a mistake, give the day the present entry begins."),
    )
    kind = forms.ChoiceField(label=_("Type"))
    name = NFCCharField(label=_("Name"), max_length=120)
    code = NFCCharField(label=_("Code"), max_length=20)
    parent = PlaceField(label=_("Under which unit"), required=False)
    field_order = ["on", "kind", "name", "code", "parent", "latitude", "longitude"]

    def __init__(self, *args, version, **options):
        options["initial"] = {
            "on": today,
            "kind": version.kind.code,
            "name": version.name,
            "code": version.code,
            "parent": version.parent,
            "latitude": version.latitude,
            "longitude": version.longitude,
        }
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds_below(level=version.place.level)
        if version.parent is None:
            del self.fields["parent"]

    def changes(self) -> dict:
        """What `change_place` takes: the day, and only what was changed."""
        data = self.cleaned_data
        changed = {
            name: data[name] for name in ("kind", "name", "code") if name in self.changed_data
        }
        changed["on"] = data["on"]
        if "parent" in self.changed_data and data.get("parent"):
            changed["parent"] = data["parent"]
        if {"latitude", "longitude"} & set(self.changed_data):
            changed |= {"latitude": data["latitude"], "longitude": data["longitude"]}
        return changed


class CitedForm(DocumentForm):
    """The decision or resolution a change rests on; left empty, none is cited."""

    def __init__(self, *args, with_file: bool = True, **options):
        options.setdefault("prefix", "doc")
        options["initial"] = {"kind": Document.Kind.RESOLUTION}
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **options)
        if not with_file:
            del self.fields["file"]

    def has_changed(self):
        """Whether anything was written; the agency suggested beforehand does not count."""
        return any(self[name].data for name in ("number", "issued_on", "signer", "subject"))

    def cited(self, *, by, now=None) -> Document | None:
        """The document, kept; None when nothing was written."""
        return self.add(by=by, now=now) if self.has_changed() else None


class ReasonForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)


class EndForm(ReasonForm):
    on = DayField(label=_("No longer in force from"), initial=today)
    field_order = ["on", "reason"]


# -- successions --------------------------------------------------------------------------------


class JoinForm(forms.Form):
    """Several units become one (merge), or their duties pass to one (abolish)."""

    on = DayField(label=_("In force from"))
    olds = PlacesField(label=_("Units that end"), help_text=_("One on each line: code or name."))
    successor = PlaceField(
        label=_("The unit that takes over"),
        required=False,
        help_text=_("Leave empty when a new unit begins, and fill in the fields below."),
    )
    name = NFCCharField(label=_("Name of the new unit"), max_length=120, required=False)
    code = NFCCharField(
        label=_("Code of the new unit"),
        max_length=20,
        required=False,
        help_text=_("May be the code of one of the units that end."),
    )
    kind = forms.ChoiceField(label=_("Type of the new unit"), required=False)
    parent = PlaceField(label=_("Under which unit"), required=False)

    def __init__(self, *args, place: Place, kind: str, parent: Place | None, **options):
        options["initial"] = {"olds": [place], "parent": parent}
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", "–"), *kinds_below(level=place.level)]
        self._look_up_as_of_the_day()
        if kind == "abolish":
            for name in ("name", "code", "kind", "parent"):
                del self.fields[name]
            self.fields["successor"].required = True
            self.fields["successor"].help_text = ""

    def _look_up_as_of_the_day(self) -> None:
        """Old units are those of the day before, the others those of the day itself."""
        try:
            day = self.fields["on"].clean(self.data.get("on"))
        except forms.ValidationError:
            return
        self.fields["olds"].day = day - dt.timedelta(days=1)
        self.fields["successor"].day = self.fields["parent"].day = day

    def clean(self):
        data = super().clean()
        if "name" in self.fields and not data.get("successor") and "successor" not in self.errors:
            for name in ("name", "code", "kind"):
                if not data.get(name):
                    self.add_error(name, _("Fill this in, or name the unit that takes over."))
        return data


class DivideForm(forms.Form):
    on = DayField(label=_("In force from"))


class PartForm(forms.Form):
    """One unit that takes over a part."""

    successor = PlaceField(label=_("An existing unit"), required=False)
    name = NFCCharField(label=_("or a new one, called"), max_length=120, required=False)
    code = NFCCharField(label=_("with the code"), max_length=20, required=False)
    share = WholeNumberField(
        label=_("Share, %"), min_value=1, max_value=100, required=False, help_text=""
    )

    def clean(self):
        data = super().clean()
        if not self.has_changed():
            return data
        if not data.get("successor") and not (data.get("name") and data.get("code")):
            raise forms.ValidationError(_("Name an existing unit, or give a new name and code."))
        if data.get("share") is None and "share" not in self.errors:
            self.add_error("share", _("Write which part it takes, in percent."))
        return data


PartFormSet = forms.formset_factory(PartForm, extra=3, max_num=8, absolute_max=8)


class ChildrenForm(forms.Form):
    """Where each unit under the divided one goes."""

    def __init__(self, *args, children: list, news: list[tuple[str, str]], stays: str, **options):
        super().__init__(*args, **options)
        choices = [("", stays), *news] if stays else [("", "–"), *news]
        for child in children:
            self.fields[f"child-{child.place_id}"] = forms.ChoiceField(
                label=child.full_name, choices=choices, required=not stays
            )

    def wanted(self) -> dict[int, str]:
        """Child's id → key of the unit it goes to."""
        found = {name.removeprefix("child-"): value for name, value in self.cleaned_data.items()}
        return {int(pk): value for pk, value in found.items() if value}


# -- settings -----------------------------------------------------------------------------------


class SettingForm(forms.Form):
    """What an option is from a day on; the field of the value is as the option asks."""

    since_on = DayField(label=_("From day"), initial=today)
    until_on = DayField(
        label=_("Up to, but not on"), required=False, help_text=_("Left empty: until changed.")
    )
    reason = NFCCharField(label=_("Reason"), max_length=200, required=False)
    field_order = ["value", "since_on", "until_on", "reason"]

    def __init__(self, *args, option: Option, value, **options):
        super().__init__(*args, **options)
        self.fields["value"] = self._value_field(option)
        self.fields["value"].initial = value
        self.order_fields(self.field_order)

    @staticmethod
    def _value_field(option: Option) -> forms.Field:
        label, help_text = option.label, option.help
        if option.is_text:
            return NFCCharField(
                label=label, help_text=help_text, max_length=300, required=False, strip=True
            )
        if option.choices:
            return forms.ChoiceField(
                label=label, help_text=help_text, choices=option.choices, widget=forms.RadioSelect
            )
        limits = {"min_value": option.least or 0, "max_value": option.most or 1_000_000}
        return WholeNumberField(label=label, help_text=help_text, **limits)


# -- boundaries ---------------------------------------------------------------------------------


class BoundariesForm(forms.Form):
    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_("Each feature has a property “code” with the unit's code; degrees, WGS 84."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )
    source = NFCCharField(
        label=_("Source"), max_length=200, help_text=_("Who drew the boundaries, and when.")
    )
    since_on = DayField(label=_("From day"), initial=today)
    skip_unknown = forms.BooleanField(
        label=_("Pass over codes that belong to no unit"), required=False
    )
