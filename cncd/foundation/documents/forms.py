"""The fields of a document, alone on a page or inside another form (with a prefix)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.actions import DETAILS, add_document
from cncd.foundation.documents.models import Document
from cncd.foundation.documents.rules import tidy_number
from cncd.foundation.files.forms import CheckedFileField
from cncd.foundation.kit.figures import day
from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField


class DocumentChoice(forms.ModelChoiceField):
    """A document among others: its number alone is given again by every office, every year."""

    def label_from_instance(self, document: Document) -> str:
        told = f"{document}, {day(document.issued_on)}, {document.issuer}"
        about = f"{document.subject[:57]}…" if len(document.subject) > 60 else document.subject
        return f"{told}: {about}" if about else told


class DocumentForm(forms.Form):
    """`kind` fixes the kind, `place` is where it was issued and suggests the agency's name.

    Another room's form uses it with a prefix, checks it, and calls `add(by=…)` for the document.
    """

    kind = forms.ChoiceField(label=_("Kind of document"), choices=Document.Kind.choices)
    number = NFCCharField(
        label=_("Number and symbol"), max_length=60, help_text=_("For example 12/QĐ-UBND.")
    )
    issued_on = DayField(label=_("Date of issue"), past=True)
    issuer = NFCCharField(
        label=_("Issuing agency"), max_length=200, help_text=_("As printed on the document.")
    )
    signer = NFCCharField(label=_("Signed by"), max_length=120, required=False)
    signer_title = NFCCharField(label=_("Title of the signer"), max_length=120, required=False)
    subject = NFCCharField(label=_("Subject"), max_length=500, required=False)
    file = CheckedFileField(
        label=_("Scanned or signed file"),
        allow=("pdf", "image", "word"),
        required=False,
        help_text=_("PDF, Word or a photo of the document, at most 20 MB."),
    )

    def __init__(
        self, *args, kind: str = "", place=None, document: Document | None = None, **options
    ):
        self.place, self.document, self.fixed_kind = place, document, kind
        options["initial"] = self._first_values() | (options.get("initial") or {})
        super().__init__(*args, **options)
        if kind:
            del self.fields["kind"]

    def _first_values(self) -> dict:
        if self.document:
            names = ("kind", "number", "issued_on", "issuer", "signer", "signer_title", "subject")
            return {name: getattr(self.document, name) for name in names}
        return {"issuer": f"UBND {_lower_first(str(self.place))}"} if self.place else {}

    def clean_number(self) -> str:
        number = tidy_number(self.cleaned_data["number"])
        if not any(sign.isdigit() for sign in number):
            raise forms.ValidationError(_("Write the number too, for example 12/QĐ-UBND."))
        return number

    @property
    def fields_of_document(self) -> dict:
        """What `add_document` and `change_document` take, of a form that is valid."""
        values = {name: self.cleaned_data[name] for name in self.fields}
        if self.fixed_kind:
            values["kind"] = self.fixed_kind
        return values

    def add(self, *, by, place=None, details: dict | None = None, now=None) -> Document:
        """Keeps the document; may raise NumberTaken, whose errors belong to this form."""
        place = place or self.place
        return add_document(**self.fields_of_document, details=details, place=place, by=by, now=now)


class DetailsForm(forms.Form):
    """The other fields of decree 30/2020, Phụ lục VI; all may be left empty."""

    organ_id = NFCCharField(label=_("Agency's identifier"), max_length=13, required=False)
    recipients = NFCCharField(
        label=_("Recipients"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    priority = forms.ChoiceField(
        label=_("Urgency"), choices=Document.Priority.choices, required=False
    )
    due_on = DayField(label=_("To be answered by"), required=False)
    arrived_on = DayField(label=_("Arrived on"), required=False, past=True)
    arrival_number = WholeNumberField(label=_("Arrival number"), required=False, min_value=1)
    pages = WholeNumberField(label=_("Number of pages"), required=False, min_value=1, max_value=999)
    copies = WholeNumberField(label=_("Copies"), required=False, min_value=1, max_value=999)
    language = NFCCharField(label=_("Language"), max_length=30, required=False)
    file_notation = NFCCharField(label=_("File notation"), max_length=20, required=False)
    ordinal = WholeNumberField(
        label=_("Ordinal in the file"), required=False, min_value=1, max_value=999
    )
    description = NFCCharField(label=_("Remarks on the document"), max_length=500, required=False)

    def __init__(self, *args, document: Document | None = None, **options):
        if document:
            options["initial"] = {name: getattr(document, name) for name in DETAILS}
        super().__init__(*args, **options)


def _lower_first(name: str) -> str:
    """“Xã Nhơn Mỹ” inside a name is “xã Nhơn Mỹ”."""
    return name[:1].lower() + name[1:]
