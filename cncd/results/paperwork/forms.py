"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.forms import CheckedFileField
from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField, today
from cncd.results.paperwork import seals
from cncd.results.paperwork.actions.numbering import LAST_NUMBER
from cncd.results.paperwork.actions.signing import PERSON, SEAL
from cncd.results.paperwork.models import Paper
from cncd.results.paperwork.queries import next_number
from cncd.results.paperwork.rules.editing import LINES, SIGNING, fields_of
from cncd.results.paperwork.wording_of_states import FIELDS

KEY_BYTES = 100_000
FORMS = [
    ("", _("In the own name")),
    ("KT", "KT."),
    ("TL", "TL."),
    ("TUQ", "TUQ."),
    ("Q", "Q."),
]
LABELS = {
    "agency": _("Issuing agency"),
    "superior": _("Agency directly above"),
    "place_name": _("Place name before the date"),
    "symbol": _("Symbol after the number"),
    "title": _("Kind of document, in capitals"),
    "about": _("Subject"),
    "authority": _("Who decides, in capitals"),
    "filed": _("Filed with"),
    "post": _("Post of the signer"),
    "name": _("Name of the signer"),
    "collective": _("Body on whose behalf (TM.)"),
    "form": _("Form of signing"),
    "head": _("Head for whom (KT., TL., TUQ.)"),
}
MAY_BE_EMPTY = {"superior", "title", "authority", "filed", "name", "collective", "form", "head"}


class RevisionForm(forms.Form):
    """Says which state of the words somebody looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class DrawForm(forms.Form):
    day = DayField(
        label=_("Figures of the day"), past=True,
        help_text=_("Figures and names are those of this day."),
    )  # fmt: skip


class WordsForm(RevisionForm):
    """The words of a draft, field by field; tables stay as the records give them."""

    def __init__(self, *args, paper: Paper, **options):
        self.paper = paper
        options["initial"] = {"revision": paper.revision}
        super().__init__(*args, **options)
        words, figures = paper.words, [row.text for row in paper.figures.all()]
        for name in LINES:
            if words[name] or name not in ("title", "authority", "symbol"):
                self.fields[name] = self._line(name, words[name])
        for each in fields_of(words, figures):
            self.fields[each.key] = self._paragraph(each)
        for name in SIGNING:
            self.fields[name] = self._line(name, words["signing"][name])
        choices = forms.ChoiceField(label=LABELS["form"], choices=FORMS, required=False)
        choices.initial = words["signing"]["form"]
        self.fields["form"] = choices

    @staticmethod
    def _line(name: str, value: str):
        """One line; the names of agencies may be broken over two where it pleases the eye."""
        two = name in ("agency", "superior")
        return NFCCharField(
            label=LABELS[name], initial=value, max_length=500, required=name not in MAY_BE_EMPTY,
            widget=forms.Textarea(attrs={"rows": 2}) if two else forms.TextInput,
        )  # fmt: skip

    @staticmethod
    def _paragraph(field):
        rows = sum(len(line) // 56 + 1 for line in field.text.split("\n"))
        widget = forms.Textarea(attrs={"rows": min(15, rows)})
        return NFCCharField(
            label=FIELDS[field.kind], initial=field.text, widget=widget, required=False,
            max_length=20_000,
        )  # fmt: skip

    @property
    def sent(self) -> dict:
        """What `edit_words` takes."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return {
            "revision": self.cleaned_data["revision"],
            "lines": {name: values.pop(name) for name in LINES if name in values},
            "signing": {name: values.pop(name) for name in SIGNING if name in values},
            "words": values,
        }


class NumberForm(RevisionForm):
    """What the clerk writes in the book of outgoing documents."""

    number = WholeNumberField(label=_("Number of the document"), min_value=1, max_value=LAST_NUMBER)
    issued_on = DayField(label=_("Date of issue"), past=True, initial=today)

    def __init__(self, *args, paper: Paper, **options):
        options["initial"] = {"revision": paper.revision}
        super().__init__(*args, **options)
        self.fields["number"].help_text = _(
            "From the book of outgoing documents; printed before /%(symbol)s. The next one known"
            " here would be %(next)s."
        ) % {"symbol": paper.symbol, "next": next_number(paper)}


class AttachForm(forms.Form):
    upload = CheckedFileField(
        label=_("Signed copy"), allow=("pdf", "image"),
        help_text=_("The scan of the signed paper, or the digitally signed PDF; at most 20 MB."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = NFCCharField(
        label=_("Reason"), max_length=500,
        help_text=_("Whoever looks the document up by its code is shown this reason."),
    )  # fmt: skip


class SignForm(forms.Form):
    """The certificate and its passphrase: used once, kept nowhere."""

    key = forms.FileField(
        label=_("Certificate file (.p12 or .pfx)"), max_length=200,
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
    )  # fmt: skip
    passphrase = forms.CharField(
        label=_("Passphrase of the file"), strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
        help_text=_("The file and its passphrase are used for this one signature, kept nowhere."),
    )  # fmt: skip

    picture = forms.FileField(
        label=_("Picture of the seal or of the signature"), max_length=200, required=False,
        widget=forms.FileInput(attrs={"accept": ".png"}),
        help_text=_("PNG with a transparent background: shown where the signature stands. Without"
                    " one the PDF is signed, but nothing shows on the page."),
    )  # fmt: skip
    shape = forms.ChoiceField(
        label=_("The picture is"), required=False,
        choices=[
            (SEAL, _("the agency's seal (red)")),
            (PERSON, _("the signer's signature (blue)")),
        ],
    )  # fmt: skip

    def clean_picture(self) -> bytes:
        upload = self.cleaned_data["picture"]
        return upload.read(seals.MOST_BYTES + 1) if upload else b""

    def clean_key(self) -> bytes:
        upload = self.cleaned_data["key"]
        if upload.size > KEY_BYTES:
            raise forms.ValidationError(_("This is no certificate file: it is too large."))
        return upload.read()


class TemplateForm(forms.Form):
    file = forms.FileField(
        label=_("Your template (.docx)"), max_length=200,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_("Start from the packaged template. At most 2 MB, without macros."),
    )  # fmt: skip


class VerifyForm(forms.Form):
    file = CheckedFileField(
        label=_("Signed PDF"), allow=("pdf",),
        help_text=_("The file is looked at and not kept. At most 20 MB."),
    )  # fmt: skip


class CompareForm(forms.Form):
    file = forms.FileField(
        label=_("The file you hold"), max_length=300,
        help_text=_("Only its fingerprint is computed; the file is not kept. At most 20 MB."),
    )  # fmt: skip


class RootForm(forms.Form):
    certificate = forms.FileField(
        label=_("Certificate of the authority"), max_length=200,
        widget=forms.FileInput(attrs={"accept": ".pem,.crt,.cer"}),
        help_text=_("The root or issuing certificate as .pem, .crt or .cer."),
    )  # fmt: skip

    def clean_certificate(self) -> bytes:
        upload = self.cleaned_data["certificate"]
        if upload.size > KEY_BYTES:
            raise forms.ValidationError(_("This is no certificate: the file is too large."))
        return upload.read()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the document"), max_length=20,
        help_text=_("Eight letters and digits at the foot of the first page, as in K7M4-P2QX."),
    )  # fmt: skip
