"""The decision a change rests on, entered beside it; its file survives a page shown twice."""

from django import forms

from cncd.foundation.documents.forms import DocumentForm
from cncd.foundation.documents.models import Document
from cncd.foundation.files.actions import store_file
from cncd.foundation.files.models import StoredFile
from cncd.foundation.files.rules import Prepared
from cncd.team.teams.lines import DecisionLine


class DecisionForm(DocumentForm):
    """A decision's fields; `kept` names a file already stored while the change was looked at."""

    kept = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, **options):
        super().__init__(*args, kind=Document.Kind.DECISION, **options)
        self.by = by

    @property
    def kept_file(self) -> StoredFile | None:
        """The file of an earlier sending of this page, if this person sent it."""
        kept = self.data.get(self.add_prefix("kept"), "") if self.is_bound else ""
        found = StoredFile.objects.filter(uploaded_by=self.by)
        try:
            return found.filter(pk=kept).first() if kept else None
        except forms.ValidationError:
            return None

    def keep_file(self) -> None:
        """Stores the file now, so that confirming need not send it again."""
        upload = self.cleaned_data.get("file")
        if isinstance(upload, Prepared):
            stored = store_file(upload=upload, by=self.by, allow=("pdf", "image", "word"))
            self.data = self.data.copy()
            self.data[self.add_prefix("kept")] = str(stored.pk)
            self.cleaned_data["file"] = stored

    def line(self) -> DecisionLine:
        """The decision as the actions take it."""
        fields = self.fields_of_document
        fields.pop("kept")
        fields.pop("kind")
        fields["file"] = fields["file"] or self.kept_file
        return DecisionLine(**fields)
