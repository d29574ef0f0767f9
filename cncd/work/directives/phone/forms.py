"""One form for both buttons of the phone's page: "đã nhận việc", and an answer with evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.forms import CheckedFileField, PhotosField
from cncd.foundation.kit.forms import NFCCharField, OnceMixin

ACKNOWLEDGE, ANSWER = "obligation.acknowledge", "obligation.answer"
MOST_PHOTOS = 3  # they travel with the answer: it is not one without them
LONGEST = 2000


class AnswerForm(OnceMixin, forms.Form):
    """What was done, in words, photos or a file."""

    text = NFCCharField(
        label=_("What was done"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        most=MOST_PHOTOS,
        along=True,
        help_text=_("At most 3. Ask people before you take their picture."),
    )
    file = CheckedFileField(label=_("File"), required=False, allow=("pdf", "excel", "word"))

    @property
    def files_sent(self) -> list:
        """What was attached, checked."""
        one = self.cleaned_data["file"]
        return [*self.cleaned_data["photos"], *([one] if one else [])]
