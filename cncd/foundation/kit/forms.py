"""Form fields every room uses: days, counts, phone numbers, text in one spelling."""

import datetime as dt
import hashlib
import re
import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import figures
from .text import nfc, tidy

ABSURD = 1_000_000
LAST_YEAR = 2200  # far from the end of the calendar: a day is added to many
GROUPED = re.compile(r"\d{1,3}([.,\s]\d{3})+")
PHONE = re.compile(r"0\d{9,10}")
PHONE_SIGNS = re.compile(r"[\s.\-()]+")


class DayInput(forms.DateInput):
    """A day typed as dd/mm/yyyy; with JavaScript a calendar button stands beside it."""

    def __init__(self, attrs=None):
        words = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": _("dd/mm/yyyy"),
            "data-day": True,
        }
        super().__init__(attrs=words | (attrs or {}), format="%d/%m/%Y")


class DayField(forms.DateField):
    """A day, dd/mm/yyyy or as a browser's calendar sends it; `past=True` refuses days to come."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("This is not a day. Write it as dd/mm/yyyy, for example 22/11/2026."),
        "future": _("%(day)s has not come yet. Choose today or an earlier day."),
        "ancient": _("The year %(year)s is too long ago. Check the year."),
        "distant": _("The year %(year)s is too far away. Check the year."),
    }

    def __init__(self, *, past: bool = False, **options):
        self.past = past
        super().__init__(**options)

    def clean(self, value):
        day = super().clean(value)
        code = "ancient" if day and day.year < 1900 else "distant"
        if day and not 1900 <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages[code], code, {"year": day.year})
        if day and self.past and day > timezone.localdate():
            shown = f"{day:%d/%m/%Y}"
            raise forms.ValidationError(self.error_messages["future"], "future", {"day": shown})
        return day


class WholeNumberField(forms.IntegerField):
    """A count, 0 or more; "1.234" and "1 234" are 1234; above `max_value` it is absurd."""

    default_error_messages = {
        "invalid": _("Write a whole number, for example 12 or 1.234."),
        "small": _("The number must be %(limit)s or more."),
        "large": _("The number is too large: at most %(limit)s. Check it again."),
    }

    def __init__(self, *, min_value: int = 0, max_value: int = ABSURD, **options):
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        )
        super().__init__(**options)
        self.least, self.most = min_value, max_value

    def to_python(self, value):
        if isinstance(value, str):
            value = nfc(value).strip().replace("−", "-")
            if GROUPED.fullmatch(value):
                value = re.sub(r"[.,\s]", "", value)
        return super().to_python(value)

    def validate(self, value):
        super().validate(value)
        for code, limit, fails in (
            ("small", self.least, value is not None and value < self.least),
            ("large", self.most, value is not None and value > self.most),
        ):
            if fails:
                shown = {"limit": figures.number(limit)}
                raise forms.ValidationError(self.error_messages[code], code, shown)


class NFCCharField(forms.CharField):
    """Text kept in one spelling (NFC); on one line also trimmed and with single spaces."""

    def to_python(self, value):
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        several_lines = isinstance(self.widget, forms.Textarea)
        return nfc(value).strip() if several_lines else tidy(value)


class PhoneField(forms.CharField):
    """A Vietnamese phone number, kept as 0xxxxxxxxx: "+84 91.234.5678" becomes "0912345678"."""

    default_error_messages = {
        "invalid": _("A phone number has 10 digits and begins with 0, for example 0912 345 678."),
    }

    def __init__(self, **options):
        options.setdefault("max_length", 20)
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}))
        super().__init__(**options)

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        number = re.sub(r"^(\+84|0084|84(?=\d{9}$))", "0", PHONE_SIGNS.sub("", nfc(value)))
        if not PHONE.fullmatch(number):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return number


class OnceMixin(forms.Form):
    """A form that counts once however often it is sent: the page carries a number of its own."""

    envelope = forms.UUIDField(
        label=_("This page"), widget=forms.HiddenInput, initial=uuid.uuid4, required=False
    )

    def envelope_of(self, *, kind: str, sender) -> dict:
        """What `envelopes.actions.once` asks for, but `now` and `run`."""
        return {
            "id": self.cleaned_data.get("envelope") or uuid.uuid4(),
            "kind": kind,
            "content": self.content(),
            "sender": sender,
            "made_at": timezone.now(),
        }

    def content(self) -> dict:
        """What was sent, field by field, as plain text; files by name and size."""
        names = [self.add_prefix(name) for name in self.fields if name != "envelope"]
        sent = {name: self.data.getlist(name) for name in names if name in self.data}
        files = {name: [file.name, file.size] for name, file in self.files.items()}
        return sent | files


class SeenField(forms.IntegerField):
    """The version that the page showed of what it changes; hidden, None where nothing stands."""

    def __init__(self, **options):
        super().__init__(required=False, widget=forms.HiddenInput, **options)


class SeenMixin(forms.Form):
    """A form over what has no version of its own: refused once what it showed has changed.

    The page carries a digest of what stood in the form; it must still be so when it is sent.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["seen"].initial = self.standing

    def standing(self) -> str:
        """Stands for what the form shows before anybody writes in it."""
        shown = [
            (name, str(field.prepare_value(self.get_initial_for_field(field, name))))
            for name, field in sorted(self.fields.items())
            if name not in ("seen", "envelope")
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:20]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.pop("seen", "") not in ("", self.standing()):
            text = _(
                "Somebody changed this after you opened the page. Open it again to see what stands"
                " there now; what you wrote is still here to be copied."
            )
            raise forms.ValidationError(text, "changed_meanwhile")
        return cleaned


def today() -> dt.date:
    """The day in Vietnam; a callable `initial=` for day fields."""
    return timezone.localdate()
