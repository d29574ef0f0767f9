"""Form fields that take files: what comes out of `clean` has been checked and may be stored."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.rules import ACCEPTED, Prepared, prepare

# What shrink.js does and says when a photo is chosen.
SHRINK = {
    "data-shrink": True,
    "data-shrinking": _("Making photo # of ## smaller…"),
    "data-unreadable": _("“#” is not a picture that this phone can read. Choose another one."),
    "data-heic": _(
        "“#” is a HEIC picture, which this phone cannot read."
        " Set the camera to JPEG (most compatible), or take a screenshot of the picture."
    ),
    "data-named": _("Photo #"),
    "data-remove": _("Leave out"),
}
MANY = _("Photos at most: {most}; the rest were left out.")


class CheckedFileField(forms.FileField):
    """One file of the groups allowed; `cleaned_data` holds a Prepared, or None."""

    def __init__(self, *, allow=("pdf", "image", "excel"), **options):
        self.allow = tuple(allow)
        super().__init__(**options)
        self.widget.attrs.setdefault("accept", ",".join(ACCEPTED[group] for group in self.allow))

    def clean(self, data, initial=None) -> Prepared | None:
        upload = super().clean(data, initial)
        return prepare(upload, self.allow) if upload else None


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(CheckedFileField):
    """Several photos at once; `cleaned_data` holds a list of Prepared."""

    widget = SeveralFiles
    default_error_messages = {
        "too_many": _("At most %(most)s photos at once; you chose %(count)s."),
        "one": _("%(name)s: %(problem)s"),
    }

    def __init__(self, *, most: int = 5, along: bool = False, **options):
        """`along`: they travel with what they are added to, which is not the same without them."""
        self.most = most
        super().__init__(allow=("image",), **options)
        self.widget.attrs |= SHRINK | {"data-most": most, "data-along": along}
        self.widget.attrs |= {"data-many": format_lazy(MANY, most=most), "multiple": most > 1}

    def clean(self, data, initial=None) -> list[Prepared]:
        uploads = [data] if data and not isinstance(data, list) else data or []
        if len(uploads) > self.most:
            counts = {"most": self.most, "count": len(uploads)}
            raise forms.ValidationError(self.error_messages["too_many"], "too_many", counts)
        if not uploads and self.required:
            raise forms.ValidationError(self.error_messages["required"], "required")
        return [self._one(upload) for upload in uploads]

    def _one(self, upload) -> Prepared:
        try:
            return super().clean(upload)
        except forms.ValidationError as error:
            told = {"name": upload.name, "problem": " ".join(error.messages)}
            raise forms.ValidationError(self.error_messages["one"], "one", told) from None
